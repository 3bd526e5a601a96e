"""The desk's pages: a lane of the queue, one comment, and the form that decides."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from comments import claims
from comments.deciding import carry_out
from comments.desk import refusals
from comments.desk.access import DECIDE, LOOK, editors_with, posted_from
from comments.desk.cards import Attempt, Sitting
from comments.desk.deciding import DECIDED, DecisionForm
from comments.desk.pages import comment_page, queue_page
from comments.desk.places import Place, Position
from comments.desk.reasons import Filled
from comments.desk.refusals import Refusal
from comments.lifecycle import MoveRefused
from comments.models import Comment
from moderation import versions

FOR_DECIDING = ("article__site", "reader", "current_revision__review__policy_version", "published_revision")


@require_safe
@editors_with(LOOK)
def queue(request: HttpRequest, editor: User) -> HttpResponse:
    return queue_page(request, Place.read(request.GET), Sitting(editor, timezone.now()))


@require_safe
@editors_with(LOOK)
def comment(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    return comment_page(request, public_id, Sitting(editor, timezone.now()))


def _comment_page(_request: HttpRequest, public_id: UUID) -> str:
    return reverse("desk:comment", args=[public_id])


@posted_from(_comment_page)
@editors_with(DECIDE)
def decisions(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    """The query string is the place at the desk to come back to; without one it is the comment's own page."""
    place = Place.read(request.GET) if request.GET else None
    chosen = get_object_or_404(Comment.objects.select_related(*FOR_DECIDING), public_id=public_id)
    here = place.position(chosen) if place else ()
    decided = _decide(request, chosen, Sitting(editor, timezone.now()))
    if decided.attempt:
        return queue_page(request, place, decided) if place else comment_page(request, public_id, decided)
    if place is None:
        claims.release(editor)
        return _shown(request, reverse("desk:comment", args=[public_id]), partial(comment_page, request, public_id, decided))
    following = public_id if request.POST["decision"] == "undo" else _following(place, here, chosen, decided)
    there = place.opening(following) if following else place.start()
    return _shown(request, f"{there.url}#card" if following else there.url, partial(queue_page, request, there, decided))


def _decide(request: HttpRequest, chosen: Comment, sitting: Sitting) -> Sitting:
    """With the decision that was made, or with the attempt that was refused."""
    policy = versions.active(chosen.article.site).policy
    form = DecisionForm(request.POST, comment=chosen, policy=policy)
    if not form.is_valid():
        return _refused(request, chosen, sitting, refusals.of_form(form))
    try:
        decision = carry_out(form.order, chosen, sitting.editor, now=sitting.now)
    except MoveRefused as refused:
        return _refused(request, chosen, sitting, refusals.of_move(refused, policy))
    messages.success(request, str(DECIDED[decision.move]))
    return replace(sitting, made=decision)


def _refused(request: HttpRequest, chosen: Comment, sitting: Sitting, refusal: Refusal) -> Sitting:
    return replace(sitting, attempt=Attempt(chosen, Filled.typed(request.POST), refusal))


def _following(place: Place, here: Position, decided: Comment, sitting: Sitting) -> UUID | None:
    """The next card that nobody else is looking at; opening it lets go of the one before, as nothing else does at the end of the lane."""
    # What was decided on may stand further down now.
    besides = Q(pk=decided.pk) | claims.held_by_others(sitting.editor, now=sitting.now)
    following = place.next_after(here, besides=besides)
    if following is None:
        claims.release(sitting.editor)
    return following


def _shown(request: HttpRequest, url: str, page: Callable[[], HttpResponse]) -> HttpResponse:
    """A browser is sent on to the page; htmx gets it at once, and is told its address."""
    return push_url(page(), url.partition("#")[0]) if HtmxDetails(request) else HttpResponseRedirect(url, status=303)
