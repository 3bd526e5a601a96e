"""The page of a decision on several comments: how far it is, what became of each, and the undo of all; and the list of an editor's own."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_htmx.middleware import HtmxDetails

from comments.desk import bulk, refusals
from comments.desk.access import DECIDE, LOOK, editors_with, posted_from
from comments.desk.deciding import BUTTONS
from comments.desk.history import Entry, entry
from comments.desk.pages import whole_page
from comments.desk.places import Place
from comments.models import BulkItem, BulkJob, Comment
from moderation.engine import policy

_SHOWN_WITH = (
    "comment__article",
    "comment__current_revision",
    "decision__comment",
    "decision__revision",
    "decision__editor",
    "decision__policy_version",
)


class Result(NamedTuple):
    """What became of one comment; `first` is the decision of whoever was first."""

    comment: Comment
    result: BulkItem.Result
    first: Entry | None

    @property
    def is_done(self) -> bool:
        return self.result == BulkItem.Result.DONE

    @property
    def waits(self) -> bool:
        return self.result == BulkItem.Result.WAITING

    @property
    def is_refused(self) -> bool:
        return not self.is_done and not self.waits


@require_safe
@editors_with(DECIDE)
def own(request: HttpRequest, editor: User) -> HttpResponse:
    jobs = [(progress, BUTTONS[progress.job.decision]) for progress in bulk.lately(editor, now=timezone.now())]
    return whole_page(request, "desk/jobs.html", {"title": _("Your decisions on several comments"), "jobs": jobs, "days": bulk.LATELY.days})


@require_safe
@editors_with(LOOK)
def job(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    """Asked for again and again while the job is worked on; the query string is the place to return to."""
    shown = _found(public_id)
    results = _results(shown)
    context = {
        "title": _("Decided together"),
        "place": Place.read(request.GET),
        "job": shown,
        "results": results,
        "done": sum(result.is_done for result in results),
        "settled": sum(not result.waits for result in results),
        "decision": BUTTONS[shown.decision],
        "may_undo": bulk.may_undo(shown, editor, now=timezone.now()),
    }
    is_part = bool(HtmxDetails(request))
    return whole_page(request, "desk/parts/job.html" if is_part else "desk/job.html", {**context, "is_part": is_part})


def _job_page(request: HttpRequest, public_id: UUID) -> str:
    return address_of(public_id, Place.read(request.GET))


@posted_from(_job_page)
@editors_with(DECIDE)
def undo(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    """On to the job that takes it back; back to the job itself where it is too late."""
    now, chosen = timezone.now(), _found(public_id)
    if bulk.may_undo(chosen, editor, now=now):
        chosen = bulk.undo(chosen, editor, now=now)
    else:
        messages.warning(request, refusals.too_late())
    return HttpResponseRedirect(_job_page(request, chosen.public_id), status=303)


def address_of(public_id: UUID, place: Place) -> str:
    return f"{reverse('desk:job', args=[public_id])}?{place.query}"


def _found(public_id: UUID) -> BulkJob:
    return get_object_or_404(BulkJob.objects.select_related("editor"), public_id=public_id)


def _results(job: BulkJob) -> list[Result]:
    """What was not done stands first, where nobody overlooks it."""
    results = [Result(item.comment, BulkItem.Result(item.result), _first(item)) for item in job.items.select_related(*_SHOWN_WITH)]
    return sorted(results, key=lambda result: not result.is_refused)


def _first(item: BulkItem) -> Entry | None:
    return entry(item.decision, policy.DEFAULT) if item.decision and item.result == BulkItem.Result.STALE else None
