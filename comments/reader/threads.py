"""The published comments of an article as its readers see them: threads, newest or oldest first, a page at a time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from comments.models import Article, Comment

PAGE = 20


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment and the replies to it, oldest first. One that is no longer published stands in place for them, without name or text."""

    comment: Comment
    replies: tuple["Thread", ...]

    def __iter__(self) -> Iterator[Comment]:
        """All that stands in it, as it is read."""
        yield self.comment
        for reply in self.replies:
            yield from reply


@dataclass(frozen=True, slots=True)
class Page:
    """`after` is the comment behind which the next page begins, None on the last one; `first` says that none came before."""

    threads: tuple[Thread, ...]
    order: Order
    first: bool
    after: UUID | None

    def holds(self, public_id: UUID | None) -> bool:
        """Whether the comment stands here, if only in place for its replies."""
        return any(comment.public_id == public_id for thread in self.threads for comment in thread)

    @property
    def picture_origins(self) -> set[str]:
        """Where the writers' pictures are kept: origins of the title's own, as they were when each was signed on."""
        pictures = {comment.reader.picture for thread in self.threads for comment in thread if comment.published_revision}
        return {"https://" + urlsplit(picture).netloc for picture in pictures if picture}


def page(article: Article, order: Order, *, after: UUID | None = None, at: UUID | None = None) -> Page:
    """The threads behind the comment `after`, or from the one that holds the comment `at` on; an unknown one means the first page."""
    heads = _heads(article)
    anchor = _head_of(article, at or after)
    if anchor:
        heads = heads.filter(_behind(anchor, order, inclusive=at is not None))
    direction = "-" if order is Order.NEWEST else ""
    found = list(heads.order_by(f"{direction}published_at", f"{direction}id")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(_threads(shown), order, first=anchor is None, after=shown[-1].public_id if len(found) > PAGE else None)


def answerable(article: Article, public_id: UUID) -> Comment | None:
    """A comment that the public sees on this article, where it may be replied to."""
    if not article.site.reply_depth:
        return None
    return Comment.objects.published().filter(article=article, public_id=public_id).select_related("published_revision").first()


def count(article: Article) -> int:
    return Comment.objects.published().filter(article=article).count()


def _heads(article: Article) -> QuerySet[Comment]:
    answered = Exists(Comment.objects.published().filter(head=OuterRef("pk")))
    once_published = Comment.objects.filter(article=article, parent=None, published_at__isnull=False)
    return once_published.filter(Q(published_revision__isnull=False) | answered).select_related("published_revision", "reader")


def _head_of(article: Article, public_id: UUID | None) -> Comment | None:
    if public_id is None:
        return None
    found = Comment.objects.filter(article=article, public_id=public_id, published_at__isnull=False).select_related("head").first()
    return found and (found.head or found)


def _behind(anchor: Comment, order: Order, *, inclusive: bool) -> Q:
    side = "lt" if order is Order.NEWEST else "gt"
    same_moment = {f"id__{side}{'e' if inclusive else ''}": anchor.pk}
    # Says less than what follows, but gives the index its range.
    bound = Q(**{f"published_at__{side}e": anchor.published_at})
    return bound & (Q(**{f"published_at__{side}": anchor.published_at}) | Q(published_at=anchor.published_at, **same_moment))


def _threads(heads: Sequence[Comment]) -> tuple[Thread, ...]:
    shown = {head.pk: head for head in heads}
    replies = Comment.objects.published().filter(head__in=heads).select_related("published_revision", "reader")
    shown |= {reply.pk: reply for reply in replies}
    while gone := {comment.parent_id for comment in shown.values() if comment.parent_id} - shown.keys():
        shown |= Comment.objects.select_related("published_revision").in_bulk(gone)
    answers = defaultdict(list)
    for comment in sorted(shown.values(), key=_when):
        answers[comment.parent_id].append(comment)
    return tuple(_thread(head, answers) for head in heads)


def _when(comment: Comment) -> tuple[datetime, int]:
    """Where a comment stands among the replies to the same one."""
    return comment.published_at or comment.submitted_at, comment.pk


def _thread(comment: Comment, answers: Mapping[int | None, Sequence[Comment]]) -> Thread:
    return Thread(comment, tuple(_thread(reply, answers) for reply in answers.get(comment.pk, ())))
