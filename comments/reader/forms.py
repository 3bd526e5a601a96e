"""The form under an article: what of it is wrong, all at once, each told at its field."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments import names, submission
from comments.models import Article, Reader
from comments.reader import threads, tokens
from comments.reader.tokens import Trust

EMAIL_MAX_LENGTH = 254

_DISTRUST = {
    Trust.TOO_SOON: _("That was very quick. Please check your comment and send it once more."),
    Trust.TOO_LATE: _("This page has been open for a long time. Your text is still here; please send it once more."),
    Trust.FOREIGN: _("We could not tell whether this form came from you. Your text is still here; please send it once more."),
}


class Typed(forms.CharField):
    """A field whose every letter reaches its own check."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)
        self.validators = []


class CommentForm(forms.Form):
    """`homepage` is out of a human's sight; whoever fills it in is asked again."""

    body = Typed()
    name = Typed()
    email = forms.EmailField(
        required=False,
        max_length=EMAIL_MAX_LENGTH,
        error_messages={
            "invalid": _("Please check the e-mail address; it should look like ayse@example.com."),
            "max_length": _("The e-mail address is too long."),
        },
    )
    parent = Typed()
    homepage = Typed()
    token = Typed()
    submission_id = Typed()
    proof = Typed()

    def __init__(self, data: Any, *, article: Article, guest: UUID, now: datetime, user: Reader | None = None) -> None:
        super().__init__(data)
        self.article, self.guest, self.now, self.user = article, guest, now, user
        self.trust = Trust.FOREIGN

    def clean_name(self) -> str:
        """A user's name is the news site's to say."""
        if self.user and self.user.name:
            return self.user.name
        try:
            return names.readable(self.cleaned_data["name"])
        except submission.SubmissionRefused as error:
            raise ValidationError(str(error.message), code=error.code) from error

    def clean_body(self) -> str:
        return readable(self.cleaned_data["body"])

    def clean_parent(self) -> UUID | None:
        typed = self.cleaned_data["parent"]
        if not typed:
            return None
        parent = identifier(typed)
        if parent is None or threads.answerable(self.article, parent) is None:
            raise ValidationError(
                _("The comment that you are replying to is no longer there. If you send yours again, it will stand on its own."),
                code="unknown_parent",
            )
        return parent

    def clean_submission_id(self) -> UUID | None:
        return identifier(self.cleaned_data["submission_id"])

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        self.trust = tokens.judge(cleaned["token"], self.article, self.guest, cleaned["submission_id"], now=self.now)
        if self.trust is not Trust.GOOD:
            self.add_error(None, ValidationError(_DISTRUST[self.trust], code="untrusted"))
        if cleaned["homepage"]:
            self.add_error(
                None, ValidationError(_("One field was filled in that must stay empty. Please send your comment once more."), code="filled")
            )
        return cleaned


def readable(typed: str) -> str:
    """The text as it will be stored. Raises ValidationError with the sentence for the reader."""
    try:
        return submission.readable(typed)
    except submission.BodyTooLong as error:
        length, limit = error.args[0], settings.COMMENT_MAX_LENGTH
        message = _("Your comment is %(length)d characters long, %(surplus)d more than the %(limit)d that are possible.")
        raise ValidationError(message, code=error.code, params={"length": length, "limit": limit, "surplus": length - limit}) from error
    except submission.SubmissionRefused as error:
        raise ValidationError(str(error.message), code=error.code) from error


def identifier(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
