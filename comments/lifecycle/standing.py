"""Where a comment stands, and where a move takes it: the one place that says so, for one comment and for a million."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from comments.lifecycle.moves import APPROVE, MAY_BE_UNDONE, REQUEST_CORRECTION, UNDO, Move
from comments.models import MILDEST, ActorKind, Comment, Decision, Revision, Status
from moderation.engine.rule import Outcome


class MoveRefused(Exception):
    """The lifecycle will not make this move; nothing was changed."""


class WrongStatus(MoveRefused):
    """The comment is not in a status from which the move leads anywhere."""

    def __init__(self, move: Move, status: str) -> None:
        super().__init__(f"{move.name} does not lead from {status or 'nowhere'}")
        self.move, self.status = move, status


@dataclass(frozen=True, slots=True)
class Standing:
    """What a move may change of a comment."""

    status: str
    version: int
    status_since: datetime
    nudge_left: bool
    mildness: int
    current_revision: Revision | None
    published_revision: Revision | None
    published_at: datetime | None
    edited_at: datetime | None

    @classmethod
    def of(cls, comment: Comment) -> "Standing":
        return cls(**{field.name: getattr(comment, field.name) for field in fields(cls)})

    @classmethod
    def new(cls, now: datetime) -> "Standing":
        return cls("", 0, now, nudge_left=True, mildness=MILDEST, current_revision=None, published_revision=None, published_at=None, edited_at=None)

    def fields(self) -> dict[str, Any]:
        """As the comment's fields, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def check(self, move: Move, target: Status, *, by: ActorKind) -> None:
        """Asked before a text that comes with the move is stored. Raises WrongStatus."""
        leads = self.status in move.sources or (not move.sources and not self.status)
        if move.stays or not leads or target not in move.targets or by not in move.by:
            raise WrongStatus(move, self.status)

    def after(self, move: Move, target: Status, *, by: ActorKind, now: datetime, revision: Revision | None = None) -> "Standing":
        """The standing that the move makes; `revision` is a text that came with it, with its review. Raises WrongStatus."""
        self.check(move, target, by=by)
        current = revision or self.current_revision
        published = self._published(target, current)
        return Standing(
            status=target,
            version=self.version + 1,
            status_since=now,
            nudge_left=move is REQUEST_CORRECTION,
            mildness=revision.review.mildness if revision else self.mildness,
            current_revision=current,
            published_revision=published,
            published_at=self.published_at or (now if published else None),
            edited_at=now if self.published_revision and published and published != self.published_revision else self.edited_at,
        )

    def beside(self, move: Move, *, by: ActorKind) -> "Standing":
        """The standing after a decision that leaves the status as it is. Raises WrongStatus."""
        if not move.stays or self.status not in move.sources or by not in move.by:
            raise WrongStatus(move, self.status)
        return replace(self, version=self.version + 1)

    def _published(self, target: Status, current: Revision | None) -> Revision | None:
        if target == Status.APPROVED:
            return current
        # A text under its writer's or an editor's hand leaves what was approved before in place.
        return self.published_revision if target in (Status.PENDING, Status.RETURNED) else None

    def before(self, decision: Decision, text: Revision, *, now: datetime) -> "Standing":
        """The standing that undoing `decision` makes; `text` was the comment's before it. Raises WrongStatus where it is not the last one, or not one to be undone."""
        if decision.version != self.version or decision.move not in {move.name for move in MAY_BE_UNDONE}:
            raise WrongStatus(UNDO, self.status)
        undoes_approval = decision.move == APPROVE.name
        first_publication = undoes_approval and decision.published_before is None and self.published_at == decision.decided_at
        return replace(
            self,
            status=decision.from_status,
            version=self.version + 1,
            status_since=now,
            nudge_left=False,
            mildness=text.review.mildness,
            current_revision=text,
            published_revision=decision.published_before,
            published_at=None if first_publication else self.published_at,
            edited_at=None if undoes_approval and self.edited_at == decision.decided_at else self.edited_at,
        )


def judged(outcomes: set[Outcome] | None, *, nudge: bool) -> Status:
    """Where the policy sends a text: None for one that could not be judged. A nudge returns what may be corrected, once."""
    if outcomes is None:
        return Status.PENDING
    if nudge and outcomes & {Outcome.CORRECT, Outcome.REJECT}:
        return Status.RETURNED
    return Status.REJECTED if Outcome.REJECT in outcomes else Status.PENDING
