"""A reader's record: how his comments fared, every decision on them, and what he reported."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from comments.desk.history import Entry, entry
from comments.models import Comment, Decision, Reader, Report, Status
from moderation import versions

DECISIONS_A_PAGE = 25
REPORTS_SHOWN = 20
COUNTED = (Status.APPROVED, Status.REJECTED, Status.REMOVED, Status.WITHDRAWN, Status.PENDING, Status.RETURNED)


class Span(NamedTuple):
    """The comments sent within so many days (None: ever): how many, and how many stand now in each status counted."""

    days: int | None
    sent: int
    by_status: tuple[int, ...]


class Page(NamedTuple):
    """A page of decisions, the latest first; `following` is the key to go on after, None on the last page."""

    entries: tuple[Entry, ...]
    is_first: bool
    following: int | None


class Reports(NamedTuple):
    number: int
    upheld: int
    latest: tuple[Report, ...]


def spans(reader: Reader, *, now: datetime) -> tuple[Span, ...]:
    return tuple(_span(reader, days, now) for days in (30, 90, None))


def _span(reader: Reader, days: int | None, now: datetime) -> Span:
    sent = Comment.objects.filter(reader=reader)
    if days:
        sent = sent.filter(submitted_at__gte=now - timedelta(days=days))
    counted = dict(sent.values_list("status").annotate(Count("pk")).order_by())
    return Span(days, sum(counted.values()), tuple(counted.get(status, 0) for status in COUNTED))


def decisions(reader: Reader, *, after: int | None) -> Page:
    """Raises Http404 where `after` is the key of no decision on this reader's comments."""
    log = Decision.objects.filter(comment__reader=reader).order_by("-decided_at", "-pk")
    found = list(
        _from(log, after).select_related("comment", "revision", "editor", "policy_version").prefetch_related("clauses")[: DECISIONS_A_PAGE + 1]
    )
    shown, policy = found[:DECISIONS_A_PAGE], versions.active(reader.site).policy
    undone = set(Decision.objects.filter(undoes__in=shown).values_list("undoes", flat=True))
    entries = tuple(entry(decision, policy, undone=decision.pk in undone) for decision in shown)
    return Page(entries, after is None, shown[-1].pk if len(found) > DECISIONS_A_PAGE else None)


def _from(log: QuerySet[Decision], after: int | None) -> QuerySet[Decision]:
    if after is None:
        return log
    last = log.filter(pk=after).first()
    if last is None:
        raise Http404
    return log.filter(Q(decided_at__lt=last.decided_at) | Q(decided_at=last.decided_at, pk__lt=last.pk))


def reports(reader: Reader) -> Reports:
    """Upheld are those that a removal answered."""
    made = Report.objects.filter(reader=reader)
    numbers = made.aggregate(number=Count("pk"), upheld=Count("pk", filter=Q(closed_by__move="remove")))
    latest = made.select_related("comment", "closed_by").order_by("-created_at", "-pk")[:REPORTS_SHOWN]
    return Reports(numbers["number"], numbers["upheld"], tuple(latest))
