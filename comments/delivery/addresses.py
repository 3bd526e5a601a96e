"""A reader's address, and the links by which its owner says that it is his, or that nothing more is to be sent to it.

They are signed tokens that name the reader, hold for this one address, and are kept nowhere.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from comments.models import Reader

LIFETIME = timedelta(days=7)

_SALT = "comments.delivery.address"
_STOPPING_SALT = "comments.delivery.address.stopping"


def token_for(reader: Reader, *, now: datetime) -> str:
    """For the link that confirms the address."""
    return _signer(_SALT).sign_object([reader.public_id.hex, _digest(reader.email, settings.SECRET_KEY), int(now.timestamp())])


def reader_of(token: str, *, now: datetime) -> Reader | None:
    """The reader who gave the address; None for a forged, old or mutilated token, and where he has given another since."""
    try:
        public_id, digest, issued = _signer(_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return _owner(public_id, digest) if now.timestamp() - issued <= LIFETIME.total_seconds() else None


def stopping_token_for(reader: Reader) -> str:
    """For the link that stops the mails; it holds as long as the address is the reader's, since mails are kept for years."""
    return _signer(_STOPPING_SALT).sign_object([reader.public_id.hex, _digest(reader.email, settings.SECRET_KEY)])


def reader_to_stop(token: str) -> Reader | None:
    """The reader whose mails the link stops; None for a forged or mutilated token, and where he has given another address since."""
    try:
        public_id, digest = _signer(_STOPPING_SALT).unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    return _owner(public_id, digest)


def confirm(reader: Reader, *, now: datetime) -> None:
    """Also where mails had been stopped. Changes nothing where the reader has meanwhile given another address, or has confirmed this one."""
    unconfirmed = Reader.objects.filter(pk=reader.pk, email=reader.email, email_confirmed_at=None)
    unconfirmed.update(email_confirmed_at=now, email_stopped_at=None)


def stop(reader: Reader, *, now: datetime) -> None:
    """Changes nothing where the reader has meanwhile given another address, or has stopped the mails to this one."""
    written_to = Reader.objects.filter(pk=reader.pk, email=reader.email, email_stopped_at=None)
    written_to.update(email_confirmed_at=None, email_stopped_at=now)


def _owner(public_id: str, digest: str) -> Reader | None:
    reader = Reader.objects.select_related("site").filter(public_id=UUID(hex=public_id)).exclude(email="").first()
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return reader if reader and any(constant_time_compare(digest, _digest(reader.email, key)) for key in keys) else None


def _digest(email: str, key: str) -> str:
    """Instead of the address itself, which does not belong into an address bar and the logs behind it."""
    return salted_hmac(_SALT, email, secret=key).hexdigest()[:20]


def _signer(salt: str) -> signing.Signer:
    return signing.Signer(salt=salt, sep=".")
