"""Filters for the reader's pages."""

import re
from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from comments.reader import live

register = template.Library()

_MINUTE, _HOUR, _DAY, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)


@register.filter
def age(moment: datetime, now: datetime) -> str:
    """How long ago, for a week; then the date."""
    passed = now - moment
    if passed < _MINUTE:
        return gettext("just now")
    if passed < _HOUR:
        minutes = passed // _MINUTE
        return ngettext("%(number)d minute ago", "%(number)d minutes ago", minutes) % {"number": minutes}
    if passed < _DAY:
        hours = passed // _HOUR
        return ngettext("%(number)d hour ago", "%(number)d hours ago", hours) % {"number": hours}
    if passed < _WEEK:
        days = passed // _DAY
        return ngettext("%(number)d day ago", "%(number)d days ago", days) % {"number": days}
    return date_format(timezone.localtime(moment), "j F Y")


@register.filter
def roughly(time: timedelta) -> str:
    """A length of time as one would say it: rounded up, in its largest unit."""
    minutes = max(1, -(-time // _MINUTE))
    if time <= _HOUR:
        return ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes}
    if time <= _DAY:
        hours = -(-time // _HOUR)
        return ngettext("%(number)d hour", "%(number)d hours", hours) % {"number": hours}
    days = -(-time // _DAY)
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


@register.filter
def paragraphs(text: str) -> list[str]:
    """The text's paragraphs, which are parted by blank lines."""
    return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip()]


@register.simple_tag
def live_words() -> dict[str, object]:
    return live.words()
