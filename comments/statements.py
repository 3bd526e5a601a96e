"""Statements that come with every request. PostgreSQL is told each of them once on a connection and then only called by its name, because planning
one takes several times as long as carrying it out.
"""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper


class _Prepared(NamedTuple):
    name: str
    preparing: str
    calling: str


# By the connections of the driver, which their pool lends to one thread at a time.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def execute(cursor: CursorWrapper, *asked: tuple[str, Sequence[Any]]) -> None:
    """One statement with its values after another, in one message where the database takes one; they are written out, the same each time."""
    if connection.vendor != "postgresql":
        for statement, values in asked:
            cursor.execute(statement, values)
        return
    prepared = [_prepared(statement) for statement, _ in asked]
    _make_known(prepared)
    cursor.execute(";".join([each.calling for each in prepared]), [value for _, values in asked for value in values])


def _make_known(prepared: Sequence[_Prepared]) -> None:
    known = _known.setdefault(connection.connection, set())
    for name, preparing, _ in prepared:
        if name not in known:
            # Past Django's log of statements, which would tell of it for the first request of many.
            with connection.wrap_database_errors:
                connection.connection.execute(preparing)
            known.add(name)


@cache
def _prepared(statement: str) -> _Prepared:
    first, *others = statement.split("%s")
    verb = statement.split(maxsplit=1)[0]
    name = f"{verb}_{blake2b(statement.encode(), digest_size=8).hexdigest()}"
    numbered = "".join([first, *(f"${number}{part}" for number, part in enumerate(others, 1))])
    values = f"({', '.join(['%s'] * len(others))})" if others else ""
    return _Prepared(name, f"PREPARE {name} AS {numbered}", f"EXECUTE {name}{values}")
