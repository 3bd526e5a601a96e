"""The news site's servers, and what each may do."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import Site


class ApiKey(models.Model):
    """A key of which only a digest is kept; `prefix` tells its owner which one it is. The key itself is shown once, when it is made.

    Rotated, the row stays the same caller under a new key, and the key before counts until `previous_until`.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="api_keys", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=20, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    previous_digest = models.CharField(_("digest of the key before"), max_length=64, blank=True, editable=False, db_index=True)
    previous_until = models.DateTimeField(_("the key before counts until"), null=True, blank=True, editable=False)
    may_read = models.BooleanField(_("may read"), default=True)
    may_submit = models.BooleanField(_("may submit"), default=False)
    may_moderate = models.BooleanField(_("may moderate"), default=False)
    may_administer = models.BooleanField(_("may administer"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("created by"))
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(name="an_api_key_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="a_previous_api_key_ends",
                condition=Q(previous_digest="", previous_until=None) | (~Q(previous_digest="") & Q(previous_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="an_api_key_may_do_something",
                condition=Q(may_read=True) | Q(may_submit=True) | Q(may_moderate=True) | Q(may_administer=True),
                violation_error_message=_("Choose at least one thing that the key may do."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_valid(self, now: datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)
