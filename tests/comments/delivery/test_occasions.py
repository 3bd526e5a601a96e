"""Which events ask for a message, and that its row is stored with them or not at all."""

from datetime import datetime
from unittest.mock import Mock

import pytest
from django.contrib.auth.models import User
from django.core.signals import request_finished, request_started
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from comments import bell, lifecycle
from comments.bell import TASK
from comments.lifecycle import Reasons
from comments.models import Comment, Delivery, Reader
from moderation.engine.rule import Clause
from project.celery import app
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import later, states
from tests.comments.judgements import judgement


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> Mock:
    """What was sent to the broker."""
    sent = Mock()
    monkeypatch.setattr(app, "send_task", sent)
    return sent


def test_a_first_comment_with_an_address_asks_to_confirm_it(submitted: Submitted, stranger: Reader) -> None:
    assert states(submitted()) == [("confirmation", "waiting")]


def test_a_comment_without_an_address_asks_for_nothing(submitted: Submitted, rung: Mock) -> None:
    assert states(submitted()) == []


def test_a_confirmed_address_is_not_asked_about(submitted: Submitted, writer: Reader) -> None:
    assert states(submitted()) == []


def test_an_editors_decision_is_told_when_it_can_no_longer_be_undone(submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    comment = submitted()

    lifecycle.approve(comment, editor=editor, version=1, now=now)

    delivery = Delivery.objects.get()
    assert (delivery.kind, delivery.available_at) == ("writer", now + lifecycle.UNDO_WINDOW)


def test_an_unconfirmed_address_is_told_nothing(submitted: Submitted, stranger: Reader, editor: User, now: datetime) -> None:
    comment = submitted()

    lifecycle.approve(comment, editor=editor, version=1, now=now)

    assert states(comment) == [("confirmation", "waiting")]


def test_what_the_writer_does_himself_is_not_told_to_him(submitted: Submitted, writer: Reader, now: datetime) -> None:
    comment = submitted("Herkez geldi.", "correct")
    corrected = judgement(comment.article.site, "Herkes geldi.")
    lifecycle.resubmit(comment, corrected, version=1, body="Herkes geldi.", as_is=False, now=now)

    lifecycle.withdraw(comment, version=2, now=now)

    assert states(comment) == []


def test_what_editors_do_beside_the_status_is_not_told(submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    comment = submitted()

    lifecycle.escalate(comment, editor=editor, version=1, now=now)

    assert states(comment) == []


def test_an_expiry_is_told(submitted: Submitted, writer: Reader, now: datetime) -> None:
    comment = submitted("Herkez geldi.", "correct")

    lifecycle.expire(comment, now=now + lifecycle.RETURNED_LIFETIME)

    assert states(comment) == [("writer", "waiting")]


def test_a_change_that_is_rolled_back_leaves_no_message(submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    comment = submitted()

    with transaction.atomic():
        lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(frozenset({Clause.INSULTS})), now=now)
        transaction.set_rollback(True)

    assert not Delivery.objects.exists()
    assert Comment.objects.get().version == 1


def test_the_bell_rings_after_the_commit_for_when_something_is_due(
    submitted: Submitted,
    stranger: Reader,
    editor: User,
    now: datetime,
    rung: Mock,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as at_once:
        comment = submitted()
        assert not rung.called
    stranger.email_confirmed_at = now
    stranger.save()
    with django_capture_on_commit_callbacks(execute=True) as in_ten_seconds:
        lifecycle.approve(comment, editor=editor, version=1, now=later(now, hours=1))

    # What the public sees also waits until earlier answers have expired.
    assert (len(at_once), len(in_ten_seconds)) == (1, 2)
    assert [(call.args, call.kwargs["countdown"]) for call in rung.call_args_list] == [((TASK,), 0), ((TASK,), 10)]


@pytest.mark.django_db
def test_during_a_request_it_rings_when_the_answer_is_on_its_way(rung: Mock) -> None:
    def answer(request: HttpRequest) -> HttpResponse:
        bell.ring()
        bell.ring(in_seconds=10)
        bell.ring(in_seconds=10)
        return HttpResponse(f"{request.path} {rung.call_count}")

    request_started.send(sender=None)
    response = answer(HttpRequest())
    assert response.content == b" 0"

    response.close()
    assert [call.kwargs["countdown"] for call in rung.call_args_list] == [0, 10]
    bell.ring()
    assert rung.call_count == 3


@pytest.mark.django_db
def test_after_a_ring_that_failed_a_request_tries_no_other(rung: Mock) -> None:
    rung.side_effect = OperationalError("Connection refused")

    request_started.send(sender=None)
    bell.ring()
    bell.ring(in_seconds=10)
    request_finished.send(sender=None)

    assert rung.call_count == 1


def test_a_broker_that_fails_costs_neither_the_comment_nor_its_message(
    submitted: Submitted,
    stranger: Reader,
    rung: Mock,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    rung.side_effect = OperationalError("Connection refused")

    with django_capture_on_commit_callbacks(execute=True):
        comment = submitted()

    assert states(comment) == [("confirmation", "waiting")]
    assert "The broker was not reached, the sweep will do: Connection refused" in caplog.text
