"""Filters for the pages around the queue."""

from datetime import timedelta

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
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
def breaking(name: str) -> SafeString:
    """A rule's name, which goes on in the next line after an underscore rather than within a word."""
    return format_html_join(mark_safe("_<wbr>"), "{}", ((part,) for part in name.split("_")))


@register.filter
def share(part: int, whole: int) -> str:
    """As a percentage; a dash of nothing."""
    if not whole:
        return "–"
    return _("%(percent)d%%") % {"percent": round(100 * part / whole)}
