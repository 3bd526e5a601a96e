"""The page behind the link in the confirmation mail. Opening it changes nothing, since mail programs open links by themselves; its button does."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments.delivery import addresses
from comments.reader import pages

app_name = "addresses"

GONE = 410


# The link's token is known only to whoever reads the address's mail, and a browser that sends no referrer could show no origin.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    reader = addresses.reader_of(token, now=now)
    if reader and request.method == "POST":
        addresses.confirm(reader, now=now)
        return HttpResponseRedirect(reverse("addresses:confirm", args=[token]), status=303)
    site = reader.site if reader else pages.site()
    response = pages.page(request, "delivery/address.html", site, {"reader": reader}, status=200 if reader else GONE)
    response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"] = "no-store", "no-referrer", "noindex"
    return response


urlpatterns = [path("<str:token>/", confirm, name="confirm")]
