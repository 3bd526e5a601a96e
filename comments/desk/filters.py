"""What narrows a lane down: the fields of the desk's address, each a question asked of comments."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import searching, sections
from comments.lanes import LANES
from comments.wording import clause_name
from moderation.engine.rule import Clause
from moderation.engine.rules import RULES
from moderation.engine.text import alphabetical
from moderation.models import Site

ORDERS = {"oldest": _("Oldest first"), "gravest": _("Gravest first"), "newest": _("Newest first")}
AGES_IN_HOURS = (1, 2, 8, 24, 72)

FILTERS: Mapping[str, Callable[[Any, datetime], Q]] = MappingProxyType(
    {
        "q": lambda words, _now: searching.saying(words),
        "clause": lambda clause, _now: searching.found_under(Clause(clause)),
        "rule": lambda rule, _now: searching.found_by(rule),
        "article": lambda key, _now: Q(article__key=key),
        "section": lambda section, _now: Q(article__section=section),
        "language": lambda code, _now: Q(article__language=code),
        "reader": lambda public_id, _now: Q(reader__public_id=public_id),
        "age": lambda hours, now: Q(submitted_at__lte=now - timedelta(hours=int(hours))),
        "policy": lambda number, _now: Q(current_revision__review__policy_version__number=number),
    }
)


def _clauses() -> list[tuple[str, str]]:
    return [("", "–"), *((clause.value, clause_name(clause)) for clause in Clause)]


def _ages() -> list[tuple[str, str]]:
    return [("", "–"), *((str(hours), ngettext("more than %(n)d hour", "more than %(n)d hours", hours) % {"n": hours}) for hours in AGES_IN_HOURS)]


class PlaceForm(forms.Form):
    """Where an editor wants to be; `lane`, `open` and `after` come with links, the rest can be filled in."""

    lane = forms.ChoiceField(choices=[(name, name) for name in LANES], required=False)
    open = forms.UUIDField(required=False)
    after = forms.UUIDField(required=False)
    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    order = forms.ChoiceField(label=_("Order"), choices=list(ORDERS.items()), required=False)
    clause = forms.ChoiceField(label=_("Clause"), choices=_clauses, required=False)
    rule = forms.ChoiceField(label=_("Rule"), choices=[("", "–"), *((rule.name, rule.name) for rule in RULES)], required=False)
    section = forms.CharField(label=_("Section"), required=False, max_length=100, widget=forms.TextInput({"list": "sections"}))
    language = forms.ChoiceField(label=_("Language of the article"), choices=[("", "–"), *settings.LANGUAGES], required=False)
    age = forms.ChoiceField(label=_("Waiting for"), choices=_ages, required=False)
    policy = forms.IntegerField(label=_("Policy version"), required=False, min_value=1, max_value=2**31 - 1)
    article = forms.CharField(label=_("Article's key"), required=False, max_length=200)
    reader = forms.UUIDField(label=_("Reader's id"), required=False)

    @property
    def shown(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in {"lane", "open", "after", "q"}]


def known_sections() -> list[str]:
    """To choose from while filling in, by name."""
    return sorted({name for site in Site.objects.all() for name in sections.of(site)}, key=alphabetical)
