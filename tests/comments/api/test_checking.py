"""What the policy says of a text that is not sent."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from comments.api import checking
from comments.api_keys import Scope
from comments.judging import Judgement
from comments.models import Comment, Count, Reader, Review
from moderation import versions
from moderation.models import Site
from tests.comments.api.calls import CLEAN, CORRECTED, INSULTING, MISSPELT, SUSPECT, codes, document, key, post


def test_a_clean_text_passes(client: Client, site: Site) -> None:
    answer = post(client, "check/", {"text": f"  {CLEAN}\r\n"})

    assert answer.status_code == 200
    assert document(answer) == {"text": CLEAN, "outcome": "pass", "findings": [], "corrected": CLEAN}


def test_every_finding_is_told_at_once(client: Client, site: Site) -> None:
    told = document(post(client, "check/", {"text": f"{MISSPELT} {INSULTING}"}))

    assert (told["outcome"], told["corrected"]) == ("reject", f"{CORRECTED} {INSULTING}")
    assert {finding["clause"] for finding in told["findings"]} == {"spelling", "insults"}


def test_nothing_is_stored(client: Client, site: Site) -> None:
    post(client, "check/", {"text": INSULTING})

    assert not Comment.objects.exists()
    assert not Reader.objects.exists()


def test_a_suspicion_is_shown_to_editors_alone(client: Client, site: Site) -> None:
    reader, server, editor = (
        document(post(client, "check/", {"text": SUSPECT}, **headers))
        for headers in ({}, {"Authorization": key(site, Scope.SUBMIT)}, {"Authorization": key(site, Scope.MODERATE)})
    )

    assert reader == server == {"text": SUSPECT, "outcome": "pass", "findings": [], "corrected": SUSPECT}
    assert editor["outcome"] == "hold"
    assert editor["findings"][0]["rule"]


def test_what_cannot_be_checked_now_is_not_called_good(client: Client, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "judge", lambda _text, site: Judgement(versions.active(site), None, Review.Failure.ERROR))

    answer = post(client, "check/", {"text": CLEAN})

    assert (answer.status_code, document(answer)["code"]) == (503, "try_again")


@pytest.mark.parametrize(
    ("payload", "errors"),
    [
        ({}, {"text": ["required"]}),
        ({"text": None}, {"text": ["null"]}),
        ({"text": 1}, {"text": ["invalid"]}),
        ({"text": True}, {"text": ["invalid"]}),
        ({"text": [CLEAN]}, {"text": ["invalid"]}),
        ({"text": {"text": CLEAN}}, {"text": ["invalid"]}),
        ({"text": ""}, {"text": ["blank"]}),
        ({"text": "\u200b \n"}, {"text": ["blank"]}),
        ({"text": "a" * 2001}, {"text": ["too_long"]}),
        ({"text": "Meydan\0"}, {"text": ["unreadable"]}),
        ({"text": "Meydan \udfff"}, {"text": ["unreadable"]}),
        ({"text": "Meydan \ufffd"}, {"text": ["unreadable"]}),  # noqa: PT014  (a lone surrogate is another letter)
        ({"text": CLEAN, "language": "tr"}, {"language": ["unknown"]}),
        ({"text": CLEAN, "\ud800": 1}, {"\\ud800": ["unknown"]}),
        ({"body": CLEAN, "url": 1}, {"text": ["required"], "body": ["unknown"], "url": ["unknown"]}),
    ],
)
def test_a_wrong_request_is_told_all_that_is_wrong(client: Client, site: Site, payload: object, errors: object) -> None:
    answer = post(client, "check/", payload)

    assert answer.status_code == 400
    assert codes(answer) == errors


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 12, 0, 20, tzinfo=UTC))


@pytest.mark.usefixtures("at_noon")
def test_a_guest_checks_so_many_texts_in_a_minute_and_no_more(client: Client, site: Site, settings: Settings) -> None:
    settings.CHECK_LIMIT_PER_MINUTE = 3
    statuses = [post(client, "check/", {"text": CLEAN}).status_code for _ in range(4)]

    refused = post(client, "check/", {"text": CLEAN})

    assert statuses == [200, 200, 200, 429]
    assert (document(refused)["code"], refused["Retry-After"]) == ("slow_down", "40")
    assert post(Client(), "check/", {"text": CLEAN}).status_code == 200


@pytest.mark.usefixtures("at_noon")
def test_whoever_takes_no_cookie_is_known_by_his_address(site: Site, settings: Settings) -> None:
    settings.CHECK_LIMIT_PER_MINUTE_AND_ADDRESS = 3

    statuses = [Client(REMOTE_ADDR="203.0.113.9").post("/api/v1/check/", {"text": CLEAN}, "application/json").status_code for _ in range(4)]

    assert statuses == [200, 200, 200, 429]
    assert Client(REMOTE_ADDR="203.0.113.10").post("/api/v1/check/", {"text": CLEAN}, "application/json").status_code == 200
    assert not Count.objects.filter(name__contains="203.0.113").exists()


@pytest.mark.usefixtures("at_noon")
def test_the_site_s_server_checks_as_often_as_it_needs(client: Client, site: Site, settings: Settings) -> None:
    settings.CHECK_LIMIT_PER_MINUTE = settings.CHECK_LIMIT_PER_MINUTE_AND_ADDRESS = 1
    header = key(site, Scope.READ)

    assert [post(client, "check/", {"text": CLEAN}, Authorization=header).status_code for _ in range(3)] == [200] * 3
    assert not Count.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_noon")
def test_at_once_exactly_so_many_pass(site: Site, settings: Settings) -> None:
    settings.CHECK_LIMIT_PER_MINUTE_AND_ADDRESS = 10

    def check(_: int) -> int:
        try:
            return int(post(Client(), "check/", {"text": CLEAN}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(check, range(24)))

    assert (statuses.count(200), statuses.count(429)) == (10, 14)


def test_the_next_minute_begins_anew(client: Client, site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CHECK_LIMIT_PER_MINUTE = 1
    start = datetime(2026, 11, 22, 12, 0, 59, tzinfo=UTC)
    statuses = []
    for seconds in (0, 0, 1, 1):
        monkeypatch.setattr(timezone, "now", lambda now=start + timedelta(seconds=seconds): now)
        statuses.append(post(client, "check/", {"text": CLEAN}).status_code)

    assert statuses == [200, 429, 200, 429]
