"""An appeal sent from the news site, and its answer by another editor than the one who refused."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Appeal, Article, Comment
from moderation.engine.rule import Clause
from tests.comments.api.calls import INSULTING, document, get, post, submit


@pytest.fixture
def refused(client: Client, article: Article, editor: User) -> dict[str, Any]:
    made: dict[str, Any] = submit(client)
    comment = Comment.objects.select_related("current_revision", "published_revision", "article__site").get(public_id=made["id"])
    lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(frozenset({Clause.INSULTS})), now=timezone.now())
    return dict(made)


def appeal(made: dict[str, Any], body: object = {"text": "Bu bir alıntıydı."}, **headers: str) -> Any:
    return post(Client(), f"comments/{made['id']}/appeal/", body, **({"Receipt": made["receipt"]} | headers))


def test_the_writer_appeals_once_and_a_repeated_appeal_changes_nothing(refused: dict[str, Any]) -> None:
    assert "appeal" in document(get(Client(), f"comments/{refused['id']}/", Receipt=refused["receipt"]))["may"]

    first, second = appeal(refused), appeal(refused, {"text": "Bir daha."})

    assert (first.status_code, second.status_code) == (200, 200)
    assert document(second)["may"] == ["withdraw"]
    assert Appeal.objects.get().text == "Bu bir alıntıydı."


def test_the_editor_who_refused_may_not_answer_and_another_may(refused: dict[str, Any], editor: User, other_editor: User) -> None:
    appeal(refused)
    decision = {"decision": "deny_appeal", "version": 2, "note": "Alıntı değil."}
    own, others = Client(), Client()
    own.force_login(editor)
    others.force_login(other_editor)

    assert post(own, f"comments/{refused['id']}/decisions/", decision).status_code == 403
    assert post(others, f"comments/{refused['id']}/decisions/", decision).status_code == 201
    shown = document(get(Client(), f"comments/{refused['id']}/", Receipt=refused["receipt"]))
    assert (shown["status"], shown["note"], shown["may"]) == ("rejected", "Alıntı değil.", ["withdraw"])


def test_a_refusal_is_the_policys_alone_until_an_editor_has_answered_the_appeal(client: Client, article: Article, editor: User) -> None:
    made = submit(client, INSULTING, as_is=True)
    asked = document(appeal(made))
    answering = Client()
    answering.force_login(editor)

    post(answering, f"comments/{made['id']}/decisions/", {"decision": "deny_appeal", "version": 1, "note": "Doğrudan hitap."})

    answered = document(get(Client(), f"comments/{made['id']}/", Receipt=made["receipt"]))
    assert (asked["automated"], answered["automated"]) == (True, False)
    assert [reason["clause"] for reason in answered["reasons"]] == ["insults"]


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": " \u200b"}, {"text": 5}, {"text": "a" * 2001}, {"text": "İtiraz.", "more": 1}])
def test_an_appeal_without_words_is_told_so(refused: dict[str, Any], body: object) -> None:
    answer = appeal(refused, body)

    assert (answer.status_code, document(answer)["code"]) == (400, "invalid")
    assert not Appeal.objects.exists()


def test_only_the_writer_appeals_and_only_against_a_refusal(client: Client, article: Article, refused: dict[str, Any]) -> None:
    waiting = submit(client, "Köprü de onarılsın.")

    assert appeal(refused, Receipt=waiting["receipt"]).status_code == 404
    answer = appeal(waiting)

    assert (answer.status_code, document(answer)["code"]) == (409, "wrong_status")
