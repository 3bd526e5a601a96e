"""django-comments-xtd: `dumpdata django_comments django_comments_xtd`. The text stands in one app's rows, who answers whom in the other's."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from comments.models import Status
from comments.transfer.entries import Entry, Place, Refusal, Unreadable, Writer, lived, moment
from comments.transfer.formats.streams import values

_TEXTS, _THREADS = "django_comments.comment", "django_comments_xtd.xtdcomment"
# What the two apps keep beside comments.
_OTHERS = ("django_comments.commentflag", "django_comments_xtd.blacklisteddomain")


def read(file: BinaryIO, *, model: str = "") -> Iterator[Entry | Refusal]:
    """Twice, since the rows that say who answers whom come behind the texts. The objects of `model` are articles under the same keys."""
    parents = {row["pk"]: row["fields"].get("parent_id") for row in values(file) if _is_row(row, _THREADS)}
    file.seek(0)
    for row in values(file):
        if _is_row(row, _TEXTS):
            try:
                yield _entry(row, parents.get(row["pk"]), model)
            except (Unreadable, KeyError, TypeError, AttributeError) as error:
                yield Refusal(str(row["pk"]), str(error) if isinstance(error, Unreadable) else f"a field is missing or of another type: {error}")
        elif not any(_is_row(row, known) for known in (_THREADS, *_OTHERS)):
            yield Refusal("", "this is no row of dumpdata's about comments")


def _is_row(row: Any, model: str) -> bool:
    return isinstance(row, dict) and row.get("model") == model and "pk" in row and isinstance(row.get("fields"), dict)


def _entry(row: dict[str, Any], parent: Any, model: str) -> Entry:
    fields, key = row["fields"], str(row["pk"])
    user = fields.get("user")
    known = "/".join(map(str, user)) if isinstance(user, list) else str(user or "")
    writer = Writer(known or fields.get("user_email") or "", fields.get("user_name") or known)
    # Texts are shown there as they were written.
    stages = lived(_status(fields).value, fields["comment"], moment(fields["submit_date"]))
    # A comment that answers none is its own parent there.
    return Entry(key, _place(fields, model), writer, stages, "" if parent in (None, 0, row["pk"]) else str(parent))


def _place(fields: dict[str, Any], model: str) -> Place:
    kind = fields["content_type"]
    names = [str(name) for name in (kind if isinstance(kind, list) else [kind])]
    return Place(str(fields["object_pk"]) if model == ".".join(names) else f"{names[-1]}-{fields['object_pk']}")


def _status(fields: dict[str, Any]) -> Status:
    """What was removed before it was public was refused."""
    if fields["is_removed"]:
        return Status.ERASED if fields["is_public"] else Status.REJECTED
    return Status.APPROVED if fields["is_public"] else Status.PENDING
