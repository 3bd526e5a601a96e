"""Every error of the API, worded as RFC 9457 asks: `application/problem+json` with a code that never changes."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from comments import idempotency, lifecycle, limits, submission
from comments.api import callers, kinds
from comments.api.callers import Server, SignedIn
from comments.api.kinds import Kind
from comments.meanwhile import writers_doing
from comments.models import Decision

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 10

_NOTHING_HERE = _("There is nothing at this address, or nothing that you may see.")
# Where the API calls a field by another name than the form.
_API_FIELDS = {"name": "author.name"}

# What always means the same. Without a detail here, the exception carries one that was worded in this room.
_PLAIN: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Kind, Promise | None], ...] = (
    (exceptions.ParseError, kinds.INVALID, None),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), kinds.NOT_AUTHENTICATED, None),
    (exceptions.PermissionDenied, kinds.NOT_ALLOWED, None),
    (PermissionDenied, kinds.NOT_ALLOWED, _("You may not do this.")),
    ((Http404, exceptions.NotFound), kinds.NOT_FOUND, _NOTHING_HERE),
    (exceptions.MethodNotAllowed, kinds.METHOD_NOT_ALLOWED, _("This address does not know the method of your request; see the header Allow.")),
    (exceptions.UnsupportedMediaType, kinds.UNSUPPORTED_MEDIA_TYPE, _("Send JSON, with the header Content-Type: application/json.")),
    (RequestDataTooBig, kinds.TOO_LARGE, _("The request is larger than this service takes.")),
    (idempotency.Mismatch, kinds.IDEMPOTENCY_MISMATCH, _("This Idempotency-Key stood for another request of yours; take a new one.")),
    (idempotency.InProgress, kinds.IN_PROGRESS, _("The same request is being answered at this moment; ask again in a few seconds.")),
    ((OperationalError, InterfaceError, InternalError), kinds.TRY_AGAIN, _("The database does not answer, and nothing was changed.")),
)
_HEADERS: Mapping[Kind, Mapping[str, str]] = MappingProxyType(
    {kinds.NOT_AUTHENTICATED: {"WWW-Authenticate": "Api-Key, Bearer"}, kinds.TRY_AGAIN: {"Retry-After": str(RETRY_AFTER_SECONDS)}}
)

Errors = Mapping[str, list[dict[str, str]]]


class Problem(Exception):
    """An error answer. `errors` go by field ("author.name"); `members` are further ones of the document; `headers` go with it."""

    def __init__(
        self,
        kind: Kind,
        detail: str | Promise,
        *,
        errors: Errors | None = None,
        members: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind, self.detail, self.errors = kind, detail, errors or {}
        self.members, self.headers = members or {}, dict(headers or {})

    @property
    def document(self) -> dict[str, object]:
        kind = self.kind
        whole = {"type": kind.type_uri, "title": str(kind.title), "status": kind.status.value, "code": kind.code, "detail": str(self.detail)}
        return {**whole, **({"errors": self.errors} if self.errors else {}), **self.members}


def invalid(field: str, code: str, message: str | Promise) -> Problem:
    """A request with one field that is wrong."""
    return Problem(kinds.INVALID, str(message), errors={field: [{"code": code, "message": str(message)}]})


def answer(raised: Exception, context: Mapping[str, Any]) -> Response | None:
    """Django REST framework's exception handler. None for what nobody foresaw: it is logged, and answered without its insides."""
    problem = _problem(raised, context["request"])
    if problem is None:
        return None
    return Response(problem.document, status=problem.kind.status, headers=problem.headers, content_type=CONTENT_TYPE)


def _problem(raised: Exception, request: Request) -> Problem | None:
    match raised:
        case Problem():
            return raised
        case exceptions.ValidationError(detail=detail):
            return Problem(kinds.INVALID, _("Some fields are wrong; see “errors”."), errors=dict(_by_field(detail)))
        case lifecycle.MoveRefused():
            return _of_move(raised, request)
        case submission.SubmissionRefused():
            return _of_submission(raised)
        case limits.TooMany(seconds=seconds):
            told = _("That was too much for one minute. Please wait %(seconds)d seconds.") % {"seconds": seconds}
            return Problem(kinds.SLOW_DOWN, told, headers={"Retry-After": str(seconds)})
        case _:
            return _plain(raised)


def _plain(raised: Exception) -> Problem | None:
    for types, kind, detail in _PLAIN:
        if isinstance(raised, types):
            return Problem(kind, detail or str(getattr(raised, "detail", "")), headers=_HEADERS.get(kind))
    return None


def _of_move(raised: lifecycle.MoveRefused, request: Request) -> Problem:
    match raised:
        case lifecycle.StaleVersion(decision=decision):
            return _stale(decision, names_its_maker=isinstance(callers.of(request), Server | SignedIn))
        case lifecycle.NotAllowed():
            return Problem(kinds.NOT_ALLOWED, _refused(raised))
        case lifecycle.ReasonMissing():
            return invalid("clauses", "required", _("Choose at least one clause, or one of the policy's house reasons."))
        case lifecycle.NotPublic():
            return Problem(kinds.NOT_FOUND, _NOTHING_HERE)
        case _:
            return Problem(kinds.WRONG_STATUS, _("The comment is in a status in which this is not possible; nothing was changed."))


def _refused(raised: lifecycle.NotAllowed) -> str | Promise:
    if isinstance(raised, lifecycle.OwnRefusal):
        return _("You refused this comment yourself; another editor answers the appeal.")
    if isinstance(raised, lifecycle.EditWindowClosed):
        return _("A published comment can be changed within five minutes of its publication; that time has passed.")
    return _("You may not make this decision.")


def _stale(decision: Decision, *, names_its_maker: bool) -> Problem:
    """`status` is the answer's own, as in every problem, so the comment's goes by another name. Readers are told no editor's name."""
    maker = _maker(decision) if names_its_maker else None
    members = {"decided_by": maker, "comment_status": decision.to_status, "version": decision.version}
    return Problem(kinds.STALE_VERSION, _was_first(decision, names_its_maker=names_its_maker), members=members)


def _was_first(decision: Decision, *, names_its_maker: bool) -> str | Promise:
    if names_its_maker and (doing := writers_doing(decision)):
        return doing + " " + _("Nothing was done.")
    return _("Somebody was first: the comment has changed since you saw it, and nothing was done.")


def _maker(decision: Decision) -> str:
    if decision.editor:
        return decision.editor.get_full_name() or decision.editor.get_username()
    return decision.api_key.name if decision.api_key else decision.actor_kind


def _of_submission(raised: submission.SubmissionRefused) -> Problem:
    if isinstance(raised, submission.CommentsClosed):
        return Problem(kinds.COMMENTS_CLOSED, raised.message)
    if isinstance(raised, submission.ReaderMuted):
        return Problem(kinds.NOT_ALLOWED, raised.message)
    return invalid(_API_FIELDS.get(raised.field, raised.field), raised.code, raised.message)


def _by_field(detail: Any, path: str = "") -> Iterator[tuple[str, list[dict[str, str]]]]:
    """What is wrong with each field, nested ones as "author.name", entries of a list as "articles.3"."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _by_field(inner, path if name == api_settings.NON_FIELD_ERRORS_KEY else f"{path}.{name}".lstrip("."))
    elif all(isinstance(found, ErrorDetail) for found in detail):
        yield path, [{"code": str(found.code), "message": str(found)} for found in detail]
    else:
        for place, inner in enumerate(detail):
            yield from _by_field(inner, f"{path}.{place}".lstrip("."))
