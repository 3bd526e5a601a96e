"""How hostile a text sounds: a linear score over its distinct words, its neighbouring words and its manner, learned from labelled comments.

What a word adds depends on the word alone, so it is summed once and remembered; a text then costs a few additions a word. The weights in
data/ are all that was kept of the comments: numbers under hashed pieces of words. `manage.py train` makes them anew.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from math import exp, sqrt
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from moderation.engine.manner import manners
from moderation.engine.text import Record, Text, Word, capitalise
from moderation.engine.turkish import apostrophe, dictionary
from moderation.engine.turkish.alphabet import plain
from moderation.engine.turkish.prose import prose

DATA = Path(__file__).parent / "data"

BUCKETS = 1 << 21  # weights; a piece of a word finds its own by a hash
PIECES = range(3, 6)  # letters of the pieces that a word is cut into
STEM = 5  # letters by which neighbouring words are told apart; Turkish endings stand behind them
LOUDEST = 300  # units that one word may add: what a single word tells is for the lists to know, and for their innocent neighbours (boks, mal varlığı)
MEMORY = 1 << 14  # words that are remembered; readers' words follow Zipf's law

_REPEATED = re.compile(r"(.)\1{2,}")


class Cut(NamedTuple):
    """A word as the score reads it: its stem, and the buckets of its pieces."""

    stem: str
    buckets: tuple[int, ...]


class Heard(NamedTuple):
    """What is remembered of a word: its stem, the sum of its pieces' weights, and how many pieces it has."""

    stem: str
    weight: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What training leaves: one signed byte for each bucket, what one unit of them is worth in logits, and the logit of a text without words.

    `manner` holds what each sign of a text's manner adds, in logits.
    """

    units: memoryview
    step: float
    bias: float
    manner: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> "Weights":
        """The weights in `tone.bin`, with the numbers in `tone.json`."""
        told = json.loads((folder / "tone.json").read_text(encoding="utf-8"))
        return cls(memoryview((folder / "tone.bin").read_bytes()).cast("b"), told["step"], told["bias"], told["manner"])


class Tone:
    """A score by these weights, with a memory for words."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._heard = lru_cache(MEMORY)(self._hear)

    def score(self, forms: Sequence[str], signs: Iterable[str] = ()) -> float:
        """Between 0 and 1, for the lower-case words of a text in their order, and the signs of its manner."""
        heard = {form: self._heard(form) for form in forms}
        beside = pairs([heard[form].stem for form in forms])
        distinct, units = heard.values(), self._weights.units
        weight = sum([each.weight for each in distinct]) + sum([units[bucket] for bucket in beside])
        manner = sum([self._weights.manner.get(sign, 0.0) for sign in signs])
        pieces = sum([each.pieces for each in distinct]) + len(beside)
        return _share(self._weights.bias + manner + self._weights.step * weight / sqrt(pieces))

    def score_without_loudest(self, forms: Sequence[str], signs: Iterable[str] = ()) -> float:
        """The score of the other words, were the one that adds most not there."""
        loudest = max(dict.fromkeys(forms), key=lambda form: self._heard(form).weight, default="")
        return self.score([form for form in forms if form != loudest], signs)

    def loudness(self, forms: Sequence[str]) -> list[int]:
        """What each word adds, its half of what it adds with its neighbours included; in units that only compare."""
        units = self._weights.units
        heard = [self._heard(form) for form in forms]
        beside = [units[neighbours(one, other)] for one, other in pairwise(["", *(each.stem for each in heard), ""])]
        return [2 * each.weight + beside[at] + beside[at + 1] for at, each in enumerate(heard)]

    def _hear(self, form: str) -> Heard:
        units = self._weights.units
        stem, buckets = cut(form)
        return Heard(stem, min(LOUDEST, sum([units[bucket] for bucket in buckets])), len(buckets))


def voiced(text: Text) -> tuple[Word, ...]:
    """The words that the score listens to: no addresses, and no names, because nobody is hostile by whom he speaks of; ask for it as a view of the text."""
    return tuple([word for word in text.view(prose) if not word.record[_is_name]])


def _is_name(word: Record) -> bool:
    """Whether a word is a name, or is taken for one because no list holds it and it has a capital."""
    stem, form = apostrophe.before(word.written), apostrophe.before(word.lower)
    return not dictionary.is_word(form) and (dictionary.name(form) is not None or stem == capitalise(form))


def hostility(text: Text) -> float:
    """How hostile a text sounds, between 0 and 1; ask for it as a view of the text."""
    return tone().score([word.lower for word in text.view(voiced)], text.view(manners))


@cache
def tone() -> Tone:
    """The score by the weights of the house, read when the first text is scored."""
    return Tone(Weights.read(DATA))


def cut(form: str) -> Cut:
    """A lower-case word in pieces: as it is, without Turkish letters, its stem, and every run of three to five letters in it."""
    word = _REPEATED.sub(r"\1", plain(form.replace("'", "").replace("’", "")))
    return Cut(word[:STEM], tuple([crc32(piece) % BUCKETS for piece in _pieces(form, word)]))


def pairs(stems: Sequence[str]) -> set[int]:
    """The buckets of the stems that stand beside each other anywhere in a text."""
    return {neighbours(one, other) for one, other in pairwise(["", *stems, ""])}


def neighbours(one: str, other: str) -> int:
    """The bucket of two stems that stand beside each other; the empty stem is the text's edge."""
    return crc32(f"{one} {other}".encode()) % BUCKETS


def _pieces(form: str, word: str) -> list[bytes]:
    edged = f"^{word}$"
    cuts = _cuts(len(edged))
    runs = map(edged.encode().__getitem__, cuts) if edged.isascii() else [edged[cut].encode() for cut in cuts]
    return [f"={form}".encode(), f"~{word}".encode(), f"{word[:STEM]}-".encode(), *runs]


@lru_cache(128)
def _cuts(letters: int) -> list[slice]:
    """Where every run begins and ends in so many letters."""
    return [slice(start, start + length) for length in PIECES for start in range(letters - length + 1)]


def _share(logit: float) -> float:
    return 1 / (1 + exp(-max(min(logit, 50.0), -50.0)))
