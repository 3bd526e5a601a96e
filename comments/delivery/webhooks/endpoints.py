"""What becomes of an address over time: its secrets, its failures in a row, its end."""

import base64
import logging
import secrets
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from comments.models import WebhookEndpoint

# As long as a message may be on its way, and longer than anybody needs to put the new secret in its place.
OVERLAP = timedelta(days=3)
_FIRST_REST, _LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)

logger = logging.getLogger(__name__)


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def change_secret(endpoint: WebhookEndpoint, *, now: datetime) -> None:
    """From now on both sign, until the overlap ends."""
    endpoint.previous_secret, endpoint.previous_until, endpoint.secret = endpoint.secret, now + OVERLAP, new_secret()
    endpoint.save(update_fields=["previous_secret", "previous_until", "secret"])


def signing_secrets(endpoint: WebhookEndpoint, *, now: datetime) -> list[str]:
    overlaps = endpoint.previous_until is not None and now < endpoint.previous_until
    return [endpoint.secret, endpoint.previous_secret] if overlaps else [endpoint.secret]


def succeeded(endpoint: WebhookEndpoint) -> None:
    _one(endpoint).exclude(failures=0).update(failures=0, failing_since=None, resting_until=None)


def failed(endpoint: WebhookEndpoint, *, now: datetime, pause: timedelta) -> None:
    """It is left alone for a while, so that an address that hangs costs everybody else one attempt and not one for each message."""
    rest = max(pause, min(_FIRST_REST * 2 ** min(endpoint.failures, 10), _LONGEST_REST))
    _one(endpoint).update(failures=F("failures") + 1, failing_since=Coalesce("failing_since", now), resting_until=now + rest)


def disable(endpoint: WebhookEndpoint, state: WebhookEndpoint.State) -> None:
    if _one(endpoint).filter(state=WebhookEndpoint.State.ENABLED).update(state=state):
        logger.error("The webhook «%s» is %s", endpoint.name, state.label)


def give_up(endpoint: WebhookEndpoint, *, since: datetime) -> None:
    """Where nothing has arrived since a message was made that has now been tried for the last time."""
    if _one(endpoint).filter(failing_since__lte=since).exists():
        disable(endpoint, WebhookEndpoint.State.GIVEN_UP)


def enable(endpoints: "QuerySet[WebhookEndpoint]") -> int:
    """How many are told again from now on; what waited for them leaves as well."""
    asleep = endpoints.exclude(state=WebhookEndpoint.State.ENABLED)
    return asleep.update(state=WebhookEndpoint.State.ENABLED, failures=0, failing_since=None, resting_until=None)


def _one(endpoint: WebhookEndpoint) -> "QuerySet[WebhookEndpoint]":
    return WebhookEndpoint.objects.filter(pk=endpoint.pk)
