"""Mails that leave the house: one row for each message, with its attempts, which is the queue; and the addresses that want none."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.decisions import Event
from comments.models.leases import Leased


class Delivery(Leased):
    """One message about one event."""

    class Kind(models.TextChoices):
        CONFIRMATION = "confirmation", _("confirmation of an address")
        WRITER = "writer", _("mail to the writer")
        EDITORS = "editors", _("alert to the editors")

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries", verbose_name=_("event"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(name="one_delivery_of_a_kind_per_event", fields=["event", "kind"]),
            models.CheckConstraint(name="delivery_kind_is_known", condition=Q(kind__in=["confirmation", "writer", "editors"])),
            models.CheckConstraint(
                name="a_finished_delivery_has_its_time",
                condition=Q(state="waiting", finished_at=None) | Q(state__in=["done", "spared", "dead"], finished_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="waiting_deliveries", fields=["available_at"], condition=Q(state="waiting")),
            models.Index(name="finished_deliveries", fields=["finished_at"], condition=Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.kind}"


class StoppedAddress(models.Model):
    """An address whose owner wants no mails, whichever readers give it. Its digest is all that is kept, and outlives them."""

    digest = models.CharField(_("digest"), max_length=64, primary_key=True)
    stopped_at = models.DateTimeField(_("mails stopped"))

    class Meta:
        verbose_name = _("address without mails")
        verbose_name_plural = _("addresses without mails")

    def __str__(self) -> str:
        return self.digest
