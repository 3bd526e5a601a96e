"""The dashboard: how the desk is doing, drawn and in numbers."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from comments.desk import charts, figures, snapshots
from comments.desk.access import LOOK, editors_with
from comments.desk.agreement import Agreement
from comments.desk.charts import Chart, Column
from comments.desk.figures import Flow, Overturned, Returned, Waiting
from comments.desk.history import house_reason_name
from comments.desk.measuring import DAYS, DAYS_TIMED, LOOKED_BACK, Measured
from comments.desk.precision import Precision
from comments.models import MoveName
from comments.wording import clause_name
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import Site

_CLAUSES = frozenset(clause.value for clause in Clause)


class Drawn(NamedTuple):
    """A chart, and its numbers as the table beside it; the first cell of a row is its name."""

    chart: Chart
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Dashboard(NamedTuple):
    waiting: Waiting
    longest: timedelta | None
    median: timedelta | None
    slow: timedelta | None
    hours: Drawn
    days: Drawn
    outcomes: Drawn
    clauses: Drawn
    returned: Returned
    overturned: Overturned
    precision: tuple[Precision, ...]
    agreement: Agreement
    agreement_by_clause: tuple[tuple[str, Agreement], ...]


@require_safe
@editors_with(LOOK)
def dashboard(request: HttpRequest, editor: User) -> HttpResponse:  # noqa: ARG001  (every page of the desk is handed its editor)
    told = snapshots.latest(now=timezone.localtime())
    context = {
        "title": _("How the desk is doing"),
        "now": told.at,
        "days_counted": DAYS,
        "days_timed": DAYS_TIMED,
        "looked_back": LOOKED_BACK.days,
        "figures": drawn(told),
    }
    return render(request, "desk/dashboard.html", {**admin.site.each_context(request), **context})


def drawn(told: Measured) -> Dashboard:
    return Dashboard(
        waiting=told.waiting,
        longest=told.at - told.waiting.oldest if told.waiting.oldest else None,
        median=told.median,
        slow=told.slow,
        hours=_by_hour(told.hours),
        days=_by_day(told.days),
        outcomes=_outcomes(told.outcomes),
        clauses=_clauses(told.clauses),
        returned=told.returned,
        overturned=told.overturned,
        precision=told.precision,
        agreement=told.agreement,
        agreement_by_clause=tuple((clause_name(clause), agreed) for clause, agreed in told.agreement_by_clause),
    )


def _by_hour(flow: Sequence[Flow]) -> Drawn:
    marks = [date_format(hour.start, "H:i") if hour.start.hour % 6 == 0 else "" for hour in flow]
    return _flow("hours", _("The last 48 hours"), _("hour"), flow, names=[date_format(hour.start, "j F, H:i") for hour in flow], marks=marks)


def _by_day(flow: Sequence[Flow]) -> Drawn:
    marks = [date_format(day.start, "j M") if number % 7 == 3 else "" for number, day in enumerate(flow)]
    return _flow("days", _("The last 30 days"), _("day"), flow, names=[date_format(day.start, "j F") for day in flow], marks=marks)


def _flow(name: str, title: str, unit: str, flow: Sequence[Flow], *, names: Sequence[str], marks: Sequence[str]) -> Drawn:
    arrived, decided = sum(step.arrived for step in flow), sum(step.decided for step in flow)
    said = _("%(arrived)d comments came in, and editors made %(decided)d decisions.") % {"arrived": arrived, "decided": decided}
    drawn = charts.columns(name, title, said, [Column(mark, (step.arrived, step.decided)) for mark, step in zip(marks, flow, strict=True)])
    rows = tuple((text, str(step.arrived), str(step.decided)) for text, step in zip(names, flow, strict=True))
    return Drawn(drawn, (unit, _("came in"), pgettext("count", "decided")), rows)


def _outcomes(outcomes: Mapping[str, int]) -> Drawn:
    given = [(str(MoveName(move).label), outcomes.get(move, 0)) for move in figures.OUTCOMES]
    return _listed("outcomes", _("What editors decided"), _("decision"), given)


def _clauses(clauses: Sequence[tuple[str, int]]) -> Drawn:
    policy = versions.active(Site.objects.get(key=versions.DEFAULT_SITE)).policy
    given = [(clause_name(key) if key in _CLAUSES else house_reason_name(key, policy), number) for key, number in clauses]
    return _listed("clauses", _("What editors decided against, and why"), _("reason"), given)


def _listed(name: str, title: str, unit: str, given: Sequence[tuple[str, int]]) -> Drawn:
    said = ", ".join(f"{text}: {number}" for text, number in given)
    return Drawn(charts.rows(name, title, said, given), (unit, _("number")), tuple((text, str(number)) for text, number in given))
