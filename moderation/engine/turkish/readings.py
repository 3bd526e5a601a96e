"""What a whole text says, in words and in disguise: its stretches undone one by one, and letters or halves of words that stand apart."""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from moderation.engine.text import Text, lower
from moderation.engine.turkish.dictionary import frequency, is_word
from moderation.engine.turkish.disguise import MEMORY, Reading, letters_apart, undone

LONGEST_PARTED = 9  # code points of two words that may be one with a gap in it, the shorter of them no more than four
RARE, COMMON = 3, 130  # times that a word stands in the sentences that were counted; of two halves of a word one is rare, and none is common


class Readings:
    """The words of a text one after another, and stretches that are words only once undone; ask for it through `text.view`.

    Most words are never looked at again, so where they stand is found out only once somebody asks.
    """

    def __init__(self, text: Text) -> None:
        self._string = text.string
        self._stretches = text.string.split()
        self._undone = [undone(stretch) for stretch in self._stretches]
        self.letters = [word.letters for each in self._undone for word in each.words]

    @cached_property
    def words(self) -> tuple[Reading, ...]:
        return tuple(word.moved(offset) for offset, each in zip(self._offsets, self._undone, strict=True) for word in each.words)

    @cached_property
    def disguised(self) -> tuple[Reading, ...]:
        found: list[Reading] = []
        if any(each.disguised for each in self._undone):
            found += (hidden.moved(offset) for offset, each in zip(self._offsets, self._undone, strict=True) for hidden in each.disguised)
        if sum([len(letters) == 1 for letters in self.letters]) > 2:
            found += letters_apart(self._string)
        found += self._parted()
        return tuple(found)

    def _parted(self) -> Iterator[Reading]:
        """Two stretches with one space between them that may be one word."""
        near = [at for at, (one, other) in enumerate(pairwise(map(len, self._stretches))) if 4 <= one + other <= LONGEST_PARTED]
        for at in near:
            one, other = self._stretches[at : at + 2]
            if parted := _parted(one, other):
                offset = self._offsets[at]
                if self._offsets[at + 1] == offset + len(one) + 1:
                    yield parted.moved(offset)

    @cached_property
    def _offsets(self) -> list[int]:
        offsets, end = [], 0
        for stretch in self._stretches:
            start = self._string.index(stretch, end)
            end = start + len(stretch)
            offsets.append(start)
        return offsets


class _Half(NamedTuple):
    """A stretch that is one word, and not so common that it would not be half of another."""

    word: Reading
    times: int
    is_word: bool


def _parted(one: str, other: str) -> Reading | None:
    """The two as one word, unless both are words in common use: «sal ak» is one, «al çak» two."""
    if not ((first := _half(one)) and (second := _half(other))):
        return None
    start, end, opening, *_ = first.word
    begins, ends, closing, *_ = second.word
    if end != len(one) or begins or min(first.times, second.times) > RARE or min(len(opening), len(closing)) > 4:
        return None
    return Reading(start, len(one) + 1 + ends, opening + closing, least=5 if first.is_word and second.is_word else 4, parted=True)


@lru_cache(MEMORY)
def _half(stretch: str) -> _Half | None:
    words = undone(stretch).words
    if len(words) != 1:
        return None
    form = lower(words[0].letters)
    times = frequency(form)
    return _Half(words[0], times, is_word(form)) if times <= COMMON else None
