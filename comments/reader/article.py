"""The article page: what is read, what is said about it, and the form."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comments import client_address, closing, floods, guests, limits, receipts, submission
from comments.models import Article, Comment
from comments.reader import asking, framing, markup, pages, posted, threads
from comments.reader.asking import Asking, Problem
from comments.reader.forms import CommentForm, identifier
from comments.reader.threads import Order
from moderation import versions

UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429


@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest, key: str) -> HttpResponse:
    commented, now = find(key), timezone.now()
    return _received(request, commented, now) if request.method == "POST" else _shown(request, commented, now)


def find(key: str) -> Article:
    """Raises Http404 where the site has no such article."""
    return get_object_or_404(Article.objects.select_related("site"), site__key=versions.DEFAULT_SITE, key=key)


def permalink(comment: Comment) -> str:
    """The page of the article that holds the comment, and its place there."""
    return f"{reverse('reader:article', args=[comment.article.key])}?comment={comment.public_id}#comment-{comment.public_id}"


def form_of(request: HttpRequest, commented: Article, now: datetime) -> CommentForm:
    return CommentForm(
        posted.fields(request), article=commented, guest=framing.guest_id(request), now=now, user=framing.user(request, commented.site)
    )


def asked_again(request: HttpRequest, form: CommentForm, asked: Asking, *, status: int = UNPROCESSABLE) -> HttpResponse:
    """The form with what was typed and what is wrong; where comments are closed, the text to copy."""
    closed = closing.told(form.article, now=form.now)
    context = {"article": form.article, "notice": _notice(form.article), "form": asked, "closed": closed}
    return pages.page(request, "reader/form.html", form.article.site, context, status=CONFLICT if closed else status)


def _shown(request: HttpRequest, commented: Article, now: datetime) -> HttpResponse:
    reply_to = request.GET.get("reply_to", "")
    closed = closing.told(commented, now=now)
    asked = None if closed else asking.first(commented, framing.guest_id(request), reply_to, now=now, user=framing.user(request, commented.site))
    context = {
        "now": now,
        "article": commented,
        "notice": _notice(commented),
        "form": asked,
        "closed": closed,
        "parent_is_gone": bool(asked and reply_to and commented.site.reply_depth and not asked.parent),
        **_discussion(request, commented),
    }
    response = pages.page(request, "reader/article.html", commented.site, context)
    shown = context.get("page")
    return pages.with_pictures(response, shown.picture_origins) if isinstance(shown, threads.Page) else response


def _discussion(request: HttpRequest, commented: Article) -> dict[str, object]:
    sought = request.GET.get("comment", "")
    if commented.mode == Article.Mode.CLOSED:
        return {"sought_is_gone": bool(sought)}
    order = Order.OLDEST if request.GET.get("order") == Order.OLDEST else Order.NEWEST
    after, at = identifier(request.GET.get("after", "")), identifier(sought)
    page, count = threads.page(commented, order, after=after, at=at), threads.count(commented)
    return {
        "page": page,
        "count": count,
        "linked_data": markup.linked_data(request, commented, page, count),
        "sought_is_gone": bool(sought) and not page.holds(at),
    }


def _received(request: HttpRequest, commented: Article, now: datetime) -> HttpResponse:
    form = form_of(request, commented, now)
    if not form.is_valid() or not commented.accepts_comments(now):
        return asked_again(request, form, asking.again(form, asking.problems_of(form)))
    try:
        floods.admit(floods.sender(request, f"guest:{form.guest.hex}", proof=form.cleaned_data["proof"]), now=now)
        comment = _submitted(request, form)
    except limits.TooMany as reached:
        return _slowed_down(request, form, reached.seconds)
    except submission.AlreadySent as refusal:
        told = [Problem("", refusal.message)]
        return asked_again(request, form, asking.again(form, told, spent=True, receipt=_receipt(request, refusal.comment)))
    except submission.SubmissionRefused as refusal:
        return asked_again(request, form, asking.again(form, [Problem(refusal.field, refusal.message)]))
    return HttpResponseRedirect(_receipt(request, comment), status=303)


def _slowed_down(request: HttpRequest, form: CommentForm, seconds: int) -> HttpResponse:
    told = [Problem("", _("You are sending very much at once. Please wait %(seconds)d seconds and send it once more.") % {"seconds": seconds})]
    response = asked_again(request, form, replace(asking.again(form, told), wants_proof=True), status=TOO_MANY)
    response["Retry-After"] = str(seconds)
    return response


def _submitted(request: HttpRequest, form: CommentForm) -> Comment:
    """Raises submission.SubmissionRefused."""
    sent = form.cleaned_data
    reader = guests.make_reader(form.article.site, form.guest, name=sent["name"], email=sent["email"])
    contribution = submission.Contribution(
        sent["name"],
        sent["body"],
        sent["submission_id"],
        sent["parent"],
        client=client_address.client(request),
        # Somebody signed in to the desk writes for the publisher.
        by_staff=request.user.is_staff,
    )
    return submission.submit(form.article, reader, contribution, now=form.now)


def _receipt(request: HttpRequest, comment: Comment) -> str:
    return framing.address(request, "reader:receipt", receipts.token_for(comment))


def _notice(commented: Article) -> object:
    return versions.active(commented.site).policy.notice
