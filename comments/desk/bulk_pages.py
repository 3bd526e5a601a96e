"""The pages on which many comments are decided at once: what is chosen and the decision, and a question before more than twenty."""

from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from comments.desk import bulk, jobs, refusals
from comments.desk.access import DECIDE, editors_with, posted_from
from comments.desk.bulk import Chosen
from comments.desk.deciding import BUTTONS, ReasonedForm
from comments.desk.pages import whole_page
from comments.desk.places import Place, place_asked_for
from comments.desk.reasons import Filled, choices
from comments.models import CannedNote, Reader
from moderation import versions


@posted_from(place_asked_for)
@editors_with(DECIDE)
def decide_many(request: HttpRequest, editor: User) -> HttpResponse:
    """Without a decision, the page to choose one; more than twenty are asked about once more. The query string is the place to return to."""
    place = Place.read(request.GET)
    try:
        chosen = _chosen(request)
    except bulk.UnreadableChoice:
        return HttpResponseBadRequest(_("Choose at most %(most)d comments.") % {"most": bulk.MOST})
    if not chosen or "decision" not in request.POST:
        return _choosing(request, place, chosen)
    site = chosen[0].comment.article.site
    policy = versions.active(site).policy
    form = ReasonedForm(request.POST, site=site, policy=policy)
    if not form.is_valid() or form.cleaned_data["decision"] not in bulk.DECISIONS:
        return _choosing(request, place, chosen, refusal=refusals.of_form(form))
    if len(chosen) >= bulk.CONFIRMED_FROM and "confirmed" not in request.POST:
        return _choosing(request, place, chosen, asked=form.cleaned_data["decision"])
    job = bulk.order(form.cleaned_data["decision"], form.reasons, chosen, editor, now=timezone.now())
    return HttpResponseRedirect(jobs.address_of(job.public_id, place), status=303)


def _chosen(request: HttpRequest) -> list[Chosen]:
    if reader := request.POST.get("reader"):
        try:
            return bulk.waiting_from(get_object_or_404(Reader, public_id=UUID(reader)))
        except ValueError as error:
            raise bulk.UnreadableChoice from error
    return bulk.read(request.POST.getlist("chosen"))


def _choosing(request: HttpRequest, place: Place, chosen: list[Chosen], *, refusal: refusals.Refusal | None = None, asked: str = "") -> HttpResponse:
    """`asked` is the decision that waits for a confirmation."""
    site = chosen[0].comment.article.site if chosen else None
    policy = versions.active(site).policy if site else None
    context = {
        "title": _("Decide together"),
        "place": place,
        "chosen": chosen,
        "choices": choices(policy, None, Filled.typed(request.POST)) if policy else None,
        "canned": CannedNote.objects.filter(site=site),
        "filled": Filled.typed(request.POST),
        "buttons": [(name, BUTTONS[name]) for name in bulk.DECISIONS],
        "refusal": refusal,
        "asked": asked,
        "asked_name": BUTTONS[asked] if asked else "",
    }
    return whole_page(request, "desk/bulk.html", context, status=refusal.http_status if refusal else 200)
