"""How a caller shows who he is: a key or a token in the header Authorization, or the admin's session with its CSRF token."""

from django.contrib.auth.models import User as Account
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from comments import api_keys, sign_on
from comments.api import finding
from comments.api.callers import Server, SignedIn, User

SCHEMES = "Api-Key, Bearer"


class HeaderAuthentication(authentication.BaseAuthentication):
    """`Authorization: Api-Key <key>` or `Bearer <token>`. What does not count is refused: who names himself is not taken for a guest."""

    def authenticate(self, request: Request) -> tuple[None, Server | User] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _space, given = header.strip().partition(" ")
        return None, _user(given.strip()) if scheme == "Bearer" else _server(given.strip() if scheme == "Api-Key" else "")

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002  (the framework's signature)
        return SCHEMES


def _server(given: str) -> Server:
    key = api_keys.find(given, now=timezone.now()) if given else None
    if key is None:
        raise AuthenticationFailed(_("This key is unknown, expired or revoked; the header is “Authorization: Api-Key <key>”."))
    return Server(key)


def _user(given: str) -> User:
    try:
        return User(sign_on.reader(given, finding.site()))
    except sign_on.NotSignedOn as refused:
        raise AuthenticationFailed(
            _("This token is not one that this service takes, or not at this time; sign in at the news site again.")
        ) from refused


class SessionAuthentication(authentication.SessionAuthentication):
    """The admin's session. What changes something carries the CSRF token too, in the header X-CSRFToken."""

    def authenticate(self, request: Request) -> tuple[Account, SignedIn] | None:
        signed_in = super().authenticate(request)
        if signed_in is None:
            return None
        user, _nothing = signed_in
        return user, SignedIn(user)

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as denied:
            raise PermissionDenied(
                _("With a session, a request that changes something carries the token of the cookie csrftoken in the header X-CSRFToken.")
            ) from denied
