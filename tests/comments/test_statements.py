"""Statements that come with every request: the same rows as ever, planned once on each connection."""

import pytest
from django.db import DatabaseError, connection, transaction

from comments import statements
from comments.models import Article

ASKED = "SELECT title FROM comments_article WHERE key = %s AND comments_open = %s"
only_on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite plans without being told")


def titles(key: str = "kent-meydani") -> list[str]:
    with connection.cursor() as cursor:
        statements.execute(cursor, (ASKED, [key, True]))
        return [title for (title,) in cursor.fetchall()]


def kept_plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%SELECT title FROM comments_article%"])
        [number] = cursor.fetchone()
    return int(number)


def test_a_statement_answers_as_if_it_were_asked_for_the_first_time(article: Article) -> None:
    assert [titles(), titles("yok"), titles("o'nun \\ %s"), titles()] == [[article.title], [], [], [article.title]]


def test_several_go_one_after_another(article: Article) -> None:
    change = "UPDATE comments_article SET title = %s WHERE key = %s"

    with connection.cursor() as cursor:
        statements.execute(cursor, (change, ["Meydan", article.key]), (change, ["Meydan açıldı", article.key]))

    assert titles() == ["Meydan açıldı"]


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
        with connection.cursor() as cursor, pytest.raises(DatabaseError):
            statements.execute(cursor, ("SELECT nothing FROM nowhere WHERE key = %s", ["x"]))
