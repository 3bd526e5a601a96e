"""The check that links in documents lead somewhere."""

from pathlib import Path

import pytest

from checks.links import anchors, broken, links

README = """# Mizan

[kurulum](docs/kurulum.md#ilk-kurulum), ![ekran](docs/ekran.png), [site](https://example.com/yok), [aşağıda](#nasıl-çalışır)

## Nasıl çalışır?

Kodda `[yok](yok.md)` bir örnektir.

```
[yok](yok.md)
```

<img src="docs/ekran.png" alt="">

[kaynak]: docs/kurulum.md
"""


@pytest.fixture
def readme(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "kurulum.md").write_text("# Kurulum\n\n## İlk kurulum\n\n## İlk kurulum\n")
    (tmp_path / "docs" / "ekran.png").touch()
    path = tmp_path / "README.md"
    path.write_text(README)
    return path


def test_links_that_lead_somewhere_are_let_be(readme: Path) -> None:
    assert len(list(links(README))) == 6
    assert list(broken(readme)) == []


@pytest.mark.parametrize(
    "link",
    [
        "[x](docs/yok.md)",
        "![x](docs/Ekran.png)",
        "[x](docs/kurulum.md#son-kurulum)",
        "[x](#yok)",
        '<img src="docs/yok.png">',
        "[x]: docs/yok.md",
        '[x](docs/yok.md "başlık")',
        "[x](/yok.md)",
    ],
)
def test_a_link_that_leads_nowhere_is_found_in_its_line(readme: Path, link: str) -> None:
    readme.write_text(f"# Mizan\n\n{link}\n")

    assert [complaint.split(":")[-2] for complaint in broken(readme)] == ["3"]


def test_headings_of_the_same_name_are_numbered() -> None:
    document = '# Kurulum\n## Kurulum\n### API: `GET /x/`\n<a id="burası"></a>\n```\n# değil\n```\n'

    assert anchors(document) == {"kurulum", "kurulum-1", "api-get-x", "burasi"}
