"""What a caller may do. Nobody known where somebody is needed is 401; somebody known who may not is 403."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated, PermissionDenied

from comments import api_keys
from comments.api.callers import Caller, Guest, Server, SignedIn
from comments.api_keys import Scope
from comments.lifecycle import Editor
from comments.models import ApiKey


def key_with(caller: Caller, scopes: Collection[Scope]) -> ApiKey:
    """The caller's key, which has at least one of the scopes. Raises NotAuthenticated, PermissionDenied."""
    match caller:
        case Server(key) if api_keys.scopes(key) & set(scopes):
            return key
        case Guest():
            raise NotAuthenticated(_("This takes a key: “Authorization: Api-Key <key>”."))
        case _:
            raise PermissionDenied(_("This takes a key with one of these scopes: %(scopes)s.") % {"scopes": ", ".join(scopes)})


def editor_with(caller: Caller, permission: str) -> Editor:
    """The caller as an editor: signed in with the permission ("comments.decide_comment"), or a key with the scope moderate.

    Raises NotAuthenticated, PermissionDenied.
    """
    match caller:
        case Server(key) if Scope.MODERATE in api_keys.scopes(key):
            return key
        case SignedIn(user) if user.is_staff and user.has_perm(permission):
            return user
        case Guest():
            raise NotAuthenticated(_("This takes an editor: sign in to the admin, or use a key with the scope “moderate”."))
        case _:
            raise PermissionDenied(_("Only editors may do this."))
