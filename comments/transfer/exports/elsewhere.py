"""Comments as other systems know them: one text, one time, one of four fates. What waits for its writer, or was never published, stays here."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from itertools import groupby, islice
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from comments.models import Article, Comment, Reader, Status
from moderation.models import Site

AT_ONCE = 500
_SHOWN_WITH = ("article", "reader", "published_revision", "current_revision")
_NOT_IN_XML = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Fate(Enum):
    """`GONE` was published once, and is no more than a place for the replies to it."""

    PUBLISHED = auto()
    WAITING = auto()
    REFUSED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class Leaving:
    """A comment on its way; without text, name and writer where it is gone. `number` is unlike any other comment's."""

    number: int
    article: Article
    head: int
    parent: int | None
    fate: Fate
    text: str
    name: str
    reader: str
    email: str
    at: datetime


def size(site: Site) -> int:
    return articles(site).count() + _comments(site).count()


def articles(site: Site) -> QuerySet[Article]:
    """Those that anything was said about."""
    return Article.objects.filter(Exists(_comments(site).filter(article=OuterRef("pk"))), site=site).order_by("pk")


def comments(site: Site, article: Article | None = None) -> Iterator[Leaving]:
    """The title's, or one article's, in the order in which they were stored: each behind what it answers."""
    chosen = _comments(site).filter(article=article) if article else _comments(site)
    return _leaving(chosen.order_by("pk"))


def threads(site: Site) -> Iterator[list[Leaving]]:
    """The title's comments, each thread together, and in it each behind what it answers. What answers something that stays here answers nothing."""
    # Their keys alone are put in order: with the texts that would take a database long.
    keys = _comments(site).order_by(Coalesce("head_id", "pk"), "pk").values_list("pk", flat=True).iterator(AT_ONCE)
    return (_thread(comments) for _, comments in groupby(_one_by_one(keys), key=lambda comment: comment.head))


def address(article: Article) -> str:
    """On the news site, or, where that is not known, here."""
    return article.url or settings.PUBLIC_URL + reverse("reader:article", args=[article.key])


def as_html(text: str) -> str:
    """A blank line parts paragraphs, and nothing in the text is markup."""
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in re.split(r"\n{2,}", text)).replace("\n", "<br>") if text else ""


def element(name: str, text: object = "") -> str:
    """Of XML, with what XML cannot hold left out."""
    return f"<{name}>{escape(_NOT_IN_XML.sub('', str(text)))}</{name}>"


def named(site: Site) -> QuerySet[Comment]:
    """Those that keep their writer's name."""
    return Comment.objects.filter(Q(published_revision__isnull=False) | Q(status__in=[Status.PENDING, Status.REJECTED]), article__site=site)


def _comments(site: Site) -> QuerySet[Comment]:
    """What has a fate elsewhere, and what published replies hang on, even where its own publication was taken back."""
    has_fate = Q(published_at__isnull=False) | Q(status__in=[Status.PENDING, Status.REJECTED])
    is_answered = Exists(Comment.objects.published().filter(parent=OuterRef("pk"), head=Coalesce(OuterRef("head_id"), OuterRef("pk"))))
    return Comment.objects.filter(has_fate | is_answered, article__site=site)


def _thread(comments: Iterable[Leaving]) -> list[Leaving]:
    thread = list(comments)
    numbers = {comment.number for comment in thread}
    return [comment if comment.parent in numbers else replace(comment, parent=None) for comment in thread]


def _one_by_one(keys: Iterator[int]) -> Iterator[Leaving]:
    while batch := list(islice(keys, AT_ONCE)):
        found = Comment.objects.select_related(*_SHOWN_WITH).in_bulk(batch)
        yield from (_left(found[key]) for key in batch if key in found)


def _leaving(comments: QuerySet[Comment]) -> Iterator[Leaving]:
    return map(_left, comments.select_related(*_SHOWN_WITH).iterator(AT_ONCE))


def _left(comment: Comment) -> Leaving:
    number, article, head, parent, at = comment.pk, comment.article, comment.head_key, comment.parent_id, comment.submitted_at
    fate = _fate(comment)
    if fate is Fate.GONE:
        return Leaving(number, article, head, parent, fate, "", "", "", "", at)
    body, reader = (comment.published_revision or comment.current_revision).body, comment.reader
    known = "" if reader.kind == Reader.Kind.ERASED else reader.public_id.hex
    email = reader.email if reader.email_confirmed_at else ""
    return Leaving(number, article, head, parent, fate, body, comment.author_name, known, email, at)


def _fate(comment: Comment) -> Fate:
    if comment.published_revision:
        return Fate.PUBLISHED
    return {Status.PENDING: Fate.WAITING, Status.REJECTED: Fate.REFUSED}.get(Status(comment.status), Fate.GONE)
