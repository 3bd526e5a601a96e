"""Secrets that the service must know again (an HMAC is made with them): kept sealed, so that a copy of the database alone gives none away.

Sealed with SECRET_KEY; what SECRET_KEY_FALLBACKS sealed can still be read.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "comments.sealing"


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """None for what was sealed with a key that the service no longer has."""
    try:
        return _keys().decrypt(sealed).decode()
    except InvalidToken:
        return None


def _keys() -> MultiFernet:
    return MultiFernet([_key(secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str) -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(_SALT, "", secret=secret, algorithm="sha256").digest()))
