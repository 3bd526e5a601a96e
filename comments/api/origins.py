"""Which pages on other origins may call the API from the browser: those of the origins that a title allows to embed it.

No cookie counts for them: whoever they ask for shows himself by a header.
"""

from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest

from comments import embedding
from comments.api.frame import PATH


def is_allowed(sender: Any, request: HttpRequest, **signal: Any) -> bool:  # noqa: ARG001  (what the signal of django-cors-headers tells)
    """Asks the database for the API's addresses alone; where it does not answer, nobody is allowed."""
    origin = request.headers.get("Origin")
    if origin is None or not request.path_info.startswith(PATH):
        return False
    try:
        return origin in embedding.origins()
    except DatabaseError:
        return False
