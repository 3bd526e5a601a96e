"""Many rows into one table, or one into each of many, in as few messages to the database as it takes."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection, models
from psycopg.sql import SQL, Identifier

from comments import statements

Row = Mapping[str, Any]


def insert_together(*rows: models.Model) -> None:
    """New rows of different tables, in one message where the database takes one. Those that others refer to have their keys already.

    Only inside a transaction. Raises IntegrityError, now or at the commit.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statements.execute(cursor, *[(_statement_for_a_document(type(row), has_key=row.pk is not None), [_document(row)]) for row in rows])
        else:
            statements.execute(cursor, *[(_statement(type(row), has_key=row.pk is not None), _values(row)) for row in rows])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001  (documented for models that are loaded in other ways)


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Each row as the model's constructor takes it, all with the same names; what these leave out has one default for all.

    Only inside a transaction. Raises IntegrityError, now or at the commit.
    """
    if connection.vendor == "postgresql" and rows:
        _copy(model, rows)
    else:
        model._base_manager.bulk_create([model(**row) for row in rows])


@cache
def _statement(model: type[models.Model], *, has_key: bool) -> str:
    columns = _columns(model, has_key=has_key)
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({", ".join(["%s"] * (columns.count(",") + 1))})'  # noqa: S608  (our own names)


@cache
def _statement_for_a_document(model: type[models.Model], *, has_key: bool) -> str:
    """Takes the row as one value: sixty would be parsed and quoted one by one, on both sides."""
    table, columns = model._meta.db_table, _columns(model, has_key=has_key)
    return f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM json_populate_record(NULL::"{table}", %s)'  # noqa: S608  (our own names)


def _columns(model: type[models.Model], *, has_key: bool) -> str:
    return ", ".join(f'"{field.column}"' for field in _fields(model, has_key=has_key))


def _document(row: models.Model) -> str:
    """Times and ids as the database reads them in text."""
    fields = _fields(type(row), has_key=row.pk is not None)
    return json.dumps({field.column: getattr(row, field.attname) for field in fields}, default=str, ensure_ascii=False)


def _values(row: models.Model) -> list[Any]:
    fields = _fields(type(row), has_key=row.pk is not None)
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]


@cache
def _fields(model: type[models.Model], *, has_key: bool) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not field.generated and (has_key or not field.primary_key))


def _copy(model: type[models.Model], rows: Sequence[Row]) -> None:
    names = {model._meta.get_field(name): name for name in rows[0]}
    fields = [field for field in model._meta.concrete_fields if not field.generated and (field in names or not field.primary_key)]
    readings = [_reading(field, names.get(field, "")) for field in fields]
    columns = SQL(", ").join([Identifier(str(field.column)) for field in fields])
    statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(model._meta.db_table), columns)
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([read(row) for read in readings])


def _reading(field: "models.Field[Any, Any]", name: str) -> Callable[[Row], object]:
    """The column's value in a row. The driver knows every type but JSON, which could be an array."""
    if not name:
        default = field.get_default()
        return lambda _row: default
    if isinstance(field, models.JSONField):
        return lambda row: field.get_db_prep_save(row[name], connection)
    if name != field.attname:
        return lambda row: getattr(row[name], "pk", None)
    return itemgetter(name)
