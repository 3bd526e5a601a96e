"""Positions in the feed: one for each event that is due, in an order that no late commit can upset."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from threading import Barrier, Event, Thread
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comments import lifecycle
from comments import models as tables
from comments.delivery.sequencing import sequence
from comments.lifecycle import Actor, History, Reasons, Step, moves
from comments.models import Article, Comment, Reader, Status
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, Submitted
from tests.comments.delivery.conftest import later
from tests.comments.judgements import judgement

WRITERS, EACH = 6, 5
REASONS = Reasons(frozenset({Clause.INSULTS}))


def feed(after: int = 0) -> list[tuple[int | None, str]]:
    """Position and move of what a follower is given."""
    events = tables.Event.objects.filter(position__gt=after).order_by("position")
    return list(events.values_list("position", "decision__move"))


def test_a_submission_is_in_the_feed_at_once_and_an_approval_when_it_can_be_undone_no_more(submitted: Submitted, editor: User, now: datetime) -> None:
    lifecycle.approve(submitted(), editor=editor, version=1, now=now)

    assert sequence(now=later(now, seconds=9)) == 1
    assert feed() == [(1, "submit")]
    assert sequence(now=later(now, seconds=10)) == 1
    assert feed(after=1) == [(2, "approve")]


def test_nothing_is_given_a_second_position(submitted: Submitted, now: datetime) -> None:
    submitted()
    sequence(now=now)

    assert sequence(now=later(now, days=1)) == 0
    assert feed() == [(1, "submit")]


def test_an_approval_and_its_undo_within_ten_seconds_are_told_to_nobody(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.undo(comment, editor=editor, version=2, now=later(now, seconds=5))
    lifecycle.reject(comment, editor=editor, version=3, reasons=REASONS, now=later(now, seconds=8))

    for seconds in (6, 11, 20):
        sequence(now=later(now, seconds=seconds))

    assert feed() == [(1, "submit"), (2, "reject")]


def test_an_approval_that_was_told_is_told_to_be_undone(submitted: Submitted, editor: User, senior_editor: User, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    sequence(now=later(now, seconds=10))
    lifecycle.undo(comment, editor=senior_editor, version=2, now=later(now, hours=1))

    sequence(now=later(now, hours=1))

    assert feed(after=2) == [(3, "undo")]


def test_what_happens_to_a_comment_waits_for_what_happened_to_it_before(submitted: Submitted, editor: User, now: datetime) -> None:
    comment, other = submitted(), submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.withdraw(comment, version=2, now=later(now, seconds=3))
    lifecycle.withdraw(other, version=1, now=later(now, seconds=3))

    sequence(now=later(now, seconds=5))
    assert feed() == [(1, "submit"), (2, "submit"), (3, "withdraw")]

    sequence(now=later(now, seconds=10))
    assert feed(after=3) == [(4, "approve"), (5, "withdraw")]


def test_what_stays_between_editors_never_leaves(submitted: Submitted, editor: User, now: datetime) -> None:
    lifecycle.escalate(submitted(), editor=editor, version=1, now=now)

    sequence(now=later(now, days=1))

    assert feed() == [(1, "submit")]


def test_what_is_recorded_silently_never_leaves_and_taking_it_back_does(article: Article, reader: Reader, senior_editor: User, now: datetime) -> None:
    judged = judgement(article.site, "Güzel.")
    policy = Actor.policy(judged.policy_version)
    steps = (
        Step(moves.SUBMIT, Status.PENDING, policy, now, body="Güzel.", judgement=judged),
        Step(moves.APPROVE, Status.APPROVED, Actor.by_editor(senior_editor), now),
    )
    [comment] = lifecycle.record([History(article, reader, "Ayşe K.", steps)], silently=True)

    assert sequence(now=later(now, days=1)) == 0
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision").get(pk=comment.pk)
    lifecycle.undo(comment, editor=senior_editor, version=2, now=later(now, days=1))
    sequence(now=later(now, days=1))

    assert feed() == [(1, "undo")]


@pytest.mark.parametrize("number", [1, 40])
def test_a_batch_costs_the_same_number_of_queries_whatever_its_size(submitted: Submitted, now: datetime, number: int) -> None:
    sequence(now=now)
    for _ in range(number):
        submitted()

    with CaptureQueriesContext(connection) as queries:
        sequence(now=now)

    assert len(queries) == 12


@contextmanager
def submitting(article: Article, reader: Reader, *, until: Event) -> Iterator[Thread]:
    """A writer whose transaction has logged its event, and commits only when he is let."""
    logged = Event()

    def write() -> None:
        with transaction.atomic():
            draft = lifecycle.Draft(article, reader, "Ayşe K.", "Güzel.", uuid4())
            lifecycle.submit(draft, judgement(article.site, "Güzel."), now=NOON)
            logged.set()
            until.wait(60)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        assert logged.wait(60)
        yield thread
    finally:
        until.set()
        thread.join()


# SQLite lets one writer in at a time, so nobody there commits late.
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_an_event_that_was_logged_first_and_committed_last_comes_after_what_was_read_already(article: Article, reader: Reader) -> None:
    go_on = Event()
    with submitting(article, reader, until=go_on) as late:
        with submitting(article, reader, until=Event()):
            pass
        sequence(now=NOON)
        [(read, _)] = feed()
        go_on.set()
        late.join()

    sequence(now=NOON)

    [missed_by_a_key] = tables.Event.objects.filter(position__gt=read or 0)
    assert missed_by_a_key.pk < tables.Event.objects.get(position=read).pk


@on_postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_a_follower_misses_nothing_while_many_commit_late_and_several_give_positions(article: Article, reader: Reader, seed: int) -> None:
    begin, done = Barrier(WRITERS + 3), Event()

    def write(number: int) -> None:
        chance = random.Random(f"{seed} {number}")
        begin.wait(60)
        for _ in range(EACH):
            with transaction.atomic():
                draft = lifecycle.Draft(article, reader, "Ayşe K.", "Güzel.", uuid4())
                lifecycle.submit(draft, judgement(article.site, "Güzel."), now=NOON)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(%s)", [chance.random() / 50])
        connection.close()

    def give_positions() -> None:
        begin.wait(60)
        while not done.is_set():
            sequence(now=NOON)
        connection.close()

    def follow() -> list[int | None]:
        begin.wait(60)
        seen: list[int | None] = []
        while not done.is_set():
            seen += [position for position, _ in feed(after=len(seen))]
        sequence(now=NOON)
        seen += [position for position, _ in feed(after=len(seen))]
        connection.close()
        return seen

    with ThreadPoolExecutor(WRITERS + 3) as people:
        following = people.submit(follow)
        sequencing = [people.submit(give_positions) for _ in range(2)]
        writing = [people.submit(write, number) for number in range(WRITERS)]
        try:
            for writer in writing:
                writer.result()
        finally:
            done.set()
        for sequencer in sequencing:
            sequencer.result()

    assert following.result() == list(range(1, WRITERS * EACH + 1))
    assert not tables.Event.objects.filter(position=None).exists()
