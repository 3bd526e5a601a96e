"""Why a decision was not made, in words for the editor, and with the status of the answer."""

from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from comments.desk.history import Entry, entry
from comments.lifecycle import MoveRefused, NotAllowed, OwnRefusal, ReasonMissing, StaleVersion
from comments.meanwhile import writers_doing
from comments.models import Decision
from moderation.engine.policy import Policy


@dataclass(frozen=True, slots=True)
class Refusal:
    """`first` is the decision of whoever was first."""

    http_status: int
    sentences: tuple[str, ...]
    first: Entry | None = None


def of_form(form: Form) -> Refusal:
    return Refusal(400, tuple(str(sentence) for sentences in form.errors.values() for sentence in sentences))


def of_move(refused: MoveRefused, policy: Policy) -> Refusal:
    match refused:
        case StaleVersion(decision=first):
            return Refusal(409, (*_not_saved(first), _("What you filled in is still here.")), entry(first, policy))
        case ReasonMissing():
            return Refusal(400, (_("Choose at least one reason."),))
        case OwnRefusal():
            return Refusal(403, (_("You refused this comment yourself; another editor answers the appeal."),))
        case NotAllowed():
            return Refusal(403, (too_late(),))
        case _:
            return Refusal(409, (_("This decision is not possible in the comment's present status."),))


def _not_saved(first: Decision) -> tuple[str, ...]:
    if doing := writers_doing(first):
        return doing, _("Your decision was not saved.")
    return (_("The comment has changed since you saw it; your decision was not saved."),)


def too_late() -> str:
    return _("Your own decision can be taken back for 10 seconds; after that a senior editor can do it.")
