"""django-comments-xtd: a fixture for its site's `loaddata`, two rows for each comment. It must be told which model the articles are there; their keys are its objects'."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Any

from comments.transfer.exports.elsewhere import Fate, Leaving, threads
from moderation.models import Site

TEXTS, THREADS = "django_comments.comment", "django_comments_xtd.xtdcomment"
_LONGEST_NAME = 50
_IS_PUBLIC = {Fate.PUBLISHED, Fate.GONE}
_IS_REMOVED = {Fate.REFUSED, Fate.GONE}


def lines(site: Site, *, model: str) -> Iterator[bytes]:
    """JSON Lines, which `loaddata` reads one by one. What was refused is removed, without having been public."""
    kind = model.split(".")
    for thread in threads(site):
        for order, (comment, level, below) in enumerate(_downwards(thread), 1):
            place = {"parent_id": comment.parent or comment.number, "level": level, "order": order, "nested_count": below}
            threaded = {"thread_id": comment.head, **place, "followup": False}
            yield _row(TEXTS, comment, _text(comment, kind)) + _row(THREADS, comment, threaded)


def _downwards(thread: list[Leaving]) -> Iterator[tuple[Leaving, int, int]]:
    """Each comment before all that answers it, with how deep it lies and how many lie below it."""
    replies: dict[int | None, list[Leaving]] = defaultdict(list)
    below: dict[int | None, int] = defaultdict(int)
    for comment in reversed(thread):
        replies[comment.parent].append(comment)
        below[comment.parent] += 1 + below[comment.number]
    waiting = [(comment, 0) for comment in replies[None]]
    while waiting:
        comment, level = waiting.pop()
        yield comment, level, below[comment.number]
        waiting += [(reply, level + 1) for reply in replies[comment.number]]


def _text(comment: Leaving, kind: list[str]) -> Mapping[str, Any]:
    return {
        "content_type": kind,
        "object_pk": comment.article.key,
        "site": 1,
        "user": None,
        "user_name": comment.name[:_LONGEST_NAME],
        "user_email": comment.email,
        "user_url": "",
        "comment": comment.text,
        "submit_date": comment.at.astimezone(UTC).isoformat(),
        "ip_address": None,
        "is_public": comment.fate in _IS_PUBLIC,
        "is_removed": comment.fate in _IS_REMOVED,
    }


def _row(model: str, comment: Leaving, fields: Mapping[str, Any]) -> bytes:
    return json.dumps({"model": model, "pk": comment.number, "fields": fields}, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
