"""Which messages an event asks for. Their rows are made in the event's own transaction, so that none can be forgotten."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from math import ceil
from typing import Any

from django.db import transaction

from comments import bell
from comments.delivery import addresses
from comments.delivery.leasing import LEASE
from comments.lifecycle.moves import APPROVE, DENY_APPEAL, EXPIRE, REJECT, REMOVE, REQUEST_CORRECTION, SUBMIT, UNDO
from comments.models import Delivery, Event

# The moves by which somebody else changes what becomes of a writer's comment.
TOLD_TO_THE_WRITER = frozenset({move.name for move in (APPROVE, REJECT, REMOVE, REQUEST_CORRECTION, EXPIRE, UNDO, DENY_APPEAL)})


def prepare(event: Event, **_: Any) -> None:
    """Receives `lifecycle.event_logged`. Rings once the change is committed, for when the first of them is due."""
    deliveries = Delivery.objects.bulk_create(_asked_for(event))
    if deliveries:
        wait = min(delivery.available_at for delivery in deliveries) - event.created_at
        transaction.on_commit(partial(bell.ring, in_seconds=ceil(wait.total_seconds())), robust=True)


def _asked_for(event: Event) -> Iterator[Delivery]:
    decision = event.decision
    if decision.move == SUBMIT.name:
        reader = decision.comment.reader
        if reader.email and not reader.email_confirmed_at and not addresses.is_stopped(reader.email):
            yield Delivery(event=event, kind=Delivery.Kind.CONFIRMATION, available_at=event.created_at)
    elif decision.move in TOLD_TO_THE_WRITER and addresses.is_written_to(decision.comment.reader):
        yield Delivery(event=event, kind=Delivery.Kind.WRITER, available_at=_earliest(event))


def _earliest(event: Event) -> datetime:
    """An undo is told only if what it takes back was; after one lease nobody can still be about to tell that."""
    due_at = event.due_at or event.created_at
    return due_at + LEASE if event.decision.move == UNDO.name else due_at
