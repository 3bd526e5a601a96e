"""Words that readers use and the dictionary does not have, each with whatever endings: tweetlerinden, fetöcü, pandemide."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from moderation.engine.turkish.suffixes import Sound, alternants, inflections, softens_by_itself, sound_of


class _Shape(NamedTuple):
    """What decides on a stem's endings."""

    sound: Sound
    verb: bool


def is_new_word(form: str) -> bool:
    """Whether a lower-case form is one of the listed stems with its endings."""
    stems = _stems()
    return any(
        inflections(form, end, shape.sound, verb=shape.verb)
        for end in range(min(len(form), _longest()), 1, -1)
        for shape in stems.get(form[:end], ())
    )


@cache
def _stems() -> Mapping[str, Sequence[_Shape]]:
    shapes = defaultdict[str, list[_Shape]](list)
    for line in Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        written, _, read = line.partition(" ")
        stem, verb = written.removesuffix("-"), written.endswith("-")
        if read:
            shapes[stem].append(_Shape(sound_of(read), verb))
        else:
            for shape, sound in alternants(stem, verb=verb, softens=not verb and softens_by_itself(stem), drops=False):
                shapes[shape].append(_Shape(sound, verb))
    return shapes


@cache
def _longest() -> int:
    return max(map(len, _stems()))
