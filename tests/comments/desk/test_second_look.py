"""Second looks: which decisions are drawn, what the second editor sees and answers, and how agreement is measured."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from comments import lifecycle, second_looks
from comments.desk import agreement
from comments.desk.agreement import Agreement
from comments.lifecycle import Reasons
from comments.models import Comment, Decision, SecondLook, SecondLookClause
from comments.second_looks import AlreadyLookedAt
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted, make_editor
from tests.comments.desk.conftest import signed_in

PAGE = "/admin/desk/second-look/"
APPROVE, REJECT = SecondLook.Answer.APPROVE, SecondLook.Answer.REJECT
INSULTS, SPELLING = Reasons(frozenset({Clause.INSULTS})), Reasons(frozenset({Clause.SPELLING}))
NONE = Reasons()


@pytest.fixture(autouse=True)
def every_decision(settings: Settings) -> None:
    settings.SECOND_LOOK_SHARE = 1.0


@pytest.fixture
def second(other_editor: User) -> Client:
    return signed_in(other_editor)


def approved(comment: Comment, editor: User) -> Decision:
    return lifecycle.approve(comment, editor=editor, version=comment.version, now=timezone.now())


def rejected(comment: Comment, editor: User, reasons: Reasons = INSULTS) -> Decision:
    return lifecycle.reject(comment, editor=editor, version=comment.version, now=timezone.now(), reasons=reasons)


def waiting(editor: User) -> list[Decision]:
    return list(second_looks.waiting(editor, now=timezone.now()))


# Which decisions


def test_another_editor_is_asked_about_what_one_approved_or_rejected(editor: User, other_editor: User, submitted: Submitted) -> None:
    first, second = approved(submitted(), editor), rejected(submitted("Sen de kimsin."), editor)

    assert waiting(other_editor) == [first, second]
    assert waiting(editor) == []


def test_nobody_is_asked_about_what_was_undone_left_returned_or_corrected_by_the_editor(
    editor: User, other_editor: User, submitted: Submitted
) -> None:
    now = timezone.now()
    undone, left, returned, corrected = (submitted(f"{number}. yorum.") for number in range(4))
    approved(undone, editor)
    lifecycle.undo(undone, editor=editor, version=2, now=now)
    lifecycle.escalate(left, editor=editor, version=1, now=now)
    lifecycle.request_correction(returned, editor=editor, version=1, reasons=SPELLING, now=now)
    from tests.comments.judgements import judgement

    body = "Düzeltilmiş yorum."
    lifecycle.approve(corrected, editor=editor, version=1, now=now, body=body, judgement=judgement(corrected.article.site, body))

    assert waiting(other_editor) == []


def test_nobody_is_asked_about_an_erased_text_or_a_long_past_decision(editor: User, other_editor: User, submitted: Submitted) -> None:
    erased, old = submitted(), submitted("Eski yorum.")
    approved(erased, editor)
    lifecycle.erase(erased, editor=None, version=2, now=timezone.now())
    lifecycle.approve(old, editor=editor, version=1, now=timezone.now() - second_looks.WINDOW - timedelta(minutes=1))

    assert waiting(other_editor) == []


def test_the_usual_share_is_one_in_fifty() -> None:
    from project import settings as shipped

    assert shipped.SECOND_LOOK_SHARE == 0.02


@pytest.mark.parametrize("share", [0.0, 0.02, 0.25, 0.5, 0.75, 1.0])
def test_the_share_that_is_drawn_is_the_share_that_was_asked_for(editor: User, submitted: Submitted, share: float) -> None:
    comment, number = submitted(), 400
    first = comment.decisions.get()
    Decision.objects.bulk_create(
        Decision(
            comment=comment,
            version=2 + n,
            move="escalate",
            from_status="pending",
            to_status="pending",
            revision=first.revision,
            actor_kind="editor",
            editor=editor,
            decided_at=first.decided_at,
        )
        for n in range(number)
    )

    drawn = second_looks.drawn(Decision.objects.filter(move="escalate"), share)

    assert abs(drawn.count() - share * number) <= 4
    assert set(drawn) == set(second_looks.drawn(Decision.objects.filter(move="escalate"), share))
    assert set(drawn) <= set(second_looks.drawn(Decision.objects.filter(move="escalate"), min(1.0, share + 0.1)))


# The page


@pytest.mark.parametrize("decide", [approved, rejected])
def test_the_page_shows_the_text_and_nothing_of_the_decision(second: Client, editor: User, submitted: Submitted, decide: Any) -> None:
    comment = submitted("Bu yoruma ne dersiniz?")
    decide(comment, editor)

    page = second.get(PAGE)

    shown = page.content.decode()
    assert "Bu yoruma ne dersiniz?" in shown
    assert "Kent meydanı yayalara açıldı" in shown
    for betrayal in (str(comment.public_id), "elif", "status-", " checked", "Onaylandı", "Reddedildi", comment.get_status_display()):
        assert betrayal not in shown


def test_an_answer_is_recorded_and_changes_nothing(second: Client, editor: User, other_editor: User, submitted: Submitted) -> None:
    comment = submitted()
    decision = approved(comment, editor)

    answer = second.post(PAGE, {"decision": decision.pk, "answer": "reject", "clauses": ["insults"], "house_reasons": ["off_topic"]})

    assert answer.status_code == 303
    look = SecondLook.objects.get()
    assert (look.decision, look.editor, look.answer) == (decision, other_editor, "reject")
    assert {(row.clause, row.house_reason) for row in look.clauses.all()} == {("insults", ""), ("", "off_topic")}
    now = Comment.objects.get(pk=comment.pk)
    assert (now.status, now.version, now.decisions.count()) == ("approved", 2, 2)
    assert second.get(PAGE).context["decision"] is None


def test_who_approves_rejects_for_nothing(second: Client, editor: User, submitted: Submitted) -> None:
    decision = approved(submitted(), editor)

    second.post(PAGE, {"decision": decision.pk, "answer": "approve", "clauses": ["insults"]})

    assert SecondLook.objects.get().answer == "approve"
    assert not SecondLookClause.objects.exists()


@pytest.mark.parametrize("fields", [{}, {"answer": "reject"}, {"answer": "belki"}, {"answer": "reject", "clauses": ["kabalık"]}])
def test_an_answer_that_says_nothing_is_refused(second: Client, editor: User, submitted: Submitted, fields: dict[str, Any]) -> None:
    decision = approved(submitted("Bu yoruma ne dersiniz?"), editor)

    answer = second.post(PAGE, {"decision": decision.pk, **fields})

    assert answer.status_code == 400
    assert "Bu yoruma ne dersiniz?" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()
    assert not SecondLook.objects.exists()


@pytest.mark.parametrize("asked", ["", "x", "0", "999999", "9" * 40, "٣"])
def test_an_answer_to_nothing_is_not_recorded(second: Client, asked: str) -> None:
    assert second.post(PAGE, {"decision": asked, "answer": "approve"}).status_code == 303
    assert not SecondLook.objects.exists()


def test_an_editor_does_not_look_at_his_own_decision_again(editor: User, submitted: Submitted) -> None:
    decision = approved(submitted(), editor)

    assert signed_in(editor).post(PAGE, {"decision": decision.pk, "answer": "approve"}).status_code == 303
    assert not SecondLook.objects.exists()


def test_of_two_editors_only_the_first_is_heard(editor: User, other_editor: User, submitted: Submitted) -> None:
    decision, third = approved(submitted(), editor), make_editor("can", "view_comment", "decide_comment")

    second_looks.answer(decision, other_editor, APPROVE, NONE, now=timezone.now())

    with pytest.raises(AlreadyLookedAt):
        second_looks.answer(decision, third, REJECT, INSULTS, now=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondLook.objects.create(decision=decision, editor=third, answer="reject", answered_at=timezone.now())
    assert SecondLook.objects.get().editor == other_editor


# Agreement


@pytest.mark.parametrize(
    ("counts", "kappa"),
    [
        # The textbook's grants: 20 and 15 agreed, 5 and 10 not; observed 0.7, expected 0.5.
        ((20, 5, 10, 15), 0.4),
        # Observed 0.6, expected 0.54 and 0.46.
        ((45, 15, 25, 15), (0.6 - 0.54) / (1 - 0.54)),
        ((25, 35, 5, 35), (0.6 - 0.46) / (1 - 0.46)),
        ((10, 0, 0, 10), 1.0),
        ((0, 10, 10, 0), -1.0),
        ((5, 5, 5, 5), 0.0),
        ((0, 0, 0, 0), None),
        ((7, 0, 0, 0), None),
        ((0, 0, 0, 7), None),
    ],
)
def test_kappa_is_what_one_computes_by_hand(counts: tuple[int, int, int, int], kappa: float | None) -> None:
    assert Agreement(*counts).kappa == (None if kappa is None else pytest.approx(kappa))


COUNT = st.integers(0, 1000)


@given(COUNT, COUNT, COUNT, COUNT)
def test_kappa_stays_between_minus_one_and_one_and_favours_nobody(both: int, first: int, second: int, neither: int) -> None:
    kappa = Agreement(both, first, second, neither).kappa

    assert kappa is None or -1 <= kappa <= 1
    assert kappa == Agreement(both, second, first, neither).kappa == Agreement(neither, first, second, both).kappa


@given(COUNT, COUNT, COUNT, COUNT)
def test_kappa_is_agreement_beyond_chance(both: int, first: int, second: int, neither: int) -> None:
    table = Agreement(both, first, second, neither)
    if table.kappa is None:
        return
    n = table.looks
    expected = ((both + first) * (both + second) + (second + neither) * (first + neither)) / n**2
    assert table.kappa == pytest.approx((table.agreed / n - expected) / (1 - expected), abs=1e-6)


def test_agreement_is_counted_over_all_and_by_clause(editor: User, other_editor: User, submitted: Submitted) -> None:
    now = timezone.now()
    asked = [
        (approved, NONE, APPROVE, NONE),
        (approved, NONE, REJECT, INSULTS),
        (rejected, INSULTS, REJECT, INSULTS),
        (rejected, INSULTS, REJECT, SPELLING),
        (rejected, SPELLING, APPROVE, NONE),
    ]
    for number, (decide, reasons, answer, second_reasons) in enumerate(asked):
        comment = submitted(f"{number}. yorum.")
        decision = approved(comment, editor) if decide is approved else rejected(comment, editor, reasons)
        second_looks.answer(decision, other_editor, answer, second_reasons, now=now)

    since = now - timedelta(days=1)
    assert agreement.overall(since=since) == Agreement(both=1, only_first=1, only_second=1, neither=2)
    assert agreement.by_clause(5, since=since) == {Clause.INSULTS: Agreement(1, 1, 1, 2), Clause.SPELLING: Agreement(0, 1, 1, 3)}
    assert agreement.overall(since=now + timedelta(days=1)).looks == 0
