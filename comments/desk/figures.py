"""What the dashboard counts, each figure one question to the database over a bounded stretch of the log, however long the log is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import RowNumber

from comments.models import ActorKind, Comment, Decision, DecisionClause, Revision, Status

_EDITORS = Q(actor_kind__in=(ActorKind.EDITOR, ActorKind.KEY))
_ANSWERS = ("approve", "reject", "request_correction")
OUTCOMES = (*_ANSWERS, "remove")


class Waiting(NamedTuple):
    comments: int
    oldest: datetime | None


class Flow(NamedTuple):
    """What came in and what editors decided within one hour or day, which began then."""

    start: datetime
    arrived: int
    decided: int


class Returned(NamedTuple):
    """What became of the texts that were returned to their writers."""

    comments: int
    corrected: int
    as_is: int


class Overturned(NamedTuple):
    """Of the editors' decisions: how many were taken back, and how many met the opposite decision on the same text."""

    decisions: int
    undone: int
    reversed: int


def waiting() -> Waiting:
    return Waiting(**Comment.objects.filter(status=Status.PENDING).aggregate(comments=Count("pk"), oldest=Min("submitted_at")))


def outcomes(*, since: datetime) -> Mapping[str, int]:
    """How often editors decided what, by move; undos are among them."""
    return dict(_by_editors(since).values_list("move").annotate(Count("pk")).order_by())


def times_to_decision(shares: tuple[float, ...], outcomes: Mapping[str, int], *, since: datetime) -> tuple[timedelta | None, ...]:
    """How long the quickest share (0 to 1) of the decisions took at most, from the sending of the text on, by nearest rank.

    `outcomes` are those of the same stretch; a removal, which answers nothing that waited, is not among them.
    """
    number = sum(outcomes.get(move, 0) for move in _ANSWERS)
    ranks = [max(1, ceil(share * number)) for share in shares]
    ranked = _by_editors(since).filter(move__in=_ANSWERS).annotate(took=_took()).annotate(rank=Window(RowNumber(), order_by=F("took").asc()))
    took = dict(ranked.filter(rank__in=ranks).values_list("rank", "took"))
    return tuple(took.get(rank) for rank in ranks)


def flow(step: timedelta, *, since: datetime, now: datetime) -> tuple[Flow, ...]:
    """By hour or by day, the empty ones too; both begin as the clock of `since` has it."""
    starts = [since + number * step for number in range((now - since) // step + 1)]
    # A comparison costs SQLite a tenth of what cutting a time down to its day does.
    place = Case(*(When(decided_at__lt=end, then=number) for number, end in enumerate(starts[1:])), default=len(starts) - 1)
    told = Decision.objects.filter(Q(move="submit") | (_EDITORS & Q(move__in=OUTCOMES)), decided_at__gte=since, decided_at__lte=now)
    counts = {"arrived": Count("pk", filter=Q(move="submit")), "decided": Count("pk", filter=~Q(move="submit"))}
    counted = told.annotate(place=place).values_list("place").annotate(**counts).order_by()
    known = {number: (arrived, decided) for number, arrived, decided in counted}
    return tuple(Flow(start, *known.get(number, (0, 0))) for number, start in enumerate(starts))


def clauses(*, since: datetime) -> Mapping[str, int]:
    """How often editors decided against a text for each clause or house reason, the most frequent first."""
    named = DecisionClause.objects.filter(decision__in=_decided(since))
    counted = named.values_list("clause", "house_reason").annotate(number=Count("pk")).order_by("-number", "clause", "house_reason")
    return {clause or house_reason: number for clause, house_reason, number in counted}


def returned(*, since: datetime) -> Returned:
    """Counts only what the next move answered: a text may be returned again."""
    sent_again = Decision.objects.filter(comment=OuterRef("comment"), version=OuterRef("version") + 1, move="resubmit")
    back = Decision.objects.filter(decided_at__gte=since, to_status=Status.RETURNED, move__in=("submit", "resubmit", "request_correction"))
    return Returned(
        **back.aggregate(
            comments=Count("pk"),
            corrected=Count("pk", filter=Exists(sent_again.filter(revision__as_is=False))),
            as_is=Count("pk", filter=Exists(sent_again.filter(revision__as_is=True))),
        )
    )


def overturned(decided: Mapping[str, int], *, since: datetime) -> Overturned:
    """`decided` are the outcomes of the same stretch."""
    opposite = Q(move="approve", from_status__in=(Status.REJECTED, Status.REMOVED)) | Q(move="remove")
    earlier = _EDITORS & Q(
        comment=OuterRef("comment"), revision=OuterRef("revision"), to_status=OuterRef("from_status"), version__lt=OuterRef("version")
    )
    standing = Decision.objects.filter(earlier, move__in=OUTCOMES, undone_by=None)
    reversals = _by_editors(since).filter(opposite, Exists(standing), undone_by=None).count()
    return Overturned(sum(decided.get(move, 0) for move in OUTCOMES), decided.get("undo", 0), reversals)


def _by_editors(since: datetime) -> QuerySet[Decision]:
    return Decision.objects.filter(_EDITORS, decided_at__gte=since)


def _decided(since: datetime) -> QuerySet[Decision]:
    return _by_editors(since).filter(move__in=OUTCOMES)


def _took() -> Combinable:
    """What an editor corrected himself was sent when its writer sent it."""
    writers_own = Revision.objects.filter(comment=OuterRef("comment"), number__lt=OuterRef("revision__number"), by_editor=False).order_by("-number")
    sent_before = Subquery(writers_own.values("created_at")[:1])
    sent = Case(When(revision__by_editor=True, then=sent_before), default=F("revision__created_at"), output_field=DateTimeField())
    return ExpressionWrapper(F("decided_at") - sent, output_field=DurationField())
