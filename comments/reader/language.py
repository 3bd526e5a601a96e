"""Pages speak Turkish unless the reader chose English; the browser's own languages are not asked."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

_LIFETIME_SECONDS = 365 * 24 * 60 * 60


def speak_the_chosen_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the language of the cookie, else the service's own. An answer that says its language has chosen it by itself."""

    def respond(request: HttpRequest) -> HttpResponse:
        with translation.override(_chosen(request)):
            response = get_response(request)
            if "Content-Language" not in response:
                response["Content-Language"] = translation.get_language()
                patch_vary_headers(response, ("Cookie",))
        return response

    return respond


@require_safe
def choose(request: HttpRequest, code: str) -> HttpResponse:
    """Remembers the language and returns to the page of this service that `next` names."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponseRedirect(_local(request.GET.get("next", "")), status=303)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=_LIFETIME_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    response["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _local(address: str) -> str:
    return address if address[:1] == "/" and url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"
