"""What was answered to everybody is answered again as it was, for as long as what it shows is the same.

Whether it is the same, one small query finds out: the mark beside an article is a new one as soon as the public sees something else of it
(`comments.lifecycle.publishing`). What the query found holds for ANSWERS_KEPT_SECONDS, a few milliseconds in which a busy article is asked for many
times; so an editor's decision shows before he could look, whichever process answers.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from comments import statements
from comments.models import Article, Publication
from comments.models.articles import KEY_PATTERN
from moderation import versions
from moderation.models import Site

# By each process.
MOST_BYTES = 32 * 1024 * 1024
MOST_ARTICLES = 100

_COMMENTS = re.compile(rf"/api/v1/articles/({KEY_PATTERN})/comments/")
_COUNTS = "/api/v1/counts/"
_CONDITION = "HTTP_IF_NONE_MATCH"
# What RFC 9110 names (15.4.5), and the language, which every answer of the API tells.
_TOLD_AGAIN = ("Cache-Control", "Content-Language", "Content-Location", "ETag", "Expires", "Vary")

Respond = Callable[[HttpRequest], HttpResponse]
# What one query finds of the articles: the same rows, the same answer.
State = tuple[tuple[object, ...], ...]


@dataclass(slots=True)
class Remembered:
    """A whole answer as it was given, the state of what it shows, and when, by the process's clock, the database was last asked and had the same."""

    state: State
    content: bytes
    headers: Mapping[str, str]
    confirmed_at: float = -inf

    @property
    def is_fresh(self) -> bool:
        """Whether that is so short a time ago that nobody need ask again."""
        return monotonic() - self.confirmed_at < float(settings.ANSWERS_KEPT_SECONDS)

    def again(self, request: HttpRequest) -> HttpResponse:
        return _not_modified(self.headers) if _has(request, self.headers) else HttpResponse(self.content, headers=self.headers)


class Memory:
    """Answers by their addresses; beyond so many bytes those that nobody has asked for the longest are forgotten."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._answers: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = Lock()

    def find(self, address: str) -> Remembered | None:
        with self._lock:
            if found := self._answers.get(address):
                self._answers.move_to_end(address)
            return found

    def keep(self, address: str, answer: Remembered) -> None:
        with self._lock:
            if before := self._answers.pop(address, None):
                self.bytes -= _weight(address, before)
            self._answers[address] = answer
            self.bytes += _weight(address, answer)
            while self.bytes > self.most_bytes:
                self.bytes -= _weight(*self._answers.popitem(last=False))


def remember(get_response: Respond) -> Respond:
    """Middleware, before everything that an answer to everybody does not need: language, session, guest, routing."""
    memory = Memory(MOST_BYTES)

    def respond(request: HttpRequest) -> HttpResponse:
        keys = articles_of(request)
        if not keys:
            return get_response(request)
        address = f"{request.scheme}://{request.META.get('HTTP_HOST')}{request.path}?{request.META['QUERY_STRING']}"
        known = memory.find(address)
        if known and known.is_fresh:
            return known.again(request)
        asked_at, before = monotonic(), state_of(keys)
        if before is None:
            return get_response(request)
        if known and known.state == before:
            known.confirmed_at = asked_at
            return known.again(request)
        condition = request.META.pop(_CONDITION, None)
        response = get_response(request)
        # Asked once more, because the answer may show what was changed while it was made.
        if is_for_everybody(response) and state_of(keys) == before:
            memory.keep(address, Remembered(before, response.content, dict(response.headers)))
        if condition is not None:
            request.META[_CONDITION] = condition
        return conditional(request, response)

    return respond


def is_for_everybody(response: HttpResponse) -> bool:
    """Neither an error nor made for one browser or one origin; `CorsMiddleware` stands before this one for that reason."""
    return response.status_code == 200 and not response.cookies and "Access-Control-Allow-Origin" not in response


def articles_of(request: HttpRequest) -> tuple[str, ...]:
    """The keys of the articles that an answer to this request would show; none for one that is not answered to everybody alike."""
    if request.method not in {"GET", "HEAD"}:
        return ()
    if request.path == _COUNTS:
        keys = tuple(value for name, value in parse_qsl(request.META["QUERY_STRING"]) if name == "article")
        return keys if len(keys) <= MOST_ARTICLES and all(re.fullmatch(KEY_PATTERN, key) for key in keys) else ()
    comments = _COMMENTS.fullmatch(request.path)
    return comments.groups() if comments else ()


def state_of(keys: tuple[str, ...]) -> State | None:
    """None where the database does not answer, which others word."""
    try:
        return tuple(statements.fetch(_question(len(keys)), [versions.DEFAULT_SITE, *keys]))
    except DatabaseError:
        return None


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 for who has the answer already."""
    return _not_modified(response.headers) if response.status_code == 200 and _has(request, response.headers) else response


def _has(request: HttpRequest, headers: Mapping[str, str]) -> bool:
    """Whether the header If-None-Match names the answer; weak or strong makes no difference to it."""
    if _CONDITION not in request.META or "ETag" not in headers:
        return False
    if request.META[_CONDITION] == headers["ETag"]:
        return True
    named = _tags(request.META[_CONDITION])
    return "*" in named or not named.isdisjoint(_tags(headers["ETag"]))


def _tags(named: str) -> set[str]:
    return {tag.removeprefix("W/") for tag in parse_etags(named)}


def _not_modified(headers: Mapping[str, str]) -> HttpResponse:
    """With those headers of the whole answer that who has it may need anew."""
    return HttpResponseNotModified(headers={name: headers[name] for name in _TOLD_AGAIN if name in headers})


@cache
def _question(keys: int) -> str:
    """Written out, because it is asked before every answer and composing it would take longer than answering it."""
    article, publication, site = (model._meta.db_table for model in (Article, Publication, Site))
    return f"""
        SELECT article.id, article.mode, publication.mark
        FROM {article} article LEFT JOIN {publication} publication ON publication.article_id = article.id
        WHERE article.site_id = (SELECT id FROM {site} WHERE key = %s) AND article.key IN ({", ".join(["%s"] * keys)})
        ORDER BY article.id
    """  # noqa: S608  (the names of our own tables)


def _weight(address: str, answer: Remembered) -> int:
    """About as many bytes as it takes up."""
    return len(address) + len(answer.content) + 2000
