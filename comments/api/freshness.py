"""Answers that are the same for everybody: caches may keep them for a moment, and who has the answer already is told so."""

from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

# Long enough to spare a front page's servers, short enough for what an editor has just removed.
MOST_SECONDS = 5


def for_everybody(request: Request, document: Any) -> HttpResponse:
    """The document with a strong ETag over what it says; 304 without it where `If-None-Match` names that."""
    content = JSONRenderer().render(document)
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    response = HttpResponse(content, content_type="application/json", headers={"ETag": etag})
    answer = get_conditional_response(request, etag=etag, response=response) or response
    # What it holds is in its writers' words, whatever language the caller prefers.
    answer["Content-Language"] = settings.LANGUAGE_CODE
    answer["Cache-Control"] = f"public, max-age={MOST_SECONDS}"
    return answer
