"""Our own format: a line of JSON for each article, and one for each comment with its whole history. `exports.jsonl` writes it."""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO
from uuid import UUID

from comments.transfer.entries import Broken, Entry, Place, Refusal, Stage, Unreadable, Writer, moment

_LONGEST_LINE = 1 << 24
_ARTICLE = {"title", "url", "section", "author", "summary", "body", "language", "published_at", "mode", "comments_open", "closes_at"}
_READER = {"kind", "issuer", "subject", "email", "email_confirmed_at", "created_at"}


def read(file: BinaryIO) -> Iterator[Entry | Place | Refusal]:
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        if not line.endswith(b"\n"):
            raise Broken(f"the file is cut off in line {number}: every line ends with a line end")
        try:
            yield _item(line)
        except (Unreadable, KeyError, TypeError, ValueError, RecursionError) as error:
            told = str(error) if isinstance(error, Unreadable) else f"{type(error).__name__}: {error}"
            yield Refusal(f"line {number}", told)


def _item(line: bytes) -> Entry | Place:
    document = json.loads(line)
    if not isinstance(document, dict) or document.get("type") not in ("article", "comment"):
        raise Unreadable("a line tells of an article or of a comment")
    return _place(document) if document["type"] == "article" else _entry(document)


def _place(document: dict[str, Any]) -> Place:
    fields = {name: document[name] for name in _ARTICLE}
    for name in ("published_at", "closes_at"):
        fields[name] = fields[name] and moment(fields[name])
    return Place(_text(document, "key"), _text(document, "title"), _text(document, "url"), fields)


def _entry(document: dict[str, Any]) -> Entry:
    key, parent = _text(document, "id"), document["parent"] and _text(document, "parent")
    stages = tuple(_stage(step) for step in document["history"])
    return Entry(key, Place(_text(document, "article")), _writer(document), stages, parent or "", UUID(key))


def _writer(document: dict[str, Any]) -> Writer:
    """Nobody is known to have written an erased comment."""
    if (reader := document["reader"]) is None:
        return Writer("")
    further = {name: reader[name] for name in _READER}
    further["email_stopped_at"] = reader.get("email_stopped_at")
    for name in ("email_confirmed_at", "email_stopped_at", "created_at"):
        further[name] = further[name] and moment(further[name])
    known = {"public_id": UUID(_text(reader, "id")), "name": _text(reader, "name")}
    return Writer(reader["id"], _text(document, "name"), further | known)


def _stage(step: dict[str, Any]) -> Stage:
    return Stage(
        _text(step, "move"),
        _text(step, "to"),
        _text(step, "by"),
        moment(step["at"]),
        step.get("body", ""),
        as_is=bool(step.get("as_is")),
        by_editor=bool(step.get("by_editor")),
        clauses=tuple(step.get("clauses", ())),
        house_reasons=tuple(step.get("house_reasons", ())),
        note=step.get("note", ""),
    )


def _text(document: dict[str, Any], name: str) -> str:
    if not isinstance(document[name], str):
        raise Unreadable(f"{name} must be a text")
    return str(document[name])
