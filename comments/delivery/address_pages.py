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
from comments.models import Reader
from comments.reader import pages, posted

app_name = "addresses"

GONE = 410
# What a mail program posts of its own, and nobody else.
ONE_CLICK = "List-Unsubscribe"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    reader = addresses.reader_of(token, now=now)
    if reader and request.method == "POST":
        addresses.confirm(reader, now=now)
        return HttpResponseRedirect(reverse("addresses:confirm", args=[token]), status=303)
    return _page(request, "delivery/address.html", reader)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """From a mail program it is answered at once: those follow no redirect."""
    now = timezone.now()
    reader = addresses.reader_to_stop(token)
    if reader and request.method == "POST":
        addresses.stop(reader, now=now)
        by_mail_program = ONE_CLICK in posted.fields(request)
        return HttpResponse(status=204) if by_mail_program else HttpResponseRedirect(reverse("addresses:stop", args=[token]), status=303)
    resuming = addresses.token_for(reader, now=now) if reader and reader.email_stopped_at else ""
    return _page(request, "delivery/stop.html", reader, {"resuming": resuming})


def _page(request: HttpRequest, template: str, reader: Reader | None, context: Mapping[str, Any] | None = None) -> HttpResponse:
    site = reader.site if reader else pages.site()
    response = pages.page(request, template, site, {"reader": reader, **(context or {})}, status=200 if reader else GONE)
    response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"] = "no-store", "no-referrer", "noindex"
    return response


urlpatterns = [
    path("<str:token>/", confirm, name="confirm"),
    path("stop/<str:token>/", stop, name="stop"),
]
