"""Whose a comment or a report is: the guest's, a user's of the news site, or nobody's who is known.

A user has shown a token of the site's, or is one whom its server names: his issuer is "key:" and the site's key, whichever of its keys was used.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from comments import floods, guests
from comments.api.callers import Caller, Guest, Server, User
from comments.api.permissions import key_with
from comments.api_keys import Scope
from comments.introducing import introduce
from comments.models import Reader
from moderation.models import Site


def may_write(caller: Caller) -> None:
    """Guests may; a key needs its scope. Raises PermissionDenied."""
    if isinstance(caller, Server):
        key_with(caller, {Scope.SUBMIT})


def may_say(caller: Caller, sent: Mapping[str, Any]) -> None:
    """Who the writer is at the news site and where he wrote from, only its server knows. Raises PermissionDenied."""
    if isinstance(caller, Server):
        return
    if "client" in sent or "subject" in sent.get("author", {}):
        raise PermissionDenied(_("Only a key with the scope “submit” says for whom it asks: leave out “subject” and “client”."))


def admit(request: Request, caller: Caller, *, now: datetime) -> None:
    """Readers may send only so much; the site's servers what they need. Raises limits.TooMany."""
    if not isinstance(caller, Server):
        floods.admit(floods.sender(request, caller.name, proof=request.headers.get(floods.PROOF_HEADER, "")), now=now)


def author(caller: Caller, sent: Mapping[str, str]) -> Mapping[str, str]:
    """As the comment will show him: a user has the name that his token gives him, if any."""
    return {**sent, "name": caller.reader.name or sent["name"]} if isinstance(caller, User) else sent


def writer(caller: Caller, site: Site, author: Mapping[str, str], *, now: datetime) -> Reader:
    """The reader that the comment is kept under, with the name and address given last."""
    name, email = author["name"], author.get("email", "")
    if isinstance(caller, Guest):
        return guests.make_reader(site, caller.public_id, name=name, email=email, now=now)
    called = Reader(site=site, name=name, email=email, created_at=now)
    if isinstance(caller, User):
        called.kind, called.issuer, called.subject = Reader.Kind.USER, caller.reader.issuer, caller.reader.subject
        return introduce(called)
    if "subject" not in author:
        called.save(force_insert=True)
        return called
    called.kind, called.issuer, called.subject = Reader.Kind.USER, _issuer(site), author["subject"]
    return introduce(called)


def reporter(caller: Caller, site: Site, author: Mapping[str, str]) -> Reader:
    """The reader that the report counts for. A server that names nobody reports for itself."""
    if isinstance(caller, Guest):
        return guests.meet(site, caller.public_id)
    if isinstance(caller, User):
        return caller.reader
    return _user(site, author.get("subject", ""), itself=caller.name)


def _user(site: Site, subject: str, itself: str = "") -> Reader:
    """Of this site; `itself` is the caller's own name where no subject is."""
    issuer = _issuer(site) if subject else itself
    user, _is_new = Reader.objects.get_or_create(site=site, kind=Reader.Kind.USER, issuer=issuer, subject=subject or itself)
    return user


def _issuer(site: Site) -> str:
    return f"key:{site.key}"
