"""The write itself: the row moves only if it still stands where the caller saw it, and the log says so in the same transaction."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.dispatch import Signal

from comments.judging import Judgement
from comments.lifecycle import publishing
from comments.lifecycle.actors import Actor
from comments.lifecycle.moves import MAY_BE_UNDONE, Move
from comments.lifecycle.standing import MoveRefused, Standing
from comments.models import ActorKind, Comment, Decision, DecisionClause, Event, Revision
from moderation.engine.rule import Clause
from moderation.engine.text import fold

UNDO_WINDOW = timedelta(seconds=10)

# Sent with each new `event`, inside its transaction: what must be kept together with it, or not at all, is written there.
event_logged = Signal()


class StaleVersion(MoveRefused):
    """Somebody was first: the comment has moved on since the caller saw it. `decision` is the latest."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"version {decision.version} already stands")
        self.decision = decision


class NotAllowed(MoveRefused):
    """The actor may see the comment, but not make this move."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What a decision is made for: clauses of the notice, the policy's house reasons, a note to the writer."""

    clauses: frozenset[Clause] = field(default_factory=frozenset)
    house_reasons: frozenset[str] = field(default_factory=frozenset)
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.clauses or self.house_reasons)

    def fields(self) -> list[dict[str, str]]:
        """The fields of a decision's clauses, without the decision."""
        named = [{"clause": clause.value, "house_reason": ""} for clause in sorted(self.clauses)]
        return named + [{"clause": "", "house_reason": reason} for reason in sorted(self.house_reasons)]


NO_REASONS = Reasons()


def check_version(comment: Comment, version: int) -> None:
    """Raises StaleVersion where the comment is not, or no longer, at the version that the actor saw."""
    if comment.version != version:
        raise StaleVersion(_latest(comment))


@transaction.atomic
def decide(
    move: Move,
    comment: Comment,
    after: Standing,
    actor: Actor,
    *,
    now: datetime,
    reasons: Reasons = NO_REASONS,
    undoes: Decision | None = None,
    changes: Iterable[str] = (),
) -> Decision:
    """Move the comment to the standing `after`; `changes` names further fields of the comment that the move wrote. Raises StaleVersion."""
    before = Standing.of(comment)
    fields = after.fields() | {name: getattr(comment, name) for name in changes}
    moved = Comment.objects.filter(pk=comment.pk, version=before.version, status=before.status).update(**fields)
    if moved != 1:
        raise StaleVersion(_latest(comment))
    for name, value in after.fields().items():
        setattr(comment, name, value)
    if publishing.is_seen(before, after):
        publishing.publish({comment.article_id: publishing.difference(before, after)})
    return log(move, comment, before, after, actor, now=now, reasons=reasons, undoes=undoes)


def log(
    move: Move,
    comment: Comment,
    before: Standing,
    after: Standing,
    actor: Actor,
    *,
    now: datetime,
    reasons: Reasons = NO_REASONS,
    undoes: Decision | None = None,
) -> Decision:
    """The decision and its event; in the transaction of the change that they tell of."""
    fields = decision_fields(move, before, after, actor, now=now, note=reasons.note, undoes=undoes)
    decision = Decision.objects.create(comment=comment, **fields)
    if reasons:
        DecisionClause.objects.bulk_create(DecisionClause(decision=decision, **clause) for clause in reasons.fields())
    event = Event.objects.create(decision=decision, created_at=now, due_at=_due_at(move, actor, now))
    event_logged.send(sender=Event, event=event)
    return decision


def _due_at(move: Move, actor: Actor, now: datetime) -> datetime | None:
    """What may be undone waits until it can be no more; what stays between editors never leaves."""
    if move.stays:
        return None
    return now + UNDO_WINDOW if move in MAY_BE_UNDONE and actor.kind in (ActorKind.EDITOR, ActorKind.KEY) else now


def decision_fields(
    move: Move, before: Standing, after: Standing, actor: Actor, *, now: datetime, note: str, undoes: Decision | None = None
) -> dict[str, Any]:
    """The fields of a decision, but for the comment."""
    return {
        "version": after.version,
        "move": move.name,
        "from_status": before.status,
        "to_status": after.status,
        "revision": after.current_revision,
        "published_before": before.published_revision,
        "actor_kind": actor.kind,
        "policy_version": actor.policy_version,
        "editor": actor.editor,
        "api_key": actor.api_key,
        "reader": actor.reader,
        "note": note,
        "undoes": undoes,
        "decided_at": now,
    }


def add_revision(comment: Comment, judgement: Judgement, body: str, *, now: datetime, as_is: bool = False, by_editor: bool = False) -> Revision:
    """The next text of a comment, with its review. Raises StaleVersion where another revision was first."""
    # The last one need not be the current one: an editor's correction may have been undone.
    number = comment.revisions.latest("number").number + 1
    revision = Revision(comment=comment, number=number, body=body, search_text=fold(body), as_is=as_is, by_editor=by_editor, created_at=now)
    try:
        with transaction.atomic():
            revision.save(force_insert=True)
    except IntegrityError as error:
        raise StaleVersion(_latest(comment)) from error
    judgement.review_of(revision, now=now).save(force_insert=True)
    return revision


def _latest(comment: Comment) -> Decision:
    return Decision.objects.select_related("editor", "api_key").filter(comment=comment).latest("version")
