"""The text of a card with its findings marked, each by a number that refers to the list beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.marking import segments
from comments.projections import ShownFinding, for_editor
from moderation.engine.rule import Grade, Outcome, Verdict

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.REJECT: _("reject"),
    Outcome.HOLD: _("an editor decides"),
    Outcome.CORRECT: _("to be corrected"),
    Outcome.PASS: _("advice"),
}
VERDICTS: dict[Outcome, Promise] = {**OUTCOMES, Outcome.PASS: _("nothing to object to")}
GRADES: dict[Grade, Promise] = {Grade.CERTAIN: _("certain"), Grade.SUSPECTED: _("suspected"), Grade.SLIGHT: _("slight")}


# A word's last letters with what little follows them; it begins with a letter, so that no accent and no emoji is taken apart.
_LAST_LETTERS = re.compile(r"\w{1,2}[^\w\s]{0,3}\Z")


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding with its number, in words."""

    number: int
    finding: ShownFinding
    grade: Promise
    replaced: str

    @property
    def outcome(self) -> Promise:
        return OUTCOMES[self.finding.outcome]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `outcome` is the gravest of what covers it, `ending` the numbers of the findings that end with it."""

    text: str
    outcome: Outcome | None
    ending: tuple[int, ...]

    @property
    def end(self) -> str:
        """What the numbers stay on one line with; short, since it is never broken."""
        found = _LAST_LETTERS.search(self.text)
        return found[0] if found else ""

    @property
    def before_the_end(self) -> str:
        return self.text.removesuffix(self.end)


class Change(NamedTuple):
    """A stretch of a text with its corrections: what goes, then what comes in its place; what stays is both."""

    gone: str
    come: str

    @property
    def stays(self) -> bool:
        return self.gone == self.come


def remarks(verdict: Verdict) -> tuple[Remark, ...]:
    shown = for_editor(verdict)
    return tuple(
        Remark(number, finding, GRADES[whole.grade], _replaced(finding, verdict.text))
        for number, (finding, whole) in enumerate(zip(shown, verdict.findings, strict=True), start=1)
    )


def pieces(text: str, remarks: Sequence[Remark]) -> tuple[Piece, ...]:
    cut, position = [], 0
    for segment in segments(text, [remark.finding for remark in remarks]):
        position += len(segment.text)
        outcome = max((finding.outcome for finding in segment.findings), default=None)
        ending = tuple(remark.number for remark in remarks if segment.findings and remark.finding.span.end == position)
        cut.append(Piece(segment.text, outcome, ending))
    return tuple(cut)


def changes(verdict: Verdict) -> tuple[Change, ...]:
    """The whole text with every fix, as a difference; empty where there is nothing to correct."""
    made, position = [], 0
    for fix in sorted((finding.fix for finding in verdict.findings if finding.fix), key=lambda fix: fix.span):
        kept, gone = verdict.text[position : fix.span.start], verdict.text[fix.span.start : fix.span.end]
        made += [Change(kept, kept), Change(gone, fix.replacement)]
        position = fix.span.end
    rest = verdict.text[position:]
    return (*made, Change(rest, rest)) if any(not change.stays for change in made) else ()


def _replaced(finding: ShownFinding, text: str) -> str:
    """What the fix replaces, which may be more or less than what is marked."""
    return text[finding.fix.span.start : finding.fix.span.end] if finding.fix else ""
