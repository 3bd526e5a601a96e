"""What a writer has done to his comment while somebody else decided on it, in a sentence for whoever comes too late."""

from django.utils.translation import gettext as _

from comments.models import Decision, MoveName


def writers_doing(decision: Decision) -> str:
    """ "" for a move that was not the writer's own. That the policy has judged a text sent again makes it no less his."""
    match decision.move:
        case MoveName.WITHDRAW:
            return _("The writer has withdrawn the comment meanwhile.")
        case MoveName.EDIT | MoveName.RESUBMIT:
            as_is = decision.revision.as_is
            return _("The writer has sent the comment again meanwhile, as it is.") if as_is else _("The writer has changed the comment meanwhile.")
        case _:
            return ""
