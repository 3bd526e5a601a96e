"""Each move by itself: what it does, and what it refuses."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from comments import expiry, lifecycle
from comments.lifecycle import Reasons
from comments.models import Comment, Decision, Event, Reader, Review, Revision, Status
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import Submitted
from tests.comments.judgements import FAILED, judgement

SPELLING = Reasons(clauses=frozenset({Clause.SPELLING}))


@pytest.mark.parametrize(
    ("outcomes", "as_is", "status"),
    [
        ([], False, Status.PENDING),
        (["pass"], False, Status.PENDING),
        (["hold"], False, Status.PENDING),
        (["correct"], False, Status.RETURNED),
        (["reject"], False, Status.RETURNED),
        (["hold", "correct"], False, Status.RETURNED),
        (["correct"], True, Status.PENDING),
        (["hold"], True, Status.PENDING),
        (["reject"], True, Status.REJECTED),
        ([FAILED], False, Status.PENDING),
        ([FAILED], True, Status.PENDING),
    ],
)
def test_the_findings_decide_where_a_new_comment_goes(submitted: Submitted, outcomes: list[str], as_is: bool, status: Status) -> None:
    comment = submitted("Meydan çok güzel olmuş.", *outcomes, as_is=as_is)

    assert comment.status == status
    assert comment.decisions.get().to_status == status


def test_a_comment_the_engine_could_not_judge_is_stored_with_its_text_and_says_so(submitted: Submitted) -> None:
    comment = submitted("Meydan çok güzel olmuş.", FAILED)

    assert comment.revisions.get().body == "Meydan çok güzel olmuş."
    assert comment.revisions.get().review.failure == Review.Failure.ERROR


def test_a_nudge_comes_once(submitted: Submitted, site: Site, now: datetime) -> None:
    comment = submitted("cok guzel", "correct")

    lifecycle.resubmit(comment, judgement(site, "cok iyi", "correct"), version=1, body="cok iyi", as_is=False, now=now)

    assert comment.status == Status.PENDING
    assert comment.version == 2


def test_an_offence_sent_again_is_rejected_by_the_policy(submitted: Submitted, site: Site, now: datetime) -> None:
    comment = submitted("Hepiniz böylesiniz!", "reject")

    decision = lifecycle.resubmit(comment, judgement(site, "Hepiniz!", "reject"), version=1, body="Hepiniz!", as_is=True, now=now)

    assert comment.status == Status.REJECTED
    assert decision.actor_kind == "policy"


def test_a_request_for_correction_grants_one_more_nudge(submitted: Submitted, editor: User, site: Site, now: datetime) -> None:
    comment = submitted()
    lifecycle.request_correction(comment, editor=editor, version=1, reasons=Reasons(note="Kaynak ekler misiniz?"), now=now)

    lifecycle.resubmit(comment, judgement(site, "cok guzel", "correct"), version=2, body="cok guzel", as_is=False, now=now)
    assert comment.status == Status.RETURNED

    lifecycle.resubmit(comment, judgement(site, "cok iyi", "correct"), version=3, body="cok iyi", as_is=False, now=now)
    assert comment.status == Status.PENDING


def test_an_approved_comment_is_public(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()

    lifecycle.approve(comment, editor=editor, version=1, now=now)

    assert Comment.objects.published().get() == comment
    assert comment.published_at == now


def test_who_comes_second_is_told_who_was_first(submitted: Submitted, editor: User, other_editor: User, now: datetime) -> None:
    comment = submitted()
    seen_by_other = Comment.objects.get(pk=comment.pk)
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    with pytest.raises(lifecycle.StaleVersion) as refusal:
        lifecycle.reject(seen_by_other, editor=other_editor, version=1, reasons=SPELLING, now=now)

    assert refusal.value.decision.editor == editor
    assert refusal.value.decision.to_status == Status.APPROVED
    assert Decision.objects.count() == Event.objects.count() == 2


@pytest.mark.parametrize("reasons", [Reasons(), Reasons(note="Olmaz."), Reasons(house_reasons=frozenset({"no_such_reason"}))])
def test_nothing_is_rejected_without_a_clause_or_a_house_reason(submitted: Submitted, editor: User, now: datetime, reasons: Reasons) -> None:
    comment = submitted()

    with pytest.raises(lifecycle.ReasonMissing):
        lifecycle.reject(comment, editor=editor, version=1, reasons=reasons, now=now)

    comment.refresh_from_db()
    assert comment.status == Status.PENDING


def test_a_rejection_keeps_its_clauses_house_reasons_and_note(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    reasons = Reasons(frozenset({Clause.SPELLING, Clause.INSULTS}), frozenset({"off_topic"}), note="Konuyla ilgili yazınız.")

    decision = lifecycle.reject(comment, editor=editor, version=1, reasons=reasons, now=now)

    assert {str(row) for row in decision.clauses.all()} == {"spelling", "insults", "off_topic"}
    assert decision.note == "Konuyla ilgili yazınız."


def test_only_editors_decide(submitted: Submitted, now: datetime) -> None:
    passer_by = User.objects.create_user("rastgele")

    with pytest.raises(lifecycle.NotAllowed):
        lifecycle.approve(submitted(), editor=passer_by, version=1, now=now)


def test_an_edit_goes_back_to_the_queue_while_the_approved_text_stays_public(submitted: Submitted, editor: User, site: Site, now: datetime) -> None:
    comment = submitted("Meydan güzel.")
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    in_time = now + timedelta(minutes=5)
    lifecycle.edit(comment, judgement(site, "Meydan çok güzel."), version=2, body="Meydan çok güzel.", now=in_time)

    public = Comment.objects.published().values("status", "published_revision__body").get()
    assert (public["status"], public["published_revision__body"]) == (Status.PENDING, "Meydan güzel.")

    lifecycle.approve(comment, editor=editor, version=3, now=in_time)
    assert (comment.published_revision, comment.published_at, comment.edited_at) == (comment.current_revision, now, in_time)


def test_after_five_minutes_nothing_is_edited_any_more(submitted: Submitted, editor: User, site: Site, now: datetime) -> None:
    comment = submitted("Meydan güzel.")
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    with pytest.raises(lifecycle.EditWindowClosed):
        lifecycle.edit(comment, judgement(site, "Başka."), version=2, body="Başka.", now=now + timedelta(minutes=5, seconds=1))

    assert Revision.objects.filter(comment=comment).count() == 1


def test_what_an_erased_comment_is_sent_again_with_is_refused_before_it_is_stored(submitted: Submitted, site: Site, now: datetime) -> None:
    comment = submitted("Meydan güzel.", "correct")
    lifecycle.erase(comment, editor=None, version=1, now=now)

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.resubmit(comment, judgement(site, ""), version=2, body="", as_is=True, now=now)

    assert Revision.objects.get(comment=comment).body == ""


def test_an_editor_takes_back_his_own_decision_within_ten_seconds(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    decision = lifecycle.undo(comment, editor=editor, version=2, now=now + timedelta(seconds=10))

    assert (comment.status, comment.published_revision, comment.published_at) == (Status.PENDING, None, None)
    assert decision.undoes == comment.decisions.get(move="approve")


def test_undo_is_refused_to_others_and_after_ten_seconds_but_not_to_a_senior(
    submitted: Submitted, editor: User, other_editor: User, senior_editor: User, now: datetime
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    with pytest.raises(lifecycle.NotAllowed):
        lifecycle.undo(comment, editor=other_editor, version=2, now=now)
    with pytest.raises(lifecycle.NotAllowed):
        lifecycle.undo(comment, editor=editor, version=2, now=now + timedelta(seconds=11))

    lifecycle.undo(comment, editor=senior_editor, version=2, now=now + timedelta(days=30))
    assert comment.status == Status.PENDING


def test_an_undo_is_not_undone(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.undo(comment, editor=editor, version=2, now=now)

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.undo(comment, editor=editor, version=3, now=now)


def test_what_leaves_the_house_waits_out_the_undo(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    submission, approval = Event.objects.order_by("pk")
    assert (submission.due_at, approval.due_at) == (now, now + lifecycle.UNDO_WINDOW)


def test_a_returned_comment_expires_after_seven_days_and_a_pending_one_never(submitted: Submitted, now: datetime) -> None:
    returned, pending = submitted("cok guzel", "correct"), submitted()

    assert expiry.expire_returned(now=now + timedelta(days=7) - timedelta(seconds=1)) == 0
    assert expiry.expire_returned(now=now + timedelta(days=7)) == 1
    assert expiry.expire_returned(now=now + timedelta(days=700)) == 0

    assert Comment.objects.get(pk=returned.pk).status == Status.EXPIRED
    assert Comment.objects.get(pk=pending.pk).status == Status.PENDING


def test_erasing_leaves_neither_text_nor_name_nor_the_way_back_to_the_reader(
    submitted: Submitted, editor: User, reader: Reader, site: Site, now: datetime
) -> None:
    comment = submitted("cok guzel olmus", "correct")
    lifecycle.resubmit(comment, judgement(site, "Çok güzel olmuş."), version=1, body="Çok güzel olmuş.", as_is=False, now=now)
    lifecycle.reject(comment, editor=editor, version=2, reasons=Reasons(frozenset({Clause.INSULTS}), note="Ayşe Hanım, olmaz."), now=now)
    lifecycle.withdraw(comment, version=3, now=now)

    lifecycle.erase(comment, editor=editor, version=4, now=now)

    comment = Comment.objects.get(pk=comment.pk)
    assert (comment.status, comment.author_name, comment.reader.kind) == (Status.ERASED, "", Reader.Kind.ERASED)
    assert set(Revision.objects.filter(comment=comment).values_list("body", "search_text")) == {("", "")}
    assert all(findings == [] for findings in Review.objects.filter(revision__comment=comment).values_list("findings", flat=True))
    assert not Decision.objects.filter(comment=comment, reader=reader).exists()
    assert not Decision.objects.filter(comment=comment).exclude(note="").exists()
    assert comment.decisions.count() == comment.version == 5


def test_a_move_that_fails_on_its_way_changes_nothing(submitted: Submitted, editor: User, now: datetime) -> None:
    comment = submitted()
    Decision.objects.bulk_create(
        [
            Decision(
                comment=comment,
                version=2,
                move="approve",
                from_status="pending",
                to_status="approved",
                revision=comment.current_revision,
                actor_kind="system",
                decided_at=now,
            )
        ]
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.approve(comment, editor=editor, version=1, now=now)

    assert Comment.objects.get(pk=comment.pk).status == Status.PENDING
    assert not Comment.objects.published().exists()
