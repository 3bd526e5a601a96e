"""What the dashboard told last: measuring a million comments takes seconds, so the sweep does it, and whoever looks reads what it left."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.dateparse import parse_datetime, parse_duration

from comments.desk.agreement import Agreement
from comments.desk.figures import Flow, Overturned, Returned, Waiting
from comments.desk.measuring import Measured, measured
from comments.desk.precision import Precision
from comments.models import Snapshot
from moderation.engine.rule import Clause

TAKEN_EVERY = timedelta(minutes=5)
# Where no sweep has been by for so long, the page measures for itself.
TOO_OLD = timedelta(minutes=15)


def take(*, now: datetime) -> bool:
    """Whether it was time for another."""
    last = Snapshot.objects.first()
    if last and now < last.taken_at + TAKEN_EVERY:
        return False
    data = json.loads(json.dumps(measured(timezone.localtime(now))._asdict(), cls=DjangoJSONEncoder))
    Snapshot.objects.update_or_create(pk=1, defaults={"taken_at": now, "data": data})
    return True


def latest(*, now: datetime) -> Measured:
    """What was measured last or, where that is too old, what is measured now; `now` in the newsroom's zone."""
    last = Snapshot.objects.first()
    return _read(last.data) if last and now < last.taken_at + TOO_OLD else measured(now)


def _read(data: dict[str, Any]) -> Measured:
    return Measured(
        at=timezone.localtime(_time(data["at"])),
        waiting=Waiting(data["waiting"][0], _time(data["waiting"][1])),
        median=_lasting(data["median"]),
        slow=_lasting(data["slow"]),
        hours=_flow(data["hours"]),
        days=_flow(data["days"]),
        outcomes=data["outcomes"],
        clauses=tuple((key, number) for key, number in data["clauses"]),
        returned=Returned(*data["returned"]),
        overturned=Overturned(*data["overturned"]),
        precision=tuple(Precision(rule, Clause(clause), decided, confirmed) for rule, clause, decided, confirmed in data["precision"]),
        agreement=Agreement(*data["agreement"]),
        agreement_by_clause=tuple((Clause(clause), Agreement(*counts)) for clause, counts in data["agreement_by_clause"]),
    )


def _flow(rows: list[list[Any]]) -> tuple[Flow, ...]:
    return tuple(Flow(timezone.localtime(_time(start)), arrived, decided) for start, arrived, decided in rows)


def _time(written: str | None) -> Any:
    return parse_datetime(written) if written else None


def _lasting(written: str | None) -> timedelta | None:
    return parse_duration(written) if written else None
