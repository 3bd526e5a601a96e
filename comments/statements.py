"""Statements that come with every request. PostgreSQL is told each of them once on a connection and then only called by its name, because planning
one takes several times as long as carrying it out; and the driver is spoken to directly, because its cursor and Django's take as long again.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import connection
from psycopg import OperationalError, errors
from psycopg.adapt import Transformer
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

Rows = Sequence[tuple[Any, ...]]


class _Prepared(NamedTuple):
    name: str
    preparing: str
    values: int


# By the connections of the driver, which their pool lends to one thread at a time.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def fetch(statement: str, values: Sequence[Any] = ()) -> Rows:
    """What the database answers; statements are written out, the same each time. Raises Django's errors of the database."""
    if connection.vendor != "postgresql":
        return _through_a_cursor(statement, values)
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    prepared = _prepared(statement)
    _make_known(prepared)
    # Whoever watches what is asked of the database watches Django's cursors.
    if connection.queries_logged or connection.execute_wrappers:
        return _through_a_cursor(_call(prepared.name, ["%s"] * prepared.values), values)
    with connection.wrap_database_errors:
        return _called(connection.connection, prepared.name, values)


def _through_a_cursor(statement: str, values: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def _called(driver: Any, name: str, values: Sequence[Any]) -> Rows:
    """In one message with the BEGIN of the transaction, where there is to be one that has not begun."""
    server, transformer = driver.pgconn, Transformer(driver)
    begins = not driver.autocommit and server.transaction_status == TransactionStatus.IDLE
    call = _call(name, [transformer.as_literal(value).decode(transformer.encoding) for value in values])
    result = server.exec_(f"{'BEGIN;' if begins else ''}{call}".encode(transformer.encoding))
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        if server.status == ConnStatus.BAD:
            raise OperationalError(result.get_error_message(transformer.encoding))
        raise errors.error_from_result(result, encoding=transformer.encoding)
    transformer.set_pgresult(result)
    return transformer.load_rows(0, result.ntuples, tuple)


def _call(name: str, values: Sequence[str]) -> str:
    return f"EXECUTE {name}({','.join(values)})" if values else f"EXECUTE {name}"


def _make_known(prepared: _Prepared) -> None:
    known = _known.setdefault(connection.connection, set())
    if prepared.name not in known:
        # Past Django's log of statements, which would tell of it for the first request of many.
        with connection.wrap_database_errors:
            connection.connection.execute(prepared.preparing)
        known.add(prepared.name)


@cache
def _prepared(statement: str) -> _Prepared:
    first, *others = statement.split("%s")
    verb = statement.split(maxsplit=1)[0]
    name = f"{verb}_{blake2b(statement.encode(), digest_size=8).hexdigest()}"
    numbered = "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))])
    return _Prepared(name, f"PREPARE {name} AS {numbered}", len(others))
