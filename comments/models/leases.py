"""Rows that are a queue: each says how far it has come, and who has it for a while. `comments.delivery.leasing` works it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Leased(models.Model):
    """Whoever holds the lease sends it; a lease that ran out may be taken by another."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("delivered")
        SPARED = "spared", _("not needed any more")
        DEAD = "dead", _("given up")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    available_at = models.DateTimeField(_("due"))
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        abstract = True
