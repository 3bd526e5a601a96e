"""The table of moves: which status a comment may leave for which, and by whom. Everything else is forbidden."""

from dataclasses import dataclass

from comments.models import ActorKind, MoveName, Status

POLICY, WRITER, SYSTEM = ActorKind.POLICY, ActorKind.WRITER, ActorKind.SYSTEM
EDITORS = {ActorKind.EDITOR, ActorKind.KEY}
EVERY_STATUS = frozenset(Status)


@dataclass(frozen=True, slots=True)
class Move:
    """One row. No `sources` means that the comment is new; `remark` is what the statuses alone do not say; a move that `stays` leaves it as it is."""

    name: MoveName
    by: frozenset[ActorKind]
    sources: frozenset[Status]
    targets: frozenset[Status]
    remark: str = ""
    stays: bool = False


def _move(name: MoveName, by: set[ActorKind], sources: set[Status] | frozenset[Status], targets: set[Status], remark: str = "") -> Move:
    return Move(name, frozenset(by), frozenset(sources), frozenset(targets), remark)


SUBMIT = _move(MoveName.SUBMIT, {POLICY}, set(), {Status.RETURNED, Status.PENDING, Status.REJECTED}, "rejected only if sent as it is")
RESUBMIT = _move(
    MoveName.RESUBMIT,
    {POLICY},
    {Status.RETURNED},
    {Status.RETURNED, Status.PENDING, Status.REJECTED},
    "corrected or as it is; returned again only after an editor asked for a correction",
)
APPROVE = _move(MoveName.APPROVE, EDITORS | {POLICY}, {Status.PENDING, Status.REJECTED, Status.REMOVED}, {Status.APPROVED})
REJECT = _move(MoveName.REJECT, EDITORS, {Status.PENDING}, {Status.REJECTED}, "for at least one clause or house reason")
REQUEST_CORRECTION = _move(MoveName.REQUEST_CORRECTION, EDITORS, {Status.PENDING}, {Status.RETURNED}, "grants one more nudge")
EDIT = _move(
    MoveName.EDIT,
    {WRITER},
    {Status.APPROVED},
    {Status.PENDING},
    "within 5 minutes of approval; the approved text stays public until the new one is decided",
)
REMOVE = _move(MoveName.REMOVE, EDITORS, {Status.APPROVED}, {Status.REMOVED}, "for at least one clause or house reason")
UNDO = _move(
    MoveName.UNDO,
    EDITORS,
    {Status.APPROVED, Status.REJECTED, Status.RETURNED, Status.REMOVED},
    {Status.PENDING, Status.REJECTED, Status.REMOVED, Status.APPROVED},
    "back to the status before; the same editor within 10 seconds, a senior one at any time",
)
WITHDRAW = _move(MoveName.WITHDRAW, {WRITER}, {Status.RETURNED, Status.PENDING, Status.APPROVED, Status.REJECTED}, {Status.WITHDRAWN})
EXPIRE = _move(MoveName.EXPIRE, {SYSTEM}, {Status.RETURNED}, {Status.EXPIRED}, "after 7 days")
ERASE = _move(MoveName.ERASE, EDITORS | {SYSTEM}, EVERY_STATUS - {Status.ERASED}, {Status.ERASED}, "text and identity gone")

ESCALATE = Move(MoveName.ESCALATE, frozenset(EDITORS), EVERY_STATUS - {Status.ERASED}, frozenset(), "left to a senior editor", stays=True)
DISMISS_REPORTS = Move(
    MoveName.DISMISS_REPORTS, frozenset(EDITORS), frozenset({Status.APPROVED, Status.PENDING, Status.RETURNED}), frozenset(), stays=True
)
DENY_APPEAL = Move(MoveName.DENY_APPEAL, frozenset(EDITORS), frozenset({Status.REJECTED}), frozenset(), "by another than who rejected", stays=True)

MOVES = (SUBMIT, RESUBMIT, APPROVE, REJECT, REQUEST_CORRECTION, EDIT, REMOVE, UNDO, WITHDRAW, EXPIRE, ERASE)
BESIDE_THE_STATUS = (ESCALATE, DISMISS_REPORTS, DENY_APPEAL)
MAY_BE_UNDONE = (APPROVE, REJECT, REQUEST_CORRECTION, REMOVE)
