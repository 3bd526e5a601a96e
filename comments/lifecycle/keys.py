"""Primary keys taken beforehand: a comment and its first revision refer to each other, and neither may refer to nothing."""

from collections.abc import Sequence

from django.db import connection, models
from django.db.models import Max

from comments import statements


def reserve(model: type[models.Model], count: int) -> Sequence[int]:
    """Keys that nobody else will be given; only inside a transaction."""
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count])
            return [key for (key,) in cursor.fetchall()]
    # SQLite: the transaction began IMMEDIATE, so no other writer can take a key before it ends.
    last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    return range(last + 1, last + 1 + count)


def reserve_one_of_each(*tables: type[models.Model]) -> Sequence[int]:
    """A key for each table, asked for at once; only inside a transaction."""
    if connection.vendor == "postgresql":
        wanted = ", ".join(["nextval(pg_get_serial_sequence(%s, 'id'))"] * len(tables))
        with connection.cursor() as cursor:
            statements.execute(cursor, (f"SELECT {wanted}", [table._meta.db_table for table in tables]))
            return tuple(cursor.fetchone())
    return [reserve(table, 1)[0] for table in tables]
