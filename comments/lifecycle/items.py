"""What stands open beside a comment's status, closed by the decision that answers it and opened again when that is undone."""

from comments.lifecycle import objections
from comments.models import Appeal, Decision, Escalation, Report

Item = type[Report] | type[Appeal] | type[Escalation]
ITEMS: tuple[Item, ...] = (Report, Appeal, Escalation)


def close(decision: Decision, *items: Item) -> Decision:
    """In the decision's transaction."""
    if sum([item._default_manager.filter(comment=decision.comment_id, closed_by=None).update(closed_by=decision) for item in items]):
        objections.settle(decision.comment)
    return decision


def reopen(undone: Decision) -> None:
    if sum([item._default_manager.filter(closed_by=undone).update(closed_by=None) for item in ITEMS]):
        objections.settle(undone.comment)
