"""The one door for many comments at once obeys the same table."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import lifecycle
from comments.judging import Judgement
from comments.lifecycle import Actor, History, Reasons, Step, moves
from comments.models import Article, Comment, Decision, Event, Reader, Review, Revision, Status
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.judgements import judgement


@pytest.fixture
def judged(article: Article) -> Judgement:
    return judgement(article.site, "Güzel bir haber.")


def history(article: Article, reader: Reader, judged: Judgement, now: datetime, *further: Step, body: str = "Güzel bir haber.") -> History:
    submission = Step(moves.SUBMIT, Status.PENDING, Actor.policy(judged.policy_version), now, body=body, judgement=judged)
    return History(article, reader, "Ayşe K.", (submission, *further))


def test_a_recorded_comment_is_the_same_as_one_that_was_lived_through(
    article: Article, reader: Reader, editor: User, judged: Judgement, now: datetime, submitted: Submitted
) -> None:
    later = now + timedelta(hours=1)
    reasons = Reasons(frozenset({Clause.SPELLING}), frozenset({"off_topic"}), "Not")
    lived = submitted("Güzel bir haber.")
    lifecycle.approve(lived, editor=editor, version=1, now=now)
    lifecycle.remove(lived, editor=editor, version=2, reasons=reasons, now=later)

    approval = Step(moves.APPROVE, Status.APPROVED, Actor.by_editor(editor), now)
    removal = Step(moves.REMOVE, Status.REMOVED, Actor.by_editor(editor), later, reasons)
    [recorded] = lifecycle.record([history(article, reader, judged, now, approval, removal)])

    def told(comment: Comment) -> list[object]:
        row = Comment.objects.values("status", "version", "published_at", "status_since", "nudge_left", "author_name").get(pk=comment.pk)
        log = comment.decisions.values_list("version", "move", "from_status", "to_status", "note", "editor", "decided_at", "clauses__clause")
        return [row, list(log.order_by("version", "clauses__clause")), list(comment.revisions.values_list("number", "body", "review__outcome"))]

    assert told(recorded) == told(lived)


def test_a_step_that_no_move_allows_records_nothing_of_its_batch(
    article: Article, reader: Reader, editor: User, judged: Judgement, now: datetime
) -> None:
    removal = Step(moves.REMOVE, Status.REMOVED, Actor.by_editor(editor), now)

    with pytest.raises(lifecycle.WrongStatus):
        list(lifecycle.record([history(article, reader, judged, now), history(article, reader, judged, now, removal)]))

    assert not Comment.objects.exists()


def test_a_reply_hangs_on_a_comment_recorded_before(article: Article, reader: Reader, judged: Judgement, now: datetime) -> None:
    [parent] = lifecycle.record([history(article, reader, judged, now)])
    reply = history(article, reader, judged, now)

    [recorded] = lifecycle.record([History(reply.article, reply.reader, reply.author_name, reply.steps, parent=parent)])

    assert Comment.objects.get(pk=recorded.pk).parent == parent


def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(article: Article, reader: Reader, judged: Judgement, now: datetime) -> None:
    costs = []
    for size in (2, 40):
        with CaptureQueriesContext(connection) as queries:
            list(lifecycle.record(history(article, reader, judged, now) for _ in range(size)))
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_comments_submitted_afterwards_follow_on_the_recorded_ones(
    article: Article, reader: Reader, judged: Judgement, now: datetime, submitted: Submitted
) -> None:
    recorded = list(lifecycle.record(history(article, reader, judged, now) for _ in range(3)))

    keys = [comment.pk for comment in [*recorded, submitted(), submitted()]]

    assert all(one < next_one for one, next_one in pairwise(keys))
    assert Decision.objects.count() == Event.objects.count() == 5


def test_every_field_is_stored_as_a_submission_stores_it(article: Article, reader: Reader, now: datetime, submitted: Submitted) -> None:
    found = judgement(article.site, "Güzel bir haber.", "correct", "hold")
    lived = submitted("Güzel bir haber.", "correct", "hold")
    submission = Step(moves.SUBMIT, Status.RETURNED, Actor.policy(found.policy_version), now, body="Güzel bir haber.", judgement=found)

    [recorded] = lifecycle.record([History(article, reader, "Ayşe K.", (submission,))])

    own = {"id", "public_id", "submission_id", "current_revision_id", "comment_id", "revision_id", "decision_id"}

    def rows(comment: Comment) -> list[dict[str, object]]:
        tables = (
            Comment.objects.filter(pk=comment.pk),
            Revision.objects.filter(comment=comment),
            Review.objects.filter(revision__comment=comment),
            Decision.objects.filter(comment=comment),
            Event.objects.filter(decision__comment=comment),
        )
        return [{name: value for name, value in row.items() if name not in own} for table in tables for row in table.values()]

    assert rows(recorded) == rows(lived)
    assert len(rows(recorded)) == 5
