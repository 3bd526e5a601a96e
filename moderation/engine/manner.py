"""How a text is written, not what it says: the same word is likelier an offence in a shouted remark than in a well-set sentence.

The learned score weighs these signs beside its words, so that what was edited needs more to be called hostile than what was dashed off.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from moderation.engine.text import Record, Text, Word, lower, upper
from moderation.engine.turkish import apostrophe, dictionary
from moderation.engine.turkish.prose import outside_addresses

_ADDRESS = regex.compile(r"(?:https?://|www\.|[@#])\S+")
_FACE = regex.compile(r"\p{Extended_Pictographic}|[:;=]-?[)(DPp]")
_TWICE = regex.compile(r"[!?.]{2,}|…")
_THREE_ALIKE = re.compile(r"(\w)\1\1")
_TO_YOU = re.compile(r"sen|seni|sana|senin|sende|senden|siz|sizi|size|sizin|sizde|sizden|\w+(?:s[ıiuü]n(?:[ıiuü]z)?|[dt][ıiuü]n(?:[ıiuü]z)?)")
_LENGTHS = (3, 6, 10, 16, 25, 40)  # words
_LENGTH_SIGNS = tuple(f"{length} words" for length in _LENGTHS)
_CAPITALS = (("capitals", 0.15), ("many capitals", 0.4))
_UNKNOWN = (("unknown", 0.0), ("some unknown", 0.1), ("more unknown", 0.25), ("half unknown", 0.5))
_TO_YOU_SIGNS = (("to you", 1), ("to you again", 2))
_SIGNS = {",": "comma", "!": "exclamation", "?": "question", '"': "quotation", "“": "quotation", "'": "apostrophe", "’": "apostrophe"}


class _Traits(NamedTuple):
    unknown: bool
    to_you: bool


def manners(text: Text) -> tuple[str, ...]:
    """The names of the signs that a text shows; ask for it as a view of the text."""
    string = _ADDRESS.sub("", text.string) if any(sign in text.string for sign in "@#:w") else text.string
    words = [word for word in text.view(outside_addresses) if not word.written.isdigit()]
    return (*_of_signs(string.strip()), *_of_words(words))


def _of_signs(string: str) -> Iterator[str]:
    first = next((letter for letter in string if letter.isalpha()), "")
    if first and lower(first) == first:
        yield "opens small"
    if string[-1:] and string[-1] in ".!?…\"”'’»)":
        yield "ends in a mark"
    if string[-1:] == ".":
        yield "ends in a stop"
    yield from {name for sign, name in _SIGNS.items() if sign in string}
    if any(map(str.isdigit, string)):
        yield "digit"
    if _FACE.search(string):
        yield "face"
    if _TWICE.search(string):
        yield "marks repeated"
    if any(found[1].isalpha() for found in _THREE_ALIKE.finditer(string)):
        yield "stretched"


def _of_words(words: Sequence[Word]) -> Iterator[str]:
    count = len(words)
    yield from _LENGTH_SIGNS[: bisect_right(_LENGTHS, count)]
    traits = [word.record[_traits] for word in words]
    unknown, to_you = sum([each.unknown for each in traits]), sum([each.to_you for each in traits])
    with_capital = [word.written for word in words if word.written != word.lower]
    capital = len([word for word in words[1:] if word.written != word.lower])
    if len(with_capital) * 2 > count and sum([written == upper(written) for written in with_capital]) * 2 > count:
        yield "shouted"
    yield from [name for name, share in _CAPITALS if capital > share * max(count - 1, 0)]
    yield from [name for name, share in _UNKNOWN if unknown > share * count]
    yield from [name for name, times in _TO_YOU_SIGNS if to_you >= times]


def _traits(word: Record) -> _Traits:
    stem = apostrophe.before(word.lower)
    return _Traits(not dictionary.is_word(stem) and dictionary.name(stem) is None, bool(_TO_YOU.fullmatch(word.lower)))
