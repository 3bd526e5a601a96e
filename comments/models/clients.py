"""Where comments came from, which the law wants known for a time and nobody else needs to know."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class ClientAddress(models.Model):
    """The address and port that a comment was sent from. Kept for CLIENT_ADDRESSES_KEPT_DAYS, erased with the comment, shown on no page."""

    comment = models.OneToOneField(Comment, models.PROTECT, primary_key=True, related_name="client_address", verbose_name=_("comment"))
    address = models.GenericIPAddressField(_("IP address"))
    port = models.PositiveIntegerField(_("port"), null=True)
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("client address")
        verbose_name_plural = _("client addresses")
        indexes = [models.Index(name="oldest_client_addresses", fields=["sent_at"])]

    def __str__(self) -> str:
        return f"{self.comment} · {self.sent_at:%Y-%m-%d}"
