"""A reader's page: his whole record, and what editors do about him."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from comments import sanctions
from comments.desk.access import DECIDE, LOOK, editors_with, posted_from
from comments.desk.reader_forms import NoteForm, SanctionForm
from comments.desk.reader_record import COUNTED, decisions, reports, spans
from comments.models import Reader, Sanction
from comments.sanctions import SANCTION, AlreadyDone

_DEFAULT_MUTE = timedelta(days=7)
DONE: dict[str, Promise] = {
    Sanction.Kind.TRUST: gettext_lazy("The reader is trusted."),
    Sanction.Kind.PREMODERATE: gettext_lazy("The reader’s comments always wait for an editor."),
    Sanction.Kind.MUTE: gettext_lazy("The reader is muted."),
    Sanction.Kind.BAN: gettext_lazy("The reader is banned."),
}


def _reader_page(_request: HttpRequest, public_id: UUID, **_address: object) -> str:
    return reverse("desk:reader", args=[public_id])


@require_safe
@editors_with(LOOK)
def reader(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:  # noqa: ARG001  (every page of the desk is handed its editor)
    return _page(request, _found(public_id))


@posted_from(_reader_page)
@editors_with(DECIDE)
def note(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    chosen, form = _found(public_id), NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen, note_form=form)
    sanctions.write_note(chosen, editor=editor, text=form.cleaned_data["text"], now=timezone.now())
    return _done(request, chosen, _("The note was saved."))


@posted_from(_reader_page)
@editors_with(SANCTION)
def impose(request: HttpRequest, editor: User, public_id: UUID) -> HttpResponse:
    """A ban is asked about once more before it is imposed."""
    now, chosen = timezone.now(), _found(public_id)
    form = SanctionForm(request.POST, now=now)
    if not form.is_valid():
        return _page(request, chosen, sanction_form=form)
    given = form.cleaned_data
    if given["kind"] == Sanction.Kind.BAN and not given["confirmed"]:
        return _render(request, "desk/confirm_ban.html", {"title": _("Ban this reader?"), "reader": chosen, "reason": given["reason"]})
    kind = Sanction.Kind(given["kind"])
    return _attempt(
        request, chosen, str(DONE[kind]), lambda: sanctions.impose(chosen, kind, editor=editor, reason=given["reason"], until=given["until"], now=now)
    )


@posted_from(_reader_page)
@editors_with(SANCTION)
def lift(request: HttpRequest, editor: User, public_id: UUID, sanction: int) -> HttpResponse:
    standing = get_object_or_404(Sanction.objects.select_related("reader"), pk=sanction, reader__public_id=public_id)
    return _attempt(request, standing.reader, _("It holds no longer."), lambda: sanctions.lift(standing, editor=editor, now=timezone.now()))


def _attempt(request: HttpRequest, chosen: Reader, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except AlreadyDone:
        messages.warning(request, _("Another editor was first; see below how the reader stands now."))
        return _back(chosen)
    return _done(request, chosen, done)


def _done(request: HttpRequest, chosen: Reader, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return _back(chosen)


def _back(chosen: Reader) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:reader", args=[chosen.public_id]), status=303)


def _found(public_id: UUID) -> Reader:
    """Nobody's page stands for many."""
    return get_object_or_404(Reader.objects.exclude(kind=Reader.Kind.ERASED).select_related("site"), public_id=public_id)


def _page(request: HttpRequest, chosen: Reader, *, note_form: NoteForm | None = None, sanction_form: SanctionForm | None = None) -> HttpResponse:
    now, refused = timezone.now(), note_form or sanction_form
    page = decisions(chosen, after=_key(request.GET.get("after")))
    context = {
        "title": _("Reader"),
        "now": now,
        "reader": chosen,
        "standing": sanctions.standing(chosen, now=now),
        "statuses": [status.label for status in COUNTED],
        "spans": spans(chosen, now=now),
        "decisions": page,
        "reports": reports(chosen),
        "notes": chosen.notes.select_related("editor").order_by("-written_at", "-pk"),
        "past": chosen.sanctions.select_related("imposed_by", "ended_by").order_by("-imposed_at", "-pk"),
        "note_form": note_form or NoteForm(),
        "sanction_form": sanction_form or SanctionForm(now=now, initial={"until": _next_week(now)}),
        "refused": refused,
    }
    return _render(request, "desk/reader_page.html", context, status=400 if refused else 200)


def _next_week(now: datetime) -> str:
    return timezone.localdate(now + _DEFAULT_MUTE).isoformat()


def _key(given: str | None) -> int | None:
    """Raises Http404 for what is no key."""
    if given is None:
        return None
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise Http404
    return int(given)


def _render(request: HttpRequest, template: str, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)
