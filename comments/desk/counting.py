"""How many comments each of several questions holds, none counted further than anybody reads on, all in one statement."""

from functools import cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from comments.models import Comment, Status

# So many are found along a lane's index; for a thousand PostgreSQL would sooner read and sort the lane.
COUNTED_UP_TO = 100


class Count(NamedTuple):
    """The statement that counts; worth keeping where the same questions are asked again and again, since putting it together takes longer than asking."""

    statement: str
    parameters: tuple[Any, ...]

    def taken(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(self.statement, self.parameters)
            return list(cursor.fetchone())


def count_of(*questions: QuerySet[Comment]) -> Count:
    parts: list[str] = []
    parameters: list[Any] = []
    for question in questions:
        # In the order of the lanes' indexes, which spares both databases looking at the whole lane.
        statement, given = question.order_by("submitted_at", "pk").values("pk")[:COUNTED_UP_TO].query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({statement}) AS counted)")  # noqa: S608  (statements of the ORM's own making)
        parameters += given
    return Count(f"SELECT {', '.join(parts)}", tuple(parameters))


def waiting() -> int:
    """How many comments wait for an editor, in whatever lane."""
    [number] = _count_of_waiting().taken()
    return number


def shown(number: int) -> str:
    """As a page says it: «100+» where nobody counted on."""
    return f"{number}+" if number >= COUNTED_UP_TO else str(number)


@cache
def _count_of_waiting() -> Count:
    return count_of(Comment.objects.filter(status=Status.PENDING))
