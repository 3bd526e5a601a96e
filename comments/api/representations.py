"""What the API shows of comments, findings and articles: plain dictionaries, made for many at a time."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from comments.models import Article, Status
from comments.projections import ShownFinding
from comments.wording import spoken

Row = Mapping[str, Any]

# What `comment` needs of a row, besides the annotation `reply_count`.
COMMENT_FIELDS = (
    "id",
    "public_id",
    "article__key",
    "parent__public_id",
    "author_name",
    "by_staff",
    "status",
    "submitted_at",
    "published_at",
    "edited_at",
    "published_revision__body",
    "reply_count",
)
_ANY = str(UUID(int=0))
# For the public, whatever else took a published comment away removed it.
_GONE = {Status.WITHDRAWN: Status.WITHDRAWN.value, Status.ERASED: Status.ERASED.value}


class Addresses:
    """Absolute addresses, as the caller reaches this service. Each pattern is looked up once, since a page holds hundreds of them."""

    def __init__(self, request: HttpRequest) -> None:
        self._root = request.build_absolute_uri("/")[:-1]
        self._replies = self._root + reverse("api:replies", args=[_ANY])
        self._pages: dict[str, str] = {}

    def page_of(self, article_key: str) -> str:
        if article_key not in self._pages:
            self._pages[article_key] = self._root + reverse("reader:article", args=[article_key])
        return self._pages[article_key]

    def permalink(self, article_key: str, comment_id: str) -> str:
        return f"{self.page_of(article_key)}?comment={comment_id}#comment-{comment_id}"

    def replies_to(self, comment_id: str) -> str:
        return self._replies.replace(_ANY, comment_id)


def moment(when: datetime | None) -> str | None:
    """RFC 3339 in UTC."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None


def comment(row: Row, addresses: Addresses, replies: Sequence[Row] = ()) -> dict[str, Any]:
    """A comment as anyone sees it. One that was published and is no more stands for its replies: without text or name, with its status."""
    public_id, article_key = str(row["public_id"]), row["article__key"]
    is_gone = row["published_revision__body"] is None
    return {
        "id": public_id,
        "article": article_key,
        "parent": row["parent__public_id"] and str(row["parent__public_id"]),
        "body": row["published_revision__body"],
        "author": None if is_gone else {"name": row["author_name"], "staff": row["by_staff"]},
        "submitted_at": moment(row["submitted_at"]),
        "published_at": moment(row["published_at"]),
        "edited_at": moment(row["edited_at"]),
        "reply_count": row["reply_count"],
        "replies": [comment(reply, addresses) for reply in replies],
        "replies_url": addresses.replies_to(public_id),
        "permalink": addresses.permalink(article_key, public_id),
        **({"status": _GONE.get(row["status"], Status.REMOVED.value)} if is_gone else {}),
    }


def finding(shown: ShownFinding) -> dict[str, Any]:
    """A finding as its audience sees it; spans are code points of the text that it comes with."""
    fix = shown.fix
    return {
        "rule": shown.rule,
        "clause": shown.clause.value,
        "start": shown.span.start,
        "end": shown.span.end,
        "excerpt": shown.excerpt,
        "outcome": shown.outcome.word,
        "message": spoken(shown.message),
        "score": shown.score,
        "fix": fix and {"start": fix.span.start, "end": fix.span.end, "replacement": fix.replacement},
    }


def article(shown: Article) -> dict[str, Any]:
    return {
        "key": shown.key,
        "title": shown.title,
        "url": shown.url,
        "section": shown.section,
        "language": shown.language,
        "published_at": moment(shown.published_at),
        "comments_open": shown.comments_open,
        "closes_at": moment(shown.closes_at),
        "mode": shown.mode,
    }
