"""The name that a writer gives himself: what of it can be shown."""

import regex
from django.utils.translation import gettext_lazy as _

from comments.submission import SubmissionRefused
from moderation.engine.text import UnreadableText, is_blank, normalise

MAX_LENGTH = 60

# What a name may not hold: controls, directions, line ends, letters that are none. Joiners stay, some scripts and signs need them.
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\ufffd[\p{Cf}--[\u200c\u200d]]]", flags=regex.V1)
_INKLESS = regex.compile(r"[\p{Default_Ignorable_Code_Point}\u2800]")


class NameUnreadable(SubmissionRefused):
    code, message, field = "unreadable", _("Your name holds characters that cannot be seen or read. Please type it again."), "name"


class NameBlank(SubmissionRefused):
    code, message, field = "blank", _("Please write your name."), "name"


class NameTooLong(SubmissionRefused):
    code, field = "too_long", "name"

    def __init__(self) -> None:
        super().__init__()
        self.message = _("Please shorten your name to %(limit)d characters.") % {"limit": MAX_LENGTH}


def readable(typed: str) -> str:
    """The name as it will be shown. Raises NameUnreadable, NameBlank, NameTooLong."""
    if _UNSEEN.search(typed.strip(" ")):
        raise NameUnreadable
    try:
        name = " ".join(normalise(typed).split())
    except UnreadableText as error:
        raise NameUnreadable from error
    if is_blank(_INKLESS.sub("", name)):
        raise NameBlank
    if len(name) > MAX_LENGTH:
        raise NameTooLong
    return name
