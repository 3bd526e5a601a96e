"""The page of second looks: a text that another editor decided on, without what he decided."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from comments import second_looks
from comments.desk.access import DECIDE, editors_with
from comments.lifecycle import Reasons
from comments.models import Decision, SecondLook
from comments.second_looks import AlreadyLookedAt
from comments.wording import clause_name, spoken
from moderation import versions
from moderation.engine.policy import Policy
from moderation.engine.rule import Clause

_SHOWN_WITH = ("revision", "comment__article__site", "comment__parent__published_revision")


class SecondLookForm(forms.Form):
    answer = forms.ChoiceField(choices=SecondLook.Answer.choices, error_messages={"required": gettext_lazy("Choose an answer.")})
    clauses = forms.MultipleChoiceField(required=False)
    house_reasons = forms.MultipleChoiceField(required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, policy: Policy) -> None:
        super().__init__(data)
        self.fields["clauses"].choices = [(clause.value, clause_name(clause)) for clause in Clause]  # type: ignore[attr-defined]  # of this choice field
        self.fields["house_reasons"].choices = [(key, spoken(name)) for key, name in policy.house_reasons.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("answer") == SecondLook.Answer.REJECT and not self.errors and not (given["clauses"] or given["house_reasons"]):
            raise forms.ValidationError(gettext_lazy("Choose at least one reason."))
        return given

    @property
    def reasons(self) -> Reasons:
        return Reasons(frozenset(map(Clause, self.cleaned_data["clauses"])), frozenset(self.cleaned_data["house_reasons"]))


@require_http_methods(["GET", "HEAD", "POST"])
@editors_with(DECIDE)
def second_look(request: HttpRequest, editor: User) -> HttpResponse:
    return _answered(request, editor) if request.method == "POST" else _page(request, _next(editor))


def _next(editor: User) -> Decision | None:
    return second_looks.waiting(editor, now=timezone.now()).select_related(*_SHOWN_WITH).first()


def _answered(request: HttpRequest, editor: User) -> HttpResponse:
    now = timezone.now()
    decision = second_looks.waiting(editor, now=now).select_related(*_SHOWN_WITH).filter(pk=_key(request.POST.get("decision", ""))).first()
    if decision is None:
        return _late(request)
    form = SecondLookForm(request.POST, policy=versions.active(decision.comment.article.site).policy)
    if not form.is_valid():
        return _page(request, decision, form)
    try:
        second_looks.answer(decision, editor, SecondLook.Answer(form.cleaned_data["answer"]), form.reasons, now=now)
    except AlreadyLookedAt:
        return _late(request)
    messages.success(request, _("Thank you; your answer was recorded, and the comment stays as it is."))
    return _on()


def _late(request: HttpRequest) -> HttpResponse:
    messages.warning(request, _("This text needs no second look any more; your answer was not recorded."))
    return _on()


def _on() -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:second_look"), status=303)


def _key(given: str) -> int:
    """0, which no decision has, for what is no key."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else 0


def _page(request: HttpRequest, decision: Decision | None, form: SecondLookForm | None = None) -> HttpResponse:
    context: dict[str, object] = {"title": _("Second look"), "decision": decision, "refused": form}
    if decision:
        context["form"] = form or SecondLookForm(policy=versions.active(decision.comment.article.site).policy)
    return render(request, "desk/second_look.html", {**admin.site.each_context(request), **context}, status=400 if form else 200)
