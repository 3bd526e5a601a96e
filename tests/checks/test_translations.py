"""The check that whatever is said in English is said in Turkish too."""

from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import write_po

from checks.messages import compiled, in_python, in_template, stored, update
from checks.translations import complaints

COMMENT = ("comment", "comments")


@pytest.fixture
def gathered() -> Catalog:
    catalogue = Catalog("tr")
    catalogue.add("Send")
    catalogue.add(COMMENT)
    return catalogue


@pytest.fixture
def catalogue() -> Catalog:
    catalogue = Catalog("tr", fuzzy=False)
    catalogue.add("Send", "Gönder")
    catalogue.add(COMMENT, ("yorum",))
    return catalogue


def kept(catalogue: Catalog, folder: Path) -> Path:
    path = folder / "django.po"
    with path.open("wb") as file:
        write_po(file, catalogue)
    path.with_suffix(".mo").write_bytes(compiled(stored(path)))
    return path


def test_a_complete_catalogue_is_let_be(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    assert list(complaints(gathered, kept(catalogue, tmp_path))) == []


def test_a_sentence_that_the_catalogue_lacks_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    gathered.add("Withdraw")

    assert list(complaints(gathered, kept(catalogue, tmp_path))) == ["not in the catalogue: 'Withdraw'"]


def test_a_sentence_that_nobody_says_any_more_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    catalogue.add("Withdraw", "Geri çek")

    assert list(complaints(gathered, kept(catalogue, tmp_path))) == ["no longer in the sources: 'Withdraw'"]


def test_a_sentence_without_turkish_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    catalogue.delete("Send")
    catalogue.add("Send", "")

    assert list(complaints(gathered, kept(catalogue, tmp_path))) == ["not translated: 'Send'"]


def test_a_doubtful_translation_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    catalogue.add("Send", flags=["fuzzy"])

    assert list(complaints(gathered, kept(catalogue, tmp_path))) == ["not translated: 'Send'"]


def test_a_translation_that_loses_a_placeholder_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    gathered.add("%(count)d waiting")
    catalogue.add("%(count)d waiting", "%(sayı)d bekliyor")

    found = list(complaints(gathered, kept(catalogue, tmp_path)))

    assert len(found) == 1
    assert found[0].startswith("'%(count)d waiting': ")


def test_a_compiled_catalogue_that_is_older_is_found(gathered: Catalog, catalogue: Catalog, tmp_path: Path) -> None:
    path = kept(catalogue, tmp_path)
    path.write_text(path.read_text().replace("Gönder", "Yolla"))

    found = list(complaints(gathered, path))

    assert len(found) == 1
    assert found[0].endswith("django.po compiles to")


def test_sentences_are_gathered_from_python() -> None:
    source = 'x = _("Send")\ny = ngettext_lazy("comment", "comments", 2)\nz = pgettext("verb", "Report")\n'

    assert [(sentence.text, sentence.context) for sentence in in_python(source)] == [("Send", None), (COMMENT, None), ("Report", "verb")]


def test_sentences_are_gathered_from_templates_however_they_are_indented() -> None:
    source = """{% load i18n %}
        <p title="{% translate 'Send' %}">
    {% blocktranslate count counter=n trimmed %}
            comment
          {% plural %}
            comments
    {% endblocktranslate %}
  {% translate "Report" context "verb" %} {{ _("It's late")|safe }}"""

    assert [(sentence.text, sentence.context) for sentence in in_template(source)] == [
        ("Send", None),
        (COMMENT, None),
        ("Report", "verb"),
        ("It's late", None),
    ]


def test_an_update_keeps_what_is_translated_and_drops_what_is_gone(catalogue: Catalog, tmp_path: Path) -> None:
    path = kept(catalogue, tmp_path)
    gathered = Catalog("tr")
    gathered.add("Send")
    gathered.add("Withdraw")

    path.write_bytes(update(stored(path), gathered))

    assert {message.id: message.string for message in stored(path) if message.id} == {"Send": "Gönder", "Withdraw": ""}
    assert not stored(path).obsolete
