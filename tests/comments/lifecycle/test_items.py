"""What stands open beside a comment's status, and who else may decide: reports, escalations, corrections by an editor, the site's server."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import ActorKind, ApiKey, Comment, Escalation, Reader, Report, Status
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import Submitted
from tests.comments.judgements import judgement

OFF_TOPIC = Reasons(house_reasons=frozenset({"off_topic"}))


@pytest.fixture
def published(submitted: Submitted, editor: User, now: datetime) -> Comment:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    return comment


@pytest.fixture
def neighbour(site: Site) -> Reader:
    return Reader.objects.create(site=site, name="Mahir")


def test_a_reader_reports_a_comment_once(published: Comment, neighbour: Reader, now: datetime) -> None:
    first = lifecycle.report(published, neighbour, reason="insults", text="Komşuma laf ediyor.", now=now)
    again = lifecycle.report(published, neighbour, reason="spelling", text="", now=now)

    assert first == again
    assert Report.objects.get().reason == "insults"


def test_what_the_public_does_not_see_cannot_be_reported(submitted: Submitted, neighbour: Reader, now: datetime) -> None:
    with pytest.raises(lifecycle.NotPublic):
        lifecycle.report(submitted(), neighbour, reason="insults", text="", now=now)


def test_dismissing_reports_leaves_the_comment_where_it_is_and_closes_them(
    published: Comment, neighbour: Reader, editor: User, now: datetime
) -> None:
    lifecycle.report(published, neighbour, reason="insults", text="", now=now)

    decision = lifecycle.dismiss_reports(published, editor=editor, version=2, now=now)

    assert (published.status, published.version, decision.from_status, decision.to_status) == (Status.APPROVED, 3, "approved", "approved")
    assert Report.objects.get().closed_by == decision


def test_removing_a_comment_answers_its_reports_and_undoing_that_opens_them_again(
    published: Comment, neighbour: Reader, editor: User, now: datetime
) -> None:
    lifecycle.report(published, neighbour, reason="insults", text="", now=now)

    removal = lifecycle.remove(published, editor=editor, version=2, reasons=OFF_TOPIC, now=now)
    assert Report.objects.get().closed_by == removal

    lifecycle.undo(published, editor=editor, version=3, now=now)
    assert Report.objects.get().closed_by is None
    assert published.published_revision


def test_there_are_no_reports_to_dismiss_where_none_is_open(published: Comment, neighbour: Reader, editor: User, now: datetime) -> None:
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.dismiss_reports(published, editor=editor, version=2, now=now)

    lifecycle.report(published, neighbour, reason="insults", text="", now=now)
    lifecycle.dismiss_reports(published, editor=editor, version=2, now=now)
    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.dismiss_reports(published, editor=editor, version=3, now=now)
    assert published.version == 3


def test_an_escalation_stays_open_until_somebody_decides(submitted: Submitted, editor: User, senior_editor: User, now: datetime) -> None:
    comment = submitted()

    lifecycle.escalate(comment, editor=editor, version=1, now=now, note="Hukuka soralım.")
    lifecycle.escalate(comment, editor=editor, version=2, now=now)
    assert (comment.status, Escalation.objects.get().closed_by) == (Status.PENDING, None)

    decision = lifecycle.reject(comment, editor=senior_editor, version=3, reasons=OFF_TOPIC, now=now)
    assert Escalation.objects.get().closed_by == decision


def test_nothing_is_escalated_once_it_is_erased(published: Comment, editor: User, now: datetime) -> None:
    lifecycle.erase(published, editor=editor, version=2, now=now)

    with pytest.raises(lifecycle.WrongStatus):
        lifecycle.escalate(published, editor=editor, version=3, now=now)


def test_an_editor_s_correction_is_a_revision_of_its_own_and_what_the_public_sees(
    submitted: Submitted, editor: User, site: Site, now: datetime
) -> None:
    comment = submitted("meydan güzel olmuş", "correct", as_is=True)

    lifecycle.approve(comment, editor=editor, version=1, now=now, body="Meydan güzel olmuş.", judgement=judgement(site, "Meydan güzel olmuş."))

    texts = list(comment.revisions.values_list("number", "body", "by_editor"))
    assert texts == [(1, "meydan güzel olmuş", False), (2, "Meydan güzel olmuş.", True)]
    assert Comment.objects.published().get().published_revision == comment.revisions.get(number=2)


def test_taking_back_a_corrected_approval_brings_the_writer_s_own_text_back(submitted: Submitted, editor: User, site: Site, now: datetime) -> None:
    comment = submitted("meydan güzel olmuş", "correct", as_is=True)
    corrected = judgement(site, "Meydan güzel olmuş.")
    lifecycle.approve(comment, editor=editor, version=1, now=now, body="Meydan güzel olmuş.", judgement=corrected)

    lifecycle.undo(comment, editor=editor, version=2, now=now)
    assert (comment.status, comment.current_revision.body, comment.published_revision) == (Status.PENDING, "meydan güzel olmuş", None)

    lifecycle.approve(comment, editor=editor, version=3, now=now, body="Meydan güzel olmuş!", judgement=judgement(site, "Meydan güzel olmuş!"))
    assert list(comment.revisions.values_list("number", "by_editor")) == [(1, False), (2, True), (3, True)]
    assert Comment.objects.published().get().published_revision == comment.revisions.get(number=3)


def test_taking_back_a_removal_keeps_what_an_editor_had_corrected(submitted: Submitted, editor: User, site: Site, now: datetime) -> None:
    comment = submitted("meydan güzel olmuş", "correct", as_is=True)
    lifecycle.approve(comment, editor=editor, version=1, now=now, body="Meydan güzel olmuş.", judgement=judgement(site, "Meydan güzel olmuş."))
    lifecycle.remove(comment, editor=editor, version=2, reasons=OFF_TOPIC, now=now)

    lifecycle.undo(comment, editor=editor, version=3, now=now)

    assert (comment.status, comment.current_revision.body) == (Status.APPROVED, "Meydan güzel olmuş.")


def test_a_key_that_may_moderate_decides_and_takes_back_like_an_editor(submitted: Submitted, site: Site, now: datetime) -> None:
    key = ApiKey.objects.create(site=site, name="Haber sunucusu", digest="a" * 64, may_moderate=True)
    comment = submitted()

    decision = lifecycle.approve(comment, editor=key, version=1, now=now)
    assert (decision.actor_kind, decision.api_key, comment.status) == (ActorKind.KEY, key, Status.APPROVED)

    with pytest.raises(lifecycle.NotAllowed):
        lifecycle.undo(comment, editor=key, version=2, now=now + timedelta(seconds=11))
    lifecycle.undo(comment, editor=key, version=2, now=now + timedelta(seconds=10))
    assert comment.status == Status.PENDING


def test_a_key_without_the_right_or_of_another_site_decides_nothing(submitted: Submitted, site: Site, now: datetime) -> None:
    reading = ApiKey.objects.create(site=site, name="Okur", digest="b" * 64)
    elsewhere = Site.objects.create(key="ek", name="Ek")
    foreign = ApiKey.objects.create(site=elsewhere, name="Yabancı", digest="c" * 64, may_moderate=True)

    for key in (reading, foreign):
        with pytest.raises(lifecycle.NotAllowed):
            lifecycle.reject(submitted(), editor=key, version=1, reasons=Reasons(frozenset({Clause.SPELLING})), now=now)


def test_erasing_a_comment_closes_what_was_open_and_empties_the_reports(published: Comment, neighbour: Reader, editor: User, now: datetime) -> None:
    lifecycle.report(published, neighbour, reason="insults", text="Ayşe'nin yorumu kaba.", now=now)

    decision = lifecycle.erase(published, editor=editor, version=2, now=now)

    assert (Report.objects.get().text, Report.objects.get().closed_by) == ("", decision)
