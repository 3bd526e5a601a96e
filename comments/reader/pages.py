"""What every page is set in: the title's name, its sections, the other language."""

from collections.abc import Collection, Mapping
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from comments import guests, sections
from comments.reader import framing
from moderation import versions
from moderation.models import Site

_MOST_SECTIONS = 8
_OTHER_LANGUAGE = {"tr": "en", "en": "tr"}


def site() -> Site:
    """The title whose pages these are. Raises Site.DoesNotExist before the first migration."""
    return Site.objects.get(key=versions.DEFAULT_SITE)


def page(request: HttpRequest, template: str, site: Site, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A whole page; no shared cache may keep it, since it is made for one reader, who is a known guest from now on."""
    guests.guest_id(request)
    response = render(
        request, template, {**frame(request), "site": site, "sections": sections.latest(site, most=_MOST_SECTIONS), **context}, status=status
    )
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def with_pictures(response: HttpResponse, origins: Collection[str]) -> HttpResponse:
    """The answer, whose page may show pictures from these origins."""
    if not origins:
        return response
    return csp_update({"img-src": sorted(origins)})(lambda _request: response)(None)  # type: ignore[arg-type,return-value]


def frame(request: HttpRequest) -> dict[str, Any]:
    """What a page needs that is made without the database."""
    language = get_language() or "tr"
    return {
        "base": "reader/base.html",
        **framing.surroundings(request),
        "language": language,
        "other_language": _OTHER_LANGUAGE[language],
        # A page that answers a post is not left by a link: what was typed would be lost.
        "here": request.get_full_path() if request.method in {"GET", "HEAD"} else "",
    }
