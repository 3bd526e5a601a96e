"""Requests are JSON in UTF-8 and nothing else, read strictly: what two readers could understand differently is refused."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.http import UnreadablePostError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser


class JSONParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:  # noqa: ARG002  (the framework's signature)
        """Raises ParseError for what is no JSON, for names given twice, for numbers that are none, and for what is nested too deep."""
        try:
            return json.loads(stream.read().decode(), object_pairs_hook=_each_name_once, parse_constant=_refuse_constant)
        except (ValueError, RecursionError, UnreadablePostError) as error:
            raise ParseError(_("The request cannot be read as JSON in UTF-8.")) from error


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) != len(pairs):
        raise ParseError(_("The request names a field twice."))
    return whole


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)
