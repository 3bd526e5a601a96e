"""The list beside the open card: each comment in a few words, and who is looking at it, in a constant number of queries."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from comments import claims
from comments.desk.ages import urgency
from comments.desk.places import Place
from comments.models import Comment
from comments.wording import clause_name

# In code points; what a line shows of a text is cut off by the page anyway.
_EXCERPT = 110


class Line(NamedTuple):
    """One line of the list; `holder` is another editor who looks at the comment now."""

    comment: Comment
    place: Place
    clauses: tuple[str, ...]
    urgency: str
    holder: str

    @property
    def excerpt(self) -> str:
        body = self.comment.current_revision.body
        return body if len(body) <= _EXCERPT else f"{body[: _EXCERPT - 1]}…"

    @property
    def not_reviewed(self) -> bool:
        return self.comment.current_revision.review.outcome is None


def lines(comments: Collection[Comment], place: Place, editor: User, *, now: datetime) -> list[Line]:
    """The comments must come with what is shown of them."""
    held = {key: claims.name_of(holder) for key, holder in claims.holders(comments, now=now).items() if holder != editor}
    return [
        Line(comment, place.opening(comment.public_id), _clauses(comment), urgency(comment, now=now), held.get(comment.pk, ""))
        for comment in comments
    ]


def first_free(lines: Collection[Line]) -> UUID | None:
    """The comment to begin with: the first that nobody else looks at, else the first."""
    return next((line.comment.public_id for line in sorted(lines, key=lambda line: bool(line.holder))), None)


def _clauses(comment: Comment) -> tuple[str, ...]:
    """Where more than advice was found."""
    found = {finding["clause"]: None for finding in comment.current_revision.review.findings if finding["outcome"] != "pass"}
    return tuple(clause_name(clause) for clause in found)
