"""Every address of the service, room by room; /healthz, /readyz and /metrics are answered before routing (project.health)."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path


def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (a view's signature)
    """Browsers ask for it wherever a page names no icon of its own, as on a plain answer or a download."""
    return HttpResponseRedirect(static("reader/scales.svg"))


urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/desk/", include("comments.desk.urls")),  # before the admin, which would answer 404 for it
    path("admin/", admin.site.urls),
    path("api/v1/", include("comments.api.urls")),
    path("addresses/", include("comments.delivery.address_pages")),
    # The reader's addresses once more, for frames: a page under one of them links to the others under it.
    path("embed/", include("comments.reader.frame_urls", namespace="frame")),
    path("favicon.ico", favicon),
    path("", include("comments.reader.urls")),
]

handler400 = "comments.reader.errors.bad_request"
handler403 = "comments.reader.errors.not_allowed"
handler404 = "comments.reader.errors.not_found"
handler500 = "comments.reader.errors.failed"
