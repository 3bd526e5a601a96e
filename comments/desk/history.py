"""Decisions in words: what was done, by whom, when, for which reasons."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from comments.models import ActorKind, Decision, DecisionClause
from comments.wording import clause_name, spoken
from moderation.engine.policy import Policy


class Entry(NamedTuple):
    """One line of a history, for a page."""

    what: str
    who: str
    when: datetime
    status: str
    reasons: tuple[str, ...]
    note: str
    text_number: int
    undone: bool
    comment: UUID


def entry(decision: Decision, policy: Policy, *, undone: bool = False) -> Entry:
    """The decision must come with its clauses, comment, revision, editor and policy version."""
    return Entry(
        what=decision.get_move_display(),
        who=_who(decision),
        when=decision.decided_at,
        status=decision.get_to_status_display(),
        reasons=tuple(reason_name(row, policy) for row in decision.clauses.all()),
        note=decision.note,
        text_number=decision.revision.number,
        undone=undone,
        comment=decision.comment.public_id,
    )


def entries(decisions: Iterable[Decision], policy: Policy) -> tuple[Entry, ...]:
    """One comment's decisions, the latest first."""
    log = sorted(decisions, key=lambda decision: decision.version, reverse=True)
    undone = {decision.undoes_id for decision in log}
    return tuple(entry(decision, policy, undone=decision.pk in undone) for decision in log)


def reason_name(row: DecisionClause, policy: Policy) -> str:
    return clause_name(row.clause) if row.clause else house_reason_name(row.house_reason, policy)


def house_reason_name(key: str, policy: Policy) -> str:
    """A publisher may have struck a reason of his own since; its key is what is left of it."""
    message = policy.house_reasons.get(key)
    return spoken(message) if message else key


def _who(decision: Decision) -> str:
    if decision.actor_kind == ActorKind.EDITOR and decision.editor:
        return decision.editor.get_full_name() or decision.editor.get_username()
    if decision.actor_kind == ActorKind.POLICY and decision.policy_version:
        return gettext("policy, version %(number)d") % {"number": decision.policy_version.number}
    return str(ActorKind(decision.actor_kind).label)
