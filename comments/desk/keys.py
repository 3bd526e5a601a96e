"""The desk's keyboard: what each key does until an editor chooses another. The script reads them from the help dialog."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Key(NamedTuple):
    action: str
    key: str
    meaning: Promise


KEYS = (
    Key("next", "j", _("Next comment")),
    Key("previous", "k", _("Previous comment")),
    Key("approve", "a", _("Approve")),
    Key("reject", "r", _("Reject: then the key of each reason, and Enter")),
    Key("fix", "f", _("Correct and approve")),
    Key("correction", "c", _("Ask for a correction: then the key of each reason, and Enter")),
    Key("escalate", "e", _("Leave to a senior editor")),
    Key("undo", "u", _("Undo")),
    Key("article", "o", _("Open the article")),
    Key("history", "h", _("Show the history")),
    Key("select", "x", _("Select for a decision on several")),
    Key("bulk", "b", _("Decide on the selected")),
    Key("zen", "z", _("One comment at a time")),
    Key("search", "/", _("Search")),
    Key("help", "?", _("This help")),
)
