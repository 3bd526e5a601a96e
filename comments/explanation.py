"""Why a comment stands where it stands, as its writer is told: the reasons and the note, never an editor's name."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from comments.lifecycle.moves import BESIDE_THE_STATUS, UNDO
from comments.models import ActorKind, Comment, Decision, DecisionClause, Status
from comments.projections import for_writer
from comments.wording import clause_name, clause_reason, spoken
from moderation import versions
from moderation.engine.policy import HOUSE_REASONS, Policy
from moderation.engine.rule import Outcome, Verdict

# An undo is no reason, what it restored is; and what editors do beside the status is between them.
_NO_REASONS = [move.name for move in (UNDO, *BESIDE_THE_STATUS)]


class Reason(NamedTuple):
    """A clause of the notice with its sentence, or a house reason, which is one word for itself; `key` is what policies call it."""

    key: str
    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`automated` says that the policy decided; `unread` that no editor has had anything to do with the text either."""

    move: str
    automated: bool
    unread: bool
    reasons: tuple[Reason, ...]
    note: str
    decided_at: datetime


def explain(comment: Comment, verdict: Verdict | None) -> Explanation:
    """What brought the comment to its status."""
    decisions = comment.decisions.filter(to_status=comment.status).prefetch_related("clauses")
    decision = decisions.exclude(move__in=_NO_REASONS).order_by("-version").first() or decisions.latest("version")
    automated = decision.actor_kind == ActorKind.POLICY
    reasons = _found(verdict, comment.status) if automated else _given(decision, versions.active(comment.article.site).policy)
    unread = automated and not _was_before_an_editor(comment)
    return Explanation(decision.move, automated, unread, reasons, decision.note, decision.decided_at)


def _was_before_an_editor(comment: Comment) -> bool:
    """Whether one has decided anything of this very text, which the writer may have sent again as it was."""
    by_editors = comment.decisions.filter(actor_kind__in=[ActorKind.EDITOR, ActorKind.KEY])
    return by_editors.filter(revision__body=comment.current_revision.body).exists()


def _found(verdict: Verdict | None, status: str) -> tuple[Reason, ...]:
    """What the policy refused the text for, or returned it for."""
    counts = {Outcome.REJECT, Outcome.CORRECT} if status == Status.RETURNED else {Outcome.REJECT}
    clauses = (finding.clause for finding in (for_writer(verdict) if verdict else ()) if finding.outcome in counts)
    return tuple(_clause(clause) for clause in dict.fromkeys(clauses))


def _given(decision: Decision, policy: Policy) -> tuple[Reason, ...]:
    return tuple(_reason(row, policy) for row in decision.clauses.all())


def _reason(row: DecisionClause, policy: Policy) -> Reason:
    if row.clause:
        return _clause(row.clause)
    # A house reason may have been dropped from the policy since.
    return Reason(row.house_reason, spoken(policy.house_reasons.get(row.house_reason, HOUSE_REASONS["other"])), "")


def _clause(clause: str) -> Reason:
    return Reason(clause, clause_name(clause), clause_reason(clause))
