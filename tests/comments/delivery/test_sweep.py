"""The sweep: everything that is due by the clock, from the database alone."""

from datetime import datetime
from itertools import repeat
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command

from comments import lifecycle, sweeping
from comments.models import Comment, Reader
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import later, states


def test_a_sweep_expires_alerts_and_delivers(
    submitted: Submitted, writer: Reader, now: datetime, settings: Any, mailoutbox: list[EmailMessage]
) -> None:
    settings.ALERT_EMAILS = ["yazi-isleri@example.com"]
    submitted("Herkez geldi.", "correct")
    submitted()
    a_week_later = now + lifecycle.RETURNED_LIFETIME

    assert sweeping.sweep(lambda: a_week_later)

    assert sorted(mail.subject for mail in mailoutbox) == ["1 yorum uzun süredir bekliyor", "Yorumunuzun süresi doldu"]


def test_a_part_that_fails_keeps_nothing_else_waiting(
    submitted: Submitted,
    stranger: Reader,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    mailoutbox: list[EmailMessage],
) -> None:
    def fail(*, now: datetime) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(sweeping, "JOBS", (fail, *sweeping.JOBS))
    submitted()

    assert sweeping.sweep(lambda: now)

    assert "A part of the sweep failed" in caplog.text
    assert len(mailoutbox) == 1


def test_the_command_sweeps_until_nothing_is_due(submitted: Submitted, stranger: Reader, now: datetime, mailoutbox: list[EmailMessage]) -> None:
    comment = submitted(now=later(now, days=-900))

    call_command("sweep", "--once")

    assert states(comment) == [("confirmation", "done")]
    assert Comment.objects.get().status == "pending"
    assert len(mailoutbox) == 1


def test_what_was_delivered_long_ago_is_forgotten(submitted: Submitted, stranger: Reader, now: datetime) -> None:
    comment = submitted()
    assert sweeping.sweep(lambda: now)

    assert sweeping.sweep(lambda: later(now, days=29))
    assert states(comment) == [("confirmation", "done")]
    assert sweeping.sweep(lambda: later(now, days=30))
    assert states(comment) == []


def test_an_alert_is_remembered_while_its_comment_waits(submitted: Submitted, now: datetime, settings: Any, mailoutbox: list[EmailMessage]) -> None:
    settings.ALERT_EMAILS = ["yazi-isleri@example.com"]
    submitted()

    for moment in (later(now, days=days) for days in (1, 40, 80)):
        readings = repeat(moment)
        assert sweeping.sweep(readings.__next__)

    assert len(mailoutbox) == 1
