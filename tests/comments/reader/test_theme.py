"""The frame's look: readable whatever colours are asked for, and no way for a style of one's own."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comments.reader.theme import contrast, readable

CHANNEL = st.integers(0, 255)
COLOUR = st.tuples(CHANNEL, CHANNEL, CHANNEL)


def css(**asked: str) -> str:
    return Client().get(f"/embed/theme.css?{urlencode(asked)}").content.decode()


def variable(sheet: str, name: str) -> tuple[int, int, int]:
    found = re.search(rf"--{name}: #([0-9a-f]{{6}});", sheet)
    assert found
    red, green, blue = bytes.fromhex(found[1])
    return red, green, blue


@given(COLOUR, COLOUR)
def test_any_colour_can_be_read_on_any_ground(colour: tuple[int, int, int], ground: tuple[int, int, int]) -> None:
    assert contrast(readable(colour, ground), ground) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable((0xAA, 0, 0), (255, 255, 255)) == (0xAA, 0, 0)


def test_black_on_white_is_as_clear_as_can_be() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


def test_an_accent_can_be_read_by_day_and_by_night() -> None:
    day, night = css(accent="ffcc00").split("@media")

    assert contrast(variable(day, "accent"), (255, 255, 255)) >= 4.5
    assert contrast(variable(night, "accent"), (20, 23, 26)) >= 4.5
    for sheet in (day, night):
        assert contrast(variable(sheet, "on-accent"), variable(sheet, "accent")) >= 4.5


def test_background_and_text_decide_the_scheme() -> None:
    sheet = css(background="#101820", text="#f2f2f2")

    assert "color-scheme: dark" in sheet
    assert contrast(variable(sheet, "ink"), variable(sheet, "paper")) >= 4.5
    assert contrast(variable(sheet, "quiet"), variable(sheet, "panel")) >= 4.5


def test_font_corners_and_scheme_are_taken_over() -> None:
    sheet = css(font="Haber Sans, system-ui, sans-serif", radius="12", scheme="light")

    assert '--sans: "Haber Sans", system-ui, sans-serif;' in sheet
    assert "--radius: 12px;" in sheet
    assert ":root { color-scheme: light; }" in sheet


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accent", "red"),
        ("accent", "#fff; } body { display: none"),
        ("text", "url(https://kotu.example)"),
        ("font", 'x"; } * { background: url(//kotu.example) } /*'),
        ("font", "a\\"),
        ("radius", "4px"),
        ("radius", "١٢"),
        ("scheme", "dark; }"),
        ("background", "*/ body {}"),
    ],
)
def test_what_cannot_be_read_never_reaches_the_stylesheet(name: str, value: str) -> None:
    sheet = css(**{name: value})

    assert value not in sheet
    assert "{" not in sheet
    assert "url" not in sheet


def test_everybody_is_given_the_same_stylesheet_and_no_cookie() -> None:
    answer = Client().get("/embed/theme.css?accent=aa0000")

    assert answer["Cache-Control"].startswith("public")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
