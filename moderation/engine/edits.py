"""Corrections made one after another, told as one set of replacements in the text as it was first written.

A word may need its letters restored, then its spelling mended, then its capitals lowered: three rules, each working on
what the one before left. What the reader is offered is one fix in the text that he wrote.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from moderation.engine.rule import Fix, apply
from moderation.engine.text import Span


class _Replaced(NamedTuple):
    before: Span
    after: Span

    @property
    def shift(self) -> int:
        """How much further the original goes on than the edited text, behind this replacement."""
        return self.before.end - self.after.end


def _touch(one: Span, other: Span) -> bool:
    """Overlap; a span without length touches what it borders on."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.overlaps(other)


class _Row:
    """Spans in order that do not overlap, asked for those near a place without looking at the others."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = tuple(spans)
        self._starts = [span.start for span in self.spans]
        self._ends = [span.end for span in self.spans]

    def from_offset(self, offset: int) -> int:
        """The index of the first span that does not end before the offset."""
        return bisect_left(self._ends, offset)

    def touching(self, span: Span) -> list[Span]:
        near = self.spans[self.from_offset(span.start) : bisect_right(self._starts, span.end)]
        return [each for each in near if _touch(each, span)]


@dataclass(frozen=True)
class Edits:
    """Replacements in the coordinates of `original`: in order, never overlapping."""

    original: str
    fixes: tuple[Fix, ...] = ()

    @cached_property
    def edited(self) -> str:
        return apply(self.original, self.fixes)

    @cached_property
    def _replaced(self) -> tuple[_Replaced, ...]:
        replaced, shift = [], 0
        for span, replacement in ((fix.span, fix.replacement) for fix in self.fixes):
            start = span.start + shift
            replaced.append(_Replaced(span, Span(start, start + len(replacement))))
            shift += len(replacement) - (span.end - span.start)
        return tuple(replaced)

    @cached_property
    def _after(self) -> _Row:
        return _Row(after for _, after in self._replaced)

    def origin(self, span: Span) -> Span:
        """Where in the original `span`, a stretch of the edited text, comes from; replacements are taken whole."""
        span = self._whole(span)
        return Span(self._offset(span.start, at_end=False), self._offset(span.end, at_end=True))

    def rewrote(self, span: Span) -> bool:
        """Whether any of `span`, a stretch of the edited text, is not as it was first written."""
        return bool(self._after.touching(span))

    def then(self, fixes: Iterable[Fix]) -> "Edits":
        """These edits and then `fixes`, which are in the coordinates of the edited text and must not overlap."""
        later = sorted(fixes, key=lambda fix: fix.span)
        if not later:
            return self
        joined = list(self._joined(later))
        changed = _Row(fix.span for fix in joined)
        kept = [fix for fix in self.fixes if not changed.touching(fix.span)]
        return Edits(self.original, tuple(sorted([*kept, *joined], key=lambda fix: fix.span)))

    def _joined(self, later: list[Fix]) -> Iterator[Fix]:
        """Later fixes as fixes of the original, those that touch one earlier replacement made one."""
        groups: list[tuple[Span, list[Fix]]] = []
        for fix in later:
            whole = self._whole(fix.span)
            if groups and self.origin(whole).start < self.origin(groups[-1][0]).end:
                last, members = groups[-1]
                members.append(fix)
                groups[-1] = (Span(last.start, max(last.end, whole.end)), members)
            else:
                groups.append((whole, [fix]))
        for span, members in groups:
            inside = [Fix(Span(f.span.start - span.start, f.span.end - span.start), f.replacement) for f in members]
            yield Fix(self.origin(span), apply(self.edited[span.start : span.end], inside))

    def _whole(self, span: Span) -> Span:
        """The span, grown over every replacement that it touches."""
        touched = self._after.touching(span)
        if not touched:
            return span
        return Span(min(span.start, touched[0].start), max(span.end, touched[-1].end))

    def _offset(self, position: int, *, at_end: bool) -> int:
        first = self._after.from_offset(position)
        shift = self._replaced[first - 1].shift if first else 0
        for at in range(first, len(self._replaced)):
            replaced = self._replaced[at]
            if replaced.after.start > position:
                break
            if replaced.after.end == position and (at_end or replaced.after.start < position):
                shift = replaced.shift
            elif replaced.after.start == position and not at_end:
                return replaced.before.start
        return position + shift
