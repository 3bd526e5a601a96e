"""The editors' queue for machines: what waits, with what the policy found in it and what is known of its writer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch, Q, QuerySet, Value
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from comments import claims, searching
from comments.api import callers, cursors, representations
from comments.api.asking import PageQuery, asked
from comments.api.callers import Caller, Server
from comments.api.cursors import Keyset
from comments.api.fields import CharField, ChoiceField
from comments.api.permissions import editor_with
from comments.api.representations import moment
from comments.api.views import EditorsView
from comments.judging import verdict_of
from comments.lanes import LANES, in_lane, own_lane
from comments.models import Comment, Report, Status
from comments.projections import for_editor
from comments.records import Record, records
from moderation.engine.rule import Clause

LOOK = "comments.view_comment"
ORDERS = {
    "oldest": ("submitted_at", "id"),
    "newest": ("-submitted_at", "-id"),
    "gravest": ("mildness", "submitted_at", "id"),
}
_SHOWN_WITH = ("article", "parent", "reader", "current_revision__review__policy_version")


class QueueQuery(PageQuery):
    lane = ChoiceField(
        choices=list(LANES),
        required=False,
        help_text="Without it, whatever waits for an editor, in whichever lane. What was left to a senior editor is in escalated, not in clean or flagged.",
    )
    clause = ChoiceField(choices=[clause.value for clause in Clause], required=False, help_text="Comments with a finding under this clause.")
    article = CharField(max_length=200, required=False, help_text="Comments on the article with this key.")
    q = CharField(max_length=200, required=False, help_text="Comments that say this, whatever the case of its letters.")
    order = ChoiceField(
        choices=list(ORDERS),
        default="oldest",
        help_text="The gravest are those with the gravest outcome, the oldest of them first; in the lane all, those that wait before the others.",
    )


class Queue(EditorsView):
    """What waits for editors, or any lane of the desk."""

    def get(self, request: Request) -> Response:
        caller, now = callers.of(request), timezone.now()
        editor_with(caller, LOOK)
        query = asked(request, QueueQuery)
        page = cursors.page(request, _comments(query, caller), _keyset(query))
        known = records(comment.reader for comment in page.rows)
        held = claims.holders(page.rows, now=now)
        return Response(page.document(_item(comment, known[comment.reader_id], held.get(comment.pk), now) for comment in page.rows))


def _comments(query: Mapping[str, Any], caller: Caller) -> QuerySet[Comment]:
    comments = _lane(query.get("lane")).filter(*(_FILTERS[name](query[name]) for name in _FILTERS if name in query))
    if isinstance(caller, Server):
        comments = comments.filter(article__site=caller.key.site_id)
    reports = Prefetch("reports", Report.objects.filter(closed_by=None).order_by("created_at", "pk"))
    return comments.select_related(*_SHOWN_WITH).prefetch_related(reports)


def _lane(name: str | None) -> QuerySet[Comment]:
    """The lane that was asked for is what its comments are said to stand in; otherwise it is each one's own."""
    if name and LANES[name]:
        return in_lane(name).annotate(lane=Value(name))
    waiting = Comment.objects.all() if name else Comment.objects.filter(status=Status.PENDING)
    return waiting.annotate(lane=own_lane())


_FILTERS: Mapping[str, Callable[[str], Q]] = {
    "clause": lambda clause: searching.found_under(Clause(clause)),
    "article": lambda key: Q(article__key=key),
    "q": searching.saying,
}


def _keyset(query: Mapping[str, Any]) -> Keyset:
    chosen = [str(query.get(name, "")) for name in ("order", "lane", "clause", "article", "q")]
    # Of all comments the gravest that wait come first, as they do at the desk.
    first = ("priority",) if (query.get("lane"), query["order"]) == ("all", "gravest") else ()
    return Keyset(f"queue:{chosen}", (*first, *ORDERS[query["order"]]))


def _item(comment: Any, record: Record, holder: User | None, now: datetime) -> dict[str, Any]:
    revision = comment.current_revision
    verdict = verdict_of(revision.review)
    return {
        "id": str(comment.public_id),
        "version": comment.version,
        "status": comment.status,
        "lane": comment.lane,
        "body": revision.body,
        "findings": [representations.finding(shown) for shown in for_editor(verdict)] if verdict else [],
        "corrected": verdict.corrected if verdict else revision.body,
        "article": {"key": comment.article.key, "title": comment.article.title},
        "author": {
            "id": str(comment.reader.public_id),
            "name": comment.author_name,
            "record": {"approved": record.approved, "rejected": record.rejected},
        },
        "parent": comment.parent and str(comment.parent.public_id),
        "submitted_at": moment(comment.submitted_at),
        "age_seconds": int((now - comment.submitted_at).total_seconds()),
        # Nobody can lay claim to a comment yet.
        "claimed_by": claims.name_of(holder) if holder else None,
        "policy": revision.review.policy_version.number,
        "reports": [{"reason": report.reason, "text": report.text, "reported_at": moment(report.created_at)} for report in comment.reports.all()],
    }
