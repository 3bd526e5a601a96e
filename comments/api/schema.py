"""The OpenAPI document, and a page to read it on and to try the API from."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from rest_framework.request import Request

from comments.api import operations
from comments.api.freshness import for_everybody
from comments.api.views import View

operations.describe()


class Document(View):
    """The document, in JSON. It changes with the service's code alone."""

    schema = None

    def get(self, request: Request) -> HttpResponse:
        return for_everybody(request, document())


@cache
def document() -> dict[str, Any]:
    return dict(SchemaGenerator().get_schema(request=None, public=True))  # type: ignore[no-untyped-call]  # the generator has no types


def finished(result: dict[str, Any], **_generators: object) -> dict[str, Any]:
    """A hook of the generator: what it leaves to be said, and without the marks of its own that it leaves behind."""
    result["components"]["securitySchemes"] = operations.SECURITY_SCHEMES
    return {name: _without(part, "x-spec-enum-id") for name, part in result.items()}


def _without(part: Any, name: str) -> Any:
    if isinstance(part, dict):
        return {key: _without(inner, name) for key, inner in part.items() if key != name}
    return [_without(inner, name) for inner in part] if isinstance(part, list) else part


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"schema": reverse("api:schema")})
