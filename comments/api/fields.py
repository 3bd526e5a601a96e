"""Strict fields: nothing is turned into another type on the way, nothing unknown is passed over, no text holds what is none.

Their names are those of Django REST framework, their sentences ours.
"""

import re
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.validators import ProhibitSurrogateCharactersValidator

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOK_FOR_WHAT_IS_NO_TEXT = (ProhibitNullCharactersValidator, ProhibitSurrogateCharactersValidator)
_PRESENCE = {"required": _("This field is missing."), "null": _("This field cannot be null.")}


class CharField(serializers.CharField):
    default_error_messages = {
        **_PRESENCE,
        "invalid": _("This must be a text."),
        "blank": _("This field cannot be empty."),
        "max_length": _("This is longer than {max_length} characters."),
        "min_length": _("This is shorter than {min_length} characters."),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"trim_whitespace": False, **options})
        # The framework's own of the same, which would look at each letter once more.
        self.validators = [validator for validator in self.validators if not isinstance(validator, _LOOK_FOR_WHAT_IS_NO_TEXT)]

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            _refuse_what_is_no_text(data)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class EmailField(CharField, serializers.EmailField):
    default_error_messages = {"invalid": _("This is not an e-mail address.")}


class URLField(CharField, serializers.URLField):
    default_error_messages = {"invalid": _("This is not a web address.")}


class IPAddressField(CharField, serializers.IPAddressField):
    default_error_messages = {"invalid": _("This is not an IP address.")}


class BooleanField(serializers.BooleanField):
    default_error_messages = {**_PRESENCE, "invalid": _("This must be true or false.")}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class IntegerField(serializers.IntegerField):
    default_error_messages = {
        **_PRESENCE,
        "invalid": _("This must be a whole number."),
        "max_value": _("This is more than {max_value}."),
        "min_value": _("This is less than {min_value}."),
    }

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return data


class UUIDField(serializers.UUIDField):
    default_error_messages = {**_PRESENCE, "invalid": _("This is not an id.")}

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str):
            self.fail("invalid", value=data)
        return super().to_internal_value(data)


class DateTimeField(serializers.DateTimeField):
    """RFC 3339: a time without its offset could be any of two dozen."""

    default_error_messages = {
        **_PRESENCE,
        "invalid": _("This is not a time like 2026-11-22T15:04:05+03:00."),
        "naive": _("This time does not say its offset, like +03:00 or Z."),
    }

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str):
            self.fail("invalid", format="")
        return super().to_internal_value(value)

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("naive")
        return super().enforce_timezone(value)


class ChoiceField(serializers.ChoiceField):
    default_error_messages = {**_PRESENCE, "invalid_choice": _("This is not one of the possible values.")}

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class ListField(serializers.ListField):
    default_error_messages = {
        **_PRESENCE,
        "not_a_list": _("This must be a list."),
        "empty": _("This list cannot be empty."),
        "max_length": _("This list has more than {max_length} entries."),
        "min_length": _("This list has fewer than {min_length} entries."),
    }


class Serializer(serializers.Serializer[Any]):
    """A JSON object; a field that it does not know is an error at that field."""

    default_error_messages = {**_PRESENCE, "invalid": _("This must be a JSON object.")}

    def to_internal_value(self, data: Any) -> Any:
        unknown = _unknown(data, self.fields.keys()) if isinstance(data, dict) else {}
        try:
            read = super().to_internal_value(data)
        except ValidationError as error:
            if isinstance(error.detail, dict):
                raise ValidationError({**unknown, **error.detail}) from error
            raise
        if unknown:
            raise ValidationError(unknown)
        return read


def read(form: type[Serializer], data: Any) -> dict[str, Any]:
    """The data as the form reads them. Raises ValidationError."""
    return dict(_made(form).run_validation(data))


@cache
def _made(form: type[Serializer]) -> Serializer:
    """One instance serves every request: making one copies all its fields, and reading leaves nothing behind in it."""
    return form()


def _unknown(data: dict[str, Any], known: Any) -> dict[str, list[ErrorDetail]]:
    # A name that is no text is told in a form that can be sent back.
    named = (name.encode("ascii", "backslashreplace").decode() if _holds_surrogates(name) else name for name in data if name not in known)
    return {name: [ErrorDetail(str(_("There is no such field.")), code="unknown")] for name in named}


def _refuse_what_is_no_text(string: str) -> None:
    if "\0" in string or _holds_surrogates(string):
        raise ValidationError(_("This holds characters that are none: NUL or lone surrogates."), code="unreadable")


def _holds_surrogates(string: str) -> bool:
    return _SURROGATE.search(string) is not None
