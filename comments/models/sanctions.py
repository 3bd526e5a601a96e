"""What editors hold of a reader: notes on him, and sanctions with who, when and why. Rows are added and ended, never changed or deleted."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comments.models.readers import Reader


class ReaderNote(models.Model):
    """What one editor wants the others to know; no reader sees it."""

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="notes", verbose_name=_("reader"))
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note on a reader")
        verbose_name_plural = _("notes on readers")
        constraints = [models.CheckConstraint(name="a_note_on_a_reader_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.reader} · {self.written_at:%Y-%m-%d}"


class Sanction(models.Model):
    """How a reader is to be treated otherwise than others: until it is ended, and a mute only until its time is over."""

    class Kind(models.TextChoices):
        TRUST = "trust", _("trusted")
        PREMODERATE = "premoderate", _("always moderated beforehand")
        MUTE = "mute", _("muted")
        BAN = "ban", _("banned")

    reader = models.ForeignKey(Reader, models.PROTECT, related_name="sanctions", verbose_name=_("reader"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    reason = models.TextField(_("reason"))
    imposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("imposed by"))
    imposed_at = models.DateTimeField(_("imposed"))
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        permissions = [("sanction_reader", _("Can trust, mute and ban readers"))]
        constraints = [
            models.UniqueConstraint(name="one_standing_sanction_of_a_kind", fields=["reader", "kind"], condition=Q(ended_at=None)),
            models.CheckConstraint(name="sanction_kind_is_known", condition=Q(kind__in=["trust", "premoderate", "mute", "ban"])),
            models.CheckConstraint(name="a_sanction_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="a_mute_has_its_end",
                condition=Q(kind="mute", until__isnull=False, until__gt=F("imposed_at")) | Q(~Q(kind="mute"), until__isnull=True),
            ),
            models.CheckConstraint(
                name="who_ended_a_sanction_and_when",
                condition=Q(ended_by=None, ended_at=None) | Q(ended_by__isnull=False, ended_at__isnull=False, ended_at__gte=F("imposed_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} · {self.kind}"

    def is_standing(self, now: datetime) -> bool:
        return self.ended_at is None and (self.until is None or now < self.until)
