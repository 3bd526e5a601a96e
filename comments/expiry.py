"""Returned comments whose writers have let their time pass."""

from collections.abc import Iterator
from datetime import datetime

from comments import lifecycle
from comments.models import Comment, Status


def expire_returned(*, now: datetime) -> int:
    """How many expired. One that its writer sends again at this moment is left alone."""
    return sum(_expired(comment, now) for comment in _due(now))


def _due(now: datetime) -> Iterator[Comment]:
    due = Comment.objects.filter(status=Status.RETURNED, status_since__lte=now - lifecycle.RETURNED_LIFETIME)
    return due.select_related("current_revision", "published_revision", "reader").order_by("status_since").iterator()


def _expired(comment: Comment, now: datetime) -> bool:
    try:
        lifecycle.expire(comment, now=now)
    except lifecycle.MoveRefused:
        return False
    return True
