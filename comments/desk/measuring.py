"""All that the dashboard tells, measured in one go, in a constant number of questions to the database."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from comments.desk import agreement, figures
from comments.desk.agreement import Agreement
from comments.desk.figures import Flow, Overturned, Returned, Waiting
from comments.desk.precision import Precision, precision
from moderation.engine.rule import Clause

HOURS, DAYS, DAYS_TIMED = 48, 30, 7
LOOKED_BACK = timedelta(days=90)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class Measured(NamedTuple):
    """As it was at `at`; clauses and house reasons by their keys, the most frequent first."""

    at: datetime
    waiting: Waiting
    median: timedelta | None
    slow: timedelta | None
    hours: tuple[Flow, ...]
    days: tuple[Flow, ...]
    outcomes: Mapping[str, int]
    clauses: tuple[tuple[str, int], ...]
    returned: Returned
    overturned: Overturned
    precision: tuple[Precision, ...]
    agreement: Agreement
    agreement_by_clause: tuple[tuple[Clause, Agreement], ...]


def measured(now: datetime) -> Measured:
    """`now` in the newsroom's zone: its hours and days begin by its clock."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since, week = today - (DAYS - 1) * _DAY, today - (DAYS_TIMED - 1) * _DAY
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    outcomes = figures.outcomes(since=since)
    median, slow = figures.times_to_decision((0.5, 0.9), figures.outcomes(since=week), since=week)
    second_looks = agreement.overall(since=now - LOOKED_BACK)
    return Measured(
        at=now,
        waiting=figures.waiting(),
        median=median,
        slow=slow,
        hours=figures.flow(_HOUR, since=this_hour - (HOURS - 1) * _HOUR, now=now),
        days=figures.flow(_DAY, since=since, now=now),
        outcomes=outcomes,
        clauses=tuple(figures.clauses(since=since).items()),
        returned=figures.returned(since=since),
        overturned=figures.overturned(outcomes, since=since),
        precision=precision(since=since),
        agreement=second_looks,
        agreement_by_clause=tuple(agreement.by_clause(second_looks.looks, since=now - LOOKED_BACK).items()),
    )
