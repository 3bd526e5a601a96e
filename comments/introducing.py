"""A reader's row as he calls himself now: made or brought up to date by one statement, so two requests of his at a time make one row."""

from functools import cache

from django.db import connection

from comments import rows, statements
from comments.models import Reader

_IDENTITIES = {Reader.Kind.GUEST: "(public_id)", Reader.Kind.USER: "(site_id, issuer, subject) WHERE kind = 'user'"}
_FIELDS = [field for field in Reader._meta.concrete_fields if not field.primary_key]
# An address that changed is no longer confirmed; one that is not given stays.
_UPSERT = """
INSERT INTO {table} ({given}) VALUES ({values})
ON CONFLICT {identity} DO UPDATE SET
    name = excluded.name,
    email = CASE WHEN excluded.email = '' THEN {table}.email ELSE excluded.email END,
    email_confirmed_at = CASE WHEN excluded.email IN ('', {table}.email) THEN {table}.email_confirmed_at END
RETURNING {columns}
"""


def introduce(reader: Reader) -> Reader:
    """The stored row of a guest or a user, who was given as a new one; `created_at` tells whether he was."""
    values = [field.get_db_prep_save(getattr(reader, field.attname), connection) for field in _FIELDS]
    [row] = statements.fetch(_statement(Reader.Kind(reader.kind)), values)
    return rows.read(Reader, row)


@cache
def _statement(kind: Reader.Kind) -> str:
    return _UPSERT.format(
        table=Reader._meta.db_table,
        given=", ".join(str(field.column) for field in _FIELDS),
        values=", ".join(["%s"] * len(_FIELDS)),
        identity=_IDENTITIES[kind],
        columns=rows.columns(Reader),
    )
