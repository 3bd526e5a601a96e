"""Whose word on who reads a page is believed."""

from typing import Any

import jwt
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.models import Site

SMALLEST_KEY_BITS, LARGEST_KEY_BITS = 2048, 4096
SHORTEST_SECRET = 32


def must_be_public_keys(document: Any) -> None:
    """A JWKS document (RFC 7517) of RSA keys that can only be checked with; where there are several, each has an id."""
    try:
        keys = jwt.PyJWKSet.from_dict(document).keys
    except (jwt.PyJWTError, AttributeError, TypeError, ValueError, KeyError) as error:
        raise _unusable() from error
    ids = [key.key_id for key in keys]
    is_whole = len(keys) == len(document["keys"]) and (len(keys) == 1 or (all(ids) and len(set(ids)) == len(ids)))
    if not is_whole or not all(_only_checks(key) for key in keys) or any("d" in one for one in document["keys"]):
        raise _unusable()


def _only_checks(key: jwt.PyJWK) -> bool:
    size = getattr(key.key, "key_size", 0)
    return key.key_type == "RSA" and key.public_key_use in {None, "sig"} and SMALLEST_KEY_BITS <= size <= LARGEST_KEY_BITS


def _unusable() -> ValidationError:
    message = _("This is not a JWKS file of public RSA keys of %(least)d to %(most)d bits, each with a “kid” of its own.")
    told = ValidationError(message, code="unusable_keys", params={"least": SMALLEST_KEY_BITS, "most": LARGEST_KEY_BITS})
    return ValidationError({"keys": told})


class SignOn(models.Model):
    """An issuer of tokens for a title's readers. Its algorithm is fixed here, whatever a token says of itself; its secret is kept sealed."""

    class Algorithm(models.TextChoices):
        HS256 = "HS256", _("HS256: a shared secret")
        RS256 = "RS256", _("RS256: public keys")

    site = models.ForeignKey(Site, models.PROTECT, related_name="sign_ons", verbose_name=_("site"))
    issuer = models.CharField(_("issuer"), max_length=200, help_text=_("As the tokens name it in “iss”."))
    audience = models.CharField(_("audience"), max_length=200, help_text=_("What the tokens hold in “aud”; tokens for others are refused."))
    algorithm = models.CharField(_("algorithm"), max_length=5, choices=Algorithm, default=Algorithm.HS256)
    sealed_secret = models.TextField(_("secret"), blank=True, editable=False)
    keys = models.JSONField(_("public keys"), null=True, blank=True, help_text=_("For RS256: what the JWKS file holds."))
    keys_url = models.URLField(
        _("address of the public keys"),
        max_length=500,
        blank=True,
        help_text=_(
            "For RS256, instead of the keys: where the issuer publishes its JWKS file. It is fetched anew every hour, and when a key was changed."
        ),
    )
    keys_fetched_at = models.DateTimeField(_("public keys fetched"), null=True, blank=True, editable=False)
    keys_asked_at = models.DateTimeField(_("public keys last asked for"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("sign-on")
        verbose_name_plural = _("sign-ons")
        constraints = [
            models.UniqueConstraint(name="issuer_once_per_site", fields=["site", "issuer"]),
            # What begins so are the readers whom a server with a key names.
            models.CheckConstraint(
                name="no_issuer_poses_as_a_key",
                condition=~Q(issuer="") & ~Q(audience="") & ~Q(issuer__startswith="key:"),
                violation_error_message=_("No issuer's name begins with “key:”."),
            ),
            models.CheckConstraint(
                name="a_sign_on_has_what_its_algorithm_needs",
                condition=(Q(algorithm="HS256", keys=None, keys_url="") & ~Q(sealed_secret=""))
                | Q(algorithm="RS256", keys__isnull=False, sealed_secret=""),
            ),
        ]

    def __str__(self) -> str:
        return self.issuer

    def clean(self) -> None:
        """Raises ValidationError for keys that are not public ones."""
        if self.algorithm == self.Algorithm.RS256:
            must_be_public_keys(self.keys)
        elif self.keys is not None or self.keys_url:
            raise ValidationError({"keys": _("With HS256 there are no public keys.")}, code="unusable_keys")
