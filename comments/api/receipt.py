"""What a comment's writer is shown: the answer to what he sent, and his receipt, with what he may do next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from rest_framework.request import Request

from comments import receipts, writers
from comments.api.representations import finding, moment
from comments.explanation import explain
from comments.judging import verdict_of
from comments.models import Comment, Decision, Review, Status
from comments.projections import ShownFinding, for_writer
from comments.waiting import median_wait
from moderation.engine.rule import Verdict, apply


def sent(request: Request, comment: Comment, decision: Decision) -> dict[str, Any]:
    """What the decision made of a text that was sent, whatever has become of the comment since."""
    token = receipts.token_for(comment)
    return {
        "id": str(comment.public_id),
        "status": decision.to_status,
        "version": decision.version,
        "receipt": token,
        "receipt_url": request.build_absolute_uri(reverse("reader:receipt", args=[token])),
        **_text(decision.revision.review),
    }


def receipt(comment: Comment, *, now: datetime) -> dict[str, Any]:
    review = comment.current_revision.review
    explanation = explain(comment, verdict_of(review))
    is_waiting = comment.status == Status.PENDING
    return {
        "id": str(comment.public_id),
        "status": comment.status,
        "version": comment.version,
        **_text(review),
        "reasons": [{"clause": reason.key, "text": reason.sentence or reason.name} for reason in explanation.reasons],
        "note": _note(comment, explanation.note),
        "automated": explanation.unread and not is_waiting,
        "submitted_at": moment(comment.submitted_at),
        "decided_at": None if is_waiting else moment(explanation.decided_at),
        "may": list(_may(comment, now)),
        "waiting": _waiting(comment) if is_waiting else None,
    }


def shown(text: str, findings: tuple[ShownFinding, ...]) -> dict[str, Any]:
    """A text, what its audience is shown of it, and the text with every fix among that."""
    fixes = [found.fix for found in findings if found.fix]
    return {"text": text, "findings": [finding(found) for found in findings], "corrected": apply(text, fixes)}


def _text(review: Review) -> dict[str, Any]:
    verdict: Verdict | None = verdict_of(review)
    return shown(review.revision.body, for_writer(verdict) if verdict else ())


def _may(comment: Comment, now: datetime) -> Iterator[str]:
    if writers.may_revise(comment, now):
        yield "revise"
    if comment.status == Status.RETURNED:
        yield "as_is"
    if writers.may_withdraw(comment):
        yield "withdraw"
    if writers.may_appeal(comment):
        yield "appeal"


def _waiting(comment: Comment) -> dict[str, int] | None:
    lately = median_wait(comment.article.site)
    return None if lately is None else {"median_seconds": round(lately.total_seconds())}


def _note(comment: Comment, given: str) -> str:
    """An editor's latest words to the writer: those that denied his appeal, else those of the decision that stands."""
    appeal = writers.last_appeal(comment)
    return (appeal.closed_by.note if appeal and appeal.closed_by else "") or given
