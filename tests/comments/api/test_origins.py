"""Pages of the allowed origins may call the API from the browser; others are not told what it answers."""

import pytest
from django.db import DatabaseError
from django.test import Client

from comments import embedding
from comments.models import Article
from tests.comments.api.calls import document

NEWS, ELSEWHERE = "https://haber.example", "https://baska.example"
COUNTS = "/api/v1/counts/?article=kent-meydani"
ALLOWED = "Access-Control-Allow-Origin"


@pytest.fixture(autouse=True)
def _allowed(article: Article) -> None:
    embedding.allow(article.site, [NEWS])


def test_a_page_of_an_allowed_origin_may_read_counts(client: Client) -> None:
    answer = client.get(COUNTS, headers={"Origin": NEWS})

    assert document(answer) == {"counts": {"kent-meydani": 0}}
    assert answer[ALLOWED] == NEWS
    assert "origin" in answer["Vary"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize(
    "origin", [ELSEWHERE, "null", "https://haber.example.baska.example", "http://haber.example", "https://haber.example:444", ""]
)
def test_a_page_of_any_other_may_not(client: Client, origin: str) -> None:
    assert ALLOWED not in client.get(COUNTS, headers={"Origin": origin})


def test_a_browser_that_asks_before_it_asks_is_told_what_it_may_send(client: Client) -> None:
    asked = {"Origin": NEWS, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    allowed, refused = (client.options("/api/v1/counts/", headers=asked | {"Origin": origin}) for origin in (NEWS, ELSEWHERE))

    assert (allowed.status_code, allowed[ALLOWED]) == (200, NEWS)
    assert "authorization" in allowed["Access-Control-Allow-Headers"]
    assert ALLOWED not in refused


@pytest.mark.parametrize("path", ["/articles/kent-meydani/", "/admin/login/", "/embed/kent-meydani/", "/healthz"])
def test_nothing_but_the_api_is_open(client: Client, path: str) -> None:
    assert ALLOWED not in client.get(path, headers={"Origin": NEWS})


def test_a_database_that_does_not_answer_allows_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(embedding, "origins", fail)

    assert ALLOWED not in client.get(COUNTS, headers={"Origin": NEWS})
