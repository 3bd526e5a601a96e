"""From what an editor orders, at the desk or by the API, to the move that it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from comments import lifecycle
from comments.judging import judge
from comments.lifecycle import Editor, Reasons
from comments.models import Comment, Decision

NOTE_MAX_LENGTH = 2000

TAKING_REASONS: Mapping[str, Callable[..., Decision]] = MappingProxyType(
    {"reject": lifecycle.reject, "request_correction": lifecycle.request_correction, "remove": lifecycle.remove}
)
NEEDING_REASONS = frozenset({"reject", "remove"})
_TAKING_A_NOTE: Mapping[str, Callable[..., Decision]] = MappingProxyType(
    {"escalate": lifecycle.escalate, "dismiss_reports": lifecycle.dismiss_reports, "deny_appeal": lifecycle.deny_appeal}
)


@dataclass(frozen=True, slots=True)
class Order:
    """A decision as it was asked for. `body` is the text as the editor corrected it, normalised; empty where it stays as it is."""

    decision: str
    version: int
    reasons: Reasons
    body: str = ""


def carry_out(order: Order, comment: Comment, editor: Editor, *, now: datetime) -> Decision:
    """Raises lifecycle.MoveRefused."""
    if order.decision == "approve":
        return _approve(order, comment, editor, now=now)
    if move := TAKING_REASONS.get(order.decision):
        return move(comment, editor=editor, version=order.version, now=now, reasons=order.reasons)
    if move := _TAKING_A_NOTE.get(order.decision):
        return move(comment, editor=editor, version=order.version, now=now, note=order.reasons.note)
    return lifecycle.undo(comment, editor=editor, version=order.version, now=now)


def _approve(order: Order, comment: Comment, editor: Editor, *, now: datetime) -> Decision:
    note = order.reasons.note
    if order.body in {"", comment.current_revision.body}:
        return lifecycle.approve(comment, editor=editor, version=order.version, now=now, note=note)
    judgement = judge(order.body, comment.article.site)
    return lifecycle.approve(comment, editor=editor, version=order.version, now=now, note=note, body=order.body, judgement=judgement)
