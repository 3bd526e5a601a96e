"""The receipt: where the writer's comment stands, why, and what he may do about it.

Its address is the only key to it, unguessable and given to nobody else, so no cookie counts here; and since browsers send
`Origin: null` from a page without referrer, Django's check against forged requests would refuse the writer himself.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from comments import embedding, lifecycle, receipts, writers
from comments.explanation import explain
from comments.judging import verdict_of
from comments.models import Comment, Status
from comments.reader import framing, pages, posted, revising
from comments.reader.correction import correction
from comments.reader.revising import Refusal
from comments.waiting import median_wait

_SHOWN_WITH = ("article__site", "reader", "parent", "published_revision", "current_revision__review__policy_version")


@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, token, _found(token), timezone.now())


@csrf_exempt
@require_POST
def revise(request: HttpRequest, token: str) -> HttpResponse:
    """`body` is a new text, `as_is` sends the old one; `version` is the one that the page showed."""
    now, typed = timezone.now(), None if request.POST.get("as_is") else posted.text(request)
    try:
        revising.send(_found(token), version=_version(request), typed=typed, now=now)
    except ValidationError as error:
        return _page(request, token, _found(token), now, Refusal(error.messages[0], typed))
    except lifecycle.MoveRefused as refusal:
        return _page(request, token, _found(token), now, Refusal(revising.sentence(refusal), typed, has_moved=True))
    return _back(request, token)


@csrf_exempt
@require_POST
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    now, comment = timezone.now(), _found(token)
    try:
        writers.withdraw(comment, version=_version(request), now=now)
    except lifecycle.MoveRefused as refusal:
        return _page(request, token, _found(token), now, Refusal(revising.sentence(refusal), has_moved=True))
    return _back(request, token)


@csrf_exempt
@require_POST
def appeal(request: HttpRequest, token: str) -> HttpResponse:
    now, comment, typed = timezone.now(), _found(token), posted.fields(request).get("text", "")
    try:
        writers.appeal(comment, text=revising.readable_appeal(typed), now=now)
    except ValidationError as error:
        return _page(request, token, comment, now, Refusal(error.messages[0], typed, of_appeal=True))
    except lifecycle.MoveRefused as refusal:
        return _page(request, token, _found(token), now, Refusal(revising.sentence(refusal), typed, has_moved=True))
    return _back(request, token)


def _found(token: str) -> Comment:
    return get_object_or_404(Comment.objects.select_related(*_SHOWN_WITH), public_id=receipts.comment_id(token))


def _version(request: HttpRequest) -> int:
    """0, which no comment has, for a version that is none."""
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        return 0


def _back(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponseRedirect(framing.address(request, "reader:receipt", token), status=303)


def _place(request: HttpRequest, comment: Comment) -> str:
    """Where the published comment is read. A frame is not left for the page around it."""
    here = framing.address(request, "reader:article", comment.article.key)
    own = f"{here}{'&' if '?' in here else '?'}comment={comment.public_id}#comment-{comment.public_id}"
    return own if framing.is_framed(request) else embedding.place(comment) or own


def _page(request: HttpRequest, token: str, comment: Comment, now: datetime, refusal: Refusal | None = None) -> HttpResponse:
    revision = comment.current_revision
    verdict = verdict_of(revision.review)
    context = {
        "token": token,
        "address": request.build_absolute_uri(reverse("reader:receipt", args=[token])),
        "comment": comment,
        "part": f"reader/receipt/{comment.status}.html",
        "text": revision.body,
        "place": _place(request, comment) if comment.published_revision else "",
        "correction": correction(verdict) if verdict and comment.status == Status.RETURNED else None,
        "explanation": explain(comment, verdict),
        "expires_at": comment.status_since + lifecycle.RETURNED_LIFETIME,
        "may_revise": writers.may_revise(comment, now),
        "may_withdraw": writers.may_withdraw(comment),
        "may_appeal": writers.may_appeal(comment),
        "appeal": writers.last_appeal(comment),
        "usual_wait": median_wait(comment.article.site) if comment.status == Status.PENDING else None,
        "refusal": refusal,
    }
    response = pages.page(request, "reader/receipt.html", comment.article.site, context, status=refusal.status if refusal else 200)
    response["Cache-Control"], response["Referrer-Policy"], response["X-Robots-Tag"] = "no-store", "no-referrer", "noindex"
    return response
