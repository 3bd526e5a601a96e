"""Many processes at once lose nothing, do nothing twice, and take no more connections than they were given."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from uuid import uuid4

import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from comments import api_keys, lifecycle
from comments.api_keys import Scope
from comments.lifecycle import Actor, History, Step, moves
from comments.models import Article, Comment, Decision, Event, Reader, Revision, Status
from moderation.models import Site
from tests.comments.conftest import make_editor
from tests.comments.judgements import judgement
from tests.comments.load.hands import Hands, started

PROCESSES = 8
POOL_SIZE = 3
only_on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no pool")


@pytest.fixture(scope="module")
def hands(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    with started(PROCESSES, tmp_path_factory.mktemp("hands"), DATABASE_POOL_SIZE=str(POOL_SIZE)) as hands:
        yield hands


@pytest.mark.django_db(transaction=True)
def test_of_two_thousand_submissions_from_eight_processes_none_fails_and_none_is_lost(article: Article, reader: Reader, hands: Hands) -> None:
    share = 2000 // PROCESSES
    arguments = [{"article": article.pk, "reader": reader.pk, "first": share * number, "count": share} for number in range(PROCESSES)]

    answered = list(chain.from_iterable(hands.together("submit", arguments)))

    assert len(answered) == 2000
    assert set(answered) == {str(known) for known in Comment.objects.values_list("public_id", flat=True)}
    assert Revision.objects.values("body").distinct().count() == Decision.objects.count() == Event.objects.count() == 2000


@pytest.mark.django_db(transaction=True)
def test_two_thousand_submissions_with_idempotency_keys_are_stored_once_each_and_answered_the_same_again(
    article: Article, site: Site, now: datetime, hands: Hands
) -> None:
    api_key = api_keys.make(site, "haber sitesi", [Scope.SUBMIT], now=now).key
    keys = [[f"{process}-{number}" for number in range(2000 // PROCESSES)] for process in range(PROCESSES)]

    def sent(shares: list[list[str]]) -> list[list[str]]:
        return hands.together("send", [{"article": article.key, "api_key": api_key, "keys": mine} for mine in shares])

    first = sent(keys)
    again = sent([mine[:20] for mine in [*keys[1:], keys[0]]])

    assert {known for ids in first for known in ids} == {str(known) for known in Comment.objects.values_list("public_id", flat=True)}
    assert Comment.objects.count() == 2000
    assert again == [ids[:20] for ids in [*first[1:], first[0]]]


@pytest.mark.django_db(transaction=True)
def test_of_eight_editors_at_two_hundred_comments_one_decides_on_each_and_the_others_are_told_who_was_first(
    article: Article, reader: Reader, now: datetime, hands: Hands
) -> None:
    editors = [make_editor(f"editor{number}", "decide_comment") for number in range(PROCESSES)]
    comments = waiting(article, reader, 200, now)

    told = hands.together("approve", [{"editor": editor.username, "comments": comments} for editor in editors])

    assert all(names == told[0] for names in told)
    decided = Decision.objects.filter(comment__in=comments, version=2).order_by("comment")
    assert list(decided.values_list("editor__username", flat=True)) == told[0]
    assert set(Comment.objects.values_list("status", "version")) == {(Status.APPROVED, 2)}


@pytest.mark.django_db(transaction=True)
def test_the_same_double_click_in_eight_processes_makes_one_comment(article: Article, reader: Reader, hands: Hands) -> None:
    submissions = [str(uuid4()) for _ in range(25)]

    answered = hands.together("click", [{"article": article.pk, "reader": reader.pk, "submissions": submissions}] * PROCESSES)

    assert all(comments == answered[0] for comments in answered)
    assert Comment.objects.count() == Revision.objects.count() == Decision.objects.count() == 25


@only_on_postgresql
@pytest.mark.django_db
def test_connections_to_postgresql_come_from_a_pool(site: object) -> None:
    pool = connection.pool  # type: ignore[attr-defined]  # only PostgreSQL's has one
    assert isinstance(pool, ConnectionPool)
    before = pool.get_stats()["requests_num"]

    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT 1")
    other.close()

    assert pool.get_stats()["requests_num"] == before + 1


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_process_takes_no_more_connections_than_its_pool_has(hands: Hands) -> None:
    [pids] = hands.together("ask", [{"threads": 12, "at_once": POOL_SIZE}])

    assert len(pids) == 12
    assert len(set(pids)) == POOL_SIZE


def waiting(article: Article, reader: Reader, count: int, now: datetime) -> list[int]:
    """The keys of as many comments that wait for an editor."""
    body = "Meydan çok güzel olmuş."
    judged = judgement(article.site, body)
    submission = Step(moves.SUBMIT, Status.PENDING, Actor.policy(judged.policy_version), now, body=body, judgement=judged)
    return [comment.pk for comment in lifecycle.record(History(article, reader, "Ayşe K.", (submission,)) for _ in range(count))]
