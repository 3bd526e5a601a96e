"""Who writes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import Site


class Reader(models.Model):
    """A guest (one browser's signed cookie), a user of the news site (issuer and subject), or nobody any more (erased)."""

    class Kind(models.TextChoices):
        GUEST = "guest", _("guest")
        USER = "user", _("user of the site")
        ERASED = "erased", _("erased")

    site = models.ForeignKey(Site, models.PROTECT, related_name="readers", verbose_name=_("site"))
    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GUEST)
    issuer = models.CharField(_("issuer"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    name = models.CharField(_("display name"), max_length=60, blank=True)
    picture = models.CharField(_("picture"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    email_confirmed_at = models.DateTimeField(_("e-mail confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(_("first seen"), default=timezone.now)

    class Meta:
        verbose_name = _("reader")
        verbose_name_plural = _("readers")
        constraints = [
            models.UniqueConstraint(name="user_once_per_issuer", fields=["site", "issuer", "subject"], condition=Q(kind="user")),
            models.UniqueConstraint(name="one_erased_reader_per_site", fields=["site"], condition=Q(kind="erased")),
            models.CheckConstraint(name="reader_kind_is_known", condition=Q(kind__in=["guest", "user", "erased"])),
            models.CheckConstraint(
                name="only_users_have_issuer_and_subject",
                condition=(Q(kind="user") & ~Q(issuer="") & ~Q(subject="")) | (~Q(kind="user") & Q(issuer="", subject="")),
            ),
            models.CheckConstraint(name="an_erased_reader_has_no_name", condition=~Q(kind="erased") | Q(name="", email="", picture="")),
            models.CheckConstraint(name="only_an_email_is_confirmed", condition=Q(email_confirmed_at=None) | ~Q(email="")),
        ]
        indexes = [models.Index(name="readers_by_email", fields=["email"], condition=~Q(email=""))]

    def __str__(self) -> str:
        return self.name or str(self.public_id)
