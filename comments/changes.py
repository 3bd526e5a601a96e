"""What the news site is told of: each move of the lifecycle that leaves the house, under the name that feed and webhooks give it."""

from collections.abc import Mapping
from types import MappingProxyType

from comments.lifecycle import moves
from comments.models import Decision, Status

KINDS: Mapping[str, str] = MappingProxyType(
    {
        moves.SUBMIT.name: "comment.submitted",
        moves.RESUBMIT.name: "comment.resubmitted",
        moves.APPROVE.name: "comment.approved",
        moves.REJECT.name: "comment.rejected",
        moves.REQUEST_CORRECTION.name: "comment.returned",
        moves.EDIT.name: "comment.edited",
        moves.REMOVE.name: "comment.removed",
        moves.UNDO.name: "comment.decision_undone",
        moves.WITHDRAW.name: "comment.withdrawn",
        moves.EXPIRE.name: "comment.expired",
        moves.ERASE.name: "comment.erased",
    }
)


def changes_what_is_public(decision: Decision) -> bool:
    """Whether the public sees another text afterwards, or one where there was none, or none where there was one."""
    return decision.published_before_id != _published_after(decision)


def _published_after(decision: Decision) -> int | None:
    """The key of the revision that the decision left published; as `lifecycle.standing` has it."""
    if decision.undoes:
        return decision.undoes.published_before_id
    if decision.to_status == Status.APPROVED:
        return decision.revision_id
    return decision.published_before_id if decision.to_status in (Status.PENDING, Status.RETURNED) else None
