"""Sending a comment, correcting it, taking it back, and appealing against its refusal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from comments import client_address, idempotency, submission, writers
from comments.api import authors, callers, finding, reading
from comments.api.callers import Caller, Server
from comments.api.fields import read
from comments.api.freshness import for_everybody
from comments.api.problems import invalid
from comments.api.receipt import receipt, sent
from comments.api.views import View
from comments.api.writers_requests import AppealRequest, NothingRequest, RevisionRequest, SubmissionRequest
from comments.client_address import Client
from comments.idempotency import Asked
from comments.models import Article, Comment, Decision


class ArticlesComments(reading.ReadingComments):
    """An article's comments: read by anyone, written by guests and by the site's servers."""

    def post(self, request: Request, key: str) -> Response:
        """Stores a comment. What it offends against, its `findings` say; a returned one waits for its writer to correct it, or to send it as it is."""
        now, caller = timezone.now(), callers.of(request)
        authors.may_write(caller)
        article = finding.article(key, caller)
        form = read(SubmissionRequest, request.data)
        authors.may_say(caller, form)
        form["author"] = authors.author(caller, form["author"])
        done = idempotency.once(
            _asked(request, caller),
            prepare=lambda: _prepared(request, caller, article, form, now=now),
            carry_out=lambda prepared: _stored(prepared, caller, form["author"], now=now),
            now=now,
        )
        comment = done.decision.comment
        headers = {"Location": request.build_absolute_uri(reverse("api:comment", args=[comment.public_id]))}
        return Response(sent(request, comment, done.decision), 201, headers=headers | ({"Idempotent-Replayed": "true"} if done.before else {}))


class OneComment(View):
    """One comment: published, or, to its writer, wherever it stands."""

    def get(self, request: Request, public_id: UUID) -> HttpResponse:
        """With the header Receipt the comment's receipt; without it, or with another's, the comment as anyone sees it."""
        own = finding.own_comment(request, public_id)
        response = Response(receipt(own, now=timezone.now())) if own else self._published(request, public_id)
        patch_vary_headers(response, ("Receipt",))
        return response

    def _published(self, request: Request, public_id: UUID) -> HttpResponse:
        comment = reading.published(request, public_id)
        if comment is None:
            raise Http404
        return for_everybody(request, comment)


class Revising(View):
    """The writer sends his comment again."""

    def post(self, request: Request, public_id: UUID) -> Response:
        """A returned comment, corrected or as it is; within five minutes of its publication also a published one. Once sent, it is not sent again."""
        comment = finding.writers_comment(request, public_id)
        form = read(RevisionRequest, request.data)
        writers.send(comment, version=comment.version, body=form.get("body"), now=timezone.now())
        return Response(sent(request, comment, _latest(comment)))


class Withdrawing(View):
    """The writer takes his comment back."""

    def post(self, request: Request, public_id: UUID) -> Response:
        """For good. A comment that was withdrawn before stays so."""
        now, comment = timezone.now(), finding.writers_comment(request, public_id)
        read(NothingRequest, request.data)
        writers.withdraw(comment, version=comment.version, now=now)
        return Response(receipt(comment, now=now))


class Appealing(View):
    """The writer asks that an editor look at a refusal, another than the one who refused."""

    def post(self, request: Request, public_id: UUID) -> Response:
        """One appeal to each refusal: a repeated one changes nothing."""
        now, comment = timezone.now(), finding.writers_comment(request, public_id)
        writers.appeal(comment, text=read(AppealRequest, request.data)["text"], now=now)
        return Response(receipt(comment, now=now))


def _prepared(request: Request, caller: Caller, article: Article, form: Mapping[str, Any], *, now: datetime) -> submission.Prepared:
    """Counted here, where what was answered before no longer comes."""
    authors.admit(request, caller, now=now)
    return submission.prepare(article, _contribution(form, _client(request, caller, form)), now=now)


def _contribution(form: Mapping[str, Any], client: Client | None) -> submission.Contribution:
    return submission.Contribution(form["author"]["name"], form["body"], uuid4(), form.get("parent"), form["as_is"], client)


def _client(request: Request, caller: Caller, form: Mapping[str, Any]) -> Client | None:
    """Where the writer is: for its own writers the site's server says so, whose own address says nothing of them."""
    if isinstance(caller, Server):
        return Client(**form["client"]) if "client" in form else None
    return client_address.client(request)


def _stored(prepared: submission.Prepared, caller: Caller, author: Mapping[str, str], *, now: datetime) -> Decision:
    reader = authors.writer(caller, prepared.article.site, author, now=now)
    return submission.store(prepared, reader, now=now, is_vouched_for=isinstance(caller, Server))


def _latest(comment: Comment) -> Decision:
    return comment.decisions.select_related("comment", "revision__review__policy_version").latest("version")


def _asked(request: Request, caller: Caller) -> Asked | None:
    """The request by its Idempotency-Key; None without one."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return None
    if not (0 < len(key) <= idempotency.LONGEST_KEY and key.isascii() and key.isprintable()):
        raise invalid(
            "Idempotency-Key",
            "invalid",
            _("An Idempotency-Key has 1 to %(most)d visible ASCII characters, best a UUID.") % {"most": idempotency.LONGEST_KEY},
        )
    return Asked(caller.name, f"{request.method} {request.path}", key, request.data)
