"""What a writer is told on his receipt when his text cannot be taken, or when he comes too late."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments import lifecycle, submission, writers
from comments.models import Comment
from comments.reader.forms import readable
from moderation.engine.text import UnreadableText, is_blank, normalise


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was changed, the text that was typed, if one was, and whether the comment has moved on meanwhile."""

    message: str | Promise
    typed: str | None = None
    has_moved: bool = False
    of_appeal: bool = False

    @property
    def status(self) -> int:
        """Of the answer: a conflict, or a text that cannot be taken."""
        return 409 if self.has_moved else 422


def send(comment: Comment, *, version: int, typed: str | None, now: datetime) -> None:
    """Raises ValidationError with the sentence for the writer, lifecycle.MoveRefused."""
    body = None if typed is None else readable(typed)
    try:
        writers.send(comment, version=version, body=body, now=now)
    except submission.ReaderMuted as refused:
        raise ValidationError(str(refused.message), code=refused.code) from refused


def readable_appeal(typed: str) -> str:
    """The words of an appeal as they will be stored. Raises ValidationError with the sentence for the writer."""
    try:
        text = normalise(typed)
    except UnreadableText as error:
        raise ValidationError(_("Some characters of your text could not be read. Please check it."), code="unreadable") from error
    if is_blank(text):
        raise ValidationError(_("Please write why you think that your comment should be published."), code="blank")
    if len(text) > writers.APPEAL_MAX_LENGTH:
        message = _("Please shorten your words to %(limit_value)d characters.")
        raise ValidationError(message, code="too_long", params={"limit_value": writers.APPEAL_MAX_LENGTH})
    return text


def sentence(refusal: lifecycle.MoveRefused) -> str | Promise:
    if isinstance(refusal, lifecycle.EditWindowClosed):
        return _("A published comment can be changed within five minutes of its publication; that time has passed.")
    return _("Your comment has moved on since you opened this page, so nothing was changed. This is where it stands now.")
