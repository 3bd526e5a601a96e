"""The reader's addresses inside a frame: the same names under /embed/, so that the same pages link to one another and never leave it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from comments import first_sight
from comments.models.articles import KEY_PATTERN
from comments.reader import article, errors, framing, pages, urls
from comments.sign_on import NotSignedOn

app_name = urls.app_name


def _in_the_frame(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, without cookies: a post shows by its `Origin` that it comes from our own page, a reader by the site's token who he is."""

    @csrf_exempt
    def respond(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, **named) if _is_ours(request) else errors.foreign(request)
        try:
            framing.sign_on(request)
        except NotSignedOn:
            return errors.not_signed_on(request)
        return view(request, **named)

    return respond


def _is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Origin") in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}


def _article(request: HttpRequest, key: str) -> HttpResponse:
    """The article's thread and form; the page around the frame may introduce an article that is not known yet."""
    if request.method == "GET":
        first_sight.introduce(pages.site(), key, request.GET, now=timezone.now())
    return article.article(request, key)


def _framed(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, _in_the_frame(pattern.callback), pattern.default_args, pattern.name)


urlpatterns = [
    re_path(rf"^(?P<key>{KEY_PATTERN})/\Z", _in_the_frame(_article), name="article"),
    *(_framed(pattern) for pattern in urls.everywhere),
]
