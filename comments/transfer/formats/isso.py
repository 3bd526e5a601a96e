"""Isso: its database itself, since it has no other export, or the JSON that `isso import -t generic` takes. Texts are Markdown and stay as they were written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from comments.models import Status
from comments.transfer.entries import Broken, Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import values
from comments.transfer.markdown import unescaped

_STATUSES = {1: Status.APPROVED, 2: Status.PENDING, 4: Status.ERASED}
_COMMENTS = """
SELECT c.id, c.parent, c.created, c.mode, c.text, c.author, c.email, t.uri, t.title
FROM comments c LEFT JOIN threads t ON t.id = c.tid ORDER BY c.id
"""


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
    beginning = file.read(64)
    file.seek(0)
    yield from _from_json(file) if beginning.lstrip().startswith(b"[") else _from_database(file)


def _from_database(file: BinaryIO) -> Iterator[Entry | Refusal]:
    try:
        with closing(sqlite3.connect(f"file:{quote(file.name)}?mode=ro", uri=True)) as database:
            for row in database.execute(_COMMENTS):
                try:
                    yield _entry(row)
                except Unreadable as error:
                    yield Refusal(str(row[0]), str(error))
    except sqlite3.Error as error:
        raise Broken(f"this is no database of Isso's, or it is cut off: {error}") from error


def _entry(row: tuple[Any, ...]) -> Entry:
    number, parent, created, mode, body, author, email, uri, title = row
    if mode not in _STATUSES:
        raise Unreadable(f"no status is called {mode!r}")
    if not isinstance(uri, str):
        raise Unreadable("its thread is not in the file")
    try:
        at = datetime.fromtimestamp(created, UTC)
    except (TypeError, ValueError, OverflowError, OSError) as error:
        raise Unreadable(f"{created!r} is no time") from error
    writer = Writer(str(email or ""), str(author or ""))
    stages = lived(_STATUSES[mode].value, unescaped(str(body or "")), at)
    return Entry(str(number), Place(uri, str(title or ""), uri), writer, stages, str(parent or ""))


def _from_json(file: BinaryIO) -> Iterator[Entry | Refusal]:
    for thread in values(file):
        try:
            uri, title, comments = str(thread["id"]), str(thread["title"] or ""), list(thread["comments"])
        except (KeyError, TypeError) as error:
            yield Refusal("", f"this is no thread: {error}")
            continue
        for comment in comments:
            try:
                yield _published(comment, Place(uri, title, uri))
            except (Unreadable, KeyError, TypeError, AttributeError) as error:
                yield Refusal(uri, str(error) if isinstance(error, Unreadable) else f"a field is missing or of another type: {error}")


def _published(comment: dict[str, Any], place: Place) -> Entry:
    """Numbers begin anew in each thread, and nothing is told of replies or of what waits."""
    writer = Writer(str(comment.get("email") or ""), str(comment.get("author") or ""))
    stages = lived(Status.APPROVED.value, unescaped(comment["text"]), moment(comment["created"], utc=True))
    return Entry(f"{place.key} {comment['id']}", place, writer, stages)
