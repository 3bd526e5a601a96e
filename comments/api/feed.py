"""The feed: every change of the title's comments, in an order in which a follower misses none. He asks for what comes after the last one he has."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from comments.api import callers, discussion, representations
from comments.api.asking import LimitField, asked
from comments.api.cursors import limit_of
from comments.api.fields import CharField, Serializer
from comments.api.permissions import key_with
from comments.api.representations import Addresses, Row, moment
from comments.api.views import WritersView
from comments.api_keys import Scope
from comments.changes import KINDS
from comments.models import Event
from moderation.models import Site

LAST_POSSIBLE = 2**63 - 1


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": LAST_POSSIBLE, "default": 0})
class PositionField(CharField):
    """A position as it stands in an address."""

    default_error_messages = {"invalid_position": _("This is not a position of the feed.")}

    def to_internal_value(self, data: Any) -> Any:
        typed = super().to_internal_value(data)
        if not (typed.isascii() and typed.isdigit() and len(typed) < 20 and int(typed) <= LAST_POSSIBLE):
            self.fail("invalid_position")
        return int(typed)


class FeedQuery(Serializer):
    after = PositionField(required=False, help_text="The last position that the follower has; 0 for all from the beginning.")
    limit = LimitField(required=False, help_text="How many results a page holds.")


class Feed(WritersView):
    """Takes a key with the scope read."""

    def get(self, request: Request) -> Response:
        site = key_with(callers.of(request), {Scope.READ}).site
        after, limit = asked(request, FeedQuery).get("after", 0), limit_of(request)
        found = list(_events(site, after)[: limit + 1])
        shown = found[:limit]
        last = shown[-1]["position"] if shown else after
        comments = discussion.known({row["decision__comment"] for row in shown})
        addresses = Addresses(request)
        results = [_change(row, comments.get(row["decision__comment"]), addresses) for row in shown]
        further = replace_query_param(request.build_absolute_uri(), "after", last) if len(found) > limit else None
        return Response({"results": results, "next": further, "previous": None, "last": last})


def _events(site: Site, after: int) -> "QuerySet[Event, dict[str, Any]]":
    events = Event.objects.filter(position__gt=after, decision__comment__article__site=site).order_by("position")
    rows: QuerySet[Event, Any] = events.values(
        "position",
        "public_id",
        "created_at",
        "decision__move",
        "decision__version",
        "decision__to_status",
        "decision__comment",
        "decision__comment__public_id",
        "decision__comment__article__key",
    )
    return rows


def _change(row: Mapping[str, Any], comment: Row | None, addresses: Addresses) -> dict[str, Any]:
    return {
        "position": row["position"],
        "id": str(row["public_id"]),
        "kind": KINDS[row["decision__move"]],
        "comment_id": str(row["decision__comment__public_id"]),
        "article": row["decision__comment__article__key"],
        "status": row["decision__to_status"],
        "version": row["decision__version"],
        "time": moment(row["created_at"]),
        "comment": comment and representations.comment(comment, addresses),
    }
