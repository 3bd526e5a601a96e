"""Filters that word what the engine says."""

from django import template

from comments import wording

register = template.Library()
register.filter("spoken", wording.spoken)
register.filter("clause_name", wording.clause_name)
register.filter("clause_reason", wording.clause_reason)
