"""Disqus: the XML that its moderation panel exports. Threads come first, then posts that name them."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from comments.models import Status
from comments.transfer.entries import Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import attribute, child, elements, name, text
from comments.transfer.plain import plain_text


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
    threads: dict[str, Place] = {}
    for element in elements(file, depth=1):
        if name(element) == "thread":
            threads[attribute(element, "id")] = Place(text(element, "id"), text(element, "title"), text(element, "link"))
        elif name(element) == "post":
            try:
                yield _entry(element, threads)
            except Unreadable as error:
                yield Refusal(attribute(element, "id"), str(error))


def _entry(post: Element, threads: dict[str, Place]) -> Entry:
    thread, parent, author = (child(post, wanted) for wanted in ("thread", "parent", "author"))
    place = threads.get(attribute(thread, "id")) if thread is not None else None
    if place is None:
        raise Unreadable("its thread is not in the file")
    written = Writer("") if author is None else Writer(text(author, "username") or text(author, "email"), text(author, "name"))
    stages = lived(_status(post), plain_text(text(post, "message")), moment(text(post, "createdAt"), utc=True))
    return Entry(attribute(post, "id"), place, written, stages, attribute(parent, "id") if parent is not None else "")


def _status(post: Element) -> str:
    if text(post, "isDeleted") == "true":
        return Status.ERASED.value
    if text(post, "isSpam") == "true":
        return Status.REJECTED.value
    return Status.PENDING.value if text(post, "isApproved") == "false" else Status.APPROVED.value
