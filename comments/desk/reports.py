"""What readers object to in a published comment, on its card: each reason with how many gave it, and what they wrote."""

from collections.abc import Iterable
from typing import NamedTuple

from comments.desk.history import house_reason_name
from comments.models import Report
from comments.wording import clause_name
from moderation.engine.policy import Policy
from moderation.engine.rule import Clause


class Objection(NamedTuple):
    """One reason that readers gave; `texts` are their words on it, the oldest first."""

    reason: str
    readers: int
    texts: tuple[str, ...]


def objections(reports: Iterable[Report], policy: Policy) -> tuple[Objection, ...]:
    """The reason that most readers gave comes first."""
    given: dict[str, list[str]] = {}
    for report in sorted(reports, key=lambda report: report.created_at):
        given.setdefault(report.reason, []).append(report.text)
    named = [Objection(_name(reason, policy), len(texts), tuple(text for text in texts if text)) for reason, texts in given.items()]
    return tuple(sorted(named, key=lambda objection: -objection.readers))


def _name(reason: str, policy: Policy) -> str:
    return clause_name(reason) if reason in list(Clause) else house_reason_name(reason, policy)
