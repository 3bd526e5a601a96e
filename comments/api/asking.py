"""The query string, read as strictly as a body: no unknown name, no name given twice. What is given empty was not asked for."""

from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from comments.api.cursors import LIMIT, MOST, NO_LIMIT, is_limit
from comments.api.fields import CharField, ListField, Serializer, read
from comments.api.problems import invalid


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT})
class LimitField(CharField):
    """Checked with the other fields, so that all that is wrong is told at once; read where the page is made."""

    def to_internal_value(self, data: Any) -> str:
        typed = super().to_internal_value(data)
        if not is_limit(typed):
            raise ValidationError(NO_LIMIT % {"most": MOST}, code="invalid")
        return typed


class PageQuery(Serializer):
    """What every list takes."""

    cursor = CharField(required=False, help_text="From `next` or `previous` of another page of the same list.")
    limit = LimitField(required=False, allow_blank=True, help_text="How many results a page holds.")


def asked(request: Request, query: type[Serializer]) -> dict[str, Any]:
    """The query string as the serializer reads it. Raises ValidationError, Problem."""
    lists = _lists(query)
    given: dict[str, Any] = {}
    for name, values in request.query_params.lists():
        if len(values) > 1 and name not in lists:
            raise invalid(name, "repeated", _("This can be given once only."))
        if any(values):
            given[name] = values if name in lists else values[0]
    return read(query, given)


@cache
def _lists(query: type[Serializer]) -> frozenset[str]:
    """The names that may be given more than once."""
    return frozenset(name for name, field in query().fields.items() if isinstance(field, ListField))
