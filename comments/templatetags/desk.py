"""What the admin's pages know of the desk."""

from datetime import datetime, timedelta

from django import template
from django.utils.timesince import timesince
from django.utils.translation import gettext

from comments.desk import counting
from comments.desk.keys import KEYS, Key

register = template.Library()

_MINUTE = timedelta(minutes=1)


@register.simple_tag
def waiting_count() -> str:
    """How many comments wait for an editor, in whatever lane, counted no further than a lane is."""
    return counting.shown(counting.waiting())


@register.simple_tag
def desk_keys() -> tuple[Key, ...]:
    return KEYS


@register.filter
def age(when: datetime, now: datetime) -> str:
    """In its largest unit: an editor wants to know whether it is minutes or days."""
    return gettext("just now") if now - when < _MINUTE else timesince(when, now, depth=1)


@register.filter
def ago(when: datetime, now: datetime) -> str:
    passed = age(when, now)
    return passed if now - when < _MINUTE else gettext("%(age)s ago") % {"age": passed}
