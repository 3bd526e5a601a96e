"""Filters for the pages around the queue."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@register.filter
def lasting(time: timedelta | None) -> str:
    """In its largest unit, and to the minute below a day; a dash for None."""
    if time is None:
        return "–"
    if time < _MINUTE:
        return _("less than a minute")
    if time < _HOUR:
        return _("%(minutes)d min") % {"minutes": time // _MINUTE}
    if time < _DAY:
        return _("%(hours)d h %(minutes)d min") % {"hours": time // _HOUR, "minutes": time % _HOUR // _MINUTE}
    return ngettext("%(days)d day", "%(days)d days", time // _DAY) % {"days": time // _DAY}


@register.filter
def share(part: int, whole: int) -> str:
    """As a percentage; a dash of nothing."""
    if not whole:
        return "–"
    return _("%(percent)d%%") % {"percent": round(100 * part / whole)}
