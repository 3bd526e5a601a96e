"""The claim on the open card: renewed while it is looked at, let go of when the editor leaves, taken over by another."""

from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from comments import claims
from comments.desk.access import DECIDE, editors_with, posted_from
from comments.desk.places import Place
from comments.models import Comment


@require_POST
@editors_with(DECIDE)
def renew(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:  # noqa: ARG001  (a view's signature)
    """Who holds the comment, where it is somebody else."""
    holder = claims.take(get_object_or_404(Comment, public_id=public_id), editor, now=timezone.now())
    return JsonResponse({"holder": claims.name_of(holder) if holder and holder != editor else ""})


@require_POST
@editors_with(DECIDE)
def release(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:  # noqa: ARG001  (a view's signature)
    claims.release(editor, get_object_or_404(Comment, public_id=public_id))
    return HttpResponse(status=204)


def _card(request: HttpRequest, public_id: UUID) -> str:
    """The comment, at the place at the desk that the query string says."""
    url = Place.read(request.GET).opening(public_id).url if request.GET else reverse("desk:comment", args=[public_id])
    return f"{url}#card"


@posted_from(_card)
@editors_with(DECIDE)
def take_over(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    claims.take_over(get_object_or_404(Comment, public_id=public_id), editor, now=timezone.now())
    return HttpResponseRedirect(_card(request, public_id), status=303)
