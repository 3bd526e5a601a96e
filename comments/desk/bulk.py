"""One decision on many comments, as a job that a worker does: each comment is decided by itself, so that one which is refused holds up no other.

The rows are the queue. A comment is decided and its row ticked off in one transaction: a worker that is killed leaves nothing half done and nothing
that another would do twice.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Q

from comments import bell
from comments.deciding import Order, carry_out
from comments.lifecycle import UNDO_WINDOW, MoveRefused, NotAllowed, OwnRefusal, ReasonMissing, Reasons, StaleVersion
from comments.lifecycle.moves import MAY_BE_UNDONE
from comments.models import BulkItem, BulkJob, Comment, Decision, Reader, Status
from moderation.engine.rule import Clause

MOST = 200
CONFIRMED_FROM = 21
DECISIONS = ("approve", "reject", "request_correction", "escalate")
KEPT = timedelta(days=30)
LATELY, MOST_LISTED = timedelta(days=7), 20
# Well within the time that a worker gives a task.
TURN = timedelta(seconds=10)
_SHOWN_WITH = ("article__site", "current_revision", "published_revision", "reader")
_UNDOABLE = frozenset(move.name for move in MAY_BE_UNDONE)
_NO_REASONS = Reasons()

logger = logging.getLogger(__name__)


class Chosen(NamedTuple):
    """A comment as the editor saw it; `version` is of that moment."""

    comment: Comment
    version: int

    @property
    def value(self) -> str:
        """As a form sends it."""
        return f"{self.comment.public_id}:{self.version}"


class Progress(NamedTuple):
    """How many comments a job has decided, could not decide, and has before it."""

    job: BulkJob
    done: int
    not_done: int
    waiting: int


class UnreadableChoice(ValueError):
    """What was sent names no comments, or too many."""


def read(values: Sequence[str]) -> list[Chosen]:
    """The comments that a form's values name, in their order; one that there is not is left out. Raises UnreadableChoice."""
    if len(values) > MOST:
        raise UnreadableChoice
    versions = dict(_read(value) for value in values)
    found = Comment.objects.select_related(*_SHOWN_WITH).in_bulk(versions, field_name="public_id")
    return [Chosen(found[key], version) for key, version in versions.items() if key in found]


def waiting_from(reader: Reader) -> list[Chosen]:
    """What waits of the reader's, the oldest first; of an erased reader, who stands for many, nothing."""
    if reader.kind == Reader.Kind.ERASED:
        return []
    waiting = Comment.objects.filter(reader=reader, status=Status.PENDING).select_related(*_SHOWN_WITH).order_by("submitted_at", "pk")
    return [Chosen(comment, comment.version) for comment in waiting[:MOST]]


@transaction.atomic
def order(decision: str, reasons: Reasons, chosen: Iterable[Chosen], editor: User, *, now: datetime, undoes: BulkJob | None = None) -> BulkJob:
    """The job, which a worker begins as soon as it is committed."""
    clauses, house_reasons = sorted(reasons.clauses), sorted(reasons.house_reasons)
    job = BulkJob.objects.create(
        editor=editor, decision=decision, clauses=clauses, house_reasons=house_reasons, note=reasons.note, undoes=undoes, ordered_at=now
    )
    BulkItem.objects.bulk_create(BulkItem(job=job, comment=one.comment, version=one.version) for one in chosen)
    transaction.on_commit(partial(bell.ring), robust=True)
    return job


def lately(editor: User, *, now: datetime) -> list[Progress]:
    """What has become of the editor's own jobs of the past days, the newest first."""
    newest = BulkJob.objects.filter(editor=editor, ordered_at__gt=now - LATELY).order_by("-ordered_at", "-pk")[:MOST_LISTED]
    done, waiting = (Count("items", filter=Q(items__result=result)) for result in (BulkItem.Result.DONE, BulkItem.Result.WAITING))
    jobs = BulkJob.objects.filter(pk__in=newest.values("pk")).annotate(in_all=Count("items"), done=done, waiting=waiting)
    return [Progress(job, job.done, job.in_all - job.done - job.waiting, job.waiting) for job in jobs.order_by("-ordered_at", "-pk")]


def may_undo(job: BulkJob, editor: User, *, now: datetime) -> bool:
    """While all of its decisions can be taken back by whoever made them; a senior editor can at any time."""
    first = Decision.objects.filter(pk__in=job.items.filter(result=BulkItem.Result.DONE).values("decision")).order_by("decided_at").first()
    if first is None or job.finished_at is None or job.decision not in _UNDOABLE or BulkJob.objects.filter(undoes=job).exists():
        return False
    fresh = job.editor == editor and now <= first.decided_at + UNDO_WINDOW
    return fresh or editor.has_perm("comments.overrule_decision")


@transaction.atomic
def undo(job: BulkJob, editor: User, *, now: datetime) -> BulkJob:
    """The job that takes all of the job's decisions back, or the one that does already."""
    BulkJob.objects.select_for_update().get(pk=job.pk)
    if begun := BulkJob.objects.filter(undoes=job).first():
        return begun
    done = job.items.filter(result=BulkItem.Result.DONE).select_related("comment")
    return order("undo", _NO_REASONS, [Chosen(item.comment, item.version + 1) for item in done], editor, now=now, undoes=job)


def work(clock: Callable[[], datetime]) -> bool:
    """Decides what every job has left, the oldest job first, until nothing is left, which is True, or the turn is over."""
    ends = clock() + TURN
    for job in BulkJob.objects.filter(finished_at=None).select_related("editor").order_by("ordered_at", "pk"):
        for item in job.items.filter(result=BulkItem.Result.WAITING):
            if clock() >= ends:
                return False
            _try(job, item, clock())
        BulkJob.objects.filter(pk=job.pk, finished_at=None).update(finished_at=clock(), note="")
    return True


def forget(*, now: datetime) -> int:
    """How many jobs that ended long ago were deleted; what they decided stays in the comments' own histories."""
    deleted, _by_model = BulkJob.objects.filter(finished_at__lte=now - KEPT).delete()
    return deleted


def _try(job: BulkJob, item: BulkItem, now: datetime) -> None:
    try:
        _tick_off(job, item, now)
    except Exception:
        logger.exception("Comment %d of a decision on several failed", item.comment_id)
        BulkItem.objects.filter(pk=item.pk, result=BulkItem.Result.WAITING).update(result=BulkItem.Result.FAILED)


@transaction.atomic
def _tick_off(job: BulkJob, item: BulkItem, now: datetime) -> None:
    # Another worker may be at the same job, and be a comment ahead.
    if not BulkItem.objects.select_for_update().filter(pk=item.pk, result=BulkItem.Result.WAITING).exists():
        return
    result, decision = _decide(job, item, now)
    BulkItem.objects.filter(pk=item.pk).update(result=result, decision=decision)


def _decide(job: BulkJob, item: BulkItem, now: datetime) -> tuple[BulkItem.Result, Decision | None]:
    comment = Comment.objects.select_related(*_SHOWN_WITH).get(pk=item.comment_id)
    reasons = Reasons(frozenset(map(Clause, job.clauses)), frozenset(job.house_reasons), job.note)
    # Who asked for the undo in time has it, however late a worker comes to it.
    at = job.ordered_at if job.undoes_id else now
    try:
        return BulkItem.Result.DONE, carry_out(Order(job.decision, item.version, reasons), comment, job.editor, now=at)
    except StaleVersion as refused:
        return BulkItem.Result.STALE, refused.decision
    except MoveRefused as refused:
        return _result_of(refused), None


def _result_of(refused: MoveRefused) -> BulkItem.Result:
    match refused:
        case ReasonMissing():
            return BulkItem.Result.REASON_MISSING
        case OwnRefusal():
            return BulkItem.Result.OWN_REFUSAL
        case NotAllowed():
            return BulkItem.Result.NOT_ALLOWED
        case _:
            return BulkItem.Result.WRONG_STATUS


def _read(value: str) -> tuple[UUID, int]:
    key, _colon, version = value.partition(":")
    try:
        return UUID(key), int(version[:9])
    except ValueError as error:
        raise UnreadableChoice from error
