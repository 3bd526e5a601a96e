"""The demo at any size: articles after the pattern of those written by hand, and a crowd that comments on them."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone, translation
from django.utils.formats import date_format

from comments.demo import texts
from comments.demo.composing import topics
from comments.demo.crowd import Crowd, Place
from comments.demo.newsroom import Newsroom
from comments.demo.texts import DemoArticle
from comments.models import Article
from moderation import versions
from moderation.models import Site

ARTICLES_A_DAY = 13


def add_articles(count: int, *, now: datetime) -> int:
    """How many of the first `count` generated articles were missing; each is the readers' corner about one that was written by hand."""
    site, patterns = Site.objects.get(key=versions.DEFAULT_SITE), _patterns()
    known = _articles(site, set(map(_key, range(count))))
    missing = [_article(site, number, patterns[number % len(patterns)], now) for number in range(count) if _key(number) not in known]
    Article.objects.bulk_create(missing, batch_size=500)
    return len(missing)


def add_comments(count: int, account: User, *, articles: int, now: datetime) -> Iterator[tuple[int, int]]:
    """How many of the first `count` comments of the crowd have been looked for, and how many of the last of these were missing, as they are added.

    They stand under the first `articles` generated articles, or, without any, under those written by hand.
    """
    site, patterns = Site.objects.get(key=versions.DEFAULT_SITE), _patterns()
    spoken_of = {topic.key: topic for topic in topics(texts.comments())}
    subjects = {_key(number): patterns[number % len(patterns)].key for number in range(articles)} or {p.key: p.key for p in patterns}
    known = _articles(site, set(subjects))
    places = [Place(key, (now - known[key].published_at) / timedelta(minutes=1), spoken_of[subject]) for key, subject in subjects.items()]
    newsroom = Newsroom(site, account, now, silently=True)
    looked_for = 0
    for chunk in Crowd(places, _given_names(), count).chunks():
        looked_for += len(chunk)
        yield looked_for, newsroom.fill(known, chunk)


def _patterns() -> list[DemoArticle]:
    return [article for article in texts.articles() if article.comments_open]


def _key(number: int) -> str:
    return f"okur-kosesi-{number}"


def _articles(site: Site, keys: set[str]) -> dict[str, Article]:
    """By their keys, which are too many to be named in one question."""
    return {article.key: article for article in Article.objects.filter(site=site).defer("body") if article.key in keys}


def _article(site: Site, number: int, pattern: DemoArticle, now: datetime) -> Article:
    published_at = now - timedelta(days=(number + 0.5) / ARTICLES_A_DAY)
    with translation.override("tr"):
        day = date_format(timezone.localtime(published_at), "j F")
    return Article(
        site=site,
        key=_key(number),
        title=f"Okur köşesi, {day}: {pattern.title}",
        section=pattern.section,
        summary=pattern.summary,
        author=pattern.author,
        body="\n\n".join(pattern.body),
        published_at=published_at,
    )


def _given_names() -> list[str]:
    """Of the hand-written readers who sign as «Ayşe K.»."""
    signed = (re.fullmatch(r"(\w+) \w\.", comment.name) for comment in texts.comments())
    return sorted({name[1] for name in signed if name})
