"""What a whole site's comments take, nobody waits for in a browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def patient() -> Iterator[None]:
    """Meanwhile no statement of this connection is ended for taking long. SQLite ends none."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")
