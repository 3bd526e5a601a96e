"""Judgements of any outcome for texts of any wording, so that the lifecycle is tested apart from the word lists."""

from comments.judging import Judgement
from comments.models import Review
from moderation import versions
from moderation.engine.rule import Clause, Finding, Fix, Grade, Message, Outcome, Verdict
from moderation.engine.text import Span
from moderation.models import Site

FAILED = "failed"


def judgement(site: Site, body: str, *outcomes: str) -> Judgement:
    """What the site's policy would say of the body, had it found these outcomes; FAILED for an engine that broke down."""
    version = versions.active(site)
    if FAILED in outcomes:
        return Judgement(version, None, Review.Failure.ERROR)
    findings = tuple(_finding(Outcome.read(outcome), body) for outcome in outcomes)
    return Judgement(version, Verdict(body, findings, version.number))


def _finding(outcome: Outcome, body: str) -> Finding:
    clause = Clause.SPELLING if outcome <= Outcome.CORRECT else Clause.INSULTS
    first_letter = Span(0, 1)
    fix = Fix(first_letter, body[:1]) if clause is Clause.SPELLING else None
    return Finding(clause.value, clause, first_letter, Grade.CERTAIN, outcome, Message(tr="Bulgu", en="Finding"), fix)
