"""A second opinion on what a word is: an automaton of Turkish word formation, for the rare inflections that no list holds.

It knows forms as the rules of the language make them, lower-cased names too, so what it accepts may be a word that nobody uses:
good enough to let a form be, not to prefer it.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator
from functools import cache
from zlib import decompress

from moderation.engine.turkish.alphabet import LETTERS
from moderation.engine.turkish.dictionary import DATA

SIGNS = LETTERS + "qwx"  # the letters that have a column
END = len(SIGNS)  # the column that tells whether a word may end
WIDTH = END + 1

_COLUMNS = {sign: column for column, sign in enumerate(SIGNS)} | dict(zip("âîû", map(SIGNS.index, "aiu"), strict=True))


@cache
def _rows() -> "array[int]":
    """WIDTH places each: the row that each letter leads to; row 0 leads nowhere, row 1 is the beginning."""
    rows = array("H", decompress((DATA / "formation.automaton").read_bytes()))
    if sys.byteorder == "big":
        rows.byteswap()
    return rows


def is_formed(form: str) -> bool:
    """Whether the lower-case `form` is made as Turkish makes its words, with its circumflexes or without."""
    return ends(1, form)


def ends(row: int, rest: str) -> bool:
    """Whether `rest` is the end of a well-formed word whose beginning leads to the row."""
    rows = _rows()
    for letter in rest:
        column = _COLUMNS.get(letter)
        row = 0 if column is None else rows[row * WIDTH + column]
        if not row:
            return False
    return bool(rows[row * WIDTH + END])


def rows_along(form: str) -> Iterator[int]:
    """The rows to which the beginnings of `form` lead, the empty one first, as far as they lead anywhere."""
    rows, row = _rows(), 1
    yield row
    for letter in form:
        column = _COLUMNS.get(letter)
        row = 0 if column is None else rows[row * WIDTH + column]
        if not row:
            return
        yield row


def onward(row: int) -> list[tuple[str, int]]:
    """The Turkish letters that may follow the beginning which leads to the row, each with the row that it leads to."""
    start = row * WIDTH
    return [(letter, then) for letter, then in zip(LETTERS, _rows()[start : start + len(LETTERS)], strict=True) if then]


def followed_by(ways: Iterable[tuple[str, int]], rest: str) -> list[str]:
    """The letters among `ways`, which `onward` gave, behind which `rest` ends a well-formed word."""
    rows = _rows()
    for letter in rest:
        column = _COLUMNS.get(letter)
        ways = [] if column is None else [(way, then) for way, row in ways if (then := rows[row * WIDTH + column])]
        if not ways:
            return []
    return [way for way, row in ways if rows[row * WIDTH + END]]


def formed(choices: Iterable[str]) -> Iterator[str]:
    """All well-formed words whose letters are taken from `choices`, one string of alternatives for each place."""
    rows, ways = _rows(), [("", 1)]
    for letters in choices:
        columns = [(letter, _COLUMNS[letter]) for letter in letters if letter in _COLUMNS]
        ways = [(way + letter, row) for way, before in ways for letter, column in columns if (row := rows[before * WIDTH + column])]
        if not ways:
            break
    return (way for way, row in ways if rows[row * WIDTH + END])
