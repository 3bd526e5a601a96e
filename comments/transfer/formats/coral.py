"""Coral: its collections stories, users and comments as `mongoexport` writes them, in one file after another, comments last."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.models import Status
from comments.transfer.entries import Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import values
from comments.transfer.plain import plain_text

_STATUSES = {
    "APPROVED": Status.APPROVED,
    "NONE": Status.APPROVED,
    "PREMOD": Status.PENDING,
    "SYSTEM_WITHHELD": Status.PENDING,
    "REJECTED": Status.REJECTED,
}


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
    stories: dict[str, Place] = {}
    names: dict[str, str] = {}
    for document in values(file):
        if not isinstance(document, dict) or not isinstance(document.get("id"), str):
            yield Refusal("", "this is none of Coral's documents")
        elif "storyID" in document:
            try:
                yield _entry(document, stories, names)
            except (Unreadable, KeyError, TypeError, AttributeError, IndexError) as error:
                yield Refusal(document["id"], str(error) if isinstance(error, Unreadable) else f"a field is missing or of another type: {error}")
        elif "username" in document:
            names[document["id"]] = str(document["username"] or "")
        else:
            metadata = document.get("metadata")
            title = metadata.get("title") if isinstance(metadata, dict) else ""
            stories[document["id"]] = Place(document["id"], str(title or ""), str(document.get("url") or ""))


def _entry(document: dict[str, Any], stories: dict[str, Place], names: dict[str, str]) -> Entry:
    if document["storyID"] not in stories:
        raise Unreadable("its story is not in the file before it")
    if document["status"] not in _STATUSES:
        raise Unreadable(f"no status is called {document['status']!r}")
    deleted, author = bool(document.get("deletedAt")), str(document.get("authorID") or "")
    status = Status.ERASED if deleted else _STATUSES[document["status"]]
    body = "" if deleted else plain_text(document["revisions"][-1]["body"])
    stages = lived(status.value, body, _moment(document["createdAt"]))
    return Entry(document["id"], stories[document["storyID"]], Writer(author, names.get(author, "")), stages, str(document.get("parentID") or ""))


def _moment(stored: Any) -> Any:
    return moment(stored["$date"] if isinstance(stored, dict) else stored)
