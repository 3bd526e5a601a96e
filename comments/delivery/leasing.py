"""A table as a queue: take a row, finish it, put it back. A conditional update decides who was first; the row count says so."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import Any, Generic, TypeVar

from django.db.models import F, Q, QuerySet

from comments.models import Delivery, Leased, Status

Clock = Callable[[], datetime]
Row = TypeVar("Row", bound=Leased)

LEASE = timedelta(seconds=60)
KEPT = timedelta(days=30)
# Well within the time that a worker gives a task, so that it is not cut off in the middle of a message.
TURN = timedelta(seconds=10)
_JITTER = (0.8, 1.2)
# Enough to find a free one beside other workers; the rest of the queue is asked for again.
_CANDIDATES = 10


def _anything(now: datetime) -> Q:  # noqa: ARG001  (others look at the clock)
    return Q()


@dataclass(frozen=True, slots=True)
class Queue(Generic[Row]):
    """`pauses` follow the attempts, the last of which has none; `may_leave` is what besides a row's own state keeps it here."""

    rows: type[Row]
    pauses: tuple[timedelta, ...]
    shown_with: tuple[str, ...]
    still_counts: Q
    may_leave: Callable[[datetime], Q] = _anything

    @property
    def most_attempts(self) -> int:
        return len(self.pauses) + 1

    def turn(self, attempt: Callable[[Row, Clock], None], clock: Clock) -> bool:
        """Attempts one row after another until none is due, which is True, or the turn is over. `attempt` raises nothing."""
        ends = clock() + TURN
        self.bury(clock())
        while row := self.take(clock()):
            attempt(row, clock)
            if clock() >= ends:
                return False
        return True

    def take(self, now: datetime) -> Row | None:
        """The row longest due, ours alone for one lease; None where nothing is due. Taking it is an attempt, whatever becomes of it."""
        candidates = self._free(now).filter(self.may_leave(now), available_at__lte=now, attempts__lt=self.most_attempts)
        ordered = candidates.select_related(*self.shown_with).order_by("available_at", "pk")
        return next((row for row in ordered[:_CANDIDATES] if self.lease(row, now)), None)

    def lease(self, row: Row, now: datetime) -> bool:
        """Attempts only ever rise while a row waits, so they tell whether somebody was first."""
        until = now + LEASE
        ours = self._waiting().filter(pk=row.pk, attempts=row.attempts).update(attempts=F("attempts") + 1, leased_until=until)
        row.attempts, row.leased_until = row.attempts + 1, until
        return ours == 1

    def finish(self, row: Row, state: Leased.State, *, now: datetime, **further: Any) -> None:
        """Even if the lease has run out meanwhile: what was sent is sent."""
        self._waiting().filter(pk=row.pk).update(**{"state": state, "finished_at": now, "leased_until": None, "last_error": "", **further})

    def put_back(self, row: Row, error: str, *, now: datetime, not_before: datetime | None = None, **further: Any) -> bool:
        """To be tried again after its pause, or given up after the last attempt, which is True."""
        ours = self._waiting().filter(pk=row.pk, attempts=row.attempts)
        if row.attempts >= self.most_attempts:
            return bool(ours.update(state=Leased.State.DEAD, finished_at=now, leased_until=None, last_error=error, **further))
        next_time = max(now + self.pause(row.attempts), not_before or now)
        ours.update(available_at=next_time, leased_until=None, last_error=error, **further)
        return False

    def bury(self, now: datetime) -> int:
        """How many were given up because whoever made the last attempt never came back."""
        lost = self._free(now).filter(attempts__gte=self.most_attempts)
        return lost.update(state=Leased.State.DEAD, finished_at=now, leased_until=None, last_error="the worker did not come back")

    def try_again(self, rows: "QuerySet[Row]", *, now: datetime) -> int:
        """How many that were given up are tried from the beginning."""
        given_up = rows.filter(state=Leased.State.DEAD)
        return given_up.update(state=Leased.State.WAITING, attempts=0, available_at=now, finished_at=None)

    def repeat(self, rows: "QuerySet[Row]", *, now: datetime) -> int:
        """How many leave from the beginning, whatever became of them before; those that still wait, at once."""
        return rows.update(state=Leased.State.WAITING, attempts=0, available_at=now, leased_until=None, finished_at=None)

    def forget(self, *, now: datetime) -> int:
        """How many that were finished long ago, and do not count any more, were deleted."""
        deleted, _by_model = self.rows._default_manager.filter(finished_at__lte=now - KEPT).exclude(self.still_counts).delete()
        return deleted

    def pause(self, attempts: int) -> timedelta:
        """How long to wait after so many attempts; spread a little, so that what failed together is not tried together."""
        return self.pauses[attempts - 1] * random.uniform(*_JITTER)  # noqa: S311  (no secret)

    def _waiting(self) -> "QuerySet[Row]":
        return self.rows._default_manager.filter(state=Leased.State.WAITING)

    def _free(self, now: datetime) -> "QuerySet[Row]":
        return self._waiting().filter(Q(leased_until=None) | Q(leased_until__lte=now))


MAILS = Queue(
    Delivery,
    pauses=tuple(timedelta(seconds=seconds) for seconds in (5, 15, 45, 135)),
    shown_with=("event__decision__comment__article__site", "event__decision__comment__reader", "event__decision__revision"),
    # An alert stays while its comment waits, so that no second one is sent for it.
    still_counts=Q(kind=Delivery.Kind.EDITORS, event__decision__comment__status=Status.PENDING),
)


def told(error: Exception) -> str:
    """What an operator needs to know of a failure; a mail server's own words may name the reader, so they are left out."""
    name = type(error).__name__
    if isinstance(error, SMTPException):
        return " ".join([name, *(str(code) for code in _reply_codes(error))])
    return f"{name}: {error}"[:200]


def _reply_codes(error: SMTPException) -> list[int]:
    if isinstance(code := getattr(error, "smtp_code", None), int):
        return [code]
    return sorted({code for code, _ in getattr(error, "recipients", {}).values()})
