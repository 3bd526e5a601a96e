"""Editors hear of what waits too long: once for each comment, and in one mail for many."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from comments import lifecycle
from comments.delivery import overdue
from comments.lifecycle import Reasons
from comments.models import Delivery
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import Deliver, later
from tests.comments.judgements import judgement

Mails = list[EmailMessage]


@pytest.fixture(autouse=True)
def alerts(settings: Any) -> None:
    settings.ALERT_EMAILS = ["yazi-isleri@example.com", "gece@example.com"]
    settings.ALERT_AFTER_MINUTES = 120


def test_a_comment_that_waits_too_long_is_told_of_once(submitted: Submitted, now: datetime, deliver: Deliver, mailoutbox: Mails) -> None:
    submitted()

    told = []
    for minutes in (119, 120, 121, 600):
        told.append(overdue.alert(now=later(now, minutes=minutes)))
        deliver(later(now, minutes=minutes))

    assert told == [0, 1, 0, 0]
    assert [(mail.subject, mail.to) for mail in mailoutbox] == [("1 yorum uzun süredir bekliyor", ["yazi-isleri@example.com", "gece@example.com"])]
    assert "22 Kasım 2026, 15:00" in mailoutbox[0].body
    assert "/admin/desk/" in mailoutbox[0].body


def test_many_comments_make_one_mail(submitted: Submitted, now: datetime, deliver: Deliver, mailoutbox: Mails) -> None:
    for minute in range(3):
        submitted(now=later(now, minutes=minute))

    assert overdue.alert(now=later(now, hours=3)) == 3
    deliver(later(now, hours=3))

    assert [mail.subject for mail in mailoutbox] == ["3 yorum uzun süredir bekliyor"]


def test_what_comes_after_an_alert_waits_for_the_next_mail(submitted: Submitted, now: datetime) -> None:
    submitted()
    submitted(now=later(now, minutes=5))
    submitted(now=later(now, minutes=10))

    told = [overdue.alert(now=later(now, minutes=minutes)) for minutes in (120, 125, 130, 136)]

    assert told == [1, 0, 0, 2]


def test_one_that_was_decided_meanwhile_needs_no_mail(submitted: Submitted, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails) -> None:
    comment = submitted()
    overdue.alert(now=later(now, hours=2))
    lifecycle.approve(comment, editor=editor, version=1, now=later(now, hours=2))

    deliver(later(now, hours=2))

    assert not mailoutbox
    assert Delivery.objects.get(kind="editors").state == "spared"


def test_one_that_came_back_is_not_told_of_again(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    overdue.alert(now=later(now, hours=2))
    lifecycle.request_correction(comment, editor=editor, version=1, reasons=Reasons(frozenset({Clause.INSULTS})), now=later(now, hours=3))
    again = judgement(comment.article.site, "Meydan güzel.")
    lifecycle.resubmit(comment, again, version=2, body="Meydan güzel.", as_is=False, now=later(now, hours=4))

    assert overdue.alert(now=later(now, hours=9)) == 0


def test_one_that_an_editor_left_to_another_is_told_of_once(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    overdue.alert(now=later(now, hours=2))
    lifecycle.escalate(comment, editor=editor, version=1, now=later(now, hours=3))

    assert overdue.alert(now=later(now, hours=9)) == 0


def test_without_anybody_to_tell_nothing_is_prepared(submitted: Submitted, now: datetime, settings: Any) -> None:
    settings.ALERT_EMAILS = []
    submitted()

    assert overdue.alert(now=later(now, hours=3)) == 0
    assert not Delivery.objects.exists()


def test_an_alert_says_how_many_messages_were_given_up(
    submitted: Submitted, stranger: object, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    submitted()
    Delivery.objects.update(state="dead", finished_at=now)
    overdue.alert(now=later(now, hours=3))

    deliver(later(now, hours=3))

    assert "1 ileti teslim edilemedi" in mailoutbox[0].body
    assert "/admin/comments/delivery/" in mailoutbox[0].body
