"""What of a verdict is shown to whom: an editor sees all of it, a writer what he can mend, and no pattern to steer round."""

from dataclasses import dataclass

from moderation.engine.rule import OFFENCES, Clause, Finding, Fix, Message, Outcome, Verdict
from moderation.engine.text import Span, Text


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as one audience sees it; what is hidden from it is None."""

    clause: Clause
    span: Span
    outcome: Outcome
    message: Message
    rule: str | None = None
    excerpt: str | None = None
    fix: Fix | None = None
    score: float | None = None


def for_editor(verdict: Verdict) -> tuple[ShownFinding, ...]:
    return tuple(_whole(finding, verdict.text) for finding in verdict.findings)


def for_writer(verdict: Verdict) -> tuple[ShownFinding, ...]:
    """No suspicion that is an editor's to judge; of an offence only the clause and the sentence, told once; of the rest everything."""
    text = Text(verdict.text)
    shown = [_veiled(f, text) if f.clause in OFFENCES else _whole(f, verdict.text) for f in verdict.findings if f.outcome is not Outcome.HOLD]
    return tuple(dict.fromkeys(shown))


def _whole(finding: Finding, text: str) -> ShownFinding:
    return ShownFinding(
        clause=finding.clause,
        span=finding.span,
        outcome=finding.outcome,
        message=finding.message,
        rule=finding.rule,
        excerpt=text[finding.span.start : finding.span.end],
        fix=finding.fix,
        score=finding.score,
    )


def _veiled(finding: Finding, text: Text) -> ShownFinding:
    return ShownFinding(clause=finding.clause, span=text.sentences_around(finding.span), outcome=finding.outcome, message=finding.message)
