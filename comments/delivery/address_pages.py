"""The pages behind the links in mails: one confirms an address, one stops the mails to it.

Opening them changes nothing, since mail programs open links by themselves; their buttons do, and the mail program's own, which posts without being asked
anything (RFC 8058). A link's token is known only to whoever reads the address's mail, so no cookie counts here; and a browser that sends no referrer
could show no origin.
"""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments.delivery import addresses
from comments.reader import pages, posted
from moderation.models import Site

app_name = "addresses"

GONE = 410
# What a mail program posts of its own, and nobody else.
ONE_CLICK = "List-Unsubscribe"
# The field of the button that leads back.
AGAIN = "again"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    reader = addresses.reader_of(token, now=now)
    if reader and request.method == "POST":
        addresses.confirm(reader, now=now)
        return HttpResponseRedirect(reverse("addresses:confirm", args=[token]), status=303)
    return _page(request, "delivery/address.html", reader.site if reader else pages.site(), {"reader": reader}, holds=bool(reader))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """And begins them again. From a mail program it is answered at once: those follow no redirect."""
    address = addresses.named_by(token)
    if address and request.method == "POST":
        given = posted.fields(request)
        if AGAIN in given:
            addresses.resume(address)
        else:
            addresses.stop(address, now=timezone.now())
        return HttpResponse(status=204) if ONE_CLICK in given else HttpResponseRedirect(reverse("addresses:stop", args=[token]), status=303)
    is_stopped = address is not None and addresses.stopped_at(address) is not None
    return _page(request, "delivery/stop.html", pages.site(), {"is_stopped": is_stopped, "again": AGAIN}, holds=address is not None)


def _page(request: HttpRequest, template: str, site: Site, context: Mapping[str, Any], *, holds: bool) -> HttpResponse:
    response = pages.page(request, template, site, {"holds": holds, **context}, status=200 if holds else GONE)
    response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"] = "no-store", "no-referrer", "noindex"
    return response


urlpatterns = [
    path("<str:token>/", confirm, name="confirm"),
    path("stop/<str:token>/", stop, name="stop"),
]
