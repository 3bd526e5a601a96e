"""What can go wrong with a request, each kind with its status, its code, which never changes, and its title."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `type_uri` is what RFC 9457 calls its type."""

    status: HTTPStatus
    code: str
    title: Promise

    @property
    def type_uri(self) -> str:
        return f"urn:mizan:problem:{self.code}"


INVALID = Kind(HTTPStatus.BAD_REQUEST, "invalid", _("The request is not valid"))
NOT_AUTHENTICATED = Kind(HTTPStatus.UNAUTHORIZED, "not_authenticated", _("Who is asking is not known"))
NOT_ALLOWED = Kind(HTTPStatus.FORBIDDEN, "not_allowed", _("This is not allowed"))
NOT_FOUND = Kind(HTTPStatus.NOT_FOUND, "not_found", _("There is no such thing"))
METHOD_NOT_ALLOWED = Kind(HTTPStatus.METHOD_NOT_ALLOWED, "method_not_allowed", _("This address has no such method"))
STALE_VERSION = Kind(HTTPStatus.CONFLICT, "stale_version", _("The comment has moved on"))
COMMENTS_CLOSED = Kind(HTTPStatus.CONFLICT, "comments_closed", _("Comments are closed"))
WRONG_STATUS = Kind(HTTPStatus.CONFLICT, "wrong_status", _("The comment's status does not permit this"))
IN_PROGRESS = Kind(HTTPStatus.CONFLICT, "in_progress", _("The same request is still being answered"))
TOO_LARGE = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", _("The request is too large"))
UNSUPPORTED_MEDIA_TYPE = Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", _("The request is not JSON"))
IDEMPOTENCY_MISMATCH = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency_mismatch", _("The key stood for another request"))
SLOW_DOWN = Kind(HTTPStatus.TOO_MANY_REQUESTS, "slow_down", _("Too many requests"))
FAILED = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "failed", _("Something broke on our side"))
TRY_AGAIN = Kind(HTTPStatus.SERVICE_UNAVAILABLE, "try_again", _("Please try again in a few moments"))

# What an answer that was not worded here means, by its status alone.
BY_STATUS: Mapping[int, Kind] = MappingProxyType(
    {
        kind.status: kind
        for kind in (
            INVALID,
            NOT_AUTHENTICATED,
            NOT_ALLOWED,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            SLOW_DOWN,
            FAILED,
            TRY_AGAIN,
        )
    }
)


def of_status(status: int) -> Kind:
    """The kind of an answer with this status, by its class where there is none for just this one."""
    return BY_STATUS.get(status, INVALID if status < HTTPStatus.INTERNAL_SERVER_ERROR else FAILED)
