"""What surrounds every request to the API: the caller's language, the limit to its size, and no error in any other form than a problem's."""

import json
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

from comments.api import kinds
from comments.api.problems import CONTENT_TYPE, Problem

PATH = "/api/"
LARGEST_REQUEST_BYTES = 64 * 1024

Respond = Callable[[HttpRequest], HttpResponse]


def surround(get_response: Respond) -> Respond:
    """Middleware, before anything that reads a request's body and behind what chooses a page's language.

    An answer that says its language has chosen it by itself, and is the same for all who ask.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PATH):
            return get_response(request)
        with translation.override(_language(request)):
            response = _too_large() if _size(request) > LARGEST_REQUEST_BYTES else _as_problem(get_response(request))
            if "Content-Language" not in response:
                response["Content-Language"] = translation.get_language()
                patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond


def _language(request: HttpRequest) -> str:
    """The one that the caller prefers of those spoken here; without a word from him the service's own."""
    spoken = dict(settings.LANGUAGES)
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return next((short for tag, _weight in wanted if (short := tag.partition("-")[0]) in spoken), settings.LANGUAGE_CODE)


def _size(request: HttpRequest) -> int:
    """In bytes; 0 for a request that does not say, of which nothing is read."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _too_large() -> HttpResponse:
    detail = _("A request to this service is at most %(limit)d bytes long.") % {"limit": LARGEST_REQUEST_BYTES}
    return _written(Problem(kinds.TOO_LARGE, detail))


def _as_problem(response: HttpResponse) -> HttpResponse:
    """The response, unless it is an error that another room worded as a page."""
    if response.status_code < HTTPStatus.BAD_REQUEST or response.get("Content-Type", "").startswith(CONTENT_TYPE):
        return response
    kept = {name: response[name] for name in ("Allow", "Retry-After") if name in response}
    problem = Problem(kinds.of_status(response.status_code), _("The request could not be answered; nothing was changed."), headers=kept)
    return _written(problem, response.status_code)


def _written(problem: Problem, status: int | None = None) -> HttpResponse:
    written = json.dumps(problem.document, ensure_ascii=False)
    return HttpResponse(written, status=status or problem.kind.status, headers=problem.headers, content_type=CONTENT_TYPE)
