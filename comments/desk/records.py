"""The last decisions on a reader's comments, and the log of the comment in front of the editor, fetched together."""

from collections.abc import Sequence
from typing import NamedTuple

from comments.lifecycle.moves import BESIDE_THE_STATUS, UNDO
from comments.models import Comment, Decision, Reader, Status

LATEST = 10
# An undo judges nothing, and no more does what editors do beside the status.
NO_JUDGEMENT = frozenset(move.name for move in (UNDO, *BESIDE_THE_STATUS))
FINAL = frozenset({Status.APPROVED, Status.REJECTED, Status.REMOVED})
# What a history says of each decision, and no texts.
_TOLD = ("comment__public_id", "revision__number", "editor__username", "editor__first_name", "editor__last_name", "policy_version__number")
_OWN = ("comment", "version", "move", "to_status", "actor_kind", "note", "undoes", "decided_at")


class Logs(NamedTuple):
    """`own` is the comment's whole log, `lately` the last decisions that stand on its reader's other comments, the latest first."""

    own: tuple[Decision, ...]
    lately: tuple[Decision, ...]


def logs(comment: Comment) -> Logs:
    """In three queries, however much the reader has written; nothing lately of an erased reader, who stands for many."""
    keys = [comment.pk, *_lately_decided(comment)]
    found = Decision.objects.filter(comment__in=keys).select_related("comment", "revision", "editor", "policy_version")
    decisions = found.only(*_OWN, *_TOLD).prefetch_related("clauses").order_by("-decided_at", "-pk")
    own = tuple(decision for decision in decisions if decision.comment_id == comment.pk)
    return Logs(own, _standing([decision for decision in decisions if decision.comment_id != comment.pk]))


def _lately_decided(comment: Comment) -> list[int]:
    if comment.reader.kind == Reader.Kind.ERASED:
        return []
    others = Comment.objects.filter(reader=comment.reader_id, status__in=FINAL).exclude(pk=comment.pk)
    return list(others.order_by("-status_since").values_list("pk", flat=True)[:LATEST])


def _standing(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    undone = {decision.undoes_id for decision in decisions}
    judging = (one for one in decisions if one.to_status in FINAL and one.move not in NO_JUDGEMENT and one.pk not in undone)
    return tuple(judging)[:LATEST]
