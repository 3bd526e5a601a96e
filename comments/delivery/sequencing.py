"""Gives events their positions in the feed once they are due. One at a time does it, so positions are committed in their order.

A key of its table would not do: two transactions take keys in one order and commit in the other, and a follower who has read the
later one never asks for the earlier one again.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from comments.delivery.webhooks import messages
from comments.models import Event, FeedHead

BATCH = 500
_WITH = ("decision__undoes__event", "decision__undone_by__event", "decision__comment__article")


def sequence(*, now: datetime) -> int:
    """How many events were given positions, or taken out because an undo took back what nobody had been told of."""
    settled = 0
    while _due(now).exists() and (number := _settle(now)):
        settled += number
    return settled


@transaction.atomic
def _settle(now: datetime) -> int:
    head, _is_new = FeedHead.objects.select_for_update().get_or_create(pk=1)
    events = list(_due(now).select_related(*_WITH).order_by("pk")[:BATCH])
    unsaid = {event.pk for pair in map(_cancelled, events) for event in pair}
    leaving = [event for event in events if event.pk not in unsaid]
    for event in leaving:
        head.last_position += 1
        event.position = head.last_position
    Event.objects.bulk_update(leaving, ["position"])
    Event.objects.filter(pk__in=unsaid).update(due_at=None)
    head.save(update_fields=["last_position"])
    messages.prepare(leaving, now=now)
    return len(leaving) + len(unsaid)


def _waiting() -> "QuerySet[Event]":
    return Event.objects.filter(position=None, due_at__isnull=False)


def _due(now: datetime) -> "QuerySet[Event]":
    """Not before what happened earlier to the same comment, which may still have to wait out its undo."""
    earlier = _waiting().filter(due_at__gt=now, decision__comment=OuterRef("decision__comment"), pk__lt=OuterRef("pk"))
    return _waiting().filter(~Exists(earlier), due_at__lte=now)


def _cancelled(event: Event) -> Iterable[Event]:
    """The event and its counterpart, where one takes the other back and neither has been told."""
    decision = event.decision
    undone_by = getattr(decision, "undone_by", None)
    other = undone_by.event if undone_by else decision.undoes and decision.undoes.event
    return (event, other) if other and other.position is None and other.due_at else ()
