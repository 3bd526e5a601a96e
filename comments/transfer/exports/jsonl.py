"""A title's articles and comments as our own JSON Lines: all that the lifecycle needs to make them again, and nothing of deliveries, reports or notes about readers."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

from comments.delivery import addresses
from comments.lifecycle.moves import BESIDE_THE_STATUS, UNDO
from comments.models import ActorKind, Article, Comment, Decision, DecisionClause, Reader, StoppedAddress
from moderation.models import Site

_AT_ONCE = 500
_LEFT_OUT = {UNDO.name, *(move.name for move in BESIDE_THE_STATUS)}
# Columns, not instances: making those of a comment and its decisions would take several times as long as reading and writing them.
_OF_AN_ARTICLE = ("key", "title", "url", "section", "author", "summary", "body", "language", "mode", "comments_open")
_OF_A_READER = ("public_id", "kind", "issuer", "subject", "name", "email", "email_confirmed_at", "created_at")
_OF_A_COMMENT = ("pk", "public_id", "article__key", "parent__public_id", "author_name", *(f"reader__{name}" for name in _OF_A_READER))
_OF_A_TEXT = ("body", "as_is", "by_editor")
_OF_A_DECISION = (
    "pk",
    "comment",
    "undoes",
    "revision",
    "move",
    "to_status",
    "actor_kind",
    "decided_at",
    "note",
    *(f"revision__{name}" for name in _OF_A_TEXT),
)

Row = Any  # a named tuple of the columns above
Reasons = Mapping[int, Sequence[tuple[str, str]]]
Stopped = Mapping[str, datetime]


def size(site: Site) -> int:
    """How many lines there will be, if nothing is written meanwhile."""
    return Article.objects.filter(site=site).count() + Comment.objects.filter(article__site=site).count()


def lines(site: Site) -> Iterator[bytes]:
    """Articles, then comments, then replies, each in the order in which they were stored."""
    for article in Article.objects.filter(site=site).order_by("pk").iterator(_AT_ONCE):
        yield _line(_article(article))
    comments = Comment.objects.filter(article__site=site).order_by("pk").values_list(*_OF_A_COMMENT, named=True)
    stopped = dict(StoppedAddress.objects.values_list("digest", "stopped_at"))
    for is_head in (True, False):
        rows = comments.filter(parent__isnull=is_head).iterator(_AT_ONCE)
        while batch := list(islice(rows, _AT_ONCE)):
            histories = _histories([row.pk for row in batch])
            yield from (_line(_comment(row, histories[row.pk], stopped)) for row in batch)


def _line(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _article(article: Article) -> dict[str, Any]:
    told = {name: getattr(article, name) for name in _OF_AN_ARTICLE}
    return {"type": "article", **told, "published_at": _moment(article.published_at), "closes_at": _moment(article.closes_at)}


def _comment(row: Row, history: Sequence[dict[str, Any]], stopped: Stopped) -> dict[str, Any]:
    return {
        "type": "comment",
        "id": str(row.public_id),
        "article": row.article__key,
        "parent": row.parent__public_id and str(row.parent__public_id),
        "name": row.author_name,
        "reader": _reader(row, stopped),
        "history": history,
    }


def _reader(row: Row, stopped: Stopped) -> dict[str, Any] | None:
    if row.reader__kind == Reader.Kind.ERASED:
        return None
    told = {name: getattr(row, f"reader__{name}") for name in ("kind", "issuer", "subject", "name", "email")}
    times = {name: _moment(getattr(row, f"reader__{name}")) for name in ("email_confirmed_at", "created_at")}
    stopped_at = stopped.get(addresses.digest_of(row.reader__email)) if row.reader__email else None
    return {"id": str(row.reader__public_id), **told, **times, "email_stopped_at": _moment(stopped_at)}


def _histories(comments: Sequence[int]) -> Mapping[int, Sequence[dict[str, Any]]]:
    """By the comments' keys."""
    decisions = Decision.objects.filter(comment__in=comments).order_by("comment", "version").values_list(*_OF_A_DECISION, named=True)
    reasons = defaultdict(list)
    for decision, clause, house_reason in DecisionClause.objects.filter(decision__comment__in=comments).values_list(
        "decision", "clause", "house_reason"
    ):
        reasons[decision].append((clause, house_reason))
    return {comment: list(_history(list(made), reasons)) for comment, made in groupby(decisions, key=lambda decision: decision.comment)}


def _history(decisions: Sequence[Row], reasons: Reasons) -> Iterator[dict[str, Any]]:
    """What was taken back is left out together with what took it back: the steps that are left lead to the same end."""
    undone = {decision.undoes for decision in decisions}
    revision = None
    for decision in decisions:
        if decision.move not in _LEFT_OUT and decision.pk not in undone:
            yield _step(decision, reasons.get(decision.pk, ()), is_new_text=decision.revision != revision)
            revision = decision.revision


def _step(decision: Row, reasons: Iterable[tuple[str, str]], *, is_new_text: bool) -> dict[str, Any]:
    by = ActorKind.EDITOR if decision.actor_kind == ActorKind.KEY else decision.actor_kind
    step: dict[str, Any] = {"move": decision.move, "to": decision.to_status, "by": str(by), "at": _moment(decision.decided_at)}
    if is_new_text and decision.revision__body:
        step |= {name: getattr(decision, f"revision__{name}") for name in _OF_A_TEXT}
    if clauses := sorted(clause for clause, _ in reasons if clause):
        step["clauses"] = clauses
    if house_reasons := sorted(reason for _, reason in reasons if reason):
        step["house_reasons"] = house_reasons
    return {**step, "note": decision.note} if decision.note else step


def _moment(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None
