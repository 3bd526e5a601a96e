"""A reader who can be written to, and a clock that a test moves on."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from comments.delivery import sending
from comments.models import Comment, Delivery, Reader

ADDRESS = "ayse@example.com"


@pytest.fixture
def stranger(reader: Reader) -> Reader:
    """The reader, with an address that nobody has confirmed."""
    reader.email = ADDRESS
    reader.save()
    return reader


@pytest.fixture
def writer(stranger: Reader, now: datetime) -> Reader:
    """The reader, with a confirmed address."""
    stranger.email_confirmed_at = now
    stranger.save()
    return stranger


Deliver = Callable[[datetime], None]


@pytest.fixture
def deliver() -> Deliver:
    """Sends what is due at a moment; nothing takes any time."""

    def run(at: datetime) -> None:
        assert sending.deliver(lambda: at)

    return run


def later(now: datetime, **passed: float) -> datetime:
    return now + timedelta(**passed)


def states(comment: Comment) -> list[tuple[str, str]]:
    """Kind and state of the comment's deliveries, in the order of its history."""
    made = Delivery.objects.filter(event__decision__comment=comment).order_by("event__decision__version", "kind")
    return list(made.values_list("kind", "state"))
