"""What an editor writes on a reader's page: a note, or a sanction with its reason."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Sanction
from comments.sanctions import NOTE_MAX_LENGTH, REASON_MAX_LENGTH
from moderation.engine.text import UnreadableText, normalise


def _readable(typed: str) -> str:
    try:
        return normalise(typed)
    except UnreadableText as error:
        raise forms.ValidationError(_("Some characters of the note cannot be read.")) from error


class NoteForm(forms.Form):
    text = forms.CharField(max_length=NOTE_MAX_LENGTH, error_messages={"required": _("Write the note.")})

    def clean_text(self) -> str:
        return _readable(self.cleaned_data["text"])


class SanctionForm(forms.Form):
    """`until` is the day on which a mute ends, at its beginning."""

    kind = forms.ChoiceField(
        choices=Sanction.Kind.choices, error_messages={"required": _("Choose what is to be done."), "invalid_choice": _("Choose what is to be done.")}
    )
    until = forms.DateField(required=False, error_messages={"invalid": _("Give the day as the calendar does.")})
    reason = forms.CharField(max_length=REASON_MAX_LENGTH, error_messages={"required": _("Write why; other editors will read it.")})
    confirmed = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, now: datetime, **options: Any) -> None:
        super().__init__(data, **options)
        self.now = now

    def clean_reason(self) -> str:
        return _readable(self.cleaned_data["reason"])

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("kind") != Sanction.Kind.MUTE:
            given["until"] = None
        elif "until" in given:
            given["until"] = self._beginning(given["until"])
        return given

    def _beginning(self, day: date | None) -> datetime:
        end = timezone.make_aware(datetime.combine(day, time.min)) if day else self.now
        if end <= self.now:
            raise forms.ValidationError(_("Choose a day to come, on which the mute ends."))
        return end
