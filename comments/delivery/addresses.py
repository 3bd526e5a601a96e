"""A reader's address, and the links by which its owner says that it is his, or that nothing more is to be sent to it.

They are signed tokens that are kept nowhere. The one names the reader and holds for his one address; the other names the address alone, since whoever
wants no mails wants them from none who gives it.
"""

import string
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.core import signing
from django.db import transaction

from comments.models import Reader, StoppedAddress

LIFETIME = timedelta(days=7)

_SALT = "comments.delivery.address"
_STOPPING_SALT = "comments.delivery.address.stopping"
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def token_for(reader: Reader, *, now: datetime) -> str:
    """For the link that confirms the address."""
    return _signer(_SALT).sign_object([reader.public_id.hex, digest_of(reader.email), int(now.timestamp())])


def reader_of(token: str, *, now: datetime) -> Reader | None:
    """The reader who gave the address; None for a forged, old or mutilated token, and where he has given another since."""
    try:
        public_id, digest, issued = _signer(_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    if now.timestamp() - issued > LIFETIME.total_seconds():
        return None
    reader = Reader.objects.select_related("site").filter(public_id=UUID(hex=public_id)).exclude(email="").first()
    return reader if reader and digest_of(reader.email) == digest else None


def stopping_token_for(email: str) -> str:
    """For the link that stops the mails; it has no end, since mails are kept for years."""
    return _signer(_STOPPING_SALT).sign(digest_of(email))


def named_by(token: str) -> str | None:
    """The digest of the address whose mails the link stops; None for a forged or mutilated token."""
    try:
        return _signer(_STOPPING_SALT).unsign(token)
    except signing.BadSignature:
        return None


@transaction.atomic
def confirm(reader: Reader, *, now: datetime) -> None:
    """Also where mails had been stopped. Changes nothing where the reader has meanwhile given another address, or has confirmed this one."""
    if Reader.objects.filter(pk=reader.pk, email=reader.email, email_confirmed_at=None).update(email_confirmed_at=now):
        resume(digest_of(reader.email))


def stop(digest: str, *, now: datetime) -> None:
    """Whoever gave the address, and whoever will. Changes nothing where the mails to it are stopped."""
    StoppedAddress.objects.get_or_create(digest=digest, defaults={"stopped_at": now})


def resume(digest: str) -> None:
    """What was confirmed before the mails were stopped counts again."""
    StoppedAddress.objects.filter(digest=digest).delete()


def stopped_at(digest: str) -> datetime | None:
    """Since when the owner of the address wants no mails, if he does not."""
    return StoppedAddress.objects.filter(digest=digest).values_list("stopped_at", flat=True).first()


def is_stopped(email: str) -> bool:
    return stopped_at(digest_of(email)) is not None


def is_written_to(reader: Reader) -> bool:
    """Whether the owner of the reader's address has confirmed it, and wants mails."""
    return reader.email_confirmed_at is not None and not is_stopped(reader.email)


def digest_of(email: str) -> str:
    """Instead of the address itself, which belongs neither into an address bar nor into a list of those who want no mails.

    Small and capital letters make no other address here: rather one mail too few.
    """
    return sha256(email.translate(_SMALL).encode()).hexdigest()


def _signer(salt: str) -> signing.Signer:
    return signing.Signer(salt=salt, sep=".")
