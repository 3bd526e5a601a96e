"""The published comments of an article, for anybody: the same bytes for all, in a constant number of queries."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from comments.api import cursors, discussion, finding, representations
from comments.api.asking import PageQuery, asked
from comments.api.cursors import Keyset
from comments.api.fields import ChoiceField
from comments.api.freshness import for_everybody
from comments.api.representations import Addresses, Row
from comments.api.views import ReadByAnyone, View

ORDERS = {"newest": ("-published_at", "-id"), "oldest": ("published_at", "id")}


class CommentsQuery(PageQuery):
    order = ChoiceField(choices=list(ORDERS), default="newest", help_text="By the time of first publication.")
    flat = ChoiceField(choices=["0", "1"], default="0", help_text="With 1, replies stand in the list like any other comment.")


class ReadingComments(ReadByAnyone):
    """Approved comments, a page at a time."""

    def get(self, request: Request, key: str) -> HttpResponse:
        query, article = asked(request, CommentsQuery), finding.article(key)
        order, is_flat = query["order"], query["flat"] == "1"
        rows = discussion.in_one_line(article) if is_flat else discussion.threads(article)
        page = cursors.page(request, rows, Keyset(f"comments:{article.pk}:{order}:{is_flat}", ORDERS[order]))
        replies = {} if is_flat else discussion.first_replies([row["id"] for row in page.rows if row["reply_count"]])
        addresses = Addresses(request)
        return for_everybody(request, page.document(representations.comment(row, addresses, replies.get(row["id"], ())) for row in page.rows))


class Replies(View):
    """Every published reply to one comment, oldest first."""

    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        asked(request, PageQuery)
        head = discussion.one(public_id)
        if head is None:
            raise Http404
        page = cursors.page(request, discussion.replies_to(head["id"]), Keyset(f"replies:{head['id']}", ORDERS["oldest"]))
        addresses = Addresses(request)
        return for_everybody(request, page.document(representations.comment(row, addresses) for row in page.rows))


def published(request: Request, public_id: UUID) -> dict[str, Any] | None:
    """One comment as anyone sees it, with its first replies; None for one that is not published, or no more."""
    head = discussion.one(public_id)
    if head is None or head["published_revision__body"] is None:
        return None
    replies: Sequence[Row] = discussion.first_replies([head["id"]]).get(head["id"], ()) if head["reply_count"] else ()
    return representations.comment(head, Addresses(request), replies)
