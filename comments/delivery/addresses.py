"""The link that confirms an address: a signed token that names the reader, holds for this one address, and is kept nowhere."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from comments.models import Reader

LIFETIME = timedelta(days=7)

_SALT = "comments.delivery.address"


def token_for(reader: Reader, *, now: datetime) -> str:
    return _signer().sign_object([reader.public_id.hex, _digest(reader.email), int(now.timestamp())])


def reader_of(token: str, *, now: datetime) -> Reader | None:
    """The reader who gave the address; None for a forged, old or mutilated token, and where he has given another since."""
    try:
        public_id, digest, issued = _signer().unsign_object(token)
        reader = Reader.objects.select_related("site").filter(public_id=UUID(hex=public_id)).exclude(email="").first()
    except (signing.BadSignature, ValueError):
        return None
    in_time = now.timestamp() - issued <= LIFETIME.total_seconds()
    return reader if reader and in_time and constant_time_compare(digest, _digest(reader.email)) else None


def confirm(reader: Reader, *, now: datetime) -> None:
    """Changes nothing where the reader has meanwhile given another address, or has confirmed this one."""
    Reader.objects.filter(pk=reader.pk, email=reader.email, email_confirmed_at=None).update(email_confirmed_at=now)


def _digest(email: str) -> str:
    """Instead of the address itself, which does not belong into an address bar and the logs behind it."""
    return salted_hmac(_SALT, email).hexdigest()[:20]


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
