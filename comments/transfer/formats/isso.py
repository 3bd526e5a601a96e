"""Isso: its database itself, since it has no other export. Texts are Markdown and stay as they were written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, BinaryIO
from urllib.parse import quote

from comments.models import Status
from comments.transfer.entries import Broken, Entry, Place, Refusal, Unreadable, Writer, lived

_STATUSES = {1: Status.APPROVED, 2: Status.PENDING, 4: Status.ERASED}
_COMMENTS = """
SELECT c.id, c.parent, c.created, c.mode, c.text, c.author, c.email, t.uri, t.title
FROM comments c LEFT JOIN threads t ON t.id = c.tid ORDER BY c.id
"""


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
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
    return Entry(str(number), Place(uri, str(title or ""), uri), writer, lived(_STATUSES[mode].value, str(body or ""), at), str(parent or ""))
