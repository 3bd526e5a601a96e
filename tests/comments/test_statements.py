"""Statements that come with every request: the same rows as ever, planned once on each connection."""

from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from comments import statements
from comments.models import Article
from moderation.models import Site
from tests.project.test_postgresql import conninfo

ASKED = "SELECT title FROM comments_article WHERE key = %s AND comments_open = %s"
only_on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite plans without being told")


def titles(key: str = "kent-meydani") -> list[str]:
    return [title for (title,) in statements.fetch(ASKED, [key, True])]


def kept_plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%SELECT title FROM comments_article%"])
        [number] = cursor.fetchone()
    return int(number)


def test_a_statement_answers_as_if_it_were_asked_for_the_first_time(article: Article) -> None:
    assert [titles(), titles("yok"), titles("o'nun \\ %s"), titles()] == [[article.title], [], [], [article.title]]


def test_one_that_changes_something_answers_with_nothing(article: Article) -> None:
    assert not statements.fetch("UPDATE comments_article SET title = %s WHERE key = %s", ["Meydan açıldı", article.key])

    assert titles() == ["Meydan açıldı"]


def test_values_of_every_kind_come_back_as_they_went(site: Site) -> None:
    told = [uuid4(), datetime(2026, 11, 23, 9, 30, tzinfo=UTC), True, None, 7, "«O'nun» %s \\ \n sözü"]
    if connection.vendor != "postgresql":
        told[:2] = [str(value) for value in told[:2]]

    statement = "SELECT CAST(%s AS uuid), CAST(%s AS timestamptz), CAST(%s AS boolean), CAST(%s AS text), CAST(%s AS integer), CAST(%s AS text)"
    sqlite = statement.replace("AS uuid", "AS text").replace("AS timestamptz", "AS text")

    assert statements.fetch(statement if connection.vendor == "postgresql" else sqlite, told) == [tuple(told)]


def test_who_counts_the_queries_sees_it(article: Article) -> None:
    with CaptureQueriesContext(connection) as captured:
        titles()

    assert len(captured) == 1


@pytest.mark.django_db(transaction=True)
def test_the_first_of_a_transaction_is_taken_back_with_it(article: Article) -> None:
    with transaction.atomic():
        statements.fetch("UPDATE comments_article SET title = %s WHERE key = %s", ["Meydan açıldı", article.key])
        transaction.set_rollback(True)

    assert titles() == [article.title]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_failed_takes_no_more_of_them(article: Article) -> None:
    with transaction.atomic():
        with pytest.raises(DatabaseError):
            statements.fetch("SELECT nothing FROM nowhere WHERE key = %s", ["x"])
        connection.needs_rollback = True
        with pytest.raises(transaction.TransactionManagementError):
            titles()
        transaction.set_rollback(True)


@only_on_postgresql
def test_it_is_planned_once(article: Article) -> None:
    for _ in range(3):
        titles()

    assert kept_plans() == 1


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_taken_back_leaves_it_known(article: Article) -> None:
    connection.close()
    with transaction.atomic():
        titles()
        transaction.set_rollback(True)

    assert titles() == [article.title]


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_told_of_it_again(article: Article) -> None:
    titles()
    connection.connection.close()
    connection.close()

    assert titles() == [article.title]
    assert kept_plans() == 1


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_planned_is_an_error_of_the_database_each_time() -> None:
    for _ in range(2):
        with pytest.raises(DatabaseError):
            statements.fetch("SELECT nothing FROM nowhere WHERE key = %s", ["x"])


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_constraint_is_told_as_that(article: Article) -> None:
    twice = 'INSERT INTO comments_count (name, "window", value) VALUES (%s, now(), 1)'

    with transaction.atomic():
        statements.fetch(twice, ["aynı"])
        with pytest.raises(IntegrityError):
            statements.fetch(twice, ["aynı"])
        transaction.set_rollback(True)


@only_on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ended_is_an_operational_error(article: Article) -> None:
    titles()
    with psycopg.connect(conninfo()) as another:
        another.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid])

    with pytest.raises(OperationalError):
        titles()

    connection.close()
    assert titles() == [article.title]
