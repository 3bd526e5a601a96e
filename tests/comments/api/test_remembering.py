"""What is answered to everybody is not made twice, and is never a moment older than what the database holds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from time import monotonic
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from comments import lifecycle
from comments.api import remembering
from comments.api.remembering import Memory, Remembered, articles_of
from comments.lifecycle import Reasons, publishing
from comments.models import Article, Comment, Publication, Reader
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, Submitted
from tests.comments.judgements import judgement

COMMENTS = "/api/v1/articles/kent-meydani/comments/"
COUNTS = "/api/v1/counts/?article=kent-meydani&article=baska"
ADDRESSES = (COMMENTS, f"{COMMENTS}?flat=1&order=oldest", "/api/v1/articles/baska/comments/?limit=2", COUNTS)
REASONS = Reasons(frozenset({Clause.SPELLING}))


class Newsroom:
    """Two articles with comments, and an editor and writers who do anything that they may."""

    def __init__(self, articles: list[Article], reader: Reader, editor: User, chance: Random) -> None:
        self.articles, self.reader, self.editor, self.chance = articles, reader, editor, chance
        self.now = NOON
        self.comments = [self._submitted() for _ in range(3)]

    def act(self) -> None:
        """One more comment, or one move of one that there is; a move that is refused changes nothing."""
        self.now += timedelta(seconds=1)
        act = self.chance.choice([self._submit, self._approve, self._approve, self._approve, self._remove, self._undo, self._edit, self._withdraw])
        with suppress(lifecycle.MoveRefused):
            act()

    def _submit(self) -> None:
        self.comments.append(self._submitted())

    def _submitted(self) -> Comment:
        article = self.chance.choice(self.articles)
        heads = Comment.objects.published().filter(article=article, parent=None)
        parent = self.chance.choice([None, heads.first()])
        draft = lifecycle.Draft(article, self.reader, "Ayşe K.", "Meydan çok güzel olmuş.", uuid4(), parent=parent)
        return lifecycle.submit(draft, judgement(article.site, draft.body), now=self.now)

    def _one(self) -> Comment:
        known = Comment.objects.select_related("article__site", "current_revision", "published_revision", "reader")
        return known.get(pk=self.chance.choice(self.comments).pk)

    def _approve(self) -> None:
        comment = self._one()
        lifecycle.approve(comment, editor=self.editor, version=comment.version, now=self.now)

    def _remove(self) -> None:
        comment = self._one()
        act = self.chance.choice([lifecycle.remove, lifecycle.reject, lifecycle.request_correction])
        act(comment, editor=self.editor, version=comment.version, reasons=REASONS, now=self.now)

    def _undo(self) -> None:
        comment = self._one()
        lifecycle.undo(comment, editor=self.editor, version=comment.version, now=self.now)

    def _edit(self) -> None:
        comment, body = self._one(), f"Meydan {self.now:%S} kat güzel."
        lifecycle.edit(comment, judgement(comment.article.site, body), version=comment.version, body=body, now=self.now)

    def _withdraw(self) -> None:
        comment = self._one()
        if self.chance.random() < 0.5:
            lifecycle.withdraw(comment, version=comment.version, now=self.now)
        else:
            lifecycle.erase(comment, editor=None, version=comment.version, now=self.now)


@pytest.fixture
def other(article: Article) -> Article:
    return Article.objects.create(site=article.site, key="baska", title="Başka bir haber", published_at=NOON)


@pytest.fixture
def published(submitted: Submitted, editor: User) -> Callable[[], Comment]:
    def publish() -> Comment:
        comment = submitted()
        lifecycle.approve(comment, editor=editor, version=1, now=NOON)
        return comment

    return publish


def test_after_every_move_each_process_answers_what_one_would_that_remembers_nothing(
    article: Article, other: Article, reader: Reader, senior_editor: User
) -> None:
    newsroom, processes = Newsroom([article, other], reader, senior_editor, Random(7)), (Client(), Client())

    for _ in range(40):
        newsroom.act()
        process = newsroom.chance.choice(processes)
        for address in ADDRESSES:
            fresh, answer = Client().get(address), process.get(address)
            assert (answer.content, answer["ETag"]) == (fresh.content, fresh["ETag"])

    assert Publication.objects.filter(comments__gt=0).exists()
    for publication in Publication.objects.all():
        assert publication.comments == Comment.objects.published().filter(article=publication.article_id).count()


@pytest.mark.parametrize("address", [COMMENTS, COUNTS])
def test_what_has_not_changed_is_answered_after_one_query_with_the_same_headers(
    client: Client, published: Callable[[], Comment], address: str
) -> None:
    published()
    first = client.get(address)

    with CaptureQueriesContext(connection) as captured:
        again = client.get(address)

    assert len(captured) == 1
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    assert again["Cache-Control"] == "public, max-age=5"


def test_what_was_found_out_a_moment_ago_holds_for_that_moment(
    client: Client, published: Callable[[], Comment], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ANSWERS_KEPT_SECONDS, clock = 0.005, [100.0]
    monkeypatch.setattr(remembering, "monotonic", lambda: clock[-1])
    published()
    counted = []

    for moment in (100.0, 100.0, 100.004, 100.006, 100.010, 100.012):
        clock.append(moment)
        with CaptureQueriesContext(connection) as captured:
            client.get(COMMENTS)
        counted.append(len(captured))

    # Made; found to be the same; within five milliseconds of that; and so on.
    assert counted[1:] == [1, 0, 1, 0, 1]


@pytest.mark.django_db(transaction=True)
def test_who_has_decided_is_answered_when_no_process_shows_what_was_before(
    published: Callable[[], Comment], editor: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    comment, settings.ANSWERS_KEPT_SECONDS = published(), 0.005
    waited = list[float]()
    monkeypatch.setattr(publishing, "sleep", waited.append)

    with transaction.atomic():
        lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=NOON)
        lifecycle.undo(comment, editor=editor, version=3, now=NOON)
        assert not waited

    assert waited == [0.005]


def test_who_has_the_answer_is_told_so_from_memory_too(client: Client, published: Callable[[], Comment], editor: User) -> None:
    comment = published()
    etag = Client().get(COMMENTS)["ETag"]

    # The first one is made, although its caller does not need it, and the second remembered.
    for queries in (4, 1):
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(COMMENTS, headers={"If-None-Match": etag})
        assert (answer.status_code, answer.content, answer["ETag"], len(captured)) == (304, b"", etag, queries)
        assert (answer["Cache-Control"], answer["Content-Language"]) == ("public, max-age=5", "tr")

    lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=NOON)
    assert client.get(COMMENTS, headers={"If-None-Match": etag}).status_code == 200


def test_an_article_that_is_closed_or_gets_another_key_shows_so_at_once(client: Client, article: Article, published: Callable[[], Comment]) -> None:
    published()
    assert client.get(COUNTS).json()["counts"]["kent-meydani"] == len(client.get(COMMENTS).json()["results"]) == 1

    Article.objects.filter(pk=article.pk).update(mode=Article.Mode.CLOSED)
    assert client.get(COUNTS).json()["counts"]["kent-meydani"] == len(client.get(COMMENTS).json()["results"]) == 0

    Article.objects.filter(pk=article.pk).update(key="yeni-anahtar")
    assert client.get(COMMENTS).status_code == 404


def test_a_comment_that_only_waits_touches_nothing_that_others_write(submitted: Submitted, published: Callable[[], Comment]) -> None:
    published()

    with CaptureQueriesContext(connection) as captured:
        submitted()

    assert not [query for query in captured if Publication._meta.db_table in query["sql"]]


def test_each_host_has_addresses_of_its_own(client: Client, published: Callable[[], Comment], settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["gazete.example", "dergi.example"]
    published()

    links = {host: client.get(COMMENTS, headers={"Host": host}).json()["results"][0]["permalink"] for host in settings.ALLOWED_HOSTS}

    assert links["gazete.example"].startswith("http://gazete.example/")
    assert links["dergi.example"].startswith("http://dergi.example/")
    assert client.get(COMMENTS, headers={"Host": "baska.example"}).status_code == 400


@pytest.mark.parametrize("query", ["order=yan", "limit=0", "cursor=sahte", "bilinmeyen=1"])
def test_a_refusal_is_not_remembered(client: Client, article: Article, query: str) -> None:
    for _ in range(2):
        assert client.get(f"{COMMENTS}?{query}").status_code == 400


def test_a_change_while_the_answer_is_made_keeps_it_from_being_remembered(
    client: Client, published: Callable[[], Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    published()
    states = iter([(1,), (2,), (2,), (2,), (2,)])
    monkeypatch.setattr(remembering, "state_of", lambda _keys: next(states))

    for queries in (2, 2, 0):
        with CaptureQueriesContext(connection) as captured:
            client.get(COMMENTS)
        assert len(captured) == queries


def test_a_database_that_does_not_answer_is_told_of_as_ever(client: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    client.get(COMMENTS)

    def fail(_keys: int) -> str:
        raise DatabaseError

    monkeypatch.setattr(remembering, "_question", fail)

    assert client.get(COMMENTS).status_code == 200


@pytest.mark.parametrize(
    ("method", "address", "keys"),
    [
        ("get", COMMENTS, ("kent-meydani",)),
        ("head", COMMENTS, ("kent-meydani",)),
        ("get", COUNTS, ("kent-meydani", "baska")),
        ("post", COMMENTS, ()),
        ("get", "/api/v1/counts/", ()),
        ("get", "/api/v1/counts/?article=bo%C5%9Fluk%20var", ()),
        ("get", "/api/v1/articles/kent-meydani/", ()),
        ("get", "/articles/kent-meydani/", ()),
    ],
)
def test_only_lists_and_counts_for_everybody_are_remembered(method: str, address: str, keys: tuple[str, ...]) -> None:
    assert articles_of(getattr(RequestFactory(), method)(address)) == keys


def test_beyond_so_many_bytes_what_nobody_asked_for_the_longest_is_forgotten() -> None:
    memory = Memory(10_000)
    for number in range(3):
        memory.keep(f"/{number}", Remembered((), b"a" * 1000, {}))
    memory.find("/0")

    memory.keep("/3", Remembered((), b"a" * 1000, {}))

    assert [number for number in range(4) if memory.find(f"/{number}")] == [0, 2, 3]
    assert memory.bytes <= 10_000


def test_what_was_found_out_about_an_answer_says_nothing_of_the_one_that_it_replaced(settings: Settings) -> None:
    """A thread may still hold the earlier one when another has asked about the later."""
    settings.ANSWERS_KEPT_SECONDS, memory = 60.0, Memory(10_000)
    earlier, later = Remembered(((1,),), b"earlier", {}), Remembered(((2,),), b"later", {})
    memory.keep("/", earlier)
    held = memory.find("/")
    memory.keep("/", later)
    later.confirmed_at = monotonic()

    assert held is earlier
    assert (earlier.is_fresh, later.is_fresh) == (False, True)
