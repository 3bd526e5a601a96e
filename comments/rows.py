"""Rows of statements that are written out, read as instances: what comes with every submission would take longer to compose than to answer."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


@cache
def columns(model: type[models.Model], table: str = "") -> str:
    """All of a model's, in the order in which `read` takes them."""
    prefix = f'"{table}".' if table else ""
    return ", ".join(f'{prefix}"{field.column}"' for field in model._meta.concrete_fields)


def width(model: type[models.Model]) -> int:
    """How many columns a model has."""
    return len(model._meta.concrete_fields)


def read(model: type[Row], row: Sequence[Any]) -> Row:
    """The instance that a row of all its columns makes."""
    values = list(row)
    for place, convert in _conversions(model, connection.vendor):
        values[place] = convert(values[place])
    return model.from_db(connection.alias, _names(model), values)


@cache
def _names(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _conversions(model: type[models.Model], vendor: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:  # noqa: ARG001  (each database has its own)
    """For the columns that the database gives in another form than the model's, by their places."""
    return tuple(
        (place, _conversion(convert, expression))
        for place, field in enumerate(model._meta.concrete_fields)
        for expression in (field.cached_col,)
        for convert in (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection))
    )


def _conversion(convert: Callable[..., Any], expression: Any) -> Callable[[Any], Any]:
    return lambda value: convert(value, expression, connection)
