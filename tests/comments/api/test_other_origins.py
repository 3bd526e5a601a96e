"""Pages of the origins that were named may read and send comments; others' may not, and nobody's cookies go with it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from comments.models import Article

OURS, FOREIGN = "https://www.gazete.example", "https://baska.example"
COMMENTS = "/api/v1/articles/kent-meydani/comments/"


@pytest.fixture(autouse=True)
def _named(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [OURS]


@pytest.mark.parametrize("path", [COMMENTS, "/api/v1/counts/?article=kent-meydani"])
def test_what_is_remembered_is_answered_to_each_origin_by_itself(client: Client, article: Article, path: str) -> None:
    for _ in range(2):
        ours, foreign, none = (client.get(path, headers=headers) for headers in ({"Origin": OURS}, {"Origin": FOREIGN}, {}))

        assert ours["Access-Control-Allow-Origin"] == OURS
        assert not any("Access-Control-Allow-Origin" in answer for answer in (foreign, none))
        assert ours.content == foreign.content == none.content
        for answer in (ours, foreign, none):
            assert "origin" in answer["Vary"]
            assert "Access-Control-Allow-Credentials" not in answer


def test_a_named_origin_may_send_a_comment(client: Client, article: Article) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,idempotency-key"}

    ours, foreign = (client.options(COMMENTS, headers={"Origin": origin, **asked}) for origin in (OURS, FOREIGN))

    assert (ours["Access-Control-Allow-Origin"], "POST" in ours["Access-Control-Allow-Methods"]) == (OURS, True)
    assert "idempotency-key" in ours["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Origin" not in foreign
    sent = client.post(COMMENTS, {"body": "Güzel.", "author": {"name": "Ayşe"}}, content_type="application/json", headers={"Origin": OURS})
    assert (sent.status_code, sent["Access-Control-Allow-Origin"]) == (201, OURS)


@pytest.mark.parametrize("path", ["/admin/desk/", "/articles/kent-meydani/"])
def test_nothing_else_is_open_to_them(client: Client, article: Article, editor: User, path: str) -> None:
    client.force_login(editor)

    assert "Access-Control-Allow-Origin" not in client.get(path, headers={"Origin": OURS})
