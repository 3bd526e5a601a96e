"""Sign-on of the news site's own users: a token (JWT) that one of the title's issuers made says who is asking.

A token is taken or refused; who shows one that is refused is not taken for a guest instead. Which key and which algorithm it is checked with is
the issuer's setting, never the token's own word.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import jwt
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments import embedding, key_sets, names, submission
from comments.models import Reader, SignOn
from comments.models.sign_on import SHORTEST_SECRET
from comments.sealing import seal, unseal
from moderation.models import Site

LONGEST_TOKEN = 4096
LEEWAY = timedelta(seconds=10)

_LONGEST_SUBJECT, _LONGEST_PICTURE = 200, 500
_NEEDED = ("iss", "aud", "sub", "exp")
# What reading a hostile document may end in, besides the library's own errors.
_UNREADABLE = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)


class NotSignedOn(Exception):
    """The token is not one of the title's issuers', not for this service, or not valid at this time."""


@dataclass(frozen=True, slots=True)
class Person:
    """A user as the issuer describes him; "" for a name or picture that is missing or cannot be shown."""

    issuer: str
    subject: str
    name: str
    picture: str


def trust(site: Site, issuer: str, audience: str, *, secret: str = "", keys: Any = None, keys_url: str = "") -> SignOn:
    """From now on the issuer's word counts: with a shared secret (HS256), or public keys (RS256) or their address. Raises ValidationError."""
    row = SignOn.objects.filter(site=site, issuer=issuer).first() or SignOn(site=site, issuer=issuer)
    is_public = keys is not None or bool(keys_url)
    row.audience, row.keys, row.keys_url = audience, keys, keys_url
    row.algorithm = SignOn.Algorithm.RS256 if is_public else SignOn.Algorithm.HS256
    row.sealed_secret = "" if is_public else sealed(secret)
    fetch_keys(row)
    row.full_clean()
    row.save()
    return row


def fetch_keys(row: SignOn) -> None:
    """Where they stand at an address, at once: what cannot be fetched now is not trusted. Raises ValidationError."""
    row.keys_fetched_at = None
    if row.keys_url:
        row.keys, row.keys_fetched_at = key_sets.fetched(row.keys_url), timezone.now()


def sealed(secret: str) -> str:
    """Raises ValidationError for a secret that could be guessed."""
    if len(secret.encode()) < SHORTEST_SECRET:
        raise ValidationError(_("The secret needs at least %(least)d bytes."), code="short_secret", params={"least": SHORTEST_SECRET})
    return seal(secret)


def reader(token: str, site: Site) -> Reader:
    """The reader who shows the token, known from now on. Raises NotSignedOn."""
    person = described(token, site)
    known, _is_new = Reader.objects.get_or_create(
        site=site,
        kind=Reader.Kind.USER,
        issuer=person.issuer,
        subject=person.subject,
        defaults={"name": person.name, "picture": person.picture},
    )
    before = (known.name, known.picture)
    known.name, known.picture = person.name or known.name, person.picture
    if before != (known.name, known.picture):
        known.save(update_fields=["name", "picture"])
    return known


def described(token: str, site: Site) -> Person:
    """Whom the token describes, once all of it was checked. Raises NotSignedOn."""
    if len(token) > LONGEST_TOKEN:
        raise NotSignedOn
    try:
        claims = _checked(token, site)
    except _UNREADABLE as error:
        raise NotSignedOn from error
    subject = claims["sub"]
    if not (0 < len(subject) <= _LONGEST_SUBJECT and subject.isprintable()):
        raise NotSignedOn
    return Person(claims["iss"], subject, _name(claims.get("name")), _picture(claims.get("picture"), site))


def _checked(token: str, site: Site) -> dict[str, Any]:
    said = jwt.decode(token, options={"verify_signature": False}).get("iss")
    issuer = SignOn.objects.filter(site=site, issuer=said).first() if isinstance(said, str) and said.isprintable() else None
    if issuer is None:
        raise NotSignedOn
    return jwt.decode(
        token,
        _key(token, issuer),
        algorithms=[issuer.algorithm],
        issuer=issuer.issuer,
        audience=issuer.audience,
        leeway=LEEWAY,
        options={"require": list(_NEEDED)},
    )


def _key(token: str, issuer: SignOn) -> Any:
    """The issuer's secret, or the one of its public keys that the token names. Raises NotSignedOn."""
    if issuer.algorithm == SignOn.Algorithm.HS256:
        key = unseal(issuer.sealed_secret)
    else:
        named, now = jwt.get_unverified_header(token).get("kid"), timezone.now()
        key = _named(key_sets.current(issuer, now=now), named) or _named(key_sets.anew(issuer, now=now), named)
    if key is None:
        raise NotSignedOn
    return key


def _named(document: Any, name: object) -> Any:
    """The key of this name; where there is but one, a token need not name it."""
    keys = jwt.PyJWKSet.from_dict(document).keys if document else []
    return next((one.key for one in keys if one.key_id == name or (name is None and len(keys) == 1)), None)


def _name(said: object) -> str:
    try:
        return names.readable(said[: names.MAX_LENGTH]) if isinstance(said, str) else ""
    except submission.SubmissionRefused:
        return ""


def _picture(said: object, site: Site) -> str:
    """An address over https at one of the title's own origins; any other would let a stranger see who reads the page."""
    if not isinstance(said, str) or len(said) > _LONGEST_PICTURE or not said.isascii() or not said.isprintable() or " " in said:
        return ""
    try:
        parts = urlsplit(said)
    except ValueError:
        return ""
    return said if parts.scheme == "https" and f"https://{parts.netloc}" in embedding.origins(site.key) else ""
