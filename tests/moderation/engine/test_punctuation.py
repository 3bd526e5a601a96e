"""Commas, semicolons and full stops, and the spaces around them."""

import pytest

from moderation.engine.review import review
from moderation.engine.rule import Outcome
from moderation.engine.rules.punctuation import RULE


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Geldim ,gördüm , yendim .", "Geldim, gördüm, yendim."),
        ("Okudum,beğendim.", "Okudum, beğendim."),
        ("Okudum.Çok beğendim.", "Okudum. Çok beğendim."),
        ("Önce düşün ;sonra yaz.", "Önce düşün; sonra yaz."),
    ],
)
def test_commas_and_full_stops_stand_where_they_belong(wrong: str, right: str) -> None:
    assert review(wrong, rules=[RULE]).corrected == right


@pytest.mark.parametrize(
    "string", ["1.000,50 lira; 3,5 ay... Olur mu?", "www.ornek.com,sayfa ve a.b,c adresleri", "Dr. A.Kaya geldi.", "Hmm ...", ""]
)
def test_numbers_addresses_and_initials_are_let_be(string: str) -> None:
    assert review(string, rules=[RULE]).corrected == string


def test_a_mark_out_of_place_is_advice_however_often() -> None:
    assert review("Geldim ,gördüm ,yendim ,döndüm .", rules=[RULE]).outcome is Outcome.PASS
