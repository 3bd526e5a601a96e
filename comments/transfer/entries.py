"""What every format is read into: one comment with all that became of it, the article it stands under, and who wrote it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from comments.lifecycle.moves import APPROVE, ERASE, REJECT, REMOVE, SUBMIT
from comments.models import ActorKind, Status

_EDITOR, _POLICY, _SYSTEM = ActorKind.EDITOR.value, ActorKind.POLICY.value, ActorKind.SYSTEM.value


class Broken(Exception):
    """The file cannot be read any further."""


class Unreadable(Exception):
    """One comment of the file cannot be taken; the others can."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is not taken, and why, in words for whoever keeps the file."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """An article: known by its address where there is one, else by its key. `further` is what our own format alone tells."""

    key: str
    title: str = ""
    url: str = ""
    further: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Writer:
    """`id` is the same for everything that one person wrote, and empty where that is not known."""

    id: str
    name: str = ""
    further: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of a history, in the lifecycle's words."""

    move: str
    to: str
    by: str
    at: datetime
    body: str = ""
    as_is: bool = False
    by_editor: bool = False
    clauses: tuple[str, ...] = ()
    house_reasons: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment. `id` and `parent` are the file's own; `public_id` is given by our own format alone."""

    id: str
    place: Place
    writer: Writer
    stages: tuple[Stage, ...]
    parent: str = ""
    public_id: UUID | None = None


def lived(status: str, body: str, at: datetime) -> tuple[Stage, ...]:
    """The history of a comment of which only its end is known; an erased one comes without its text."""
    erased = status == Status.ERASED
    submission = Stage(SUBMIT.name, Status.PENDING.value, _POLICY, at, "" if erased else body, as_is=True)
    approval = Stage(APPROVE.name, Status.APPROVED.value, _EDITOR, at)
    match status:
        case Status.APPROVED:
            return (submission, approval)
        case Status.REMOVED:
            return (submission, approval, Stage(REMOVE.name, status, _EDITOR, at, house_reasons=("other",)))
        case Status.REJECTED:
            return (submission, Stage(REJECT.name, status, _EDITOR, at, house_reasons=("other",)))
        case Status.ERASED:
            return (submission, approval, Stage(ERASE.name, status, _SYSTEM, at))
        case _:
            return (submission,)


def moment(typed: object, *, utc: bool = False) -> datetime:
    """A time with its offset; `utc` where the format says that times without one are in UTC. Raises Unreadable."""
    try:
        read = datetime.fromisoformat(str(typed).strip())
    except ValueError as error:
        raise Unreadable(f"{typed!r} is no time") from error
    if read.tzinfo is None and not utc:
        raise Unreadable(f"{typed!r} does not say its offset from UTC")
    return read if read.tzinfo else read.replace(tzinfo=UTC)
