"""The table as a queue: one taker at a time, a lease that runs out, pauses that grow, an end to trying."""

from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.delivery import leasing
from comments.delivery.leasing import LEASE, MAILS
from comments.models import Delivery, Reader
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import ADDRESS, later


@pytest.fixture
def waiting(submitted: Submitted, stranger: Reader) -> Delivery:
    submitted()
    return Delivery.objects.get()


def taken(at: datetime) -> Delivery:
    delivery = MAILS.take(at)
    assert delivery
    return delivery


def test_what_one_has_taken_nobody_else_is_given(waiting: Delivery, now: datetime) -> None:
    mine = MAILS.take(now)

    assert mine == waiting
    assert MAILS.take(later(now, seconds=59)) is None


def test_of_two_who_see_the_same_row_one_gets_it(waiting: Delivery, now: datetime) -> None:
    mine, his = Delivery.objects.get(), Delivery.objects.get()

    assert (MAILS.lease(mine, now), MAILS.lease(his, now)) == (True, False)


def test_what_is_not_due_yet_is_not_given(waiting: Delivery, now: datetime) -> None:
    assert MAILS.take(later(now, seconds=-1)) is None


def test_a_lease_that_ran_out_is_anybodys(waiting: Delivery, now: datetime) -> None:
    taken(now)

    again = taken(now + LEASE)

    assert (again, again.attempts) == (waiting, 2)


def test_the_one_longest_due_goes_first(submitted: Submitted, stranger: Reader, now: datetime) -> None:
    second = submitted(now=later(now, seconds=2))
    first = submitted(now=later(now, seconds=1))

    order = [taken(later(now, seconds=3)).event.decision.comment for _ in range(2)]

    assert order == [first, second]


def test_what_failed_is_put_back_for_a_while(waiting: Delivery, now: datetime) -> None:
    MAILS.put_back(taken(now), "ConnectionRefusedError: [Errno 111] Connection refused", now=now)

    assert MAILS.take(later(now, seconds=3.9)) is None
    assert taken(later(now, seconds=6)).last_error == "ConnectionRefusedError: [Errno 111] Connection refused"


def test_after_the_last_attempt_it_is_given_up(waiting: Delivery, now: datetime) -> None:
    for attempt in range(MAILS.most_attempts):
        MAILS.put_back(taken(later(now, hours=attempt)), "TimeoutError: timed out", now=later(now, hours=attempt))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("dead", 5, "TimeoutError: timed out")
    assert MAILS.take(later(now, days=1)) is None


def test_one_that_kills_whoever_takes_it_is_given_up_as_well(waiting: Delivery, now: datetime) -> None:
    at = now
    for _ in range(MAILS.most_attempts):
        taken(at)
        at += LEASE

    assert MAILS.take(at) is None
    assert MAILS.bury(at) == 1
    waiting.refresh_from_db()
    assert (waiting.state, waiting.last_error) == ("dead", "the worker did not come back")


def test_the_last_attempt_is_not_given_up_while_it_lasts(waiting: Delivery, now: datetime) -> None:
    Delivery.objects.update(attempts=MAILS.most_attempts - 1)
    taken(now)

    assert MAILS.bury(now) == 0


def test_what_was_sent_is_done_even_if_it_took_longer_than_its_lease(waiting: Delivery, now: datetime) -> None:
    slow, _ = taken(now), taken(now + LEASE)

    MAILS.finish(slow, Delivery.State.DONE, now=now + LEASE)

    waiting.refresh_from_db()
    assert waiting.state == "done"


def test_one_whose_lease_ran_out_does_not_put_back_what_another_holds(waiting: Delivery, now: datetime) -> None:
    slow, other = taken(now), taken(now + LEASE)

    MAILS.put_back(slow, "TimeoutError: ", now=now + LEASE)

    waiting.refresh_from_db()
    assert waiting.leased_until == other.leased_until


def test_what_was_given_up_can_be_tried_from_the_beginning(waiting: Delivery, now: datetime) -> None:
    Delivery.objects.update(state="dead", attempts=5, finished_at=now)

    assert MAILS.try_again(Delivery.objects.all(), now=later(now, hours=1)) == 1
    assert taken(later(now, hours=1)).attempts == 1


def test_what_is_done_is_not_tried_again(waiting: Delivery, now: datetime) -> None:
    Delivery.objects.update(state="done", finished_at=now)

    assert MAILS.try_again(Delivery.objects.all(), now=now) == 0


@given(st.integers(1, MAILS.most_attempts - 1))
def test_each_pause_is_about_three_times_the_one_before(attempts: int) -> None:
    middle = timedelta(seconds=5 * 3 ** (attempts - 1))

    assert middle * 0.8 <= MAILS.pause(attempts) <= middle * 1.2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (SMTPRecipientsRefused({ADDRESS: (550, f"<{ADDRESS}> unknown".encode())}), "SMTPRecipientsRefused 550"),
        (SMTPDataError(452, f"{ADDRESS} is over quota"), "SMTPDataError 452"),
    ],
)
def test_an_error_is_kept_without_the_readers_address(error: Exception, told: str) -> None:
    assert leasing.told(error) == told
