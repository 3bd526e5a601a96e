"""Keeps on the comment itself what is open against it, so that the queue is in order without a look at every report and appeal."""

from collections.abc import Iterator

from django.db.models.functions import Greatest

from comments.models import Appeal, Comment, Objection, Report

# What a reader calls against the law cannot wait.
LEGAL_REASONS = frozenset({"unlawful", "personal_data"})


def raised(comment: Comment, objection: Objection) -> None:
    """In the transaction that opened it; never lowers what another has raised in the same moment."""
    Comment.objects.filter(pk=comment.pk).update(objection=Greatest("objection", objection.value))


def settle(comment: Comment) -> None:
    """After items were closed or opened again, in a transaction that has moved the comment and so lets nobody else object before its end."""
    comment.objection = max(_open(comment), default=Objection.NONE)
    Comment.objects.filter(pk=comment.pk).update(objection=comment.objection)


def of_report(reason: str) -> Objection:
    return Objection.LEGAL_REPORT if reason in LEGAL_REASONS else Objection.REPORT


def _open(comment: Comment) -> Iterator[Objection]:
    if Appeal.objects.filter(comment=comment, closed_by=None).exists():
        yield Objection.APPEAL
    for reason in Report.objects.filter(comment=comment, closed_by=None).values_list("reason", flat=True).distinct():
        yield of_report(reason)
