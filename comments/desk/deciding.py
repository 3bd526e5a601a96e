"""The decisions that an editor can make at the desk: which are offered, and how a form's are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments.deciding import NEEDING_REASONS, NOTE_MAX_LENGTH, TAKING_REASONS, Order
from comments.judging import verdict_of
from comments.lifecycle import MOVES, UNDO_WINDOW, Actor, Reasons
from comments.lifecycle.appealing import is_own_refusal
from comments.lifecycle.moves import BESIDE_THE_STATUS, MAY_BE_UNDONE
from comments.models import Appeal, CannedNote, Comment, Decision, Status
from comments.submission import SubmissionRefused, readable
from moderation.engine.policy import Policy
from moderation.engine.rule import Clause, Fix, apply
from moderation.engine.text import UnreadableText, normalise
from moderation.models import Site

BUTTONS: Mapping[str, Promise] = MappingProxyType(
    {
        "approve": _("Approve"),
        "reject": _("Reject"),
        "request_correction": _("Ask for a correction"),
        "remove": _("Remove"),
        "dismiss_reports": _("Dismiss the reports"),
        "deny_appeal": _("Deny the appeal"),
        "escalate": _("Leave to a senior editor"),
        "undo": _("Take the last decision back"),
    }
)
# An approval too, of the text as the editor corrected it: by some of the proposed fixes, or by hand.
CORRECTIONS: Mapping[str, Promise] = MappingProxyType(
    {"approve_fixed": _("Approve with the chosen corrections"), "approve_edited": _("Approve the edited text")}
)
DECIDED: Mapping[str, Promise] = MappingProxyType(
    {
        "approve": _("The comment was approved."),
        "reject": _("The comment was rejected."),
        "request_correction": _("The comment was returned to its writer for a correction."),
        "remove": _("The comment was removed."),
        "dismiss_reports": _("The reports were dismissed; the comment stays."),
        "deny_appeal": _("The appeal was denied; its writer reads your note."),
        "escalate": _("The comment was left to a senior editor."),
        "undo": _("The decision was taken back."),
    }
)


_SOURCES: Mapping[str, Collection[Status]] = {move.name: move.sources for move in (*MOVES, *BESIDE_THE_STATUS)}


class ReasonedForm(forms.Form):
    """What every decision is given: its reasons and a note, typed, chosen among the canned ones, or both."""

    decision = forms.ChoiceField(
        choices=list(BUTTONS.items()),
        error_messages={"required": _("Choose a decision."), "invalid_choice": _("There is no such decision.")},
    )
    clauses = forms.MultipleChoiceField(
        choices=[(clause.value, clause.value) for clause in Clause],
        required=False,
        error_messages={"invalid_choice": _("The policy has no such clause.")},
    )
    house_reasons = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _("The policy has no such reason.")})
    canned = forms.ModelChoiceField(CannedNote.objects.none(), required=False, error_messages={"invalid_choice": _("There is no such note.")})
    note = forms.CharField(required=False, max_length=NOTE_MAX_LENGTH)

    def __init__(self, data: Mapping[str, Any], *, site: Site, policy: Policy) -> None:
        super().__init__(data)
        self.fields["house_reasons"].choices = [(key, key) for key in policy.house_reasons]  # type: ignore[attr-defined]  # of this choice field
        self.fields["canned"].queryset = CannedNote.objects.filter(site=site)  # type: ignore[attr-defined]  # of this choice field

    def clean_note(self) -> str:
        try:
            return normalise(self.cleaned_data["note"])
        except UnreadableText as error:
            raise forms.ValidationError(_("Some characters of the note cannot be read.")) from error

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        decision, reason = given.get("decision"), given.get("clauses") or given.get("house_reasons")
        if not self.errors and decision in NEEDING_REASONS and not reason:
            raise forms.ValidationError(_("Choose at least one reason."))
        if not self.errors and decision == "request_correction" and not (reason or self.whole_note):
            raise forms.ValidationError(_("Say what is to be corrected: choose a reason, or write a note."))
        if not self.errors and decision == "deny_appeal" and not self.whole_note:
            raise forms.ValidationError(_("Tell the writer in a note why the appeal is denied."))
        return given

    @property
    def whole_note(self) -> str:
        canned: CannedNote | None = self.cleaned_data["canned"]
        return "\n\n".join(text for text in (canned.text if canned else "", self.cleaned_data["note"]) if text)

    @property
    def reasons(self) -> Reasons:
        given = self.cleaned_data
        takes_reasons = given["decision"] in TAKING_REASONS
        return Reasons(
            clauses=frozenset(Clause(clause) for clause in given["clauses"] if takes_reasons),
            house_reasons=frozenset(given["house_reasons"] if takes_reasons else ()),
            note=self.whole_note,
        )


class DecisionForm(ReasonedForm):
    """A card's form: a decision on the version that the editor saw, perhaps with the text as he corrected it."""

    version = forms.IntegerField(
        min_value=1,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value"), _("The form does not say which version of the comment you saw. Please decide again.")
        ),
    )
    fixes = forms.TypedMultipleChoiceField(coerce=int, required=False, error_messages={"invalid_choice": _("There is no such correction.")})
    body = forms.CharField(required=False, strip=False)

    def __init__(self, data: Mapping[str, Any], *, comment: Comment, policy: Policy) -> None:
        super().__init__(data, site=comment.article.site, policy=policy)
        self.offered_fixes = fixes_of(comment)
        self.fields["decision"].choices = [*BUTTONS.items(), *CORRECTIONS.items()]  # type: ignore[attr-defined]  # of this choice field
        self.fields["fixes"].choices = [(number, number) for number in self.offered_fixes]  # type: ignore[attr-defined]  # of this choice field
        self.text = comment.current_revision.body

    def clean_body(self) -> str:
        """The text that the editor approves; empty where it is the writer's own."""
        if self.data.get("decision") != "approve_edited":
            return ""
        try:
            return readable(self.cleaned_data["body"])
        except SubmissionRefused as refused:
            raise forms.ValidationError(str(refused.message)) from refused

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and given["decision"] == "approve_fixed":
            if not given["fixes"]:
                raise forms.ValidationError(_("Choose at least one correction."))
            given["body"] = apply(self.text, [self.offered_fixes[number] for number in given["fixes"]])
        return given

    @property
    def order(self) -> Order:
        given = self.cleaned_data
        decision = "approve" if given["decision"] in CORRECTIONS else given["decision"]
        return Order(decision, given["version"], self.reasons, given["body"])


def fixes_of(comment: Comment) -> Mapping[int, Fix]:
    """The corrections that the policy proposes for the present text, by the number of the finding as the card shows it."""
    verdict = verdict_of(comment.current_revision.review)
    findings = verdict.findings if verdict else ()
    return {number: finding.fix for number, finding in enumerate(findings, start=1) if finding.fix}


@dataclass(frozen=True, slots=True)
class Situation:
    """What besides its status decides about the buttons of a comment; `last` is the latest decision on it."""

    last: Decision
    is_reported: bool
    is_escalated: bool
    appeal: Appeal | None


def offered(comment: Comment, situation: Situation, editor: User, *, now: datetime) -> tuple[str, ...]:
    """The decisions that this editor can make on the comment as it stands."""
    possible = [name for name in BUTTONS if comment.status in _SOURCES[name]]
    appeal = situation.appeal
    own_refusal = appeal is not None and is_own_refusal(appeal, Actor.by_editor(editor))
    asks_for_an_editor = comment.status == Status.PENDING or situation.is_reported or appeal is not None
    sensible = {
        "approve": not own_refusal,
        "deny_appeal": appeal is not None and not own_refusal,
        "undo": may_undo(situation.last, editor, now=now),
        "dismiss_reports": situation.is_reported,
        "escalate": asks_for_an_editor and not situation.is_escalated,
    }
    return tuple(name for name in possible if sensible.get(name, True))


def may_undo(last: Decision, editor: User, *, now: datetime) -> bool:
    fresh = last.editor_id == editor.pk and now <= last.decided_at + UNDO_WINDOW
    return last.move in {move.name for move in MAY_BE_UNDONE} and (fresh or editor.has_perm("comments.overrule_decision"))
