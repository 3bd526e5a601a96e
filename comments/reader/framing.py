"""What is different inside a frame on the news site's page.

Browsers keep no cookies there, so who writes stands in the form's signed token, and that a post comes from our own page is told by its
`Origin`. Only pages of the origins that the title allows may show the frame. How it looks and which language it speaks stands in its
address, and is carried along from page to page.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from csp.decorators import csp_replace
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from comments import embedding, guests
from comments import sign_on as signing_on
from comments.models import Reader
from comments.reader import posted, theme, tokens
from moderation import versions
from moderation.models import Site

PATH = "/embed/"
_READER = "reader"
_ORIGINS, _USER = "comments.frame_origins", "comments.frame_user"

Respond = Callable[..., HttpResponse]


def let_be_framed(get_response: Respond) -> Respond:
    """Middleware, innermost, so that error pages too can be shown in the frame."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not is_framed(request):
            return get_response(request)
        request.META[_ORIGINS] = origins = _origins()
        with translation.override(_language(request)):
            response = get_response(request)
            response["Content-Language"] = translation.get_language()
        # Not “no-referrer”: without a referrer browsers send `Origin: null`, and the frame's own posts could not be told from others.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return _shown_on(origins, response)

    return respond


def is_framed(request: HttpRequest) -> bool:
    """Of pages; the stylesheet is the same wherever it stands, and asks no database."""
    return request.path.startswith(PATH) and not request.path.endswith(".css")


def sign_on(request: HttpRequest) -> None:
    """Takes note of the user whose token the request shows, if it shows one. Raises NotSignedOn: nobody else stands in for him."""
    header = request.headers.get("Authorization")
    if header is not None:
        site = Site.objects.get(key=versions.DEFAULT_SITE)
        request.META[_USER] = signing_on.reader(header.removeprefix("Bearer ").strip(), site).public_id


def guest_id(request: HttpRequest) -> UUID:
    """Who reads and writes: by his cookie, or, inside a frame, by the token that his page was given; somebody new where that is forged."""
    if not is_framed(request):
        return guests.guest_id(request)
    if request.method == "POST":
        return tokens.guest_of(posted.fields(request).get("token", "")) or uuid4()
    known: UUID | None = request.META.get(_USER) or tokens.guest_of(request.GET.get(_READER, ""))
    return known or guests.guest_id(request)


def user(request: HttpRequest, site: Site) -> Reader | None:
    """The user of the news site who reads and writes; a cookie knows guests alone."""
    return guests.user(site, guest_id(request)) if is_framed(request) else None


def address(request: HttpRequest, name: str, *arguments: str, reader: str = "") -> str:
    """The address of a reader's page, inside the frame where the request is; `reader` is a token for pages that tell him something."""
    path = reverse(name, args=arguments, current_app=request.resolver_match.namespace if request.resolver_match else None)
    told = [_carried(request), urlencode({_READER: reader}) if reader and is_framed(request) else ""]
    return "?".join(filter(None, (path, "&".join(filter(None, told)))))


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """What a page inside a frame is set in; nothing for any other."""
    if not is_framed(request):
        return {}
    return {"base": "reader/frame.html", "framed": True, "carried": _carried(request), "origins": request.META.get(_ORIGINS, ())}


def _carried(request: HttpRequest) -> str:
    if not is_framed(request):
        return ""
    return urlencode({name: request.GET[name] for name in ("language", *theme.ATTRIBUTES) if request.GET.get(name)})


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def _origins() -> tuple[str, ...]:
    """None where the database, which knows them, is what fails: the page is then shown nowhere."""
    try:
        return embedding.origins()
    except DatabaseError:
        return ()


def _shown_on(origins: tuple[str, ...], response: HttpResponse) -> HttpResponse:
    if not origins:
        return response
    # The header that knows no list of origins would forbid them all.
    response.xframe_options_exempt = True
    return csp_replace({"frame-ancestors": list(origins)})(lambda _request: response)(None)  # type: ignore[arg-type,return-value]
