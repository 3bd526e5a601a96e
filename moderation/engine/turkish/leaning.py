"""How much speaks for «de» or «da» as a word of its own (sen de), and not the ending of place (sende): what stands beside, weighed as learnt."""

from collections.abc import Iterator
from typing import NamedTuple

from moderation.engine.turkish import dictionary
from moderation.engine.turkish.alphabet import VOICELESS, VOWELS
from moderation.engine.turkish.context import Context
from moderation.engine.turkish.harmony import is_back
from moderation.engine.turkish.weights import learnt


class Seen(NamedTuple):
    """How often a form was seen alone, and with the ending of place."""

    alone: int
    joined: int


def ending_of_place(base: str) -> str:
    """The ending of place as it sounds behind a lower-case form: da, de, ta or te."""
    return ("t" if base[-1:] in VOICELESS else "d") + ("a" if is_back(base) else "e")


def leaning(base: str, context: Context, *, is_name: bool) -> int:
    """How much speaks for a word of its own behind `base`, in UNITs of a natural logit; below nought, for an ending."""
    seen = Seen(dictionary.frequency(base), dictionary.frequency(base + ending_of_place(base)))
    return learnt("also").total(features(base, context, seen, is_name=is_name))


def features(base: str, context: Context, seen: Seen, *, is_name: bool) -> Iterator[str]:
    """What may speak for a word of its own; the context is that of base and ending together."""
    before, after = context
    known = dictionary.is_word(base + ending_of_place(base))
    times, times_joined = seen.alone.bit_length(), seen.joined.bit_length()
    yield ""
    yield f"={base}"
    yield from (f"-{base[-length:]}" for length in (1, 2, 3, 4, 5))
    yield f"#{times_joined - times}"
    yield f"#{known}{times_joined}"
    yield f"^{is_name}{base[-1:] in VOWELS}{known}"
    yield from (f"{part}>" for part in (after, after[-2:], after[-3:], after[-4:], f"{after[:4]}-"))
    yield from (f"<{part}" for part in (before, before[-2:], before[-3:]))
    for end in (base[-2:], base[-3:]):
        yield from (f"{end}~{part}" for part in (after, after[-3:]))
        yield f"{before[-2:]}~{end}~{after[-2:]}"
        yield f"{before}~{end}"
    yield f"={base}~{after[-3:]}"
    yield f"={base}~{before}"
    yield f"<{before[-3:]}~{after[-3:]}>"
