"""One decision on many comments, done by a worker, with a result for each."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import lifecycle, sweeping
from comments.deciding import carry_out
from comments.desk import bulk
from comments.lifecycle import Reasons
from comments.models import BulkItem, BulkJob, Comment, Decision, Reader, Status
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.desk.conftest import QUEUE, signed_in

BULK = f"{QUEUE}bulk/?lane=clean"


def chosen(*comments: Comment) -> list[str]:
    return [f"{comment.public_id}:{comment.version}" for comment in comments]


def statuses(*comments: Comment) -> list[str]:
    return [Comment.objects.get(pk=comment.pk).status for comment in comments]


def told(answer: Any) -> list[bool]:
    return [result.is_done for result in answer.context["results"]]


def worked(desk: Client, form: dict[str, Any]) -> Any:
    """The page of the job that the form orders, after a worker has been at it."""
    ordered = desk.post(BULK, form)
    assert ordered.status_code == 303
    assert bulk.work(timezone.now)
    return desk.get(ordered["Location"])


def ordered(editor: User, *comments: Comment, decision: str = "approve", now: datetime = NOON) -> BulkJob:
    reasons = Reasons(frozenset({Clause.SPELLING})) if decision == "reject" else Reasons()
    return bulk.order(decision, reasons, [bulk.Chosen(comment, comment.version) for comment in comments], editor, now=now)


def results(job: BulkJob) -> list[str]:
    return list(job.items.values_list("result", flat=True))


def at(moment: datetime) -> Any:
    return lambda: moment


def test_the_chosen_comments_are_decided_together(desk: Client, submitted: Submitted) -> None:
    first, second, third = submitted("Bir."), submitted("İki."), submitted("Üç.")

    answer = worked(desk, {"chosen": chosen(first, third), "decision": "reject", "house_reasons": ["off_topic"], "note": "Habere dair değil."})

    assert told(answer) == [True, True]
    assert statuses(first, second, third) == [Status.REJECTED, Status.PENDING, Status.REJECTED]
    assert set(Comment.objects.get(pk=first.pk).decisions.filter(version=2).values_list("note", "clauses__house_reason")) == {
        ("Habere dair değil.", "off_topic")
    }


def test_the_list_offers_no_undo_of_one_of_several(desk: Client, submitted: Submitted) -> None:
    worked(desk, {"chosen": chosen(submitted("Bir."), submitted("İki.")), "decision": "approve"})

    assert desk.get(QUEUE).context["fresh"] is None


def test_one_that_somebody_else_decided_holds_up_no_other(desk: Client, submitted: Submitted, other_editor: User) -> None:
    first, second = submitted("Bir."), submitted("İki.")
    values = chosen(first, second)
    lifecycle.approve(first, editor=other_editor, version=1, now=NOON)

    answer = worked(desk, {"chosen": values, "decision": "reject", "clauses": ["spelling"]})

    assert told(answer) == [False, True]
    assert answer.context["results"][0].comment == first
    assert "mert" in answer.content.decode()
    assert statuses(first, second) == [Status.APPROVED, Status.REJECTED]


def test_more_than_twenty_are_asked_about_first(desk: Client, submitted: Submitted) -> None:
    comments = [submitted(f"{number}. yorum.") for number in range(21)]
    form = {"chosen": chosen(*comments), "decision": "approve"}

    asked = desk.post(BULK, form)
    assert asked.context["asked"] == "approve"
    assert set(statuses(*comments)) == {Status.PENDING}

    assert told(worked(desk, {**form, "confirmed": "1"})) == [True] * 21
    assert set(statuses(*comments)) == {Status.APPROVED}


def test_twenty_are_not_asked_about(desk: Client, submitted: Submitted) -> None:
    comments = [submitted(f"{number}. yorum.") for number in range(20)]

    assert told(worked(desk, {"chosen": chosen(*comments), "decision": "approve"})) == [True] * 20


def test_all_that_waits_from_one_reader_can_be_chosen(desk: Client, submitted: Submitted, reader: Reader) -> None:
    waiting, other = [submitted("Bir."), submitted("İki.")], submitted("Üç.")
    lifecycle.withdraw(other, version=1, now=NOON)

    answer = desk.post(BULK, {"reader": str(reader.public_id)})

    assert [one.comment for one in answer.context["chosen"]] == waiting
    assert set(statuses(*waiting)) == {Status.PENDING}


def test_without_a_reason_nothing_is_rejected(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    answer = desk.post(BULK, {"chosen": chosen(comment), "decision": "reject"})

    assert answer.status_code == 400
    assert "En az bir gerekçe seçin." in answer.content.decode()
    assert statuses(comment) == [Status.PENDING]


@pytest.mark.parametrize(
    "form",
    [{"chosen": ["yorum"]}, {"chosen": [f"{uuid4()}:bir"]}, {"chosen": [f"{uuid4()}:1" for _ in range(201)]}, {"reader": "okur"}],
    ids=["no id", "no version", "too many", "no reader"],
)
def test_what_names_no_comments_is_told(desk: Client, form: dict[str, Any]) -> None:
    assert desk.post(BULK, form).status_code == 400


def test_nothing_chosen_is_no_mistake(desk: Client) -> None:
    assert "Hiç yorum seçilmedi." in desk.post(BULK, {}).content.decode()


def test_only_an_editor_decides_on_many(submitted: Submitted) -> None:
    comment = submitted()
    client = signed_in(make_editor("stajyer", "view_comment"))

    assert client.post(BULK, {"chosen": chosen(comment), "decision": "approve"}).status_code == 403
    assert statuses(comment) == [Status.PENDING]


@pytest.mark.parametrize("decision", ["undo", "remove", "publish"])
def test_only_some_decisions_are_made_together(desk: Client, submitted: Submitted, decision: str) -> None:
    comment = submitted()

    answer = desk.post(BULK, {"chosen": chosen(comment), "decision": decision, "clauses": ["spelling"]})

    assert answer.status_code == 400
    assert not BulkJob.objects.exists()


def test_until_a_worker_comes_the_page_says_how_far_it_is(desk: Client, submitted: Submitted) -> None:
    comments = [submitted("Bir."), submitted("İki.")]

    address = desk.post(BULK, {"chosen": chosen(*comments), "decision": "approve"})["Location"]
    waiting = desk.get(address).content.decode()
    sweeping.sweep(timezone.now)
    part = desk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in waiting
    assert "hx-trigger" not in part
    assert "<html" not in part
    assert set(statuses(*comments)) == {Status.APPROVED}


def test_a_worker_that_is_killed_leaves_the_rest_to_the_next(editor: User, submitted: Submitted, monkeypatch: pytest.MonkeyPatch) -> None:
    comments = [submitted(f"{number}. yorum.") for number in range(5)]
    job, made = ordered(editor, *comments), []

    class Killed(BaseException):
        """As if the machine had gone: nothing catches it."""

    def dies_at_the_third(*order: Any, **given: Any) -> Decision:
        made.append(carry_out(*order, **given))
        if len(made) == 3:
            raise Killed
        return made[-1]

    monkeypatch.setattr(bulk, "carry_out", dies_at_the_third)
    with pytest.raises(Killed):
        bulk.work(at(NOON))
    assert results(job) == ["done", "done", "waiting", "waiting", "waiting"]
    assert statuses(*comments)[1:3] == [Status.APPROVED, Status.PENDING]

    assert bulk.work(at(NOON))
    assert results(job) == ["done"] * 5
    assert Decision.objects.filter(move="approve").count() == 5


def test_what_fails_for_one_comment_is_told_and_fails_for_no_other(editor: User, submitted: Submitted, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = submitted("Bir."), submitted("İki.")
    job = ordered(editor, first, second)

    def fails_for_the_first(order: Any, comment: Comment, *who: Any, **given: Any) -> Decision:
        decision = carry_out(order, comment, *who, **given)
        if comment == first:
            raise ZeroDivisionError
        return decision

    monkeypatch.setattr(bulk, "carry_out", fails_for_the_first)
    assert bulk.work(at(NOON))

    assert results(job) == ["failed", "done"]
    assert statuses(first, second) == [Status.PENDING, Status.APPROVED]


def test_a_worker_does_not_stay_longer_than_its_turn(editor: User, submitted: Submitted) -> None:
    job = ordered(editor, submitted("Bir."), submitted("İki."))
    clock = iter([NOON, NOON, NOON, NOON + bulk.TURN])

    assert not bulk.work(lambda: next(clock))

    assert results(job) == ["done", "waiting"]


def test_each_is_told_why_it_was_not_done(editor: User, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.withdraw(comment, version=1, now=NOON)
    wrong_status = ordered(editor, Comment.objects.get(pk=comment.pk))
    unlawful = ordered(make_editor("stajyer", "view_comment"), submitted("İki."))
    struck = bulk.order("reject", Reasons(house_reasons=frozenset({"gone"})), [bulk.Chosen(submitted("Üç."), 1)], editor, now=NOON)

    assert bulk.work(at(NOON))

    assert [results(job) for job in (wrong_status, unlawful, struck)] == [["wrong_status"], ["not_allowed"], ["reason_missing"]]


def test_the_note_is_kept_with_the_decisions_alone_and_the_job_for_a_month(editor: User, submitted: Submitted) -> None:
    comment = submitted()
    job = bulk.order("request_correction", Reasons(note="Kaynak gösterin."), [bulk.Chosen(comment, 1)], editor, now=NOON)

    assert bulk.work(at(NOON))

    job.refresh_from_db()
    assert (job.note, comment.decisions.get(version=2).note) == ("", "Kaynak gösterin.")
    assert bulk.forget(now=NOON + bulk.KEPT - timedelta(seconds=1)) == 0
    assert bulk.forget(now=NOON + bulk.KEPT) > 0
    assert not BulkItem.objects.exists()


def test_all_of_it_is_taken_back_at_once_by_whoever_asks_in_time(desk: Client, submitted: Submitted, other_editor: User) -> None:
    first, second = submitted("Bir."), submitted("İki.")
    done = worked(desk, {"chosen": chosen(first, second), "decision": "approve"})
    assert "Hepsini geri al" in done.content.decode()
    lifecycle.remove(
        Comment.objects.get(pk=second.pk), editor=other_editor, version=2, reasons=Reasons(frozenset({Clause.SPELLING})), now=timezone.now()
    )

    address = desk.post(f"{QUEUE}bulk/{done.context['job'].public_id}/undo/?lane=clean")["Location"]
    # However late the worker is.
    assert bulk.work(lambda: timezone.now() + timedelta(minutes=1))

    undone = desk.get(address)
    assert told(undone) == [False, True]
    assert statuses(first, second) == [Status.PENDING, Status.REMOVED]
    too_late = desk.post(f"{QUEUE}bulk/{done.context['job'].public_id}/undo/?lane=clean", follow=True)
    assert "10 saniye" in too_late.content.decode()


def test_only_a_senior_editor_takes_it_back_later(editor: User, senior_editor: User, other_editor: User, submitted: Submitted) -> None:
    job = ordered(editor, submitted())
    assert not bulk.may_undo(job, editor, now=NOON)
    assert bulk.work(at(NOON))
    job.refresh_from_db()
    late = NOON + timedelta(seconds=11)

    assert bulk.may_undo(job, editor, now=NOON + timedelta(seconds=10))
    assert not bulk.may_undo(job, other_editor, now=NOON)
    assert not bulk.may_undo(job, editor, now=late)
    assert bulk.may_undo(job, senior_editor, now=late)
    begun = bulk.undo(job, senior_editor, now=late)
    assert bulk.undo(job, senior_editor, now=late) == begun
    assert not bulk.may_undo(job, senior_editor, now=late)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_one_job_decide_each_comment_once(editor: User, submitted: Submitted) -> None:
    comments = [submitted(f"{number}. yorum.") for number in range(12)]
    job = ordered(editor, *comments, decision="reject")

    def work(_: int) -> bool:
        done = bulk.work(timezone.now)
        connection.close()
        return done

    with ThreadPoolExecutor(2) as workers:
        assert all(workers.map(work, range(2)))

    job.refresh_from_db()
    assert results(job) == ["done"] * 12
    assert job.finished_at
    assert Decision.objects.filter(version=2).count() == 12


def test_an_editor_finds_his_own_jobs_of_the_past_days_the_newest_first(desk: Client, editor: User, other_editor: User, submitted: Submitted) -> None:
    now = timezone.now()
    first, second, third = submitted("Bir."), submitted("İki."), submitted("Üç.")
    worn = ordered(editor, first, second, now=now - timedelta(hours=2))
    lifecycle.reject(second, editor=other_editor, version=1, reasons=Reasons(frozenset({Clause.SPELLING})), now=now - timedelta(hours=1))
    assert bulk.work(timezone.now)
    fresh = ordered(editor, third, decision="reject", now=now)
    ordered(other_editor, third, now=now)
    ordered(editor, third, now=now - timedelta(days=8))

    page = desk.get(f"{QUEUE}bulk/own/")

    assert [tuple(progress) for progress, _ in page.context["jobs"]] == [(fresh, 0, 0, 1), (worn, 1, 1, 0)]
    shown = page.content.decode()
    assert f"{QUEUE}bulk/{worn.public_id}/" in shown
    assert "1 yapılamadı" in shown
    assert f'href="{QUEUE}bulk/own/"' in desk.get(QUEUE).content.decode()


def test_the_list_of_own_jobs_ends_after_twenty_and_costs_the_same_however_many(desk: Client, editor: User, submitted: Submitted) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown.append(len(desk.get(f"{QUEUE}bulk/own/").context["jobs"]))
        return len(asked)

    shown: list[int] = []
    comment, now = submitted(), timezone.now()
    queries()
    ordered(editor, comment, now=now)
    few = queries()
    for hours in range(22):
        ordered(editor, comment, now=now - timedelta(hours=hours))

    assert queries() == few
    assert shown == [0, 1, 20]


def test_who_may_only_look_has_no_jobs_of_his_own(client: Client, site: Site) -> None:
    onlooker = User.objects.create_user("stajyer", is_staff=True)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_comment"))
    client.force_login(onlooker)

    assert client.get(f"{QUEUE}bulk/own/").status_code == 403
    assert "bulk/own/" not in client.get(QUEUE).content.decode()
