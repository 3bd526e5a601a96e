"""Correcting a comment, sending it as it is, and taking it back: for whoever shows its receipt."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.lifecycle import EDIT_WINDOW, RETURNED_LIFETIME
from comments.models import Article, Comment, Revision
from tests.comments.api.calls import CLEAN, CORRECTED, INSULTING, MISSPELT, codes, document, get, post, publish, submit


def revise(client: Client, made: dict[str, Any], payload: object, receipt: str | None = None) -> Any:
    return post(client, f"comments/{made['id']}/revisions/", payload, Receipt=receipt or made["receipt"])


def withdraw(client: Client, made: dict[str, Any]) -> Any:
    return post(client, f"comments/{made['id']}/withdraw/", Receipt=made["receipt"])


def test_a_returned_comment_is_corrected(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)

    answer = revise(Client(), made, {"body": made["corrected"]})

    assert answer.status_code == 200
    assert document(answer) == {**made, "status": "pending", "version": 2, "text": CORRECTED, "findings": [], "corrected": CORRECTED}


def test_a_returned_comment_is_sent_as_it_is(client: Client, article: Article) -> None:
    misspelt, insulting = submit(client, MISSPELT), submit(client, INSULTING)

    answers = [document(revise(client, made, {"as_is": True})) for made in (misspelt, insulting)]

    assert [(answer["status"], answer["text"]) for answer in answers] == [("pending", MISSPELT), ("rejected", INSULTING)]


@pytest.mark.parametrize("payload", [{"body": CORRECTED}, {"as_is": True}])
def test_sent_a_second_time_it_changes_nothing(client: Client, article: Article, payload: object) -> None:
    made = submit(client, MISSPELT)

    first, second = revise(client, made, payload), revise(client, made, payload)

    assert (first.status_code, second.status_code) == (200, 200)
    assert document(first) == document(second)
    assert Revision.objects.count() == 2


def test_another_text_after_it_was_sent_comes_too_late(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)
    revise(client, made, {"body": CORRECTED})

    answer = revise(client, made, {"body": CLEAN})

    assert (answer.status_code, document(answer)["code"]) == (409, "wrong_status")
    assert Comment.objects.get().current_revision.body == CORRECTED


def test_a_published_comment_is_edited_for_five_minutes(client: Client, article: Article, editor: User) -> None:
    made = submit(client)
    publish(made["id"], editor)

    answer = revise(client, made, {"body": "Meydan çok güzel, ağaçlar eksik."})

    assert document(answer)["status"] == "pending"
    assert document(get(client, f"comments/{made['id']}/"))["body"] == CLEAN


def test_later_it_is_not(client: Client, article: Article, editor: User) -> None:
    made = submit(client)
    publish(made["id"], editor, now=timezone.now() - EDIT_WINDOW - timedelta(seconds=1))

    answer = revise(client, made, {"body": "Meydan çok güzel, ağaçlar eksik."})

    assert (answer.status_code, document(answer)["code"]) == (403, "not_allowed")
    assert Revision.objects.count() == 1


def test_a_published_comment_is_not_sent_as_it_is(client: Client, article: Article, editor: User) -> None:
    made = submit(client)
    publish(made["id"], editor)

    assert document(revise(client, made, {"as_is": True}))["code"] == "wrong_status"


def test_whoever_was_overtaken_learns_the_version_and_no_name(
    client: Client, article: Article, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = submit(client, MISSPELT)
    resubmit = lifecycle.resubmit

    def overtaken(comment: Comment, *arguments: Any, **named: Any) -> Any:
        monkeypatch.undo()
        revise(Client(), made, {"body": CORRECTED})
        publish(made["id"], editor)
        return resubmit(comment, *arguments, **named)

    monkeypatch.setattr(lifecycle, "resubmit", overtaken)
    answer = revise(client, made, {"body": CLEAN})

    assert answer.status_code == 409
    problem = document(answer)
    assert {name: problem[name] for name in ("code", "version", "comment_status", "decided_by")} == {
        "code": "stale_version",
        "version": 3,
        "comment_status": "approved",
        "decided_by": None,
    }


def test_a_comment_is_withdrawn_from_wherever_it_stands(client: Client, article: Article, editor: User) -> None:
    made = [submit(client), submit(client, MISSPELT), submit(client, INSULTING, as_is=True), submit(client)]
    publish(made[-1]["id"], editor)

    for comment in made:
        first, second = withdraw(client, comment), withdraw(client, comment)

        assert (first.status_code, document(first)["status"], document(first)["may"]) == (200, "withdrawn", [])
        assert document(second) == document(first)
        assert get(client, f"comments/{comment['id']}/").status_code == 404
    assert set(Comment.objects.values_list("status", "version")) == {("withdrawn", 2), ("withdrawn", 3)}


def test_an_expired_comment_is_not_withdrawn(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)
    lifecycle.expire(Comment.objects.get(), now=timezone.now() + RETURNED_LIFETIME)

    answer = withdraw(client, made)

    assert (answer.status_code, document(answer)["code"]) == (409, "wrong_status")


@pytest.mark.parametrize("move", ["revisions", "withdraw"])
def test_without_its_receipt_a_waiting_comment_does_not_exist(client: Client, article: Article, move: str) -> None:
    made, other = submit(client, MISSPELT), submit(client)
    path = f"comments/{made['id']}/{move}/"

    for headers in ({}, {"Receipt": other["receipt"]}, {"Receipt": made["receipt"][:-1]}, {"Receipt": f"{made['receipt']}x"}, {"Receipt": "ığü"}):
        assert post(client, path, {"body": CORRECTED} if move == "revisions" else {}, **headers).status_code == 404
    assert Comment.objects.get(public_id=made["id"]).version == 1


@pytest.mark.parametrize("move", ["revisions", "withdraw"])
def test_without_its_receipt_a_published_comment_is_not_touched(client: Client, article: Article, editor: User, move: str) -> None:
    made = submit(client)
    publish(made["id"], editor)

    answer = post(client, f"comments/{made['id']}/{move}/", {"body": CORRECTED} if move == "revisions" else {})

    assert (answer.status_code, document(answer)["code"]) == (401, "not_authenticated")
    assert Comment.objects.get().version == 2


def test_a_comment_that_never_was_is_not_found(client: Client, article: Article) -> None:
    made = submit(client)

    assert revise(client, {"id": uuid4()}, {"as_is": True}, made["receipt"]).status_code == 404


@pytest.mark.parametrize(
    ("payload", "errors"),
    [
        ({}, {"body": ["required"]}),
        ({"as_is": False}, {"body": ["required"]}),
        ({"body": CLEAN, "as_is": True}, {"body": ["required"]}),
        ({"body": ""}, {"body": ["blank"]}),
        ({"body": " \n\u200b"}, {"body": ["blank"]}),
        ({"body": None}, {"body": ["null"]}),
        ({"body": 17}, {"body": ["invalid"]}),
        ({"body": "a" * 2001}, {"body": ["too_long"]}),
        ({"body": "\ud800"}, {"body": ["unreadable"]}),
        ({"as_is": "true"}, {"as_is": ["invalid"]}),
        ({"as_is": None}, {"as_is": ["null"]}),
        ({"as_is": True, "version": 1}, {"version": ["unknown"]}),
    ],
)
def test_a_revision_is_one_text_or_the_old_one(client: Client, article: Article, payload: object, errors: object) -> None:
    made = submit(client, MISSPELT)

    answer = revise(client, made, payload)

    assert answer.status_code == 400
    assert codes(answer) == errors
    assert Comment.objects.get().version == 1


def test_withdrawing_takes_no_fields(client: Client, article: Article) -> None:
    made = submit(client)

    assert codes(post(client, f"comments/{made['id']}/withdraw/", {"why": "vazgeçtim"}, Receipt=made["receipt"])) == {"why": ["unknown"]}
    assert Comment.objects.get().status == "pending"
