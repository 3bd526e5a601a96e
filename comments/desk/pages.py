"""How the desk's pages are put together: whole for a browser, or in parts for htmx, which puts them in place."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from comments import claims
from comments.desk.access import DECIDE
from comments.desk.cards import Card, Sitting, card, with_all
from comments.desk.deciding import may_undo
from comments.desk.filters import PlaceForm, known_sections
from comments.desk.lines import first_free, lines
from comments.desk.places import Place, tabs
from comments.lifecycle import UNDO_WINDOW
from comments.models import Article, BulkItem, Decision

# With what a link of the list asks for the open comment alone, since nothing else changes.
PART = "Desk-Part"


def queue_page(request: HttpRequest, place: Place, sitting: Sitting) -> HttpResponse:
    if request.headers.get(PART) == "card" and place.open:
        return _page(request, "desk/parts/pane.html", sitting, {"place": place, "card": open_card(place.open, sitting)})
    # A comment that somebody else has decided on meanwhile keeps its place until this editor has seen so.
    comments, following = place.page(besides=sitting.attempt.comment if sitting.attempt else None)
    listed = lines(comments, place, sitting.editor, now=sitting.now)
    chosen = (sitting.attempt.comment.public_id if sitting.attempt else place.open) or first_free(listed)
    context = {
        "title": _("Comment desk"),
        "place": place,
        "beginning": place.start(),
        "plain": Place(lane=place.lane, order=place.order),
        "tabs": tabs(place),
        "article": Article.objects.filter(key=place.article).first() if place.article else None,
        "lines": listed,
        "may_decide": sitting.editor.has_perm(DECIDE),
        "card": open_card(chosen, sitting) if chosen else None,
        "following": following,
    }
    if request.method != "POST":  # a decision narrows nothing
        context |= {"filters": PlaceForm(request.GET), "sections": known_sections(), "views": sitting.editor.saved_views.all()}
    return _page(request, "desk/parts.html" if HtmxDetails(request) else "desk/queue.html", sitting, context)


def comment_page(request: HttpRequest, chosen: UUID, sitting: Sitting) -> HttpResponse:
    context = {"title": _("Comment"), "card": open_card(chosen, sitting), "alone": True}
    return _page(request, "desk/parts.html" if HtmxDetails(request) else "desk/comment.html", sitting, context)


def open_card(chosen: UUID, sitting: Sitting) -> Card:
    """Who opens a comment that he may decide on claims it, unless somebody else is there already. Raises Http404."""
    comment = get_object_or_404(with_all(now=sitting.now), public_id=chosen)
    look = claims.take if sitting.editor.has_perm(DECIDE) else claims.held_by
    return card(comment, sitting, holder=look(comment, sitting.editor, now=sitting.now))


def whole_page(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, template, {**_frame(request), **context}, status=status)


def _frame(request: HttpRequest) -> dict[str, object]:
    """What the admin's frame says around a page of the desk: not the list of the admin's own pages, which would be gathered for nothing."""
    site = admin.site
    return {"site_title": site.site_title, "site_header": site.site_header, "site_url": site.site_url, "has_permission": site.has_permission(request)}


def _page(request: HttpRequest, template: str, sitting: Sitting, context: dict[str, object]) -> HttpResponse:
    attempt = sitting.attempt
    shared = {"now": sitting.now, "refused": attempt, "fresh": _own_fresh_decision(sitting)}
    return whole_page(request, template, {**shared, **context}, status=attempt.refusal.http_status if attempt else 200)


def _own_fresh_decision(sitting: Sitting) -> Decision | None:
    """What the editor did last, while it can still be taken back; what he did to several at once is taken back at once, on its own page."""
    if sitting.made:
        return sitting.made if may_undo(sitting.made, sitting.editor, now=sitting.now) else None
    lately = Decision.objects.filter(editor=sitting.editor, decided_at__gte=sitting.now - UNDO_WINDOW).select_related("comment__article")
    last = lately.exclude(Exists(BulkItem.objects.filter(decision=OuterRef("pk")))).order_by("-decided_at", "-pk").first()
    return last if last and last.version == last.comment.version and may_undo(last, sitting.editor, now=sitting.now) else None
