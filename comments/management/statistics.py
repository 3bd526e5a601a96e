"""What PostgreSQL plans by, after many rows have come at once."""

from django.db import connection

from comments.management.patience import patient


def gather() -> None:
    """Has the tables looked at now: autovacuum would come later, or, where it is switched off, never. SQLite's plans need none."""
    if connection.vendor == "postgresql":
        with patient(), connection.cursor() as cursor:
            cursor.execute("ANALYZE")
