"""What a writer may still do to his comment, and sending it again, by whatever way he comes."""

from datetime import datetime

from comments import lifecycle, submission
from comments.judging import judge
from comments.lifecycle.moves import WITHDRAW
from comments.models import Appeal, Comment, Status
from comments.trusting import publish_if_trusted

APPEAL_MAX_LENGTH = 2000


def may_revise(comment: Comment, now: datetime) -> bool:
    is_fresh = comment.status == Status.APPROVED and now <= comment.status_since + lifecycle.EDIT_WINDOW
    return comment.status == Status.RETURNED or is_fresh


def may_withdraw(comment: Comment) -> bool:
    return comment.status in WITHDRAW.sources


def send(comment: Comment, *, version: int, body: str | None, now: datetime) -> None:
    """A new text, as `submission.readable` gives it, or without one the old as it is. Sent a second time it changes nothing.

    Raises submission.ReaderMuted, lifecycle.MoveRefused.
    """
    try:
        if body is not None and comment.status == Status.APPROVED:
            submission.check_voice(comment.reader, now=now)
            judgement = judge(body, comment.article.site)
            lifecycle.edit(comment, judgement, version=version, body=body, now=now)
            publish_if_trusted(comment, judgement, now=now)
        else:
            submission.resubmit(comment, version=version, raw=body, now=now)
    except (lifecycle.StaleVersion, lifecycle.WrongStatus):
        if not _sent_before(comment, body):
            raise


def withdraw(comment: Comment, *, version: int, now: datetime) -> None:
    """Once withdrawn, a comment stays so, however often this is asked. Raises lifecycle.MoveRefused."""
    if comment.status != Status.WITHDRAWN:
        lifecycle.withdraw(comment, version=version, now=now)


def last_appeal(comment: Comment) -> Appeal | None:
    """Against the refusal that stands, open or answered."""
    if comment.status != Status.REJECTED:
        return None
    return Appeal.objects.select_related("closed_by").filter(against=lifecycle.refusal_of(comment)).first()


def may_appeal(comment: Comment) -> bool:
    return comment.status == Status.REJECTED and last_appeal(comment) is None


def appeal(comment: Comment, *, text: str, now: datetime) -> Appeal:
    """One to each refusal: a repeated one changes nothing. Raises lifecycle.NotRefused."""
    return lifecycle.open_appeal(comment, text=text, now=now)


def _sent_before(comment: Comment, body: str | None) -> bool:
    latest = comment.revisions.latest("number")
    return latest.number > 1 and (latest.as_is if body is None else latest.body == body)
