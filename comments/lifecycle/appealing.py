"""The writer's appeal against a refusal, and who may answer it: never the editor who refused."""

from datetime import datetime

from django.db import transaction

from comments.lifecycle import objections
from comments.lifecycle.actors import Actor
from comments.lifecycle.deciding import NotAllowed
from comments.lifecycle.moves import REJECT, RESUBMIT, SUBMIT
from comments.lifecycle.standing import MoveRefused
from comments.models import Appeal, Comment, Decision, Objection, Status

_REFUSING = [move.name for move in (SUBMIT, RESUBMIT, REJECT)]


class NotRefused(MoveRefused):
    """Only a refusal can be appealed against."""


class OwnRefusal(NotAllowed):
    """The appeal is against a decision of this very editor."""


class NoAppeal(MoveRefused):
    """No appeal is open that could be denied."""


@transaction.atomic
def open_appeal(comment: Comment, *, text: str, now: datetime) -> Appeal:
    """The writer's, or the one that he made against the same refusal before: a repeated one changes nothing. Raises NotRefused."""
    if Comment.objects.select_for_update().get(pk=comment.pk).status != Status.REJECTED:
        raise NotRefused
    made, is_new = Appeal.objects.get_or_create(against=refusal_of(comment), defaults={"comment": comment, "text": text, "opened_at": now})
    if is_new:
        objections.raised(comment, Objection.APPEAL)
    return made


def refusal_of(comment: Comment) -> Decision:
    """The decision that refused a rejected comment last."""
    return Decision.objects.filter(comment=comment, to_status=Status.REJECTED, move__in=_REFUSING).latest("version")


def check_answerer(comment: Comment, actor: Actor) -> Appeal | None:
    """The open appeal, if there is one. Raises OwnRefusal where the actor made the decision that it is against."""
    if comment.status != Status.REJECTED:
        return None
    appeal = Appeal.objects.select_related("against").filter(comment=comment, closed_by=None).first()
    if appeal and is_own_refusal(appeal, actor):
        raise OwnRefusal
    return appeal


def is_own_refusal(appeal: Appeal, actor: Actor) -> bool:
    refusal = appeal.against
    if actor.editor:
        return refusal.editor_id == actor.editor.pk
    return actor.api_key is not None and refusal.api_key_id == actor.api_key.pk
