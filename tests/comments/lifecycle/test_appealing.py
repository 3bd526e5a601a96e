"""The writer's appeal against a refusal, and that another editor than the one who refused answers it."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User

from comments import lifecycle
from comments.lanes import in_lane
from comments.lifecycle import Reasons
from comments.models import ApiKey, Appeal, Comment, Objection, Status
from moderation.models import Site
from tests.comments.conftest import Submitted

OFF_TOPIC = Reasons(house_reasons=frozenset({"off_topic"}))
PLEA = "Haberin konusu tam da bu; lütfen bir daha bakın."


@pytest.fixture
def refused(submitted: Submitted, editor: User, now: datetime) -> Comment:
    """By `editor`."""
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=OFF_TOPIC, now=now)
    return comment


@pytest.fixture
def appealed(refused: Comment, now: datetime) -> Comment:
    lifecycle.open_appeal(refused, text=PLEA, now=now)
    return refused


def closed_by() -> object:
    return Appeal.objects.get().closed_by


def test_a_writer_appeals_once_against_a_refusal(appealed: Comment, now: datetime) -> None:
    again = lifecycle.open_appeal(appealed, text="Bir daha soruyorum.", now=now)

    assert again == Appeal.objects.get()
    assert (again.text, again.against.move, again.closed_by) == (PLEA, "reject", None)
    assert (appealed.status, appealed.version) == (Status.REJECTED, 2)
    assert list(in_lane("appeals")) == [appealed]


def test_an_appeal_stands_with_what_is_objected_to_until_it_is_answered(appealed: Comment, other_editor: User, now: datetime) -> None:
    def stands() -> tuple[int, int]:
        comment = Comment.objects.get(pk=appealed.pk)
        return comment.objection, comment.priority

    assert stands() == (Objection.APPEAL, 1)
    lifecycle.deny_appeal(appealed, editor=other_editor, version=2, now=now)
    assert stands() == (Objection.NONE, 4)


def test_there_is_no_appeal_against_what_was_not_refused(submitted: Submitted, now: datetime) -> None:
    with pytest.raises(lifecycle.NotRefused):
        lifecycle.open_appeal(submitted(), text=PLEA, now=now)

    assert not Appeal.objects.exists()


def test_what_the_writer_saw_counts_less_than_where_the_comment_stands_now(refused: Comment, senior_editor: User, now: datetime) -> None:
    seen = Comment.objects.get(pk=refused.pk)
    lifecycle.undo(refused, editor=senior_editor, version=2, now=now)

    with pytest.raises(lifecycle.NotRefused):
        lifecycle.open_appeal(seen, text=PLEA, now=now)


def test_who_refused_does_not_answer_the_appeal_but_another_editor_does(appealed: Comment, editor: User, other_editor: User, now: datetime) -> None:
    for answer in (lifecycle.approve, lifecycle.deny_appeal):
        with pytest.raises(lifecycle.OwnRefusal):
            answer(appealed, editor=editor, version=2, now=now)
    assert (appealed.status, appealed.version, closed_by()) == (Status.REJECTED, 2, None)

    decision = lifecycle.approve(appealed, editor=other_editor, version=2, now=now)
    assert (appealed.status, closed_by()) == (Status.APPROVED, decision)
    assert not in_lane("appeals").exists()


def test_any_editor_answers_an_appeal_against_the_policy(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted("Sen ne salaksın!", "reject", as_is=True)
    lifecycle.open_appeal(comment, text=PLEA, now=now)

    lifecycle.approve(comment, editor=editor, version=1, now=now)

    assert Appeal.objects.get().against.move == "submit"
    assert comment.status == Status.APPROVED


def test_a_denied_appeal_leaves_the_comment_refused_and_is_not_made_again(appealed: Comment, other_editor: User, now: datetime) -> None:
    decision = lifecycle.deny_appeal(appealed, editor=other_editor, version=2, now=now, note="Haber belediyeyi anlatıyor.")

    again = lifecycle.open_appeal(appealed, text="Yine de!", now=now)

    assert (appealed.status, appealed.version, decision.note) == (Status.REJECTED, 3, "Haber belediyeyi anlatıyor.")
    assert (again.text, again.closed_by) == (PLEA, decision)


def test_without_an_appeal_there_is_nothing_to_deny(refused: Comment, other_editor: User, now: datetime) -> None:
    with pytest.raises(lifecycle.NoAppeal):
        lifecycle.deny_appeal(refused, editor=other_editor, version=2, now=now)

    assert refused.version == 2


def test_taking_back_the_approval_opens_the_appeal_again(appealed: Comment, other_editor: User, now: datetime) -> None:
    lifecycle.approve(appealed, editor=other_editor, version=2, now=now)

    lifecycle.undo(appealed, editor=other_editor, version=3, now=now)

    assert closed_by() is None
    assert list(in_lane("appeals")) == [appealed]


def test_taking_back_the_refusal_answers_the_appeal_and_a_new_refusal_can_be_appealed_against(appealed: Comment, editor: User, now: datetime) -> None:
    undo = lifecycle.undo(appealed, editor=editor, version=2, now=now)
    assert closed_by() == undo

    lifecycle.reject(appealed, editor=editor, version=3, reasons=OFF_TOPIC, now=now)
    lifecycle.open_appeal(appealed, text="Neden yine?", now=now)
    assert Appeal.objects.filter(closed_by=None).get().text == "Neden yine?"


def test_who_withdraws_the_comment_withdraws_the_appeal(appealed: Comment, now: datetime) -> None:
    decision = lifecycle.withdraw(appealed, version=2, now=now)

    assert closed_by() == decision


def test_an_erased_comment_s_appeal_holds_no_text(appealed: Comment, now: datetime) -> None:
    decision = lifecycle.erase(appealed, editor=None, version=2, now=now)

    assert (Appeal.objects.get().text, closed_by()) == ("", decision)


def test_the_key_that_refused_does_not_answer_the_appeal(submitted: Submitted, site: Site, other_editor: User, now: datetime) -> None:
    key = ApiKey.objects.create(site=site, name="Haber sunucusu", digest="a" * 64, may_moderate=True)
    comment = submitted()
    lifecycle.reject(comment, editor=key, version=1, reasons=OFF_TOPIC, now=now)
    lifecycle.open_appeal(comment, text=PLEA, now=now)

    with pytest.raises(lifecycle.OwnRefusal):
        lifecycle.deny_appeal(comment, editor=key, version=2, now=now)
    lifecycle.deny_appeal(comment, editor=other_editor, version=2, now=now)
    assert comment.version == 3
