"""A request sent twice is done once: its Idempotency-Key is claimed in the transaction of what it does, and kept for two days.

A crash leaves neither the claim nor what it was for. What is kept holds no text and no receipt: the answer is worded again.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import IntegrityError, OperationalError, transaction

from comments.models import AnsweredRequest, Decision

KEPT = timedelta(hours=48)
LONGEST_KEY = 255
# PostgreSQL's answer to a second request that has waited for the first as long as a statement may wait for a lock.
_LOCK_NOT_AVAILABLE = "55P03"


class Mismatch(Exception):
    """The key stood for another request of this caller's."""


class InProgress(Exception):
    """The same request is being answered at this moment."""


class _AlreadyClaimed(Exception):
    """The same request was answered in the meantime."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that carries a key. `caller` keeps strangers' keys apart; `payload` is the request's JSON."""

    caller: str
    endpoint: str
    key: str
    payload: Any

    @property
    def digest(self) -> str:
        canonical = json.dumps(self.payload, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Done:
    """What the request led to, and whether that was `before`, when it was first sent."""

    decision: Decision
    before: bool


Prepared = TypeVar("Prepared")


def once(asked: Asked | None, *, prepare: Callable[[], Prepared], carry_out: Callable[[Prepared], Decision], now: datetime) -> Done:
    """Prepares outside and carries out inside a transaction, unless the same was asked before; each time anew without a key.

    Raises Mismatch, InProgress.
    """
    if asked and (decision := _answered(asked, now=now)):
        return Done(decision, before=True)
    prepared = prepare()
    try:
        with transaction.atomic():
            claimed = asked and _claim(asked, now=now)
            decision = carry_out(prepared)
            if claimed:
                AnsweredRequest.objects.filter(pk=claimed.pk).update(decision=decision)
            return Done(decision, before=False)
    except _AlreadyClaimed:
        return once(asked, prepare=prepare, carry_out=carry_out, now=now)


def forget(*, now: datetime) -> int:
    """How many answers that nobody will be given again were deleted."""
    deleted, _by_model = AnsweredRequest.objects.filter(created_at__lte=now - KEPT).delete()
    return deleted


def _answered(asked: Asked, *, now: datetime) -> Decision | None:
    rows = AnsweredRequest.objects.select_related("decision__comment", "decision__revision__review__policy_version")
    known = rows.filter(caller=asked.caller, endpoint=asked.endpoint, key=asked.key).first()
    if known is None:
        return None
    if known.created_at <= now - KEPT:
        known.delete()
        return None
    if known.payload_digest != asked.digest:
        raise Mismatch
    return known.decision


def _claim(asked: Asked, *, now: datetime) -> AnsweredRequest:
    row = AnsweredRequest(caller=asked.caller, endpoint=asked.endpoint, key=asked.key, payload_digest=asked.digest, created_at=now)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _AlreadyClaimed from error
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
            raise InProgress from error
        raise
    return row
