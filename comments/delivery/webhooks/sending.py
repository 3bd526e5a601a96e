"""Sends the messages that are due, signed anew for each attempt: ten of them within three days."""

import json
import logging
from datetime import UTC, datetime, timedelta

from django.db.models import Q
from standardwebhooks import Webhook

from comments.delivery.leasing import Clock, Queue
from comments.delivery.webhooks import endpoints, messages, posting
from comments.delivery.webhooks.posting import Answer
from comments.models import WebhookEndpoint, WebhookMessage
from comments.outside.asking import NoAnswer
from comments.outside.connecting import Refused

GONE = 410

logger = logging.getLogger(__name__)


def _is_awake(now: datetime) -> Q:
    rested = Q(endpoint__resting_until=None) | Q(endpoint__resting_until__lte=now)
    return rested & Q(endpoint__state=WebhookEndpoint.State.ENABLED)


QUEUE = Queue(
    WebhookMessage,
    # The specification's schedule: 75 hours and 35 minutes in all.
    pauses=(timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24))),
    shown_with=("endpoint", "event__decision__comment__article"),
    still_counts=Q(pk=None),
    may_leave=_is_awake,
)


def deliver(clock: Clock) -> bool:
    """Sends until nothing is due, which is True, or one turn is over. A failure is kept with its message and never raised."""
    return QUEUE.turn(_attempt, clock)


def _attempt(message: WebhookMessage, clock: Clock) -> None:
    try:
        answer = posting.post(message.endpoint.url, *_signed(message, clock()))
    except (NoAnswer, Refused) as error:
        _failed(message, f"{type(error).__name__}: {error}", now=clock())
    except Exception:
        logger.exception("Webhook message %d could not be made", message.pk)
        _failed(message, "the message could not be made", now=clock())
    else:
        _answered(message, answer, now=clock())


def _answered(message: WebhookMessage, answer: Answer, *, now: datetime) -> None:
    if answer.is_success:
        QUEUE.finish(message, WebhookMessage.State.DONE, now=now, last_status=answer.status)
        endpoints.succeeded(message.endpoint)
    elif answer.status == GONE:
        QUEUE.finish(message, WebhookMessage.State.DEAD, now=now, last_status=answer.status, last_error="the address is gone")
        endpoints.disable(message.endpoint, WebhookEndpoint.State.GONE)
    else:
        _failed(message, f"answered {answer.status} {answer.beginning}".strip(), now=now, status=answer.status, pause=answer.pause)


def _failed(message: WebhookMessage, error: str, *, now: datetime, status: int | None = None, pause: timedelta = timedelta()) -> None:
    logger.warning("Webhook message %d failed in attempt %d", message.pk, message.attempts)
    endpoints.failed(message.endpoint, now=now, pause=pause)
    if QUEUE.put_back(message, error[:200], now=now, not_before=now + pause, last_status=status):
        endpoints.give_up(message.endpoint, since=message.created_at)


def _signed(message: WebhookMessage, now: datetime) -> tuple[dict[bytes | str, bytes | str], bytes]:
    body, name = json.dumps(messages.payload(message), ensure_ascii=False), str(message.public_id)
    signatures = [Webhook(secret).sign(name, now.astimezone(UTC), body) for secret in endpoints.signing_secrets(message.endpoint, now=now)]
    headers: dict[bytes | str, bytes | str] = {
        "Content-Type": "application/json",
        "User-Agent": "Mizan",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
    return headers, body.encode()
