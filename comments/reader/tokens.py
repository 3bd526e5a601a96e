"""The form's signed token: this form was made for this guest, this article and one submission, at this time.

Nothing of it is stored. It is used once because the submission it names makes one comment, however often it is sent.
"""

from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID, uuid4

from django.core import signing

from comments.models import Article

MINIMUM_AGE = timedelta(seconds=2)
MAXIMUM_AGE = timedelta(hours=2)

_SALT = "comments.reader.form"


class Trust(Enum):
    """What a token that came back is worth."""

    GOOD = auto()
    TOO_SOON = auto()
    TOO_LATE = auto()
    FOREIGN = auto()


def new(article: Article, guest: UUID, *, now: datetime) -> tuple[str, UUID]:
    """A token, and the submission that it is for."""
    submission = uuid4()
    return _sealed(article, guest, submission, now), submission


def guest_of(token: str) -> UUID | None:
    """Whom the token was made for: inside a frame no cookie says so. None for what was not signed here."""
    try:
        _site, _article, guest, *_rest = signing.Signer(salt=_SALT).unsign_object(token)
        return UUID(hex=guest)
    except (signing.BadSignature, ValueError):
        return None


def judge(token: str, article: Article, guest: UUID, submission: UUID | None, *, now: datetime) -> Trust:
    """FOREIGN is whatever was not signed here for just this guest, article and submission."""
    try:
        *owner, seconds = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return Trust.FOREIGN
    if submission is None or owner != _owner(article, guest, submission):
        return Trust.FOREIGN
    age = timedelta(seconds=now.timestamp() - seconds)
    if age < MINIMUM_AGE:
        return Trust.TOO_SOON
    return Trust.GOOD if age <= MAXIMUM_AGE else Trust.TOO_LATE


def _sealed(article: Article, guest: UUID, submission: UUID, issued_at: datetime) -> str:
    return signing.Signer(salt=_SALT).sign_object([*_owner(article, guest, submission), issued_at.timestamp()])


def _owner(article: Article, guest: UUID, submission: UUID) -> list[object]:
    return [article.site_id, article.key, guest.hex, submission.hex]
