"""Keys for the news site's servers: 256 random bits, shown once, of which only a digest is kept."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db.models import Q

from comments.models import ApiKey
from moderation.lookups import Lookups
from moderation.models import Site

_MARK = "mizan_"
_PREFIX_LENGTH = len(_MARK) + 6


class Scope(StrEnum):
    """What a key may do; none includes another."""

    READ = "read"
    SUBMIT = "submit"
    MODERATE = "moderate"
    ADMIN = "admin"


class KeyRefused(Exception):
    """The key was revoked, has expired, or was rotated by somebody else meanwhile; nothing was changed."""


class NewKey(NamedTuple):
    """The row, and the key itself, which is nowhere to be had again."""

    row: ApiKey
    key: str


def make(site: Site, name: str, scopes: Collection[Scope], *, now: datetime, by: User | None = None, expires_at: datetime | None = None) -> NewKey:
    """Raises IntegrityError without a name or a scope."""
    key = new_key()
    row = ApiKey.objects.create(site=site, name=name, **columns(key), **rights(scopes), created_at=now, created_by=by, expires_at=expires_at)
    return NewKey(row, key)


_kept: Lookups[str, ApiKey] = Lookups()


def find(key: str, *, now: datetime) -> ApiKey | None:
    """The row of a key that counts at this time, or did so a moment ago; see LOOKUPS_KEPT_SECONDS."""
    digest = _digest(key)
    of_digest = Q(digest=digest) | Q(previous_digest=digest)
    row = _kept.find(digest, lambda: ApiKey.objects.select_related("site").filter(of_digest).first())
    return row if row and row.is_valid(now) and (row.digest == digest or _still_counts(row, now)) else None


def rotate(row: ApiKey, *, now: datetime, overlap: timedelta) -> str:
    """A new key for the same caller; the present one counts for the overlap, the one before it no longer. Raises KeyRefused."""
    key = new_key()
    still_valid = ApiKey.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), pk=row.pk, revoked_at=None, digest=row.digest)
    if not still_valid.update(**columns(key), previous_digest=row.digest, previous_until=now + overlap):
        raise KeyRefused
    _kept.forget()
    return key


def revoke(row: ApiKey, *, now: datetime) -> None:
    """From now on the key is refused, and the one before it; by other processes a moment later. Revoking it again changes nothing."""
    ApiKey.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now)
    _kept.forget()


def new_key() -> str:
    return _MARK + secrets.token_urlsafe(32)


def columns(key: str) -> dict[str, str]:
    """What is kept of a key."""
    return {"prefix": key[:_PREFIX_LENGTH], "digest": _digest(key)}


def rights(scopes: Collection[Scope]) -> dict[str, bool]:
    """The scopes as the row's fields."""
    return {
        "may_read": Scope.READ in scopes,
        "may_submit": Scope.SUBMIT in scopes,
        "may_moderate": Scope.MODERATE in scopes,
        "may_administer": Scope.ADMIN in scopes,
    }


def scopes(row: ApiKey) -> frozenset[Scope]:
    held = {Scope.READ: row.may_read, Scope.SUBMIT: row.may_submit, Scope.MODERATE: row.may_moderate, Scope.ADMIN: row.may_administer}
    return frozenset(scope for scope, may in held.items() if may)


def _still_counts(row: ApiKey, now: datetime) -> bool:
    """Whether the key before the present one does."""
    return row.previous_until is not None and now < row.previous_until


def _digest(key: str) -> str:
    # A key of 256 random bits cannot be guessed from its digest, so a slow hash would buy nothing.
    return hashlib.sha256(key.encode()).hexdigest()
