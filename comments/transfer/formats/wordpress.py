"""WordPress: the WXR file of its exporter. Each item holds its comments; dates are taken in GMT, as the file gives them."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from comments.models import Status
from comments.transfer.entries import Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import elements, name, text
from comments.transfer.plain import plain_text

_STATUSES = {
    "1": Status.APPROVED,
    "approve": Status.APPROVED,
    "0": Status.PENDING,
    "hold": Status.PENDING,
    "spam": Status.REJECTED,
    "trash": Status.ERASED,
    "post-trashed": Status.ERASED,
}
_COMMENTS = {"", "comment"}


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
    for item in elements(file, depth=2):
        if name(item) != "item":
            continue
        place = Place(text(item, "post_name") or text(item, "post_id"), text(item, "title"), text(item, "link"))
        for comment in item:
            if name(comment) == "comment":
                try:
                    yield _entry(comment, place)
                except Unreadable as error:
                    yield Refusal(text(comment, "comment_id"), str(error))


def _entry(comment: Element, place: Place) -> Entry:
    if (kind := text(comment, "comment_type")) not in _COMMENTS:
        raise Unreadable(f"it is a {kind}, not a comment")
    if (stated := text(comment, "comment_approved")) not in _STATUSES:
        raise Unreadable(f"no status is called {stated!r}")
    user = text(comment, "comment_user_id")
    writer = Writer(user if user not in ("", "0") else text(comment, "comment_author_email"), text(comment, "comment_author"))
    # A blank line is a paragraph to WordPress, and a line end a line.
    body = plain_text(text(comment, "comment_content").replace("\r\n", "\n").replace("\n", "<br>"))
    stages = lived(_STATUSES[stated].value, body, moment(text(comment, "comment_date_gmt"), utc=True))
    parent = text(comment, "comment_parent")
    return Entry(text(comment, "comment_id"), place, writer, stages, "" if parent == "0" else parent)
