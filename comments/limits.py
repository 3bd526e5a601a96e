"""How often something may be asked: counted by one atomic statement in the database, so that no two requests pass on the same count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from comments import statements
from comments.models import Count

KEPT = timedelta(days=1)

_UPSERT = """
INSERT INTO {table} (name, "window", value) VALUES (%s, %s, 1)
ON CONFLICT (name, "window") DO UPDATE SET value = {table}.value + 1
RETURNING value
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of `what` by each one in a minute of the clock."""

    what: str
    most: int


class TooMany(Exception):
    """The limit is reached; in `seconds` the next minute begins."""

    def __init__(self, limit: Limit, seconds: int) -> None:
        super().__init__(f"more than {limit.most} of {limit.what} in a minute")
        self.seconds = seconds


def count(limit: Limit, whom: str, *, now: datetime) -> None:
    """Counts this one, whether it passes or not; outside any transaction that may be taken back. Raises TooMany."""
    if tally(limit.what, whom, now=now) > limit.most:
        raise TooMany(limit, 60 - now.second)


def tally(what: str, whom: str = "", *, now: datetime) -> int:
    """The how manieth this is in its minute."""
    return _counted(f"{what}:{_unnamed(whom)}", now.astimezone(UTC).replace(second=0, microsecond=0))


def tallied(what: str, whom: str = "", *, now: datetime) -> int:
    """How many there were in this minute so far."""
    window = now.astimezone(UTC).replace(second=0, microsecond=0)
    return Count.objects.filter(name=f"{what}:{_unnamed(whom)}", window=window).values_list("value", flat=True).first() or 0


def is_first(what: str, token: str, *, until: datetime) -> bool:
    """Whether nobody came with this token before; remembered until it has expired by itself."""
    return _counted(f"{what}:{_unnamed(token)}", until) == 1


def forget(*, now: datetime) -> int:
    """How many counts that no limit asks for any more were deleted."""
    deleted, _by_model = Count.objects.filter(window__lt=now - KEPT).delete()
    return deleted


def _counted(name: str, window: datetime) -> int:
    [[value]] = statements.fetch(_UPSERT.format(table=Count._meta.db_table), [name, connection.ops.adapt_datetimefield_value(window)])
    return int(value)


def _unnamed(whom: str) -> str:
    """Counts outlive the request, so they hold no one's address."""
    return salted_hmac("comments.limits", whom, algorithm="sha256").hexdigest()[:32]
