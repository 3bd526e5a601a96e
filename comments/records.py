"""How a reader's comments fared: what an editor wants to know of whoever wrote the one in front of him."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Count, Q

from comments.models import Comment, Reader, Status


class Record(NamedTuple):
    """Counts of a reader's comments by status."""

    approved: int = 0
    rejected: int = 0
    removed: int = 0
    withdrawn: int = 0
    waiting: int = 0


def records(readers: Iterable[Reader]) -> Mapping[int, Record]:
    """By the reader's key, in one query; nothing is on the record of an erased reader, who stands for many."""
    keys = {reader.pk for reader in readers}
    living = Comment.objects.filter(reader__in=keys).exclude(reader__kind=Reader.Kind.ERASED)
    rows = living.values_list("reader").annotate(
        approved=_number(Status.APPROVED),
        rejected=_number(Status.REJECTED),
        removed=_number(Status.REMOVED),
        withdrawn=_number(Status.WITHDRAWN),
        waiting=_number(Status.PENDING),
    )
    return dict.fromkeys(keys, Record()) | {reader: Record(*counts) for reader, *counts in rows}


def _number(status: Status) -> Count:
    # Not the key: an index on reader and status answers alone.
    return Count("status", filter=Q(status=status))
