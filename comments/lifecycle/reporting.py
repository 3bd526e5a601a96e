"""The (!) under a published comment."""

from datetime import datetime

from django.db import transaction

from comments.lifecycle import objections
from comments.lifecycle.standing import MoveRefused
from comments.models import Comment, Reader, Report


class NotPublic(MoveRefused):
    """Only what the public sees can be reported."""


@transaction.atomic
def report(comment: Comment, reader: Reader, *, reason: str, text: str, now: datetime) -> Report:
    """A reader's report, or the one that he made before: a repeated one changes nothing. Raises NotPublic."""
    if comment.published_revision is None:
        raise NotPublic
    made, is_new = Report.objects.get_or_create(comment=comment, reader=reader, defaults={"reason": reason, "text": text, "created_at": now})
    if is_new:
        objections.raised(comment, objections.of_report(reason))
    return made
