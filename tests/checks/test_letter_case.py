"""The check that keeps letter case in one module."""

from pathlib import Path

import pytest

from checks.letter_case import in_python, in_script, in_template

# In a file of their own, because the check reads this module too.
FORBIDDEN = (Path(__file__).parent / "samples" / "letter_case.txt").read_text().splitlines()


@pytest.mark.parametrize("line", FORBIDDEN)
def test_a_change_of_case_is_found_in_its_line(line: str) -> None:
    found = list(in_python(f"x = 1\n{line}\n"))

    assert [offence.line for offence in found] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "lower(word)",
        "text.lower(word)",
        "word.lower == 'ısı'",
        "Article.objects.filter(title__contains=word)",
        "search_fields = ['search_text__contains']",
        "re.compile(r'(?:istanbul)')",
        "re.compile(r'(?P<i>istanbul)')",
        "regex.compile(pattern, regex.V1)",
        "article.title",
    ],
)
def test_what_leaves_letter_case_alone_is_let_be(line: str) -> None:
    assert list(in_python(line)) == []


def test_documentation_may_speak_of_what_code_may_not_do() -> None:
    word = "title__i" + "contains"

    assert list(in_python(f'"""Never {word}."""')) == []


def test_a_templates_filter_is_found() -> None:
    assert [offence.line for offence in in_template("<p>\n{{ name|upper }}</p>")] == [2]
    assert list(in_template("{{ name|truncatechars:20 }}")) == []


def test_a_script_names_the_language_whose_case_it_means() -> None:
    assert [offence.line for offence in in_script("word.toLowerCase()")] == [1]
    assert list(in_script('word.toLocaleLowerCase("tr")')) == []
