"""A submission sent twice is one comment, and nobody is given a stranger's answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any, NoReturn
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import Settings

from comments import guests, idempotency, submission
from comments.api import writing
from comments.api_keys import Scope
from comments.models import AnsweredRequest, Article, Comment, Reader
from moderation.models import Site
from tests.comments.api.calls import CLEAN, MISSPELT, SUBMISSION, codes, document, key, post, publish, submit

PATH = "articles/kent-meydani/comments/"
KEY = "6f1c2f0e-8a41-4a3e-9f51-0d3f4a0b7c11"


def test_the_second_is_answered_as_the_first(client: Client, article: Article) -> None:
    first, second = (post(client, PATH, {**SUBMISSION, "body": MISSPELT}, Idempotency_Key=KEY) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert document(first) == document(second)
    assert "Idempotent-Replayed" not in first
    assert second["Idempotent-Replayed"] == "true"
    assert Comment.objects.count() == 1


def test_whatever_has_become_of_the_comment_since(client: Client, article: Article, editor: User) -> None:
    first = post(client, PATH, SUBMISSION, Idempotency_Key=KEY)
    publish(document(first)["id"], editor)
    Article.objects.update(comments_open=False)

    assert document(post(client, PATH, SUBMISSION, Idempotency_Key=KEY)) == document(first)


def test_a_repeated_request_counts_once_against_the_senders_limit(client: Client, article: Article, settings: Settings) -> None:
    settings.SEND_LIMIT_PER_MINUTE = 1

    answers = [post(client, PATH, SUBMISSION, Idempotency_Key=KEY) for _ in range(3)]
    another = post(client, PATH, {**SUBMISSION, "body": MISSPELT}, Idempotency_Key="another")

    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert (another.status_code, document(another)["code"]) == (429, "slow_down")


def test_the_order_of_the_fields_makes_no_other_request(client: Client, article: Article) -> None:
    post(client, PATH, b'{"body": "Meydan \\u00e7ok g\\u00fczel.", "author": {"name": "Ay\\u015fe"}}', Idempotency_Key=KEY)

    answer = post(client, PATH, '{"author": {"name": "Ayşe"}, "body": "Meydan çok güzel."}'.encode(), Idempotency_Key=KEY)

    assert answer["Idempotent-Replayed"] == "true"


def test_a_key_that_stood_for_another_request_is_refused(client: Client, article: Article) -> None:
    post(client, PATH, SUBMISSION, Idempotency_Key=KEY)

    answer = post(client, PATH, {**SUBMISSION, "body": MISSPELT}, Idempotency_Key=KEY)

    assert (answer.status_code, document(answer)["code"]) == (422, "idempotency_mismatch")
    assert Comment.objects.count() == 1


def test_strangers_keys_are_kept_apart(client: Client, article: Article, site: Site) -> None:
    mine = post(client, PATH, SUBMISSION, Idempotency_Key=KEY)
    others = [post(Client(), PATH, SUBMISSION, Idempotency_Key=KEY)]
    others += [post(Client(), PATH, SUBMISSION, Idempotency_Key=KEY, Authorization=key(site, Scope.SUBMIT)) for _ in range(2)]

    assert len({document(answer)["receipt"] for answer in [mine, *others]}) == 4


def test_one_key_may_stand_for_requests_to_several_articles(client: Client, article: Article, site: Site) -> None:
    Article.objects.create(site=site, key="baska", title="Başka")

    answers = [post(client, f"articles/{name}/comments/", SUBMISSION, Idempotency_Key=KEY) for name in ("kent-meydani", "baska")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Comment.objects.count() == 2


def test_a_refused_request_claims_nothing(client: Client, article: Article) -> None:
    refused = post(client, PATH, {**SUBMISSION, "body": ""}, Idempotency_Key=KEY)

    assert refused.status_code == 400
    assert not AnsweredRequest.objects.exists()
    assert post(client, PATH, SUBMISSION, Idempotency_Key=KEY).status_code == 201


def test_a_crash_leaves_neither_comment_nor_claim(client: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*stored: Any, **told: Any) -> NoReturn:
        submission.store(*stored, **told)
        assert Comment.objects.exists()
        raise ZeroDivisionError

    client.raise_request_exception = False
    with monkeypatch.context() as patched:
        patched.setattr(writing, "_stored", lambda prepared, *_, now: crash(prepared, Reader.objects.create(site=article.site), now=now))
        assert post(client, PATH, SUBMISSION, Idempotency_Key=KEY).status_code == 500
    assert not Comment.objects.exists()
    assert not AnsweredRequest.objects.exists()

    assert post(client, PATH, SUBMISSION, Idempotency_Key=KEY).status_code == 201


@pytest.mark.parametrize("unreadable", ["", "a" * 256, "ığü", "a\tb"])
def test_a_key_has_a_form(client: Client, article: Article, unreadable: str) -> None:
    answer = post(client, PATH, SUBMISSION, Idempotency_Key=unreadable)

    assert codes(answer) == {"Idempotency-Key": ["invalid"]}
    assert not Comment.objects.exists()


def test_who_sends_a_key_that_is_none_is_told_of_the_characters_that_one_may_have(client: Client, article: Article) -> None:
    answer = post(client, PATH, SUBMISSION, Idempotency_Key="ığü")

    assert document(answer)["detail"] == "Idempotency-Key 1 ile 255 arasında görünür ASCII karakterinden oluşur; en iyisi bir UUID’dir."
    assert post(client, PATH, SUBMISSION, Idempotency_Key="{gonderi}:1/2").status_code == 201


def test_after_two_days_a_key_is_new_again(client: Client, article: Article) -> None:
    post(client, PATH, SUBMISSION, Idempotency_Key=KEY)
    now = timezone.now()
    AnsweredRequest.objects.update(created_at=now - idempotency.KEPT)

    answer = post(client, PATH, {**SUBMISSION, "body": MISSPELT}, Idempotency_Key=KEY)

    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer
    assert Comment.objects.count() == 2


def test_what_nobody_is_given_again_is_forgotten(client: Client, article: Article) -> None:
    now = timezone.now()
    for age in (idempotency.KEPT, idempotency.KEPT - timedelta(minutes=1)):
        post(client, PATH, SUBMISSION, Idempotency_Key=str(uuid4()))
        AnsweredRequest.objects.filter(created_at__gt=now - timedelta(minutes=1)).update(created_at=now - age)

    assert idempotency.forget(now=now) == 1
    assert AnsweredRequest.objects.count() == 1


def test_without_a_key_the_same_text_is_another_comment(client: Client, article: Article) -> None:
    assert submit(client)["id"] != submit(client)["id"]


@pytest.mark.django_db(transaction=True)
def test_the_same_request_many_times_at_once_is_one_comment(article: Article) -> None:
    first = Client()
    submit(first)
    cookie, together = first.cookies[guests.COOKIE].value, Barrier(6)

    def send(_: int) -> Any:
        browser = Client()
        browser.cookies[guests.COOKIE] = cookie
        together.wait(timeout=60)
        try:
            return post(browser, PATH, {**SUBMISSION, "body": MISSPELT}, Idempotency_Key=KEY)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(6)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({document(answer)["receipt"] for answer in answers}) == 1
    assert [answer.get("Idempotent-Replayed") for answer in answers].count(None) == 1
    assert Comment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_request_that_is_still_being_answered_says_so(article: Article) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time, so the second waits for the first's answer")
    # A server's key, because it is not counted: the transaction around the first request would hold a guest's count as well.
    sent = {"Authorization": key(article.site, Scope.SUBMIT), "Idempotency_Key": KEY}

    def send_again() -> Any:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        try:
            return post(Client(), PATH, SUBMISSION, **sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        post(Client(), PATH, SUBMISSION, **sent)
        answer = thread.submit(send_again).result()

    assert (answer.status_code, document(answer)["code"]) == (409, "in_progress")
    assert Comment.objects.count() == 1


class AnyOrderOfRequests(TestCase):
    """However often and in whatever order a guest sends his requests, there is one comment for each key, and each answer is its own."""

    @examples(max_examples=20)
    @given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from([CLEAN, MISSPELT])), min_size=1, max_size=8))
    def test_one_comment_for_each_key(self, requests: list[tuple[str, str]]) -> None:
        site, _ = Site.objects.get_or_create(key="default", defaults={"name": "Mizan"})
        Article.objects.get_or_create(site=site, key="kent-meydani", title="Kent meydanı")
        before, texts, ids = Comment.objects.count(), dict[str, str](), dict[str, str]()
        for name, body in requests:
            answer = post(self.client, PATH, {**SUBMISSION, "body": body}, Idempotency_Key=name)
            if texts.setdefault(name, body) != body:
                assert answer.status_code == 422
                continue
            assert ids.setdefault(name, document(answer)["id"]) == document(answer)["id"]
        assert Comment.objects.count() - before == len(set(ids.values())) == len(texts)
