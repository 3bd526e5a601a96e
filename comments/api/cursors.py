"""Long lists, page by page, by keyset: a page begins behind a row, so none is skipped or shown twice while rows come and go.

A cursor is signed, and for one list alone: an altered one, or one of another list, is not taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from comments.api.problems import invalid

LIMIT, MOST = 20, 100
NO_LIMIT = _("The limit is a number from 1 to %(most)d.")
_SALT = "comments.api.cursor"

Row = Any
Position = tuple[datetime | int, ...]


@dataclass(frozen=True, slots=True)
class Keyset:
    """The order of one list: `name` tells it from others, article and filters included; `fields` as for `order_by`.

    The fields are times or numbers, never null, and the last one is unique.
    """

    name: str
    fields: tuple[str, ...]

    def ordered(self, *, backwards: bool) -> tuple[str, ...]:
        return tuple(_turned(field) for field in self.fields) if backwards else self.fields

    def behind(self, position: Position, *, backwards: bool) -> Q:
        """The rows that come after the position, in either direction."""
        fields = self.ordered(backwards=backwards)
        # Says less than what follows, but gives the index its range.
        bound = _compared(fields[0], position[0], inclusive=True)
        alternatives, same = [], Q()
        for field, value in zip(fields, position, strict=True):
            alternatives.append(same & _compared(field, value))
            same &= Q(**{_name(field): value})
        return bound & reduce(or_, alternatives)

    def position(self, row: Mapping[str, Any] | Model) -> Position:
        return tuple(row[_name(field)] if isinstance(row, Mapping) else getattr(row, _name(field)) for field in self.fields)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: behind the row at `position`, or before it."""

    position: Position
    backwards: bool = False

    def sealed(self, keyset: Keyset) -> str:
        values = [value.isoformat() if isinstance(value, datetime) else value for value in self.position]
        return _signer(keyset).sign_object([self.backwards, *values])

    @classmethod
    def opened(cls, sealed: str, keyset: Keyset) -> "Cursor":
        """Raises BadSignature."""
        backwards, *values = _signer(keyset).unsign_object(sealed)
        return cls(tuple(datetime.fromisoformat(value) if isinstance(value, str) else value for value in values), backwards)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list in its order, and the addresses of the pages around them."""

    rows: tuple[Row, ...]
    next: str | None
    previous: str | None

    def document(self, results: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The answer, with each row as one of the `results`."""
        return {"results": list(results), "next": self.next, "previous": self.previous}


def page(request: Request, rows: "QuerySet[Any, Any]", keyset: Keyset, *, usual: int = LIMIT) -> Page:
    """The page that the request's `cursor` and `limit` ask for; one query. Raises Problem: a limit or a cursor that is none."""
    limit, cursor = limit_of(request, usual), _cursor(request, keyset)
    backwards = cursor is not None and cursor.backwards
    if cursor:
        rows = rows.filter(keyset.behind(cursor.position, backwards=backwards))
    found = list(rows.order_by(*keyset.ordered(backwards=backwards))[: limit + 1])
    shown = tuple(reversed(found[:limit])) if backwards else tuple(found[:limit])
    more = len(found) > limit
    has_next, has_previous = (True, more) if backwards else (more, cursor is not None)
    return Page(
        shown,
        next=_address(request, keyset, shown[-1:], cursor, backwards=False) if has_next else None,
        previous=_address(request, keyset, shown[:1], cursor, backwards=True) if has_previous else None,
    )


def _address(request: Request, keyset: Keyset, edge: tuple[Row, ...], cursor: Cursor | None, *, backwards: bool) -> str | None:
    """Of the page beyond the row at the edge; from an empty page the way back is from where its own cursor stood."""
    if edge:
        position = keyset.position(edge[0])
    elif cursor:
        position = cursor.position
    else:
        return None
    return replace_query_param(request.build_absolute_uri(), "cursor", Cursor(position, backwards).sealed(keyset))


def limit_of(request: Request, usual: int = LIMIT) -> int:
    """How many rows the request asks for. Raises Problem."""
    typed = request.query_params.get("limit")
    if typed is None:
        return usual
    if not is_limit(typed):
        raise invalid("limit", "invalid", NO_LIMIT % {"most": MOST})
    return int(typed)


def is_limit(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) <= 3 and 1 <= int(typed) <= MOST


def _cursor(request: Request, keyset: Keyset) -> Cursor | None:
    typed = request.query_params.get("cursor")
    if typed is None:
        return None
    try:
        return Cursor.opened(typed, keyset)
    except (signing.BadSignature, ValueError) as error:
        raise invalid("cursor", "invalid", _("This cursor is not one that this list gave out.")) from error


def _compared(field: str, value: datetime | int, *, inclusive: bool = False) -> Q:
    lookup = ("lt" if field.startswith("-") else "gt") + ("e" if inclusive else "")
    return Q(**{f"{_name(field)}__{lookup}": value})


def _name(field: str) -> str:
    return field.removeprefix("-")


def _turned(field: str) -> str:
    return _name(field) if field.startswith("-") else f"-{field}"


def _signer(keyset: Keyset) -> signing.Signer:
    return signing.Signer(salt=f"{_SALT}.{keyset.name}")
