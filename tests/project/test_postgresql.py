"""A connection from the pool lives, though it is not asked before every request."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from project.postgresql import base

pytestmark = [pytest.mark.django_db, pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no connections that could be lost")]


@pytest.fixture
def other() -> Iterator[Any]:
    """Another of Django's connections, that takes its own from the same pool."""
    other = connection.copy()
    yield other
    other.close()


def backend_of(other: Any) -> int:
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def end(backend: int) -> None:
    """As a restart of the server does; on its return the backend is gone."""
    with psycopg.connect(conninfo(), autocommit=True) as administrator:
        administrator.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def conninfo() -> str:
    given = connection.get_connection_params()
    return make_conninfo(**{name: given[name] for name in ("host", "port", "user", "password", "dbname") if name in given})


def test_a_connection_that_the_server_closed_is_replaced_before_anybody_notices(other: Any) -> None:
    first = backend_of(other)
    other.close()

    end(first)

    assert backend_of(other) != first


def test_a_connection_in_steady_use_is_not_asked_again_and_again(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(asked.append))

    for _ in range(5):
        backend_of(other)
        other.close()

    assert len(asked) <= 1


def test_a_connection_that_rested_is_asked(other: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(asked.append))
    monkeypatch.setattr(base, "ASKED_EVERY_SECONDS", 0.0)

    for _ in range(2):
        backend_of(other)
        other.close()

    assert len(asked) == 2
