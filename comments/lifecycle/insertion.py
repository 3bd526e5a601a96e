"""Many rows into one table, or one into each of many, in as few messages to the database as it takes."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection, models
from psycopg.sql import SQL, Identifier

from comments import statements
from comments.lifecycle.keys import reserve

Row = Mapping[str, Any]


class _Reference(NamedTuple):
    """The row at one place refers by a field to the row at another, whose key is not known before both are stored."""

    referring: int
    field: str
    column: str
    referred: int


def insert_together(*rows: models.Model) -> None:
    """New rows of different tables, which may refer to each other, in one message where the database takes one; they are given their keys.

    Only inside a transaction. Raises IntegrityError, now or at the commit.
    """
    tables, references = tuple(type(row) for row in rows), _references(rows)
    if connection.vendor == "postgresql":
        [keys] = statements.fetch(_statement_for_documents(tables, references), [_document(row) for row in rows])
        _give_keys(rows, keys, references)
    else:
        _give_keys(rows, [None if _borrows_its_key(table) else reserve(table, 1)[0] for table in tables], references)
        for row in rows:
            statements.fetch(_statement(type(row)), _values(row))
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


def _references(rows: Sequence[models.Model]) -> tuple[_Reference, ...]:
    places = {id(row): place for place, row in enumerate(rows)}
    return tuple(
        _Reference(place, field.name, field.column, places[id(referred)])
        for place, row in enumerate(rows)
        for field in _foreign_keys(type(row))
        if (referred := field.get_cached_value(row, default=None)) is not None and id(referred) in places
    )


def _give_keys(rows: Sequence[models.Model], keys: Sequence[int | None], references: Sequence[_Reference]) -> None:
    for row, key in zip(rows, keys, strict=True):
        if key is not None:
            row.pk = key
    for reference in references:
        # Set once more: Django takes the key over when it is told of the row, and forgets the row when it is told of the key.
        setattr(rows[reference.referring], reference.field, rows[reference.referred])


@cache
def _statement(model: type[models.Model]) -> str:
    columns = [f'"{field.column}"' for field in _fields(model)]
    return f'INSERT INTO "{model._meta.db_table}" ({", ".join(columns)}) VALUES ({", ".join(["%s"] * len(columns))})'  # noqa: S608  (our own names)


@cache
def _statement_for_documents(tables: tuple[type[models.Model], ...], references: tuple[_Reference, ...]) -> str:
    """Takes each row as one value: sixty would be parsed and quoted one by one, on both sides."""
    keys = {place: _next_key(table) for place, table in enumerate(tables) if not _borrows_its_key(table)}
    known = {(place, str(tables[place]._meta.pk.column)): place for place in keys}
    known |= {(reference.referring, reference.column): reference.referred for reference in references}
    taken = ", ".join(f"{key} AS key{place}" for place, key in keys.items())
    inserts = [_insert_of_a_document(table, place, known) for place, table in enumerate(tables)]
    given = ", ".join(f"key{place}" if place in keys else "NULL" for place in range(len(tables)))
    return f"WITH keys AS MATERIALIZED (SELECT {taken}), {', '.join(inserts)} SELECT {given} FROM keys"  # noqa: S608  (our own names)


def _insert_of_a_document(table: type[models.Model], place: int, known: Mapping[tuple[int, str], int]) -> str:
    name, columns = table._meta.db_table, [str(field.column) for field in _fields(table)]
    values = [f"key{known[place, column]}" if (place, column) in known else f'told."{column}"' for column in columns]
    into = ", ".join(f'"{column}"' for column in columns)
    return f'row{place} AS (INSERT INTO "{name}" ({into}) SELECT {", ".join(values)} FROM keys, json_populate_record(NULL::"{name}", %s) told)'  # noqa: S608  (our own names)


def _next_key(table: type[models.Model]) -> str:
    return f"nextval(pg_get_serial_sequence('{table._meta.db_table}', '{table._meta.pk.column}'))"


def _borrows_its_key(table: type[models.Model]) -> bool:
    """Whether a row's key is another row's."""
    return table._meta.pk.is_relation


def _document(row: models.Model) -> str:
    """Times and ids as the database reads them in text."""
    return json.dumps({field.column: getattr(row, field.attname) for field in _fields(type(row))}, default=str, ensure_ascii=False)


def _values(row: models.Model) -> list[Any]:
    return [field.get_db_prep_save(getattr(row, field.attname), connection) for field in _fields(type(row))]


@cache
def _fields(model: type[models.Model]) -> "tuple[models.Field[Any, Any], ...]":
    return tuple(field for field in model._meta.concrete_fields if not field.generated)


@cache
def _foreign_keys(model: type[models.Model]) -> "tuple[models.ForeignKey[Any, Any], ...]":
    return tuple(field for field in _fields(model) if isinstance(field, models.ForeignKey))


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
