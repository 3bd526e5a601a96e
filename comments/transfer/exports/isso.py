"""Isso: a database for it to begin with, since what it imports knows neither replies nor what waits.

Threads go one level deep there, and what was deleted stays as an empty place only where there are replies to it.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from errno import EIO
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri

from comments.models import Article
from comments.transfer.exports.elsewhere import AT_ONCE, Fate, Leaving, address, articles, threads
from comments.transfer.markdown import escaped
from moderation.models import Site

_SCHEMA = """
PRAGMA user_version = 5;
CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
CREATE TABLE comments (
    tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER, created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR,
    text VARCHAR NOT NULL, author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0,
    voters BLOB NOT NULL, notification INTEGER DEFAULT 0
);
"""
# Articles of one path are one thread to Isso.
_THREAD = "INSERT INTO threads (uri, title) VALUES (?, ?) ON CONFLICT DO NOTHING"
_COMMENT = """
INSERT INTO comments (tid, id, parent, created, mode, remote_addr, text, author, email, voters)
SELECT id, ?, ?, ?, ?, '0.0.0.0', ?, ?, ?, zeroblob(256) FROM threads WHERE uri = ?
"""
_MODES = {Fate.PUBLISHED: 1, Fate.WAITING: 2}
_DELETED = 4


def write(site: Site, file: Path) -> Iterator[int]:
    """How many rows there are, after each. Raises OSError."""
    try:
        with closing(sqlite3.connect(file)) as database:
            database.executescript(_SCHEMA)
            for article in articles(site).iterator(AT_ONCE):
                yield database.execute(_THREAD, (_uri(article), article.title)).rowcount
            for thread in threads(site):
                for row in _rows(thread):
                    yield database.execute(_COMMENT, row).rowcount
            database.commit()
    except sqlite3.Error as error:
        raise OSError(EIO, str(error)) from error


def _rows(thread: list[Leaving]) -> Iterator[tuple[object, ...]]:
    head, replies = thread[0], [reply for reply in thread[1:] if reply.fate in _MODES]
    if replies or head.fate in _MODES:
        yield _row(head, None)
    for reply in replies:
        yield _row(reply, head.number)


def _row(comment: Leaving, head: int | None) -> tuple[object, ...]:
    """Without text, name and address where Isso has no status for it."""
    mode, at, uri = _MODES.get(comment.fate, _DELETED), comment.at.timestamp(), _uri(comment.article)
    told = ("", None, None) if mode == _DELETED else (escaped(comment.text), comment.name or None, comment.email or None)
    return (comment.number, head, at, mode, *told, uri)


def _uri(article: Article) -> str:
    """The path, as Isso takes it from the page that it stands on; a query too, which must then be its `data-isso-id`."""
    parts = urlsplit(iri_to_uri(address(article)))
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
