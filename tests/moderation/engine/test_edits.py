"""Corrections one after another are the same as their one composed set."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.edits import Edits
from moderation.engine.rule import Fix, apply
from moderation.engine.text import Span

ORIGINALS = st.text("abcdefgh", max_size=12)


@st.composite
def fixes_of(draw: st.DrawFn, string: str, *, shortest: int = 0) -> list[Fix]:
    """Fixes that do not overlap, with replacements from `shortest` to three letters."""
    cuts = sorted(draw(st.lists(st.integers(0, len(string)), max_size=6, unique=True)))
    spans = [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False)]
    return [Fix(span, draw(st.text("XYZ", min_size=shortest, max_size=3))) for span in spans]


@given(st.data())
def test_composed_edits_make_what_the_edits_made_one_after_another(data: st.DataObject) -> None:
    string = data.draw(ORIGINALS)
    edits = Edits(string)

    for _ in range(3):
        fixes = data.draw(fixes_of(string))
        string, edits = apply(string, fixes), edits.then(fixes)

        assert edits.edited == string
        assert all(one.span.end <= other.span.start for one, other in pairwise(edits.fixes))


@given(st.data())
def test_what_no_edit_touched_comes_from_the_same_letters(data: st.DataObject) -> None:
    string = data.draw(ORIGINALS)
    edits = Edits(string).then(data.draw(fixes_of(string, shortest=1)))

    for at, letter in enumerate(edits.edited):
        origin = edits.origin(Span(at, at + 1))
        assert letter in "XYZ" or string[origin.start : origin.end] == letter


def test_a_replacement_is_taken_whole() -> None:
    edits = Edits("birsey oldu").then([Fix(Span(0, 6), "birşey")]).then([Fix(Span(0, 6), "bir şey")])

    assert edits.fixes == (Fix(Span(0, 6), "bir şey"),)
    assert edits.origin(Span(4, 7)) == Span(0, 6)


def test_no_fixes_change_nothing() -> None:
    edits = Edits("merhaba")

    assert edits.then([]) is edits
    assert edits.edited == "merhaba"
