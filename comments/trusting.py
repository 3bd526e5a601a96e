"""Whose comments are published without an editor: readers whom editors trust, where the policy in force says so and nothing was found in the text."""

from datetime import datetime

from comments import lifecycle, sanctions
from comments.judging import Judgement
from comments.models import Comment, Decision, Status
from moderation.engine.rule import Outcome


def publish_if_trusted(comment: Comment, judgement: Judgement, *, now: datetime) -> Decision | None:
    """Only what waits clean: a suspicion is an editor's to judge, whoever wrote it. None where the comment waits."""
    clean = (
        comment.status == Status.PENDING
        and not comment.article.is_premoderated
        and judgement.outcomes is not None
        and not judgement.outcomes - {Outcome.PASS}
    )
    if clean and judgement.policy_version.policy.publishes_trusted and sanctions.is_trusted(comment.reader, now=now):
        return lifecycle.approve_by_policy(comment, judgement, now=now)
    return None
