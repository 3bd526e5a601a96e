"""A text cut where findings begin and end, so that a page can mark them, overlapping ones too."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from comments.projections import ShownFinding


class Segment(NamedTuple):
    """A stretch of the text, and the findings that cover it."""

    text: str
    findings: tuple[ShownFinding, ...]


def segments(text: str, findings: Sequence[ShownFinding]) -> list[Segment]:
    """The whole text in order; nothing is lost, and no segment is empty."""
    cuts = sorted({0, len(text), *(f.span.start for f in findings), *(f.span.end for f in findings)})
    return [Segment(text[start:end], tuple(f for f in findings if f.span.start < end and start < f.span.end)) for start, end in pairwise(cuts)]
