"""What the scripts beside the form say: they hold no sentence of their own, since pages speak two languages."""

from django.utils.translation import gettext as _

from comments.wording import clause_name
from moderation.engine.rule import Clause


def words() -> dict[str, object]:
    """The live check's, by the name that it knows them by; `{number}` is filled in by it."""
    return {
        "clauses": {clause.value: clause_name(clause) for clause in Clause},
        "one": _("There is one remark on your text"),
        "many": _("There are {number} remarks on your text"),
        "none": _("There are no more remarks on your text"),
        "advice": _("advice"),
        "sentence": _("the sentence that is underlined"),
        "correct": _("Correct"),
        "more": _("and {number} more"),
    }
