"""What the public sees of an article's comments, as rows: threads with their first replies, the replies to one comment, or all in one line."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, RowNumber

from comments.api.representations import COMMENT_FIELDS, Row
from comments.models import Article, Comment

FIRST_REPLIES = 5

Rows = QuerySet[Comment, dict[str, Any]]

# All of a thread stands under its head, whichever reply it answers.
_NONE: Combinable = Value(0)


def threads(article: Article) -> Rows:
    """Comments that answer no other. One that is public no more stands for its replies, as long as there are any."""
    heads = Comment.objects.filter(_is_shown(), article=article, parent=None, published_at__isnull=False)
    answered = Exists(_public().filter(head=OuterRef("pk")))
    return _rows(heads.filter(Q(published_revision__isnull=False) | answered), _number_of_replies())


def in_one_line(article: Article) -> Rows:
    """Every public comment, replies among the others."""
    return _rows(_public().filter(_is_shown(), article=article), _number_of_replies())


def one(public_id: UUID) -> Row | None:
    """A public comment, or one that stands for its replies."""
    known = Comment.objects.filter(_is_shown(), public_id=public_id, published_at__isnull=False)
    return _rows(known, _number_of_replies()).filter(Q(published_revision__isnull=False) | Q(reply_count__gt=0)).first()


def known(keys: Collection[int]) -> Mapping[int, Row]:
    """Those of the comments that were ever public, where their articles show them, by key."""
    rows = _rows(Comment.objects.filter(_is_shown(), pk__in=keys, published_at__isnull=False), _number_of_replies())
    return {row["id"]: row for row in rows}


def replies_to(head: int) -> Rows:
    """By the head's key."""
    return _rows(_public().filter(head=head), _NONE)


def first_replies(heads: Collection[int]) -> Mapping[int, list[Row]]:
    """The first few replies to each of the comments, oldest first, by the comment's key."""
    place = Window(RowNumber(), partition_by=F("head"), order_by=["published_at", "id"])
    first = _public().filter(head__in=heads).annotate(place=place).filter(place__lte=FIRST_REPLIES)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in _rows(Comment.objects.filter(pk__in=first.values("pk")), _NONE).values("head", *COMMENT_FIELDS).order_by("published_at", "id"):
        found[row["head"]].append(row)
    return found


def _public() -> QuerySet[Comment]:
    return Comment.objects.published()


def _is_shown() -> Q:
    """An article that is closed shows nothing of what was said about it."""
    return ~Q(article__mode=Article.Mode.CLOSED)


def _number_of_replies() -> Combinable:
    replies = _public().filter(head=OuterRef("pk")).order_by().values("head").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(replies, output_field=IntegerField()), 0)


def _rows(comments: QuerySet[Comment], reply_count: Combinable) -> Rows:
    rows: Rows = comments.annotate(reply_count=reply_count).values(*COMMENT_FIELDS)
    return rows
