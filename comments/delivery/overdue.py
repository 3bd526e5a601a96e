"""Comments that wait for an editor for too long, and the alert to those who can see to it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from comments.models import Comment, Delivery, Event, Status

# Comments that come to wait too long one after another make one mail, not one each.
QUIET = timedelta(minutes=15)


def comments(now: datetime) -> "QuerySet[Comment]":
    """Waiting for longer than the publisher allows."""
    return Comment.objects.filter(status=Status.PENDING, status_since__lte=now - timedelta(minutes=settings.ALERT_AFTER_MINUTES))


@transaction.atomic
def alert(*, now: datetime) -> int:
    """How many comments are newly overdue: one message is prepared for all of them, and each is remembered as told of."""
    if not settings.ALERT_EMAILS or _alerts().filter(available_at__gt=now - QUIET).exists():
        return 0
    events = _untold(now)
    message = [Delivery(event=event, kind=Delivery.Kind.EDITORS, available_at=now) for event in events[:1]]
    told_with_it = [
        Delivery(event=event, kind=Delivery.Kind.EDITORS, available_at=now, state=Delivery.State.SPARED, finished_at=now) for event in events[1:]
    ]
    # Another worker may be at the same, and comes to the same first one.
    Delivery.objects.bulk_create([*message, *told_with_it], ignore_conflicts=True, batch_size=1000)
    return len(events)


def _untold(now: datetime) -> list[Event]:
    """The last event of each overdue comment that no alert spoke of, longest waiting first."""
    told_of = _alerts().filter(event__decision__comment=OuterRef("decision__comment"))
    last = Event.objects.filter(decision__comment__in=comments(now), decision__version=F("decision__comment__version"))
    return list(last.exclude(Exists(told_of)).order_by("decision__comment__status_since", "pk"))


def _alerts() -> "QuerySet[Delivery]":
    return Delivery.objects.filter(kind=Delivery.Kind.EDITORS)
