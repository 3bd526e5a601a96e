"""Primary keys taken beforehand: a comment and its first revision refer to each other, and neither may refer to nothing."""

from collections.abc import Sequence

from django.db import connection, models
from django.db.models import Max


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
