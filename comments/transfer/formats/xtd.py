"""django-comments-xtd: `dumpdata django_comments django_comments_xtd`. The text stands in one app's rows, who answers whom in the other's."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.models import Status
from comments.transfer.entries import Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import values
from comments.transfer.plain import plain_text

_TEXTS, _THREADS = "django_comments.comment", "django_comments_xtd.xtdcomment"


def read(file: BinaryIO) -> Iterator[Entry | Refusal]:
    """Twice, since the rows that say who answers whom come behind the texts."""
    parents = {row["pk"]: row["fields"].get("parent_id") for row in values(file) if _is_row(row, _THREADS)}
    file.seek(0)
    for row in values(file):
        if _is_row(row, _TEXTS):
            try:
                yield _entry(row, parents.get(row["pk"]))
            except (Unreadable, KeyError, TypeError, AttributeError) as error:
                yield Refusal(str(row["pk"]), str(error) if isinstance(error, Unreadable) else f"a field is missing or of another type: {error}")
        elif not _is_row(row, _THREADS):
            yield Refusal("", "this is no row of dumpdata's about comments")


def _is_row(row: Any, model: str) -> bool:
    return isinstance(row, dict) and row.get("model") == model and "pk" in row and isinstance(row.get("fields"), dict)


def _entry(row: dict[str, Any], parent: Any) -> Entry:
    fields, key = row["fields"], str(row["pk"])
    kind = fields["content_type"]
    place = Place(f"{kind[-1] if isinstance(kind, list) else kind}-{fields['object_pk']}")
    status = Status.ERASED if fields["is_removed"] else Status.APPROVED if fields["is_public"] else Status.PENDING
    user = fields.get("user")
    known = "/".join(map(str, user)) if isinstance(user, list) else str(user or "")
    writer = Writer(known or fields.get("user_email") or "", fields.get("user_name") or known)
    stages = lived(status.value, plain_text(fields["comment"].replace("\r\n", "\n").replace("\n", "<br>")), moment(fields["submit_date"]))
    # A comment that answers none is its own parent there.
    return Entry(key, place, writer, stages, "" if parent in (None, 0, row["pk"]) else str(parent))
