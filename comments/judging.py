"""Hold a text against the policy in force, and keep what came of it. What cannot be judged waits for an editor."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from comments.models import Review, Revision
from moderation import versions
from moderation.engine import RELEASE
from moderation.engine.policy import CLAUSES
from moderation.engine.review import review
from moderation.engine.rule import OFFENCES, Clause, Finding, Fix, Grade, Message, Outcome, Verdict
from moderation.engine.rules import RULES, word_lists_digest
from moderation.engine.text import Span
from moderation.models import PolicyVersion, Site

logger = logging.getLogger(__name__)

# What is found of a text by comparing it with others, which no rule of the engine can do.
SENT_BEFORE = "sent_before"

_MESSAGES = {rule.name: rule.message for rule in RULES} | {
    SENT_BEFORE: Message(tr="Bu metin ya da çok benzeri kısa süre önce gönderildi.", en="This text, or one much like it, was sent a short while ago.")
}
_WORD_LISTS = word_lists_digest()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict under a stored policy version, or the failure that stands in its place."""

    policy_version: PolicyVersion
    verdict: Verdict | None
    failure: Review.Failure = Review.Failure.NONE

    @property
    def outcomes(self) -> set[Outcome] | None:
        return None if self.verdict is None else {finding.outcome for finding in self.verdict.findings}

    def repeated(self, body: str) -> "Judgement":
        """The same, and that the text was sent before: a suspicion, which an editor judges."""
        if self.verdict is None:
            return self
        sent_before = Finding(
            SENT_BEFORE, Clause.REPETITION, Span(0, len(body)), Grade.SUSPECTED, Outcome.HOLD, _MESSAGES[SENT_BEFORE], fix=None, score=None
        )
        return replace(self, verdict=replace(self.verdict, findings=(sent_before, *self.verdict.findings)))

    def review_of(self, revision: Revision, *, now: datetime) -> Review:
        """The row, not yet saved, that keeps this judgement."""
        return Review(revision=revision, **self.fields(now=now))

    def fields(self, *, now: datetime) -> dict[str, Any]:
        """The review's fields, but for the revision."""
        return {
            "policy_version": self.policy_version,
            "engine_release": RELEASE,
            "word_lists": _WORD_LISTS,
            "outcome": None if self.verdict is None else self.verdict.outcome,
            "failure": self.failure,
            "findings": [] if self.verdict is None else _stored(self.verdict.findings),
            "created_at": now,
        }


def judge(body: str, site: Site) -> Judgement:
    """Under the version in force; see `judge_under`."""
    return judge_under(versions.active(site), body)


def judge_under(version: PolicyVersion, body: str) -> Judgement:
    """Never raises for what a text holds: an engine that fails or runs out of time leaves a judgement without a verdict."""
    try:
        return Judgement(version, review(body, version.policy))
    except TimeoutError:
        logger.exception("The rule engine ran past its time")
        return Judgement(version, None, Review.Failure.TIMEOUT)
    except Exception:
        logger.exception("The rule engine failed")
        return Judgement(version, None, Review.Failure.ERROR)


def is_offensive(name: str, version: PolicyVersion) -> bool:
    """Whether the policy would refuse a text that said only this, as it does with insults and swear words."""
    verdict = judge_under(version, name).verdict
    return verdict is not None and any(finding.clause in OFFENCES and finding.outcome is Outcome.REJECT for finding in verdict.findings)


def verdict_of(review: Review) -> Verdict | None:
    """The verdict as it was stored, None where there was none."""
    if review.outcome is None:
        return None
    findings = tuple(_read(stored) for stored in review.findings)
    return Verdict(review.revision.body, findings, review.policy_version.number)


def _stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Rule and parameters, never prose: a message is worded when it is shown."""
    return [
        {
            "rule": finding.rule,
            "clause": finding.clause.value,
            "start": finding.span.start,
            "end": finding.span.end,
            "grade": finding.grade.value,
            "outcome": finding.outcome.word,
            "score": finding.score,
            "fix": finding.fix and {"start": finding.fix.span.start, "end": finding.fix.span.end, "replacement": finding.fix.replacement},
        }
        for finding in findings
    ]


def _read(stored: dict[str, Any]) -> Finding:
    clause, fix = Clause(stored["clause"]), stored["fix"]
    return Finding(
        rule=stored["rule"],
        clause=clause,
        span=Span(stored["start"], stored["end"]),
        grade=Grade(stored["grade"]),
        outcome=Outcome.read(stored["outcome"]),
        # A rule may have been retired since; its clause still has a reason to give.
        message=_MESSAGES.get(stored["rule"], CLAUSES[clause].reason),
        fix=fix and Fix(Span(fix["start"], fix["end"]), fix["replacement"]),
        score=stored["score"],
    )
