"""Who is looking at which comment, and that no two editors work on one without knowing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from comments import claims
from comments.models import Claim, Comment
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.desk.conftest import QUEUE, Decide, page_of, signed_in


@pytest.fixture
def other_desk(other_editor: User) -> Client:
    return signed_in(other_editor)


def card_of(desk: Client, comment: Comment) -> str:
    return desk.get(page_of(comment)).content.decode()


def test_a_claim_is_the_first_editors_for_three_minutes(submitted: Submitted, editor: User, other_editor: User) -> None:
    comment = submitted()

    assert claims.take(comment, editor, now=NOON) == editor
    assert claims.take(comment, other_editor, now=NOON + timedelta(seconds=179)) == editor
    assert claims.take(comment, other_editor, now=NOON + timedelta(seconds=180)) == other_editor
    assert claims.holder(comment, now=NOON + timedelta(seconds=180)) == other_editor


def test_a_claim_that_is_renewed_lasts_on(submitted: Submitted, editor: User, other_editor: User) -> None:
    comment = submitted()
    claims.take(comment, editor, now=NOON)
    claims.take(comment, editor, now=NOON + timedelta(seconds=120))

    assert claims.take(comment, other_editor, now=NOON + timedelta(seconds=299)) == editor


def test_an_editor_holds_one_comment_at_a_time(submitted: Submitted, editor: User, other_editor: User) -> None:
    first, second, third = submitted("Bir."), submitted("İki."), submitted("Üç.")
    claims.take(first, editor, now=NOON)
    claims.take(second, editor, now=NOON)
    assert claims.holders([first, second], now=NOON) == {second.pk: editor}

    claims.take(third, other_editor, now=NOON)
    assert claims.take(third, editor, now=NOON) == other_editor
    assert claims.holders([first, second, third], now=NOON) == {third.pk: other_editor}


def test_the_database_lets_nobody_hold_what_another_holds(submitted: Submitted, editor: User, other_editor: User) -> None:
    comment = submitted()
    claims.take(comment, editor, now=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(comment=comment, editor=other_editor, until=NOON)


def test_a_claim_can_be_taken_over(submitted: Submitted, editor: User, other_editor: User) -> None:
    comment = submitted()
    claims.take(comment, editor, now=NOON)

    assert claims.take_over(comment, other_editor, now=NOON) == other_editor
    assert claims.take(comment, editor, now=NOON) == other_editor


def test_opening_a_card_claims_it_and_others_see_by_whom(desk: Client, other_desk: Client, submitted: Submitted, editor: User) -> None:
    comment = submitted()
    User.objects.filter(pk=editor.pk).update(first_name="Elif", last_name="Demir")

    assert "yoruma bakıyor" not in card_of(desk, comment)
    assert "Elif Demir bu yoruma bakıyor" in card_of(other_desk, comment)
    [line] = other_desk.get(QUEUE).context["lines"]
    assert line.holder == "Elif Demir"
    [own] = desk.get(QUEUE).context["lines"]
    assert own.holder == ""


def test_the_queue_begins_with_what_nobody_else_looks_at(desk: Client, other_desk: Client, submitted: Submitted) -> None:
    first, second = submitted("Birinci."), submitted("İkinci.")

    assert desk.get(QUEUE).context["card"].comment == first
    assert other_desk.get(QUEUE).context["card"].comment == second


def test_after_a_decision_comes_what_nobody_else_looks_at(desk: Client, decide: Decide, other_desk: Client, submitted: Submitted) -> None:
    first, second, third = submitted("Birinci."), submitted("İkinci."), submitted("Üçüncü.")
    card_of(other_desk, second)

    assert f"open={third.public_id}" in decide(first, "approve", place="?lane=clean")["Location"]


def test_who_may_only_look_claims_nothing(submitted: Submitted) -> None:
    comment = submitted()

    card_of(signed_in(make_editor("stajyer", "view_comment")), comment)

    assert not Claim.objects.exists()


def test_a_claim_is_renewed_released_and_taken_over_at_the_desk(
    desk: Client, other_desk: Client, submitted: Submitted, editor: User, other_editor: User
) -> None:
    comment = submitted()
    claim = f"{page_of(comment)}claim/"

    assert desk.post(claim).json() == {"holder": ""}
    assert other_desk.post(claim).json() == {"holder": "elif"}
    assert other_desk.post(f"{claim}take-over/?lane=clean")["Location"] == f"{QUEUE}?lane=clean&open={comment.public_id}#card"
    assert desk.post(claim).json() == {"holder": "mert"}
    assert desk.post(f"{claim}release/").status_code == 204
    assert claims.holder(comment, now=timezone.now()) == other_editor
    assert other_desk.post(f"{claim}release/").status_code == 204
    assert claims.holder(comment, now=timezone.now()) is None
    assert desk.get(claim).status_code == 405


def test_a_decision_lets_go_of_the_claim(desk: Client, decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    card_of(desk, comment)

    decide(comment, "approve")

    assert not Claim.objects.exists()
