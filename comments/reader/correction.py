"""A returned text as its writer sees it: what was found, marked and numbered, and the text with every fix made."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from comments import marking, projections
from comments.projections import ShownFinding
from moderation.engine.rule import OFFENCES, Clause, Fix, Message, Outcome, Verdict, apply

_SPACE = re.compile(r"(\s+)")
# What closes a word or a sentence; "haber.com" and «MECLİS'te» go on behind it.
_CLOSING = re.compile(r"""[.,;:!?…)\]»”"]++(?!\w)""")
_AROUND = """.,;:!?…()[]«»“”"'"""


class Change(NamedTuple):
    """What a fix makes of what; both the same where it leaves a word alone."""

    old: str
    new: str


class Numbered(NamedTuple):
    """A finding, the number that stands at its mark, and what its fix changes."""

    number: int
    finding: ShownFinding
    changes: tuple[Change, ...]


class Objection(NamedTuple):
    """All findings with the same reason; advice is counted against nobody."""

    clause: Clause
    message: Message
    is_advice: bool
    findings: tuple[Numbered, ...]


class Stretch(NamedTuple):
    """A stretch of the text: the kind of mark on it ("" for none), and the numbers that stand behind it."""

    text: str
    mark: str
    ending: tuple[int, ...]


class Piece(NamedTuple):
    """A stretch of the corrected text, and whether a fix put it there."""

    text: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Correction:
    """`corrected` is "" where no fix would change anything; `is_refused` says that the text, sent as it is, is not published."""

    objections: tuple[Objection, ...]
    marked: tuple[Stretch, ...]
    preview: tuple[Piece, ...]
    corrected: str
    is_refused: bool


def correction(verdict: Verdict) -> Correction:
    shown = projections.for_writer(verdict)
    fixes = [finding.fix for finding in shown if finding.fix]
    corrected = apply(verdict.text, fixes)
    return Correction(
        objections=_objections(verdict.text, shown),
        marked=tuple(_stretches(verdict.text, shown)),
        preview=tuple(_pieces(verdict.text, fixes)),
        corrected=corrected if corrected != verdict.text else "",
        is_refused=any(finding.outcome is Outcome.REJECT for finding in shown),
    )


def _objections(text: str, shown: Sequence[ShownFinding]) -> tuple[Objection, ...]:
    """The gravest first, each with its findings in the order of the text."""
    grouped: dict[tuple[Outcome, Clause, Message], list[Numbered]] = {}
    for number, finding in enumerate(shown, start=1):
        changes = tuple(change for change in _changes(text, finding.fix) if change.old != change.new) if finding.fix else ()
        grouped.setdefault((finding.outcome, finding.clause, finding.message), []).append(Numbered(number, finding, changes))
    gravest_first = sorted(grouped.items(), key=lambda group: -group[0][0])
    return tuple(Objection(clause, message, outcome is Outcome.PASS, tuple(found)) for (outcome, clause, message), found in gravest_first)


def _stretches(text: str, shown: Sequence[ShownFinding]) -> Iterable[Stretch]:
    places = [_place(text, finding, shown) for finding in shown]
    position = 0
    for segment in marking.segments(text, shown):
        end = position + len(segment.text)
        for start, stop in pairwise(sorted({position, end, *(place for place in places if position < place < end)})):
            numbers = tuple(number for number, place in enumerate(places, start=1) if place == stop)
            yield Stretch(text[start:stop], _mark(segment.findings), numbers)
        position = end


def _place(text: str, finding: ShownFinding, shown: Sequence[ShownFinding]) -> int:
    """Where a finding's number stands: behind the punctuation that follows, which it would part from its word, unless that is another's."""
    end = finding.span.end
    closing = _CLOSING.match(text, end, min((other.span.start for other in shown if other.span.start >= end), default=len(text)))
    return closing.end() if closing else end


def _mark(findings: Sequence[ShownFinding]) -> str:
    """The mark of the gravest finding: all offences look the same, each orthographic clause has a line of its own."""
    if not findings:
        return ""
    gravest = max(findings, key=lambda finding: finding.outcome)
    return "offence" if gravest.clause in OFFENCES else gravest.clause.value


def _pieces(text: str, fixes: Iterable[Fix]) -> Iterable[Piece]:
    position = 0
    for fix in sorted(fixes, key=lambda fix: fix.span):
        yield Piece(text[position : fix.span.start], is_new=False)
        yield from (Piece(change.new, is_new=change.new != change.old) for change in _changes(text, fix))
        position = fix.span.end
    yield Piece(text[position:], is_new=False)


def _changes(text: str, fix: Fix) -> Sequence[Change]:
    """The fix word by word, spaces included, where it keeps their number; else as a whole."""
    old, new = text[fix.span.start : fix.span.end], fix.replacement
    old_words, new_words = _SPACE.split(old), _SPACE.split(new)
    if len(old_words) != len(new_words):
        return [Change(old, new)]
    return [change for words in zip(old_words, new_words, strict=True) for change in _bare(Change(*words))]


def _bare(change: Change) -> Sequence[Change]:
    """The word apart from the punctuation around it, where that stays; the stops of an abbreviation are its own."""
    old, new = change.old.strip(_AROUND), change.new.strip(_AROUND)
    if not (old and new) or old == new or "." in new:
        return [change]
    before, _, behind = change.old.partition(old)
    if change.new != before + new + behind:
        return [change]
    return [part for part in (Change(before, before), Change(old, new), Change(behind, behind)) if part.old]
