"""Coral: its collections stories, users and comments, as `mongoimport` takes them, one after another in one file of JSON Lines."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from comments.models import Article
from comments.transfer.exports.elsewhere import AT_ONCE, Fate, Leaving, address, articles, as_html, comments, named
from moderation.models import Site

_STATUSES = {Fate.PUBLISHED: "APPROVED", Fate.WAITING: "PREMOD", Fate.REFUSED: "REJECTED", Fate.GONE: "APPROVED"}


def lines(site: Site) -> Iterator[bytes]:
    """A reader who wrote under several names is a user for each of them."""
    for article in articles(site).iterator(AT_ONCE):
        yield _line(_story(article))
    names = named(site).order_by().values_list("reader__public_id", "author_name").distinct()
    for reader, name in names.iterator(AT_ONCE):
        yield _line({"id": _author(reader.hex, name), "username": name})
    for comment in comments(site):
        yield _line(_comment(site, comment))


def _story(article: Article) -> dict[str, Any]:
    metadata = {"title": article.title, "publishedAt": _date(article.published_at)}
    return {"id": article.key, "url": address(article), "metadata": metadata, "createdAt": _date(article.published_at)}


def _comment(site: Site, comment: Leaving) -> dict[str, Any]:
    at = _date(comment.at)
    return {
        "id": _id(site, comment.number),
        "storyID": comment.article.key,
        "authorID": None if comment.fate is Fate.GONE else _author(comment.reader, comment.name),
        "parentID": _id(site, comment.parent) if comment.parent else None,
        "status": _STATUSES[comment.fate],
        "revisions": [{"id": _id(site, comment.number), "body": as_html(comment.text), "createdAt": at}],
        "createdAt": at,
        **({"deletedAt": at} if comment.fate is Fate.GONE else {}),
    }


def _id(site: Site, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"mizan:{site.key}:{number}"))


def _author(reader: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"mizan:reader:{reader}:{name}"))


def _date(when: datetime) -> Mapping[str, str]:
    return {"$date": when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")}


def _line(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
