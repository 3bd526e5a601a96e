"""What writers send: every field checked at once, each told what is wrong with it."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from comments import names, reports, submission, writers
from comments.api.fields import BooleanField, CharField, EmailField, IntegerField, IPAddressField, Serializer, UUIDField


class AuthorRequest(Serializer):
    name = CharField(max_length=names.MAX_LENGTH, help_text="As it is shown beside the comment.")
    email = EmailField(
        required=False, allow_blank=True, max_length=254, help_text="Shown to nobody; counts once its owner has confirmed it by the link sent to it."
    )
    subject = CharField(required=False, max_length=200, help_text="For keys with the scope submit: the writer's own id at the news site.")

    def validate_name(self, typed: str) -> str:
        return _readable(names.readable, typed)


class ClientRequest(Serializer):
    """Where the writer's request to the news site came from."""

    address = IPAddressField()
    port = IntegerField(required=False, min_value=1, max_value=65535)


class SubmissionRequest(Serializer):
    body = CharField(allow_blank=True, help_text="Plain text.")
    author = AuthorRequest()
    # The framework takes its fields out of the class, so this hides nothing.
    parent = UUIDField(required=False, allow_null=True, help_text="The published comment that this one replies to.")  # type: ignore[assignment]
    as_is = BooleanField(required=False, default=False, help_text="Store it as it is: it is not returned for correction.")
    client = ClientRequest(required=False, help_text="For keys with the scope submit. Kept for as long as the law wants, and shown to nobody.")

    def validate_body(self, typed: str) -> str:
        return _readable(submission.readable, typed)


class RevisionRequest(Serializer):
    """Either a new text, or the old one as it is."""

    body = CharField(required=False, allow_blank=True)
    as_is = BooleanField(required=False, help_text="true: send the text that was returned as it is.")

    def validate_body(self, typed: str) -> str:
        return _readable(submission.readable, typed)

    def validate(self, read: dict[str, Any]) -> dict[str, Any]:
        if ("body" in read) == bool(read.get("as_is")):
            raise ValidationError({"body": ValidationError(_("Send either a new text, or “as_is”: true."), "required").detail})
        return read


class CheckRequest(Serializer):
    text = CharField(allow_blank=True)

    def validate_text(self, typed: str) -> str:
        return _readable(submission.readable, typed)


class AppealRequest(Serializer):
    text = CharField(max_length=writers.APPEAL_MAX_LENGTH, help_text="To the editor who answers it: why the refusal was wrong.")

    def validate_text(self, typed: str) -> str:
        return _readable(submission.readable, typed)


class ReporterRequest(Serializer):
    subject = CharField(max_length=200)


class ReportRequest(Serializer):
    reason = CharField(max_length=30, help_text="A clause, or one of the policy's house reasons; see /policy/.")
    text = CharField(required=False, allow_blank=True, max_length=reports.MOST_CHARACTERS, default="")
    author = ReporterRequest(required=False, help_text="For keys with the scope submit: who reports.")


class NothingRequest(Serializer):
    """An empty object, or no body at all."""


def _readable(reading: Callable[[str], str], typed: str) -> str:
    try:
        return reading(typed)
    except submission.SubmissionRefused as refused:
        raise ValidationError(str(refused.message), refused.code) from refused
