"""The one door for many comments at once: seeding and imports. Whole histories, each step held against the table of moves."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID, uuid4

from django.db import connection, transaction

from comments.judging import Judgement
from comments.lifecycle import publishing
from comments.lifecycle.actors import Actor
from comments.lifecycle.deciding import NO_REASONS, Reasons, decision_fields
from comments.lifecycle.insertion import Row, insert
from comments.lifecycle.keys import reserve
from comments.lifecycle.moves import Move
from comments.lifecycle.standing import Standing
from comments.models import Article, Comment, Decision, DecisionClause, Event, Reader, Review, Revision, Status
from moderation.engine.text import fold


@dataclass(frozen=True, slots=True)
class Step:
    """One move of a history. A text that came with it brings its judgement."""

    move: Move
    target: Status
    actor: Actor
    at: datetime
    reasons: Reasons = NO_REASONS
    body: str = ""
    judgement: Judgement | None = None
    as_is: bool = False
    by_editor: bool = False


@dataclass(frozen=True, slots=True)
class History:
    """One comment from its submission on; the first step submits. A parent must have been recorded before.

    One that ends erased comes without texts, name and notes, and its reader is the site's erased one.
    """

    article: Article
    reader: Reader
    author_name: str
    steps: tuple[Step, ...]
    parent: Comment | None = None
    public_id: UUID | None = None


class _Keys:
    """The keys of one batch, taken beforehand."""

    def __init__(self, histories: Sequence[History]) -> None:
        self.comments = iter(reserve(Comment, len(histories)))
        self.revisions = iter(reserve(Revision, sum(step.judgement is not None for history in histories for step in history.steps)))
        self.decisions = iter(reserve(Decision, sum(len(history.steps) for history in histories)))


class _Rows:
    """The rows of one batch, with keys from the start, since comments and revisions refer to each other."""

    def __init__(self, keys: _Keys, *, silently: bool) -> None:
        self.keys, self.silently = keys, silently
        self.comments: list[Row] = []
        self.revisions: list[Row] = []
        self.reviews: list[Row] = []
        self.decisions: list[Row] = []
        self.clauses: list[Row] = []
        self.events: list[Row] = []
        self.published: Counter[int] = Counter()

    def add(self, history: History) -> None:
        key, first = next(self.keys.comments), history.steps[0]
        standing = new = Standing.new(first.at)
        for step in history.steps:
            revision = self._revision(key, standing, step)
            after = standing.after(step.move, step.target, by=step.actor.kind, now=step.at, revision=revision)
            self._log(key, standing, after, step)
            standing = after
        comment = {
            "id": key,
            "public_id": history.public_id or uuid4(),
            "submission_id": uuid4(),
            "article": history.article,
            "reader": history.reader,
            "author_name": history.author_name,
            "head_id": history.parent and history.parent.head_key,
            "parent": history.parent,
            "submitted_at": first.at,
        }
        self.comments.append(comment | standing.fields())
        if publishing.is_seen(new, standing):
            self.published[history.article.pk] += publishing.difference(new, standing)

    def _revision(self, comment_key: int, standing: Standing, step: Step) -> Revision | None:
        if not step.judgement:
            return None
        row = {
            "id": next(self.keys.revisions),
            "comment_id": comment_key,
            "number": 1 + (standing.current_revision.number if standing.current_revision else 0),
            "body": step.body,
            "search_text": fold(step.body),
            "as_is": step.as_is,
            "by_editor": step.by_editor,
            "created_at": step.at,
            "erased_at": None if step.body else step.at,
        }
        self.revisions.append(row)
        self.reviews.append({"revision_id": row["id"], **step.judgement.fields(now=step.at)})
        revision = Revision(**row)
        revision.review = step.judgement.review_of(revision, now=step.at)
        return revision

    def _log(self, comment_key: int, before: Standing, after: Standing, step: Step) -> None:
        key = next(self.keys.decisions)
        decision = decision_fields(step.move, before, after, step.actor, now=step.at, note=step.reasons.note)
        self.decisions.append({"id": key, "comment_id": comment_key, **decision})
        self.clauses += [{"decision_id": key, **clause} for clause in step.reasons.fields()]
        self.events.append({"public_id": uuid4(), "decision_id": key, "created_at": step.at, "due_at": None if self.silently else step.at})

    def save(self) -> None:
        insert(Comment, self.comments)
        insert(Revision, self.revisions)
        insert(Review, self.reviews)
        insert(Decision, self.decisions)
        insert(DecisionClause, self.clauses)
        insert(Event, self.events)
        publishing.publish(self.published)


def record(histories: Iterable[History], *, silently: bool = False, batch: int = 1000) -> Iterator[Comment]:
    """The comments that the histories make, as each batch of them is committed. Raises WrongStatus for a step that no move allows.

    What is recorded silently happened elsewhere, or long ago: it leaves the house neither by the feed nor by a webhook.
    """
    remaining = iter(histories)
    while chunk := list(islice(remaining, batch)):
        yield from _record(chunk, silently=silently)


@transaction.atomic
def _record(histories: list[History], *, silently: bool) -> list[Comment]:
    rows = _Rows(_Keys(histories), silently=silently)
    for history in histories:
        rows.add(history)
    rows.save()
    return [_stored(row) for row in rows.comments]


def _stored(row: Row) -> Comment:
    comment = Comment(**row)
    comment._state.adding, comment._state.db = False, connection.alias  # noqa: SLF001  (documented for models that are loaded in other ways)
    return comment
