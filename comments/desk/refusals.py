"""Why a decision was not made, in words for the editor, and with the status of the answer."""

from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from comments.desk.history import Entry, entry
from comments.lifecycle import MoveRefused, NotAllowed, OwnRefusal, ReasonMissing, StaleVersion
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
        case StaleVersion():
            sentences = (_("The comment has changed since you saw it; your decision was not saved."), _("What you filled in is still here."))
            return Refusal(409, sentences, entry(refused.decision, policy))
        case ReasonMissing():
            return Refusal(400, (_("Choose at least one reason."),))
        case OwnRefusal():
            return Refusal(403, (_("You refused this comment yourself; another editor answers the appeal."),))
        case NotAllowed():
            return Refusal(403, (too_late(),))
        case _:
            return Refusal(409, (_("This decision is not possible in the comment's present status."),))


def too_late() -> str:
    return _("Your own decision can be taken back for 10 seconds; after that a senior editor can do it.")
