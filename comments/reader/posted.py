"""What a reader typed, got out of the request in whatever state it is: no failure may cost him his text."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

_FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
_TYPED = re.compile(rb"(?:^|&)body=([^&]*)")


def read_forms_whole(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a form is UTF-8 whatever its header says, and is read before it is parsed, so that what cannot be parsed is at hand.

    No page takes files, so none is longer than DATA_UPLOAD_MAX_MEMORY_SIZE; raises RequestDataTooBig for one that is.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        request.encoding = "utf-8"
        if request.method == "POST" and request.content_type in _FORMS:
            request.body  # noqa: B018  (Django keeps what was read)
        return get_response(request)

    return respond


def text(request: HttpRequest) -> str:
    """The comment in a form, "" where there is none. Never raises."""
    return fields(request).get("body", "")


def fields(request: HttpRequest) -> Mapping[str, str]:
    """The form's fields as they were typed, letters that were none being U+FFFD; of a form that cannot be parsed its text. Never raises."""
    try:
        if request.POST:
            return request.POST.dict()
        return {"body": _salvaged(request.content_type, request.body)}
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError, RawPostDataException):
        return {}


def _salvaged(content_type: str | None, raw: bytes) -> str:
    """The text by its marks in the raw form; in one pass, since what does not parse may be an attack."""
    if content_type == "multipart/form-data":
        _, _, rest = raw.partition(b'name="body"')
        _, _, rest = rest.partition(b"\r\n\r\n")
        typed, _, _ = rest.partition(b"\r\n--")
    else:
        found = _TYPED.search(raw)
        typed = unquote_to_bytes(found[1].replace(b"+", b" ")) if found else b""
    return typed.decode("utf-8", "replace")
