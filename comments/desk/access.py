"""Who may come to the desk: editors of the admin, each with the right to look or the right to decide."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

Given = ParamSpec("Given")
EditorsView = Callable[Concatenate[HttpRequest, User, Given], HttpResponse]
View = Callable[Concatenate[HttpRequest, Given], HttpResponse]

LOOK = "comments.view_comment"
DECIDE = "comments.decide_comment"


def editors_with(right: str) -> Callable[[EditorsView[Given]], View[Given]]:
    """Hands the view its editor. Who is not signed in is asked to; who lacks the right gets a 403 page."""

    def guarded(view: EditorsView[Given]) -> View[Given]:
        @never_cache
        @wraps(view)
        def guard(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
            user = request.user
            if not isinstance(user, User):
                return _to_sign_in(request)
            if not (admin.site.has_permission(request) and user.has_perm(right)):
                refused = render(request, "desk/no_right.html", admin.site.each_context(request), status=403)
                return HttpResponseClientRefresh() if HtmxDetails(request) else refused
            return view(request, user, *args, **kwargs)

        return guard

    return guarded


def posted_from(page: Callable[..., str]) -> Callable[[View[Given]], View[Given]]:
    """For what is only posted to. Whoever comes by GET, since he had to sign in first, is led to the page that one posts from."""

    def posted(view: View[Given]) -> View[Given]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def led(request: HttpRequest, /, *args: Given.args, **kwargs: Given.kwargs) -> HttpResponse:
            return view(request, *args, **kwargs) if request.method == "POST" else redirect(page(request, *args, **kwargs))

        return led

    return posted


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """And back: to the page that the editor is on, where only a part of it was asked for."""
    asked = HtmxDetails(request)
    way = redirect_to_login(asked.current_url_abs_path or request.get_full_path(), reverse("admin:login"))
    return HttpResponseClientRedirect(way.url) if asked else way
