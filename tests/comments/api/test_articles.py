"""Articles made known by the site's server, and the policy that anyone may read."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from comments import api_keys
from comments.api_keys import Scope
from comments.models import Article
from moderation import versions
from moderation.engine.policy import NOTICE, OFF
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON

PATH = "/api/v1/articles/kent-meydani/"
Put = Callable[..., Any]


def authorization(site: Site, *scopes: Scope) -> dict[str, str]:
    return {"Authorization": f"Api-Key {api_keys.make(site, 'haber sitesi', scopes, now=NOON).key}"}


def document(answer: Any) -> Any:
    return json.loads(answer.content)


@pytest.fixture
def put(client: Client, site: Site) -> Put:
    headers = authorization(site, Scope.ADMIN)

    def put(fields: object, path: str = PATH) -> Any:
        return client.put(path, json.dumps(fields), content_type="application/json", headers=headers)

    return put


def test_a_new_article_is_made_known_and_anyone_reads_it(client: Client, put: Put) -> None:
    told = {
        "title": "Kent meydanı yayalara açıldı",
        "url": "https://haber.example/kent-meydani",
        "section": "Gündem",
        "language": "tr",
        "published_at": "2026-11-22T15:00:00+03:00",
        "comments_open": True,
        "closes_at": "2026-12-22T15:00:00+03:00",
        "mode": "open",
    }

    answer = put(told)

    assert answer.status_code == 201
    assert document(answer) == {"key": "kent-meydani", **told, "published_at": "2026-11-22T12:00:00Z", "closes_at": "2026-12-22T12:00:00Z"}
    assert document(client.get(PATH)) == document(answer)


def test_what_is_not_named_is_as_by_default(put: Put) -> None:
    made = document(put({"title": "Kent meydanı yayalara açıldı"}))

    assert {name: made[name] for name in ("url", "section", "language", "comments_open", "closes_at", "mode")} == {
        "url": "",
        "section": "",
        "language": "tr",
        "comments_open": True,
        "closes_at": None,
        "mode": "open",
    }


def test_a_known_article_changes_in_what_is_named_alone(put: Put) -> None:
    first = document(put({"title": "Kent meydanı yayalara açıldı", "section": "Gündem", "closes_at": "2026-12-22T12:00:00Z"}))

    answer = put({"closes_at": None, "comments_open": False})

    assert answer.status_code == 200
    assert document(answer) == {**first, "closes_at": None, "comments_open": False}


def test_the_same_request_twice_makes_one_article(put: Put) -> None:
    assert [put({"title": "Kent meydanı yayalara açıldı"}).status_code for _ in range(2)] == [201, 200]
    assert Article.objects.count() == 1


def test_a_key_with_the_scope_submit_may_make_articles_known(client: Client, site: Site) -> None:
    answer = client.put(PATH, '{"title": "Haber"}', content_type="application/json", headers=authorization(site, Scope.SUBMIT))

    assert answer.status_code == 201


@pytest.mark.parametrize(("scopes", "status"), [([], 401), ([Scope.READ], 403), ([Scope.MODERATE], 403), ([Scope.READ, Scope.MODERATE], 403)])
def test_nobody_else_may(client: Client, site: Site, scopes: list[Scope], status: int) -> None:
    headers = authorization(site, *scopes) if scopes else {}

    answer = client.put(PATH, '{"title": "Haber"}', content_type="application/json", headers=headers)

    assert answer.status_code == status
    assert not Article.objects.exists()


def test_a_key_of_another_title_makes_its_own_article(client: Client, article: Article) -> None:
    magazine = Site.objects.create(key="dergi", name="Dergi")

    answer = client.put(PATH, '{"title": "Dergide"}', content_type="application/json", headers=authorization(magazine, Scope.ADMIN))

    assert answer.status_code == 201
    assert document(client.get(PATH))["title"] == "Kent meydanı yayalara açıldı"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://haber.example/", "haber"])
def test_what_is_no_web_address_is_told_so_once(put: Put, address: str) -> None:
    answer = put({"title": "Haber", "url": address})

    assert document(answer)["errors"] == {"url": [{"code": "invalid", "message": "Bu bir internet adresi değil."}]}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "title"),
        ({"title": ""}, "title"),
        ({"title": "  \n"}, "title"),
        ({"title": None}, "title"),
        ({"title": 7}, "title"),
        ({"title": "a\0"}, "title"),
        ({"title": "\ud800"}, "title"),
        ({"title": "a" * 501}, "title"),
        ({"title": "Haber", "url": "javascript:alert(1)"}, "url"),
        ({"title": "Haber", "url": "ftp://haber.example/"}, "url"),
        ({"title": "Haber", "url": "https://haber.example/" + "a" * 2000}, "url"),
        ({"title": "Haber", "section": "a" * 101}, "section"),
        ({"title": "Haber", "language": "Türkçe"}, "language"),
        ({"title": "Haber", "language": ""}, "language"),
        ({"title": "Haber", "published_at": "2026-11-22T15:00:00"}, "published_at"),
        ({"title": "Haber", "published_at": "2026-11-22"}, "published_at"),
        ({"title": "Haber", "published_at": 1795345200}, "published_at"),
        ({"title": "Haber", "published_at": None}, "published_at"),
        ({"title": "Haber", "closes_at": "dün"}, "closes_at"),
        ({"title": "Haber", "closes_at": "9999-12-31T23:59:59-12:00"}, "closes_at"),
        ({"title": "Haber", "closes_at": "0001-01-01T00:00:00+14:00"}, "closes_at"),
        ({"title": "Haber", "comments_open": "evet"}, "comments_open"),
        ({"title": "Haber", "comments_open": 1}, "comments_open"),
        ({"title": "Haber", "mode": "hidden"}, "mode"),
        ({"title": "Haber", "key": "baska"}, "key"),
        ({"title": "Haber", "site": 2}, "site"),
        ([], ""),
        ("Haber", ""),
        (None, ""),
    ],
)
def test_fields_that_are_none_are_told_one_by_one_and_nothing_is_made(put: Put, fields: object, field: str) -> None:
    answer = put(fields)

    assert answer.status_code == 400
    problem = document(answer)
    assert (problem["code"], list(problem["errors"])) == ("invalid", [field])
    assert not Article.objects.exists()


@pytest.mark.parametrize("key", ["kent%20meydani", "kent/meydani", "k" * 201, "şehir"])
def test_a_key_that_is_none_is_no_address(put: Put, key: str) -> None:
    assert put({"title": "Haber"}, path=f"/api/v1/articles/{key}/").status_code == 404


def test_a_key_may_hold_whatever_an_address_may(client: Client, put: Put) -> None:
    path = "/api/v1/articles/2026.11_kent~meydani-1/"

    assert put({"title": "Haber"}, path=path).status_code == 201
    assert document(client.get(path))["key"] == "2026.11_kent~meydani-1"


def test_an_article_that_is_closed_in_time_takes_no_comment(put: Put) -> None:
    put({"title": "Haber", "closes_at": "2026-11-22T15:00:00+03:00"})

    assert not Article.objects.get().accepts_comments(NOON)
    assert Article.objects.get().accepts_comments(datetime(2026, 11, 22, 11, 59, tzinfo=UTC))


def test_anyone_reads_the_policy_in_both_languages(client: Client, site: Site) -> None:
    policy = document(client.get("/api/v1/policy/"))

    assert policy["notice"] == {"tr": NOTICE.tr, "en": NOTICE.en}
    assert [clause["key"] for clause in policy["clauses"]] == [clause for clause in Clause if clause not in OFF]
    assert policy["clauses"][0] == {
        "key": "insults",
        "name": {"tr": "Hakaret", "en": "Insults"},
        "reason": {"tr": "Yorumunuz bir kişiye ya da topluluğa hakaret içeriyor.", "en": "Your comment insults a person or a group."},
    }
    assert {"key": "off_topic", "name": {"tr": "Konu dışı", "en": "Off topic"}} in policy["house_reasons"]


def test_a_new_version_of_the_policy_shows_at_once(client: Client, site: Site) -> None:
    before = document(client.get("/api/v1/policy/"))["number"]

    versions.enact(site, {"notice": {"tr": "Kısa tutun.", "en": "Keep it short."}, "thresholds": {"capital_letters": {"share": 0.9}}})

    policy = document(client.get("/api/v1/policy/"))
    assert (policy["number"], policy["notice"]["tr"]) == (before + 1, "Kısa tutun.")
    assert "thresholds" not in json.dumps(policy)
