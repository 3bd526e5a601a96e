"""An issuer's public keys, where it publishes them at an address: fetched, kept in its row, and fetched anew when they are old or one is missing.

However many tokens ask for a key that there is not, the issuer is asked once a minute. What cannot be fetched for a day counts no more.
"""

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models import SignOn
from comments.models.sign_on import must_be_public_keys
from comments.outside import asking
from comments.outside.asking import NoAnswer
from comments.outside.connecting import Refused

FRESH, KEPT = timedelta(hours=1), timedelta(hours=24)
EVERY = timedelta(minutes=1)
LARGEST = 1 << 16
# A reader waits for it.
SECONDS = 5.0
_MEDIA = "application/jwk-set+json, application/json"

logger = logging.getLogger(__name__)


def current(issuer: SignOn, *, now: datetime) -> Any:
    """The document of its keys that count at this time, None for none."""
    if not issuer.keys_url:
        return issuer.keys
    if not _is_younger(issuer, FRESH, now):
        _renew(issuer, now)
    return issuer.keys if _is_younger(issuer, KEPT, now) else None


def anew(issuer: SignOn, *, now: datetime) -> Any:
    """The document as it stands there now; None where it was not fetched, for whatever reason."""
    return issuer.keys if issuer.keys_url and _renew(issuer, now) else None


def fetched(url: str) -> dict[str, Any]:
    """Those of the keys at this address that a signature can be checked with. Raises ValidationError."""
    try:
        document = json.loads(asking.fetched(url, accept=_MEDIA, most=LARGEST, seconds=SECONDS))
        usable = {"keys": [key for key in document["keys"] if _is_for_signatures(key)]}
    except (NoAnswer, Refused) as error:
        message = _("The public keys could not be fetched: %(reason)s")
        raise ValidationError({"keys_url": ValidationError(message, code="no_keys", params={"reason": str(error)})}) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValidationError({"keys_url": ValidationError(_("What stands at this address is no JWKS file."), code="no_keys")}) from error
    must_be_public_keys(usable)
    return usable


def _is_for_signatures(key: dict[str, Any]) -> bool:
    """Issuers publish their keys for other uses beside them."""
    return key.get("kty") == "RSA" and key.get("use", "sig") == "sig" and key.get("alg", "RS256") == "RS256"


def _is_younger(issuer: SignOn, age: timedelta, now: datetime) -> bool:
    return issuer.keys_fetched_at is not None and now < issuer.keys_fetched_at + age


def _renew(issuer: SignOn, now: datetime) -> bool:
    """Whoever takes the turn by this update asks; the others go by what they have."""
    rested = Q(keys_asked_at=None) | Q(keys_asked_at__lte=now - EVERY)
    row = SignOn.objects.filter(pk=issuer.pk, keys_url=issuer.keys_url)
    if not row.filter(rested).update(keys_asked_at=now):
        return False
    try:
        issuer.keys, issuer.keys_fetched_at = fetched(issuer.keys_url), now
    except ValidationError as error:
        logger.warning("The public keys of %s were not renewed: %s", issuer.issuer, " ".join(error.messages))
        return False
    return bool(row.update(keys=issuer.keys, keys_fetched_at=now))
