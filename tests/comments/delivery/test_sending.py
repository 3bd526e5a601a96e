"""What is sent, what is spared, and that nothing is sent twice."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from comments import lifecycle
from comments.delivery import sending
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Delivery, Reader
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import ADDRESS, Deliver, later, states
from tests.comments.judgements import judgement

Mails = list[EmailMessage]
INSULTS = Reasons(frozenset({Clause.INSULTS}))


def subjects(mails: Mails) -> list[str]:
    return [str(mail.subject) for mail in mails]


def test_a_decision_is_told_once_and_not_before_its_undo_has_run_out(
    submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    deliver(later(now, seconds=9.9))
    assert not mailoutbox
    for seconds in (10, 25, 100):
        deliver(later(now, seconds=seconds))

    assert subjects(mailoutbox) == ["Yorumunuz yayımlandı"]
    assert mailoutbox[0].to == [ADDRESS]
    assert states(comment) == [("writer", "done")]


def test_an_undone_decision_sends_nothing(
    submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=INSULTS, now=now)
    lifecycle.undo(comment, editor=editor, version=2, now=later(now, seconds=5))

    deliver(later(now, minutes=10))

    assert not mailoutbox
    assert states(comment) == [("writer", "spared"), ("writer", "spared")]


def test_an_undo_of_what_was_told_already_is_told(
    submitted: Submitted, writer: Reader, editor: User, senior_editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=INSULTS, now=now)
    deliver(later(now, minutes=1))
    lifecycle.undo(comment, editor=senior_editor, version=2, now=later(now, hours=1))

    deliver(later(now, hours=2))

    assert subjects(mailoutbox) == ["Yorumunuz yayımlanmadı", "Yorumunuz editörde"]


def test_only_the_last_of_two_decisions_is_told(
    submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=INSULTS, now=now)
    lifecycle.approve(comment, editor=editor, version=2, now=later(now, seconds=5))

    deliver(later(now, minutes=1))

    assert subjects(mailoutbox) == ["Yorumunuz yayımlandı"]


def test_a_decision_still_holds_when_a_later_one_was_taken_back(
    submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.remove(comment, editor=editor, version=2, reasons=INSULTS, now=later(now, seconds=1))
    lifecycle.undo(comment, editor=editor, version=3, now=later(now, seconds=2))
    lifecycle.escalate(comment, editor=editor, version=4, now=later(now, seconds=3))

    deliver(later(now, minutes=10))

    assert subjects(mailoutbox) == ["Yorumunuz yayımlandı"]
    assert [state for _, state in states(comment)] == ["done", "spared", "spared"]


@pytest.mark.parametrize("gone", ["withdraw", "erase"])
def test_a_comment_that_is_gone_spares_what_was_waiting(
    gone: str, submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    if gone == "withdraw":
        lifecycle.withdraw(comment, version=2, now=later(now, seconds=5))
    else:
        lifecycle.erase(comment, editor=None, version=2, now=later(now, seconds=5))

    deliver(later(now, minutes=1))

    assert not mailoutbox
    assert states(comment) == [("writer", "spared")]


def test_an_address_that_was_changed_meanwhile_is_told_nothing(
    submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    Reader.objects.update(email="baska@example.com", email_confirmed_at=None)

    deliver(later(now, minutes=1))

    assert not mailoutbox


def test_two_comments_in_a_day_ask_for_one_confirmation(
    submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    submitted()
    submitted("Bir de şunu ekleyeyim.", now=later(now, minutes=1))
    deliver(later(now, minutes=2))
    submitted("Dün de yazmıştım.", now=later(now, hours=23))
    deliver(later(now, hours=23, minutes=1))

    assert subjects(mailoutbox) == ["E-posta adresinizi onaylayın"]


def test_the_next_day_asks_again(submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails) -> None:
    submitted()
    deliver(now)
    submitted("Bugün de yazayım.", now=later(now, hours=24))
    deliver(later(now, hours=24))

    assert len(mailoutbox) == 2


def test_one_address_in_many_browsers_is_asked_once(
    submitted: Submitted, stranger: Reader, article: Article, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    submitted()
    for name in ("Can", "Ece"):
        other = Reader.objects.create(site=article.site, name=name, email=ADDRESS)
        draft = lifecycle.Draft(article, other, name, "Meydan güzel.", uuid4())
        lifecycle.submit(draft, judgement(article.site, "Meydan güzel."), now=now)

    deliver(now)

    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]


def test_a_confirmation_that_failed_does_not_stand_in_the_way_of_the_next(
    submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    submitted()
    Delivery.objects.update(state="dead", finished_at=now)
    submitted("Bir de şunu ekleyeyim.", now=later(now, minutes=1))

    deliver(later(now, minutes=1))

    assert len(mailoutbox) == 1


def test_a_mail_server_that_is_away_keeps_nothing_from_being_sent_later(
    submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment = submitted()
    with monkeypatch.context() as away:
        away.setattr(EmailMessage, "send", _refused)
        deliver(now)
    assert states(comment) == [("confirmation", "waiting")]

    deliver(later(now, seconds=6))

    assert states(comment) == [("confirmation", "done")]
    assert len(mailoutbox) == 1


def test_the_same_message_keeps_its_id_in_every_attempt(
    submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    submitted()
    deliver(now)
    # As after a crash between the mail server's word and ours.
    Delivery.objects.update(state="waiting", finished_at=None)

    deliver(later(now, minutes=1))

    first, second = (mail.extra_headers["Message-ID"] for mail in mailoutbox)
    assert first == second


def test_a_turn_ends_and_says_that_more_is_due(submitted: Submitted, stranger: Reader, article: Article, now: datetime) -> None:
    for number in range(3):
        other = Reader.objects.create(site=article.site, name="Ece", email=f"ece{number}@example.com")
        draft = lifecycle.Draft(article, other, "Ece", "Meydan güzel.", uuid4())
        lifecycle.submit(draft, judgement(article.site, "Meydan güzel."), now=now)
    readings = iter(later(now, seconds=3 * number) for number in range(100))

    turns = [sending.deliver(lambda: next(readings)) for _ in range(4)]

    assert turns == [False, False, False, True]
    assert set(Delivery.objects.values_list("state", flat=True)) == {"done"}


def _refused(mail: EmailMessage, *, fail_silently: bool = False) -> int:
    raise ConnectionRefusedError(111, "Connection refused")


def test_the_lifecycle_never_waits_for_a_mail(submitted: Submitted, writer: Reader, editor: User, now: datetime, mailoutbox: Mails) -> None:
    lifecycle.approve(submitted(), editor=editor, version=1, now=now)

    assert Comment.objects.get().status == "approved"
    assert not mailoutbox
