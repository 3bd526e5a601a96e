"""The pages for when something goes wrong. Whatever it was, they give the reader back what he typed."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.first_sight import NotIntroduced
from comments.reader import article, asking, pages, posted
from comments.reader.asking import Problem

_RETRY_AFTER_SECONDS = "10"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return _page(
            request, 413, _("That was too much"), _("What you sent is too long for this service. Please shorten your text and send it again.")
        )
    told = _("Some of what your browser sent could not be read. Your text is still here; please check it and send it once more.")
    return _form_again(request, told, status=400) or _page(request, 400, _("That could not be read"), told)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (Django hands over a reason, in English)
    """Django's check against forged requests failed; mostly the browser keeps no cookies, or the page is an old one."""
    told = _("Your browser did not show that this form came from this page. Please allow cookies for this site and send it once more.")
    return _form_again(request, told, status=403) or _page(request, 403, _("Please try again"), told)


def foreign(request: HttpRequest) -> HttpResponse:
    """A post inside the frame that no page of ours made."""
    told = _("We could not tell whether this form came from this page. Please send it once more.")
    return _form_again(request, told, status=403) or _page(request, 403, _("Please try again"), told)


def not_signed_on(request: HttpRequest) -> HttpResponse:
    """The page around the frame says who reads it, and that cannot be believed; he is not taken for a guest instead."""
    told = _("Your sign-in at the news site could not be confirmed. Please reload the page, or sign in again.")
    response = _page(request, 401, _("Please sign in again"), told)
    response["WWW-Authenticate"] = "Bearer"
    return response


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (Django hands it over)
    return _page(request, 403, _("Not for you"), _("You may not see this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NotIntroduced):
        return _page(request, 404, _("There is nothing to comment on here yet"), exception.told)
    return _page(request, 404, _("This page does not exist"), _("The address may have been mistyped, or the page may have been removed."))


def failed(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        status, told = 503, _("Nothing was stored. Please try again in a few moments.")
    else:
        status, told = 500, _("Something broke on our side, and nothing was stored. Please try again in a few moments.")
    context = {**pages.frame(request), **_told(request, status, _("We cannot answer right now"), told)}
    headers = {"Cache-Control": "no-store", "Retry-After": _RETRY_AFTER_SECONDS}
    return HttpResponse(render_to_string("reader/error.html", context), status=status, headers=headers)


def _form_again(request: HttpRequest, told: str | Promise, *, status: int) -> HttpResponse | None:
    """The article's form with the text in it, where the request was for an article."""
    match = request.resolver_match
    if match is None or (match.app_name, match.url_name) != ("reader", "article"):
        return None
    try:
        commented = article.find(match.kwargs["key"])
    except Http404:
        return None
    form = article.form_of(request, commented, timezone.now())
    return article.asked_again(request, form, asking.again(form, [Problem("", told)]), status=status)


def _page(request: HttpRequest, status: int, title: str | Promise, told: str | Promise) -> HttpResponse:
    return pages.page(request, "reader/error.html", pages.site(), _told(request, status, title, told), status=status)


def _told(request: HttpRequest, status: int, title: str | Promise, told: str | Promise) -> dict[str, object]:
    return {"status": status, "title": title, "told": told, "text": posted.text(request)}
