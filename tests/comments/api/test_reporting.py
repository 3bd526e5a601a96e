"""A reader's report of a published comment, sent from the news site."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.api_keys import Scope
from comments.models import Article, Comment, Reader, Report
from moderation.models import Site
from tests.comments.api.calls import codes, document, key, post, publish, submit

REPORT = {"reason": "insults", "text": "Komşuma hakaret ediyor."}


@pytest.fixture
def path(client: Client, article: Article, editor: User) -> str:
    made = submit(client)
    publish(made["id"], editor)
    return f"comments/{made['id']}/report/"


def test_a_report_reaches_the_editors(client: Client, path: str) -> None:
    answer = post(Client(), path, REPORT)

    report = Report.objects.get()
    assert answer.status_code == 200
    assert document(answer) == {
        "comment": str(Comment.objects.get().public_id),
        "reason": "insults",
        "reported_at": report.created_at.isoformat().replace("+00:00", "Z"),
    }
    assert (report.text, report.closed_by) == (REPORT["text"], None)


def test_a_repeated_one_changes_nothing(path: str) -> None:
    browser = Client()
    first = post(browser, path, REPORT)

    second = post(browser, path, {"reason": "swearing", "text": "Bir de küfür var."})

    assert document(second) == document(first)
    assert Report.objects.get().text == REPORT["text"]


def test_each_reader_s_report_counts(path: str, site: Site) -> None:
    header = key(site, Scope.SUBMIT)
    for _ in range(2):
        post(Client(), path, REPORT)
        post(Client(), path, REPORT, Authorization=header)
        for subject in ("17", "18"):
            post(Client(), path, {**REPORT, "author": {"subject": subject}}, Authorization=header)

    assert Report.objects.count() == 2 + 1 + 2


def test_reporting_leaves_the_reporter_his_name(path: str, client: Client) -> None:
    post(client, path, REPORT)

    assert Reader.objects.get().name == "Ayşe K."


@pytest.mark.parametrize("reason", ["off_topic", "spelling", "unlawful"])
def test_a_reason_is_a_clause_or_the_policy_s_own(client: Client, path: str, reason: str) -> None:
    assert post(client, path, {"reason": reason}).status_code == 200


def test_only_what_the_public_sees_is_reported(client: Client, article: Article) -> None:
    waiting = submit(client)["id"]

    for public_id in (waiting, uuid4()):
        assert post(client, f"comments/{public_id}/report/", REPORT).status_code == 404
    assert not Report.objects.exists()


def test_a_key_without_the_scope_reports_nothing(client: Client, path: str, site: Site) -> None:
    answer = post(client, path, REPORT, Authorization=key(site, Scope.READ))

    assert (answer.status_code, document(answer)["code"]) == (403, "not_allowed")


def test_a_key_reports_on_its_own_title_alone(client: Client, path: str) -> None:
    magazine = Site.objects.create(key="dergi", name="Dergi")

    assert post(client, path, REPORT, Authorization=key(magazine, Scope.SUBMIT)).status_code == 404


def test_a_guest_reports_for_nobody_else(client: Client, path: str) -> None:
    assert post(client, path, {**REPORT, "author": {"subject": "17"}}).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("payload", "errors"),
    [
        ({}, {"reason": ["required"]}),
        ({"reason": None}, {"reason": ["null"]}),
        ({"reason": ""}, {"reason": ["blank"]}),
        ({"reason": "hoşuma gitmedi"}, {"reason": ["invalid_choice"]}),
        ({"reason": "x" * 31}, {"reason": ["max_length"]}),
        ({"reason": 1}, {"reason": ["invalid"]}),
        ({"reason": "insults", "text": 1}, {"text": ["invalid"]}),
        ({"reason": "insults", "text": None}, {"text": ["null"]}),
        ({"reason": "insults", "text": "a" * 2001}, {"text": ["max_length"]}),
        ({"reason": "insults", "text": "\0"}, {"text": ["unreadable"]}),
        ({"reason": "insults", "author": "17"}, {"author": ["invalid"]}),
        ({"reason": "insults", "author": {}}, {"author.subject": ["required"]}),
        ({"reason": "insults", "why": "?"}, {"why": ["unknown"]}),
    ],
)
def test_a_wrong_report_is_told_what_is_wrong(client: Client, path: str, payload: object, errors: object) -> None:
    answer = post(client, path, payload)

    assert answer.status_code == 400
    assert codes(answer) == errors
    assert not Report.objects.exists()
