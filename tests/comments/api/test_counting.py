"""Counts: as many as the public sees, in one query, whatever keys are asked for."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.judgements import judgement

COUNTS = "/api/v1/counts/"


def counted(client: Client, **keys: Any) -> dict[str, int]:
    answer = client.get(COUNTS, keys)
    assert answer.status_code == 200, answer.content
    counts: dict[str, int] = json.loads(answer.content)["counts"]
    return counts


def post(client: Client, document: object) -> Any:
    return client.post(COUNTS, json.dumps(document), content_type="application/json")


def comment_on(article: Article, reader: Reader, parent: Comment | None = None) -> Comment:
    draft = lifecycle.Draft(article, reader, "Ayşe K.", "Meydan çok güzel olmuş.", uuid4(), parent=parent)
    return lifecycle.submit(draft, judgement(article.site, draft.body), now=NOON)


def test_counts_are_what_a_recount_of_the_public_list_finds(client: Client, article: Article, reader: Reader, editor: User) -> None:
    other = Article.objects.create(site=article.site, key="baska", title="Başka bir haber")

    def thread_on(commented: Article) -> tuple[Comment, Comment]:
        """A comment and its reply, both published, and one that waits."""
        head = comment_on(commented, reader)
        lifecycle.approve(head, editor=editor, version=1, now=NOON)
        reply = comment_on(commented, reader, head)
        lifecycle.approve(reply, editor=editor, version=1, now=NOON)
        comment_on(commented, reader)
        return head, reply

    thread_on(article)
    thread_on(article)
    head, reply = thread_on(other)
    lifecycle.edit(head, judgement(other.site, "Yeni metin."), version=2, body="Yeni metin.", now=NOON + timedelta(minutes=1))
    lifecycle.remove(reply, editor=editor, version=2, now=NOON, reasons=Reasons(house_reasons=frozenset({"other"})))

    recounted = {
        key: len(json.loads(client.get(f"/api/v1/articles/{key}/comments/?flat=1&limit=100").content)["results"]) for key in ("kent-meydani", "baska")
    }

    assert counted(client, article=["kent-meydani", "baska"]) == recounted == {"kent-meydani": 4, "baska": 1}


def test_an_unknown_key_counts_nothing_and_a_repeated_one_is_told_once(client: Client, article: Article) -> None:
    assert counted(client, article=["yok", "kent-meydani", "boşluk var!", "yok"]) == {"yok": 0, "kent-meydani": 0, "boşluk var!": 0}


def test_long_lists_are_posted(client: Client, article: Article) -> None:
    keys = [f"haber-{number}" for number in range(99)] + [article.key]

    answer = post(client, {"articles": keys})

    assert answer.status_code == 200
    assert json.loads(answer.content) == {"counts": dict.fromkeys(keys, 0)}


def test_an_article_that_shows_nothing_counts_nothing(client: Client, article: Article, submitted: Submitted, editor: User) -> None:
    lifecycle.approve(submitted(), editor=editor, version=1, now=NOON)
    assert counted(client, article=[article.key]) == {article.key: 1}

    Article.objects.update(mode=Article.Mode.CLOSED)

    assert counted(client, article=[article.key]) == {article.key: 0}


def test_another_title_of_the_publisher_is_not_counted(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    lifecycle.approve(submitted(), editor=editor, version=1, now=NOON)
    Article.objects.update(site=Site.objects.create(key="dergi", name="Dergi"))

    assert counted(client, article=[article.key]) == {article.key: 0}


def test_however_many_articles_are_counted_in_one_query(client: Client, article: Article) -> None:
    with CaptureQueriesContext(connection) as captured:
        post(client, {"articles": [f"haber-{number}" for number in range(100)]})

    assert len(captured) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [("", "article"), ("article=", "article"), ("article=" + "a" * 201, "article.0"), ("article=%00", "article.0"), ("sayfa=1&article=a", "sayfa")],
)
def test_an_address_that_names_no_articles_is_refused(client: Client, site: Site, query: str, field: str) -> None:
    answer = client.get(f"{COUNTS}?{query}")

    assert answer.status_code == 400
    assert list(json.loads(answer.content)["errors"]) == [field]


def test_more_than_a_hundred_are_refused(client: Client, site: Site) -> None:
    many = [f"haber-{number}" for number in range(101)]

    assert client.get(COUNTS, {"article": many}).status_code == 400
    assert post(client, {"articles": many}).status_code == 400


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "articles"),
        ({"articles": []}, "articles"),
        ({"articles": "kent-meydani"}, "articles"),
        ({"articles": [7]}, "articles.0"),
        ({"articles": [None]}, "articles.0"),
        ({"articles": [""]}, "articles.0"),
        ({"articles": ["\ud800"]}, "articles.0"),
        ({"articles": ["a\0"]}, "articles.0"),
        ({"articles": ["a"], "limit": 5}, "limit"),
    ],
)
def test_a_posted_list_that_is_none_is_refused(client: Client, site: Site, document: object, field: str) -> None:
    answer = post(client, document)

    assert answer.status_code == 400
    problem = json.loads(answer.content)
    assert (problem["code"], list(problem["errors"])) == ("invalid", [field])


def test_who_has_the_counts_already_is_told_so_until_they_change(client: Client, submitted: Submitted, article: Article, editor: User) -> None:
    first = client.get(COUNTS, {"article": article.key})

    assert client.get(COUNTS, {"article": article.key}, headers={"If-None-Match": first["ETag"]}).status_code == 304

    lifecycle.approve(submitted(), editor=editor, version=1, now=NOON)
    assert client.get(COUNTS, {"article": article.key}, headers={"If-None-Match": first["ETag"]}).status_code == 200
