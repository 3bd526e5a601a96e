"""What stands beside a comment: open items, and what editors hold of its reader. Most comments have none of it, so each is asked for only where there is some."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comments.models import Appeal, Comment, Escalation, ReaderNote, Report, Sanction


class Beside(NamedTuple):
    """Reports, appeal and escalations are the open ones, sanctions those that hold now; notes begin with the latest."""

    reports: tuple[Report, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    notes: tuple[ReaderNote, ...] = ()

    @property
    def appeal(self) -> Appeal | None:
        return self.appeals[0] if self.appeals else None


def with_flags(comments: QuerySet[Comment], *, now: datetime) -> QuerySet[Comment]:
    """Each knows which of the questions below have an answer; of reports and appeals it knows by itself."""
    questions = _questions(OuterRef("pk"), OuterRef("reader"), now)
    return comments.annotate(**{_flag(name): Exists(question.order_by()) for name, question in questions.items()})


def beside(comment: Comment, *, now: datetime) -> Beside:
    """The comment must come with its flags."""
    asked = {name: question for name, question in _questions(comment.pk, comment.reader_id, now).items() if getattr(comment, _flag(name))}
    if comment.objection:
        asked |= _objections(comment)
    return Beside(**{name: tuple(question) for name, question in asked.items()})


def _flag(name: str) -> str:
    return f"has_{name}"


def _questions(comment: Any, reader: Any, now: datetime) -> dict[str, QuerySet[Any]]:
    return {
        "escalations": Escalation.objects.filter(comment=comment, closed_by=None),
        "sanctions": Sanction.objects.filter(Q(until=None) | Q(until__gt=now), reader=reader, ended_at=None).order_by("pk"),
        "notes": ReaderNote.objects.filter(reader=reader).select_related("editor").order_by(F("written_at").desc(), "-pk"),
    }


def _objections(comment: Comment) -> dict[str, QuerySet[Any]]:
    return {
        "reports": Report.objects.filter(comment=comment, closed_by=None).order_by("created_at", "pk"),
        "appeals": Appeal.objects.filter(comment=comment, closed_by=None).select_related("against"),
    }
