"""What editors do about a reader, beside his comments: notes, trust, mute, ban, and the end of each."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from comments.models import Reader, ReaderNote, Sanction

NOTE_MAX_LENGTH = 2000
REASON_MAX_LENGTH = 500
SANCTION = "comments.sanction_reader"
DECIDE = "comments.decide_comment"
_SILENCING = (Sanction.Kind.MUTE, Sanction.Kind.BAN)


class SanctionRefused(Exception):
    """Nothing was changed."""


class NotAllowed(SanctionRefused):
    """The editor lacks the right."""


class NobodyThere(SanctionRefused):
    """An erased reader stands for many, who are not to be told apart."""


class AlreadyDone(SanctionRefused):
    """Another editor was first."""


def write_note(reader: Reader, *, editor: User, text: str, now: datetime) -> ReaderNote:
    """Raises NotAllowed, NobodyThere."""
    _check(reader, editor, DECIDE)
    return ReaderNote.objects.create(reader=reader, editor=editor, text=text, written_at=now)


def impose(reader: Reader, kind: Sanction.Kind, *, editor: User, reason: str, now: datetime, until: datetime | None = None) -> Sanction:
    """Ends what the new sanction replaces or contradicts: its own kind, and trust never stands beside another. Raises SanctionRefused."""
    _check(reader, editor, SANCTION)
    replaced = tuple(Sanction.Kind) if kind == Sanction.Kind.TRUST else (kind, Sanction.Kind.TRUST)
    try:
        with transaction.atomic():
            Sanction.objects.filter(reader=reader, kind__in=replaced, ended_at=None).update(ended_by=editor, ended_at=now)
            return Sanction.objects.create(reader=reader, kind=kind, until=until, reason=reason, imposed_by=editor, imposed_at=now)
    except IntegrityError as error:
        raise AlreadyDone from error


def lift(sanction: Sanction, *, editor: User, now: datetime) -> None:
    """Raises SanctionRefused."""
    _check(sanction.reader, editor, SANCTION)
    if Sanction.objects.filter(pk=sanction.pk, ended_at=None).update(ended_by=editor, ended_at=now) != 1:
        raise AlreadyDone


def standing(reader: Reader, *, now: datetime) -> QuerySet[Sanction]:
    """What holds of the reader now, the latest first."""
    in_time = Q(until=None) | Q(until__gt=now)
    return Sanction.objects.filter(in_time, reader=reader, ended_at=None).order_by("-imposed_at", "-pk")


def silenced(reader: Reader, *, now: datetime) -> Sanction | None:
    """The sanction under which the reader may not write; a ban, which has no end, goes before a mute."""
    if reader.created_at == now:
        return None  # nobody has had time to think anything of him
    return standing(reader, now=now).filter(kind__in=_SILENCING).order_by(F("until").asc(nulls_first=True)).first()


def is_trusted(reader: Reader, *, now: datetime) -> bool:
    return standing(reader, now=now).filter(kind=Sanction.Kind.TRUST).exists()


def _check(reader: Reader, editor: User, right: str) -> None:
    if not editor.has_perm(right):
        raise NotAllowed
    if reader.kind == Reader.Kind.ERASED:
        raise NobodyThere
