"""A guest is one browser, known by a signed cookie and nothing else."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from comments.introducing import introduce
from comments.models import Reader
from moderation.models import Site

COOKIE = "reader"
_SALT = "comments.guest"
_LIFETIME_SECONDS = 365 * 24 * 60 * 60
_NEW = "comments.new_guest"


def keep_guests(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a guest who was first recognised in this request takes the cookie home."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if new := request.META.get(_NEW):
            response.set_signed_cookie(
                COOKIE, new.hex, salt=_SALT, max_age=_LIFETIME_SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
            )
        return response

    return respond


def guest_id(request: HttpRequest) -> UUID:
    """The browser's id; one that has none is given it with the answer to this request."""
    known: UUID = _known(request) or request.META.setdefault(_NEW, uuid4())
    return known


def reader(site: Site, public_id: UUID) -> Reader | None:
    """The guest as a reader, once something was sent from the browser."""
    return Reader.objects.filter(site=site, public_id=public_id, kind=Reader.Kind.GUEST).first()


def user(site: Site, public_id: UUID) -> Reader | None:
    """The user of the news site for whom a form was made inside a frame."""
    return Reader.objects.filter(site=site, public_id=public_id, kind=Reader.Kind.USER).first()


def meet(site: Site, public_id: UUID) -> Reader:
    """The guest's row, made when he first sends something."""
    found, _is_new = Reader.objects.get_or_create(public_id=public_id, defaults={"site": site})
    return found


def make_reader(site: Site, public_id: UUID, *, name: str, email: str, now: datetime | None = None) -> Reader:
    """The guest's row, with the name and address given last."""
    return introduce(Reader(site=site, public_id=public_id, name=name, email=email, created_at=now or timezone.now()))


def _known(request: HttpRequest) -> UUID | None:
    value = request.get_signed_cookie(COOKIE, default=None, salt=_SALT)
    return UUID(hex=value) if value else None
