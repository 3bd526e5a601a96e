"""The page behind the (!) under a published comment: what is wrong with it, and to whoever reported it, what became of that."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from comments import floods, guests, lifecycle, limits, reports
from comments.models import Article, Comment, Report
from comments.reader import framing, pages, tokens
from comments.reader.article import TOO_MANY, UNPROCESSABLE
from comments.wording import spoken
from moderation.engine.text import UnreadableText, normalise
from moderation.models import Site


class ReportForm(forms.Form):
    """`text` is the reporter's own words, which he may leave out."""

    reason = forms.ChoiceField(error_messages={"required": _("Please choose a reason."), "invalid_choice": _("Please choose a reason.")})
    text = forms.CharField(
        required=False,
        max_length=reports.MOST_CHARACTERS,
        error_messages={"max_length": _("Please shorten your words to %(limit_value)d characters.")},
    )

    def __init__(self, site: Site, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # a request's fields
        choice = self.fields["reason"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(key, spoken(name)) for key, name in reports.offered(site).items()]

    def clean_text(self) -> str:
        try:
            return normalise(self.cleaned_data["text"])
        except UnreadableText as error:
            raise forms.ValidationError(_("Some characters of your text could not be read. Please check it."), code="unreadable") from error


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    comment = _find(public_id)
    site = comment.article.site
    reader = framing.user(request, site) or guests.reader(site, framing.guest_id(request))
    made = reports.made_by(reader, comment)
    if comment.published_revision is None and made is None:
        raise Http404
    if request.method != "POST" or made:
        return _page(request, comment, None if made else ReportForm(comment.article.site), made)
    return _received(request, comment, timezone.now())


def _received(request: HttpRequest, comment: Comment, now: datetime) -> HttpResponse:
    form = ReportForm(comment.article.site, request.POST)
    if not form.is_valid():
        return _page(request, comment, form, None)
    guest = framing.guest_id(request)
    try:
        floods.admit(floods.sender(request, f"guest:{guest.hex}"), now=now)
        lifecycle.report(comment, guests.meet(comment.article.site, guest), now=now, **form.cleaned_data)
    except limits.TooMany as reached:
        form.add_error(
            None, _("You are sending very much at once. Please wait %(seconds)d seconds and send it once more.") % {"seconds": reached.seconds}
        )
        return _page(request, comment, form, None, status=TOO_MANY)
    except lifecycle.NotPublic as gone:
        raise Http404 from gone
    back = framing.address(request, "reader:report", str(comment.public_id), reader=request.POST.get("token", ""))
    return HttpResponseRedirect(back, status=303)


def _find(public_id: UUID) -> Comment:
    """Raises Http404 where the public never saw the comment, or its article shows none."""
    shown = Comment.objects.filter(public_id=public_id, published_at__isnull=False).exclude(article__mode=Article.Mode.CLOSED)
    found = shown.select_related("article__site", "published_revision").first()
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, comment: Comment, form: ReportForm | None, made: Report | None, *, status: int = UNPROCESSABLE) -> HttpResponse:
    context = {
        "article": comment.article,
        "comment": comment,
        "form": form,
        "answer": made and reports.answer(made),
        "token": tokens.new(comment.article, framing.guest_id(request), now=timezone.now())[0],
    }
    response = pages.page(request, "reader/report.html", comment.article.site, context, status=status if form and form.errors else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
