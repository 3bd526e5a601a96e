"""What surrounds every request: languages, sizes, types, and errors that are always problems."""

from typing import Any

import pytest
from django.db import InternalError, OperationalError
from django.test import Client

from comments.api import checking
from comments.api.frame import LARGEST_REQUEST_BYTES
from comments.models import Article
from moderation.models import Site
from tests.comments.api.calls import CLEAN, codes, document, get, post


@pytest.mark.parametrize("path", ["nowhere/", "check", "", "comments/1/", "articles/a%2Fb/", "comments/x/appeal/", "feeds/", "webhooks/"])
def test_an_address_that_does_not_exist_is_a_problem_like_any_other(client: Client, site: Site, path: str) -> None:
    for answer in (get(client, path), post(client, path, {})):
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert {name: document(answer)[name] for name in ("type", "status", "code")} == {
            "type": "urn:mizan:problem:not_found",
            "status": 404,
            "code": "not_found",
        }


def test_another_method_is_refused_and_told_which_there_are(client: Client, site: Site) -> None:
    for method in ("get", "put", "delete", "patch", "options"):
        answer = getattr(client, method)("/api/v1/check/")

        assert answer.status_code == 405
        assert document(answer)["code"] == "method_not_allowed"
        assert answer["Allow"] == "POST"


@pytest.mark.parametrize(
    ("wanted", "language", "title"),
    [
        ("", "tr", "Böyle bir şey yok"),
        ("en", "en", "There is no such thing"),
        ("en-GB,tr;q=0.5", "en", "There is no such thing"),
        ("de, tr-TR;q=0.8, en;q=0.2", "tr", "Böyle bir şey yok"),
        ("de", "tr", "Böyle bir şey yok"),
        ("x" * 5000, "tr", "Böyle bir şey yok"),
    ],
)
def test_an_answer_speaks_the_language_asked_for(client: Client, site: Site, wanted: str, language: str, title: str) -> None:
    answer = get(client, "nowhere/", Accept_Language=wanted)

    assert answer["Content-Language"] == language
    assert document(answer)["title"] == title
    assert answer["Vary"] == "Accept-Language, origin"


def test_the_cookie_of_the_pages_chooses_no_language_here(client: Client, site: Site) -> None:
    client.cookies["django_language"] = "en"

    assert get(client, "nowhere/")["Content-Language"] == "tr"


def test_no_answer_is_kept_that_does_not_say_so(client: Client, site: Site) -> None:
    assert post(client, "check/", {"text": CLEAN})["Cache-Control"] == "no-store"


def test_a_request_is_at_most_64_kib_long(client: Client, site: Site) -> None:
    fits, too_large = (post(client, "check/", b'"' + b"a" * (size - 2) + b'"') for size in (LARGEST_REQUEST_BYTES, LARGEST_REQUEST_BYTES + 1))

    assert fits.status_code == 400
    assert (too_large.status_code, document(too_large)["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"]
)
def test_a_request_that_is_not_json_is_refused(client: Client, site: Site, content_type: str) -> None:
    answer = client.post("/api/v1/check/", b'{"text": "Meydan"}', content_type=content_type)

    assert (answer.status_code, document(answer)["code"]) == (415, "unsupported_media_type")


def test_a_large_form_is_refused_before_it_is_read(client: Client, site: Site) -> None:
    answer = client.post("/api/v1/check/", {"text": "a" * 3_000_000})

    assert (answer.status_code, document(answer)["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b'{"text": "Meydan"} {}',
        b"{'text': 'Meydan'}",
        b'{"text": NaN}',
        b'{"text": Infinity}',
        b'{"text": "Meydan", "text": "Kent"}',
        b'{"text": {"a": 1, "a": 2}}',
        '{"text": "Meydan güzel"}'.encode("iso-8859-9"),
        '{"text": "Meydan"}'.encode("utf-16"),
        b"[" * 30_000,
        b'{"text": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_cannot_be_read_as_json_is_told_so(client: Client, site: Site, raw: bytes) -> None:
    answer = post(client, "check/", raw)

    assert (answer.status_code, document(answer)["code"]) == (400, "invalid")


@pytest.mark.parametrize("raw", [b"[]", b'"Meydan"', b"1", b"true", b"null"])
def test_json_that_is_no_object_is_told_so(client: Client, site: Site, raw: bytes) -> None:
    assert codes(post(client, "check/", raw))[""] in (["invalid"], ["null"])


def test_an_unknown_host_is_told_so_in_the_same_form(client: Client, site: Site) -> None:
    answer = get(client, "nowhere/", Host="baska.example")

    assert (answer.status_code, document(answer)["code"]) == (400, "invalid")


@pytest.mark.parametrize("error", [OperationalError, InternalError])
def test_a_database_that_does_not_answer_is_a_reason_to_try_again(
    client: Client, site: Site, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    _break(monkeypatch, error("could not connect to 10.0.0.7"))

    answer = post(client, "check/", {"text": CLEAN})

    assert (answer.status_code, document(answer)["code"]) == (503, "try_again")
    assert answer["Retry-After"] == "10"
    assert b"10.0.0.7" not in answer.content


def test_what_nobody_foresaw_is_answered_without_its_insides(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, ZeroDivisionError("secret"))

    answer = post(Client(raise_request_exception=False), "check/", {"text": CLEAN})

    assert (answer.status_code, document(answer)["code"]) == (500, "failed")
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.content


def test_the_answer_is_json_whatever_else_is_accepted(client: Client, article: Article) -> None:
    answer = get(client, "articles/kent-meydani/", Accept="text/html")

    assert answer["Content-Type"] == "application/json"


def _break(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(checking, "judge", fail)
