"""A title's articles and comments as our own JSON Lines: all that the lifecycle needs to make them again, and nothing of deliveries, reports or notes about readers."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from comments.lifecycle.moves import BESIDE_THE_STATUS, UNDO
from comments.models import ActorKind, Article, Comment, Decision, Reader
from moderation.models import Site

_AT_ONCE = 500
_LEFT_OUT = {UNDO.name, *(move.name for move in BESIDE_THE_STATUS)}


def size(site: Site) -> int:
    """How many lines there will be, if nothing is written meanwhile."""
    return Article.objects.filter(site=site).count() + Comment.objects.filter(article__site=site).count()


def lines(site: Site) -> Iterator[bytes]:
    """Articles, then comments, then replies, each in the order in which they were stored."""
    for article in Article.objects.filter(site=site).order_by("pk").iterator(_AT_ONCE):
        yield _line(_article(article))
    comments = Comment.objects.filter(article__site=site).order_by("pk").select_related("article", "parent", "reader")
    for is_head in (True, False):
        chosen = comments.filter(parent__isnull=is_head).prefetch_related("decisions__clauses", "decisions__revision")
        for comment in chosen.iterator(_AT_ONCE):
            yield _line(_comment(comment))


def _line(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _article(article: Article) -> dict[str, Any]:
    names = ("key", "title", "url", "section", "author", "summary", "body", "language", "mode", "comments_open")
    told = {name: getattr(article, name) for name in names}
    return {"type": "article", **told, "published_at": _moment(article.published_at), "closes_at": _moment(article.closes_at)}


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "type": "comment",
        "id": str(comment.public_id),
        "article": comment.article.key,
        "parent": comment.parent and str(comment.parent.public_id),
        "name": comment.author_name,
        "reader": _reader(comment.reader),
        "history": list(_history(comment)),
    }


def _reader(reader: Reader) -> dict[str, Any] | None:
    if reader.kind == Reader.Kind.ERASED:
        return None
    told = {name: getattr(reader, name) for name in ("kind", "issuer", "subject", "name", "email")}
    times = {"email_confirmed_at": _moment(reader.email_confirmed_at), "created_at": _moment(reader.created_at)}
    return {"id": str(reader.public_id), **told, **times}


def _history(comment: Comment) -> Iterator[dict[str, Any]]:
    """What was taken back is left out together with what took it back: the steps that are left lead to the same end."""
    decisions = sorted(comment.decisions.all(), key=lambda decision: decision.version)
    undone = {decision.undoes_id for decision in decisions}
    revision = None
    for decision in decisions:
        if decision.move not in _LEFT_OUT and decision.pk not in undone:
            yield _step(decision, is_new_text=decision.revision_id != revision)
            revision = decision.revision_id


def _step(decision: Decision, *, is_new_text: bool) -> dict[str, Any]:
    by = ActorKind.EDITOR if decision.actor_kind == ActorKind.KEY else decision.actor_kind
    step: dict[str, Any] = {"move": decision.move, "to": decision.to_status, "by": str(by), "at": _moment(decision.decided_at)}
    if is_new_text and decision.revision.body:
        step |= {"body": decision.revision.body, "as_is": decision.revision.as_is, "by_editor": decision.revision.by_editor}
    if clauses := sorted(row.clause for row in decision.clauses.all() if row.clause):
        step["clauses"] = clauses
    if reasons := sorted(row.house_reason for row in decision.clauses.all() if row.house_reason):
        step["house_reasons"] = reasons
    return {**step, "note": decision.note} if decision.note else step


def _moment(when: datetime | None) -> str | None:
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z") if when else None
