"""Where a comment stands, told to its writer alone; what everybody sees, to everybody."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment
from moderation.engine.rule import Clause
from tests.comments.api.calls import CLEAN, INSULTING, MISSPELT, SUSPECT, document, get, post, publish, submit


def receipt(client: Client, made: dict[str, Any]) -> Any:
    return document(get(client, f"comments/{made['id']}/", Receipt=made["receipt"]))


def test_a_waiting_comment_waits(client: Client, article: Article) -> None:
    made = submit(client)

    assert receipt(Client(), made) == {
        "id": made["id"],
        "status": "pending",
        "version": 1,
        "text": CLEAN,
        "corrected": CLEAN,
        "findings": [],
        "reasons": [],
        "note": "",
        "automated": False,
        "submitted_at": receipt(client, made)["submitted_at"],
        "decided_at": None,
        "may": ["withdraw"],
        "waiting": None,
    }


def test_how_long_others_waited_is_told(client: Client, article: Article, editor: User) -> None:
    for minutes in (2, 4, 60):
        publish(submit(client)["id"], editor, now=timezone.now() + timedelta(minutes=minutes))

    waiting = receipt(client, submit(client))["waiting"]

    assert 239 <= waiting["median_seconds"] <= 241


def test_a_returned_comment_is_told_why_and_what_may_be_done(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)

    shown = receipt(client, made)

    assert (shown["status"], shown["automated"], shown["may"]) == ("returned", True, ["revise", "as_is", "withdraw"])
    assert {name: shown[name] for name in ("text", "findings", "corrected")} == {name: made[name] for name in ("text", "findings", "corrected")}
    assert [reason["clause"] for reason in shown["reasons"]] == ["spelling"]
    assert shown["decided_at"] == shown["submitted_at"]


def test_a_comment_that_the_policy_rejected_is_told_so(client: Client, article: Article) -> None:
    shown = receipt(client, submit(client, INSULTING, as_is=True))

    assert (shown["status"], shown["automated"], shown["may"]) == ("rejected", True, ["withdraw", "appeal"])
    [reason] = shown["reasons"]
    assert reason["clause"] == "insults"
    assert reason["text"]


def test_an_editor_s_decision_is_told_with_its_reasons_and_no_name(client: Client, article: Article, editor: User) -> None:
    made = submit(client)
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision").get()
    reasons = Reasons(frozenset({Clause.SPELLING}), frozenset({"off_topic"}), "Konuya dönün.")
    lifecycle.reject(comment, editor=editor, version=1, reasons=reasons, now=timezone.now())

    shown = receipt(client, made)

    assert (shown["status"], shown["automated"], shown["note"]) == ("rejected", False, "Konuya dönün.")
    assert {reason["clause"] for reason in shown["reasons"]} == {"spelling", "off_topic"}
    assert all(reason["text"] for reason in shown["reasons"])
    assert editor.username not in str(shown)


def test_a_suspicion_is_an_editor_s_to_judge(client: Client, article: Article) -> None:
    made = submit(client, SUSPECT)

    assert (made["status"], made["findings"]) == ("pending", [])
    assert Comment.objects.get().current_revision.review.findings
    assert receipt(client, made)["findings"] == []


def test_a_published_comment_may_be_revised_for_a_while(client: Client, article: Article, editor: User) -> None:
    fresh, old = submit(client), submit(client)
    publish(fresh["id"], editor)
    publish(old["id"], editor, now=timezone.now() - timedelta(minutes=6))

    assert receipt(client, fresh)["may"] == ["revise", "withdraw"]
    assert receipt(client, old)["may"] == ["withdraw"]


def test_without_the_receipt_only_what_is_published_exists(client: Client, article: Article, editor: User) -> None:
    made, other = submit(client), submit(client)
    path = f"comments/{made['id']}/"
    assert get(client, path).status_code == 404
    assert get(client, path, Receipt=other["receipt"]).status_code == 404

    publish(made["id"], editor)
    answer = get(client, path)

    assert document(answer)["body"] == CLEAN
    assert document(answer) == document(get(client, path, Receipt=other["receipt"]))
    assert "version" not in document(answer)


def test_no_cache_gives_a_receipt_to_another(client: Client, article: Article, editor: User) -> None:
    made = submit(client)
    path = f"comments/{made['id']}/"
    publish(made["id"], editor)

    mine, everybodys = get(client, path, Receipt=made["receipt"]), get(client, path)

    assert mine["Cache-Control"] == "no-store"
    assert "Receipt" in mine["Vary"]
    assert "Receipt" in everybodys["Vary"]


def test_what_is_erased_leaves_no_text_on_the_receipt(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision", "reader").get()
    lifecycle.erase(comment, editor=None, version=1, now=timezone.now())

    shown = receipt(client, made)

    assert (shown["status"], shown["text"], shown["corrected"], shown["findings"], shown["may"]) == ("erased", "", "", [], [])


def test_the_number_of_queries_does_not_depend_on_what_happened(client: Client, article: Article, editor: User) -> None:
    short, long = submit(client), submit(client)
    for number in range(5):
        publish(long["id"], editor)
        assert post(client, f"comments/{long['id']}/revisions/", {"body": f"{CLEAN} {number}"}, Receipt=long["receipt"]).status_code == 200

    counts = []
    for made in (short, long):
        with CaptureQueriesContext(connection) as queries:
            receipt(client, made)
        counts.append(len(queries))

    assert max(counts) <= 6
