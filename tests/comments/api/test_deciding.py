"""Decisions by API: each one's effect, and that a refused one changes nothing."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.api_keys import Scope
from comments.lifecycle import Reasons
from comments.models import Comment, Decision, Escalation, Report, Status
from moderation import versions
from moderation.engine.rule import Outcome
from moderation.models import Site
from tests.comments.api.editors import decide, problem, server, signed_in
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.judgements import judgement

Unchanged = Callable[[Comment], None]


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


def now_of(comment: Comment) -> Comment:
    return Comment.objects.select_related("current_revision__review", "published_revision").get(pk=comment.pk)


def last_decision(comment: Comment) -> Decision:
    return Decision.objects.filter(comment=comment).latest("version")


def assert_unchanged(comment: Comment) -> None:
    now = now_of(comment)
    assert (now.status, now.version, now.decisions.count()) == (comment.status, comment.version, comment.version)


def approved(comment: Comment, by: User) -> Comment:
    lifecycle.approve(comment, editor=by, version=comment.version, now=timezone.now())
    return comment


def test_an_approval_publishes_and_tells_the_new_version(desk: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(desk, comment, "approve", clauses=[], reasons=[], note="")

    made = last_decision(comment)
    assert answer.status_code == 201
    assert json.loads(answer.content) == {
        "status": "approved",
        "version": 2,
        "decided_at": made.decided_at.isoformat().replace("+00:00", "Z"),
    }
    assert comment in Comment.objects.published()
    assert made.editor == editor


def test_the_sites_server_decides_with_a_key_that_may_moderate(submitted: Submitted, site: Site) -> None:
    comment = submitted()

    answer = decide(server(site, Scope.MODERATE), comment, "reject", reasons=["off_topic"], clauses=["spelling"], note="Haberle ilgisi yok.")

    made = last_decision(comment)
    assert answer.status_code == 201
    assert (made.actor_kind, made.api_key and made.api_key.name, made.note) == ("key", "haber sitesi", "Haberle ilgisi yok.")
    assert {str(row) for row in made.clauses.all()} == {"off_topic", "spelling"}


def test_an_editor_corrects_and_approves_and_the_correction_is_judged_and_kept(desk: Client, submitted: Submitted) -> None:
    comment = submitted("meydan güzel olmuş.")

    answer = decide(desk, comment, "approve", body="  Meydan güzel olmuş.\r\n", note="Büyük harfle başlattık.")

    now = now_of(comment)
    assert answer.status_code == 201
    assert now.published_revision
    assert (now.published_revision.body, now.published_revision.by_editor, now.published_revision.number) == ("Meydan güzel olmuş.", True, 2)
    assert now.current_revision.review.outcome == Outcome.PASS
    assert last_decision(comment).note == "Büyük harfle başlattık."


def test_the_text_as_it_was_is_no_correction(desk: Client, submitted: Submitted) -> None:
    comment = submitted("Meydan güzel olmuş.")

    assert decide(desk, comment, "approve", body="Meydan güzel olmuş.").status_code == 201
    assert now_of(comment).current_revision.number == 1


def test_a_correction_is_asked_for(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(desk, comment, "request_correction", note="Hangi meydan olduğunu yazar mısınız?")

    assert (answer.status_code, now_of(comment).status) == (201, Status.RETURNED)


def test_a_published_comment_is_removed(desk: Client, submitted: Submitted, other_editor: User) -> None:
    comment = approved(submitted(), other_editor)

    answer = decide(desk, comment, "remove", reasons=["unlawful"])

    assert (answer.status_code, now_of(comment).status) == (201, Status.REMOVED)


def test_an_editor_takes_his_fresh_decision_back(desk: Client, submitted: Submitted) -> None:
    comment = submitted()
    decide(desk, comment, "approve")

    answer = decide(desk, comment, "undo", version=2)

    assert json.loads(answer.content)["status"] == "pending"
    assert comment not in Comment.objects.published()


def test_only_a_senior_editor_takes_back_what_is_not_his(desk: Client, submitted: Submitted, other_editor: User, senior_editor: User) -> None:
    comment = approved(submitted(), other_editor)

    refused = decide(desk, comment, "undo")

    assert (refused.status_code, problem(refused)["code"]) == (403, "not_allowed")
    assert_unchanged(comment)
    assert decide(signed_in(senior_editor), comment, "undo").status_code == 201


def test_a_comment_is_left_to_a_senior_editor_and_his_decision_closes_that(desk: Client, submitted: Submitted, senior_editor: User) -> None:
    comment = submitted()

    answer = decide(desk, comment, "escalate", note="Hukuka soralım.")

    assert json.loads(answer.content)["status"] == "pending"
    assert Escalation.objects.get().opened_by.note == "Hukuka soralım."
    decide(signed_in(senior_editor), comment, "approve", version=2)
    assert Escalation.objects.get().closed_by == last_decision(comment)


def test_reports_are_dismissed_and_the_comment_stays(desk: Client, submitted: Submitted, other_editor: User) -> None:
    comment = approved(submitted(), other_editor)
    lifecycle.report(comment, comment.reader, reason="insults", text="", now=NOON)

    answer = decide(desk, comment, "dismiss_reports")

    assert json.loads(answer.content)["status"] == "approved"
    assert Report.objects.get().closed_by == last_decision(comment)


def test_a_stale_decision_is_told_who_was_first(desk: Client, submitted: Submitted, other_editor: User) -> None:
    User.objects.filter(pk=other_editor.pk).update(first_name="Mert", last_name="Demirel")
    comment = submitted()
    approved(Comment.objects.get(pk=comment.pk), User.objects.get(pk=other_editor.pk))

    answer = decide(desk, comment, "reject", clauses=["insults"])

    told = problem(answer)
    assert (answer.status_code, told["code"], told["decided_by"], told["version"]) == (409, "stale_version", "Mert Demirel", 2)
    assert now_of(comment).status == Status.APPROVED


@pytest.mark.parametrize(("as_is", "doing"), [(False, "değiştirdi"), (True, "olduğu gibi yeniden gönderdi")])
def test_who_decides_on_a_text_that_its_writer_has_sent_again_is_told_so(
    desk: Client, submitted: Submitted, other_editor: User, *, as_is: bool, doing: str
) -> None:
    comment, body = submitted("Meydan çok güzel olmuş."), "Meydan çok güzel olmuş." if as_is else "Meydan güzel olmuş."
    seen = Comment.objects.get(pk=comment.pk)
    lifecycle.request_correction(seen, editor=other_editor, version=1, reasons=Reasons(note="Kısaltır mısınız?"), now=NOON)
    lifecycle.resubmit(seen, judgement(seen.article.site, body), version=2, body=body, as_is=as_is, now=NOON)

    told = problem(decide(desk, comment, "approve"))

    assert (told["code"], told["decided_by"], told["version"]) == ("stale_version", "policy", 3)
    assert told["detail"] == f"Yazar bu arada yorumunu {doing}. Hiçbir işlem yapılmadı."


def test_a_version_that_is_yet_to_come_is_as_stale_as_an_old_one(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    assert decide(desk, comment, "approve", version=10**12).status_code == 409
    assert_unchanged(comment)


@pytest.mark.parametrize(
    ("decision", "fields"), [("remove", {"reasons": ["unlawful"]}), ("undo", {}), ("request_correction", {}), ("dismiss_reports", {})]
)
def test_a_decision_that_the_status_does_not_permit_is_refused(desk: Client, submitted: Submitted, decision: str, fields: dict[str, Any]) -> None:
    comment = submitted("Rantçı bunlar.", "reject", as_is=True)

    answer = decide(desk, comment, decision, **fields)

    assert (answer.status_code, problem(answer)["code"]) == (409, "wrong_status")
    assert_unchanged(comment)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"version": None}, "version"),
        ({"version": "1"}, "version"),
        ({"version": 1.5}, "version"),
        ({"version": True}, "version"),
        ({"version": 0}, "version"),
        ({"decision": "publish"}, "decision"),
        ({"decision": "deny"}, "decision"),
        ({"decision": ""}, "decision"),
        ({"decision": None}, "decision"),
        ({"decision": ["approve"]}, "decision"),
        ({"decision": "reject"}, "clauses"),
        ({"decision": "reject", "note": "Olmaz."}, "clauses"),
        ({"decision": "remove"}, "clauses"),
        ({"decision": "reject", "clauses": ["politeness"]}, "clauses.0"),
        ({"decision": "reject", "clauses": "insults"}, "clauses"),
        ({"decision": "reject", "clauses": [None]}, "clauses.0"),
        ({"decision": "reject", "reasons": ["dislike"]}, "reasons"),
        ({"decision": "reject", "reasons": ["insults"]}, "reasons"),
        ({"decision": "approve", "clauses": ["insults"]}, "clauses"),
        ({"decision": "approve", "reasons": ["other"]}, "reasons"),
        ({"decision": "undo", "note": "Yanlış oldu."}, "note"),
        ({"decision": "reject", "clauses": ["insults"], "body": "Meydan güzel."}, "body"),
        ({"decision": "approve", "body": ""}, "body"),
        ({"decision": "approve", "body": " \u200b "}, "body"),
        ({"decision": "approve", "body": "a" * 2001}, "body"),
        ({"decision": "approve", "body": None}, "body"),
        ({"decision": "approve", "body": "Meydan\0"}, "body"),
        ({"decision": "approve", "note": "a" * 2001}, "note"),
        ({"decision": "approve", "note": 7}, "note"),
        ({"decision": "approve", "note": "\udfff"}, "note"),
        ({"decision": "approve", "status": "approved"}, "status"),
    ],
)
def test_a_decision_that_is_none_is_told_what_is_wrong_and_changes_nothing(
    desk: Client, submitted: Submitted, fields: dict[str, Any], field: str
) -> None:
    comment = submitted()

    answer = decide(desk, comment, **{"decision": "approve", **fields})

    assert answer.status_code == 400
    told = problem(answer)
    assert (told["code"], list(told["errors"])) == ("invalid", [field])
    assert_unchanged(comment)


def test_a_decision_without_a_version_is_not_valid(desk: Client, submitted: Submitted) -> None:
    comment = submitted()

    answer = desk.post(f"/api/v1/comments/{comment.public_id}/decisions/", '{"decision": "approve"}', content_type="application/json")

    assert (answer.status_code, list(problem(answer)["errors"])) == (400, ["version"])
    assert_unchanged(comment)


def test_a_house_reason_of_the_publishers_own_can_be_given(desk: Client, submitted: Submitted) -> None:
    comment = submitted()
    versions.enact(comment.article.site, {"house_reasons": {"election": {"tr": "Seçim yasağı", "en": "Election silence"}}})

    assert decide(desk, comment, "reject", reasons=["election"]).status_code == 201


def test_nobody_known_may_not_decide(client: Client, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(client, comment, "approve")

    assert (answer.status_code, problem(answer)["code"]) == (401, "not_authenticated")
    assert_unchanged(comment)


@pytest.mark.parametrize("scope", [Scope.READ, Scope.SUBMIT, Scope.ADMIN])
def test_a_key_without_the_scope_may_not_decide(submitted: Submitted, site: Site, scope: Scope) -> None:
    comment = submitted()

    assert decide(server(site, scope), comment, "approve").status_code == 403
    assert_unchanged(comment)


def test_somebody_signed_in_without_the_right_may_not_decide(submitted: Submitted) -> None:
    comment = submitted()
    reader = User.objects.create_user("okur", password="parola-degil-cumle")

    assert decide(signed_in(reader), comment, "approve").status_code == 403
    assert decide(signed_in(make_editor("bakan", "view_comment")), comment, "approve").status_code == 403
    assert_unchanged(comment)


def test_a_session_without_its_token_decides_nothing(submitted: Submitted, editor: User) -> None:
    comment, careful = submitted(), Client(enforce_csrf_checks=True)
    careful.force_login(editor)

    answer = decide(careful, comment, "approve")

    assert (answer.status_code, problem(answer)["code"]) == (403, "not_allowed")
    assert_unchanged(comment)


def test_what_there_is_not_or_belongs_to_another_title_is_not_found(desk: Client, submitted: Submitted) -> None:
    comment = submitted()
    magazine = Site.objects.create(key="dergi", name="Dergi")
    unknown = Comment(public_id="00000000-0000-4000-8000-000000000000", version=1)

    assert decide(server(magazine, Scope.MODERATE), comment, "approve").status_code == 404
    assert decide(desk, unknown, "approve").status_code == 404
    assert_unchanged(comment)


def test_an_editor_of_yesterday_takes_nothing_back(desk: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now() - timedelta(seconds=11))

    assert decide(desk, comment, "undo").status_code == 403
