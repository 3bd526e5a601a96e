"""What happens by itself: expiry, and the approval that a policy version gives to a reader whom editors trust."""

from datetime import datetime, timedelta

from comments.judging import Judgement
from comments.lifecycle import moves
from comments.lifecycle.actors import Actor
from comments.lifecycle.deciding import decide
from comments.lifecycle.standing import MoveRefused, Standing
from comments.models import ActorKind, Comment, Decision, Status

RETURNED_LIFETIME = timedelta(days=7)


class NotYetExpired(MoveRefused):
    """The comment's writer still has time."""


def expire(comment: Comment, *, now: datetime) -> Decision:
    """A returned comment whose writer has let seven days pass. Raises StaleVersion, WrongStatus, NotYetExpired."""
    after = Standing.of(comment).after(moves.EXPIRE, Status.EXPIRED, by=ActorKind.SYSTEM, now=now)
    if now < comment.status_since + RETURNED_LIFETIME:
        raise NotYetExpired
    return decide(moves.EXPIRE, comment, after, Actor.system(), now=now)


def approve_by_policy(comment: Comment, judgement: Judgement, *, now: datetime) -> Decision:
    """Without an editor, as the judgement's version says of trusted readers. Raises StaleVersion, WrongStatus."""
    after = Standing.of(comment).after(moves.APPROVE, Status.APPROVED, by=ActorKind.POLICY, now=now)
    return decide(moves.APPROVE, comment, after, Actor.policy(judgement.policy_version), now=now)
