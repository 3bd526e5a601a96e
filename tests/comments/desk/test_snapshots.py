"""The dashboard tells what the sweep measured, however long that took."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import lifecycle, second_looks
from comments.desk import snapshots
from comments.desk.measuring import measured
from comments.lifecycle import Reasons
from comments.models import Comment, SecondLook, Snapshot
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted

PAGE = "/admin/desk/dashboard/"
INSULTS = Reasons(frozenset({Clause.INSULTS}), frozenset({"off_topic"}))


def test_a_snapshot_tells_all_that_was_measured(submitted: Submitted, editor: User, other_editor: User, settings: object) -> None:
    settings.SECOND_LOOK_SHARE = 1.0  # type: ignore[attr-defined]
    now = timezone.now().replace(microsecond=0)
    for number in range(4):
        comment = submitted(f"{number}. yorum.", "hold", now=now - timedelta(minutes=number + 1))
        lifecycle.reject(comment, editor=editor, version=1, reasons=INSULTS, now=now)
    submitted("Bekleyen bir yorum.", now=now - timedelta(hours=3))
    for decision in list(second_looks.waiting(other_editor, now=now)):
        second_looks.answer(decision, other_editor, SecondLook.Answer.REJECT, INSULTS, now=now)

    assert snapshots.take(now=now)

    assert snapshots.latest(now=now + timedelta(minutes=1)) == measured(timezone.localtime(now))


def test_a_snapshot_is_taken_every_five_minutes_and_there_is_one(submitted: Submitted) -> None:
    now = timezone.now()

    taken = [snapshots.take(now=now + minutes * timedelta(minutes=1)) for minutes in (0, 4, 5, 9, 10)]

    assert taken == [True, False, True, False, True]
    assert Snapshot.objects.get().taken_at == now + timedelta(minutes=10)


def test_the_page_measures_nothing_while_a_snapshot_is_fresh(desk: Client, submitted: Submitted) -> None:
    submitted()
    snapshots.take(now=timezone.now())
    Comment.objects.update(submitted_at=timezone.now() - timedelta(days=9))

    with CaptureQueriesContext(connection) as captured:
        told = desk.get(PAGE).context["figures"]

    assert not any("comments_decision" in query["sql"] for query in captured)
    assert told.waiting.comments == 1


def test_where_no_sweep_has_been_by_the_page_measures_for_itself(desk: Client, submitted: Submitted) -> None:
    snapshots.take(now=timezone.now() - snapshots.TOO_OLD)
    submitted()

    assert desk.get(PAGE).context["figures"].waiting.comments == 1
