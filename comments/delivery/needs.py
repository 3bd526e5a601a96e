"""Whether a message is still worth sending at the moment it would leave: an undone decision sends nothing, nor does one that is overtaken."""

from datetime import datetime, timedelta

from django.db.models import Q

from comments.delivery import addresses, overdue
from comments.lifecycle.moves import BESIDE_THE_STATUS, UNDO
from comments.models import Comment, Decision, Delivery, Reader, Status

CONFIRMATION_EVERY = timedelta(hours=24)

_GONE = (Status.WITHDRAWN, Status.ERASED)
_CHANGES_NOTHING = [move.name for move in (UNDO, *BESIDE_THE_STATUS)]


def is_needed(delivery: Delivery, *, now: datetime) -> bool:
    """Asks the database anew, since much may have happened while the delivery waited."""
    if delivery.kind == Delivery.Kind.EDITORS:
        return overdue.comments(now).exists()
    decision = delivery.event.decision
    if Comment.objects.filter(pk=decision.comment_id, status__in=_GONE).exists():
        return False
    if delivery.kind == Delivery.Kind.CONFIRMATION:
        return _is_to_be_confirmed(delivery, now)
    return addresses.is_written_to(decision.comment.reader) and _still_holds(decision)


def _is_to_be_confirmed(delivery: Delivery, now: datetime) -> bool:
    """One question in a day, both for one reader and for one address, whichever browsers it was given in."""
    reader = delivery.event.decision.comment.reader
    if not reader.email or reader.email_confirmed_at or addresses.is_stopped(reader.email):
        return False
    # Beginning with the readers, of whom there are few: from the deliveries on, both databases would look through all of a day's.
    same_readers = Reader.objects.filter(Q(pk=reader.pk) | Q(email=reader.email))
    same = Delivery.objects.filter(kind=Delivery.Kind.CONFIRMATION, event__decision__comment__reader__in=same_readers).exclude(pk=delivery.pk)
    lately = Q(state=Delivery.State.DONE, finished_at__gt=now - CONFIRMATION_EVERY)
    return not same.filter(lately | Q(state=Delivery.State.WAITING, pk__lt=delivery.pk)).exists()


def _still_holds(decision: Decision) -> bool:
    """Nobody has taken the decision back, or made another since; one that was itself taken back does not count."""
    if decision.move == UNDO.name and not _was_told(decision.undoes_id):
        return False
    later = Decision.objects.filter(comment=decision.comment_id, version__gt=decision.version, undone_by=None).exclude(move__in=_CHANGES_NOTHING)
    return not later.exists() and not Decision.objects.filter(undoes=decision).exists()


def _was_told(decision_key: int | None) -> bool:
    return Delivery.objects.filter(event__decision=decision_key, kind=Delivery.Kind.WRITER, state=Delivery.State.DONE).exists()
