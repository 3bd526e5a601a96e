"""Titles, and the numbered policy versions that hold for them."""

from datetime import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from moderation.engine import policy as policies
from moderation.engine.policy import Policy

DEEPEST_REPLY = 4


class Site(models.Model):
    """One title of the publisher's. Articles, policies and readers hang on it."""

    class Opening(models.TextChoices):
        """The one switch for all articles."""

        OPEN = "open", _("open")
        PREMODERATED = "premoderated", _("open, nothing appears without an editor")
        CLOSED = "closed", _("closed")

    key = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    opening = models.CharField(_("comments on all articles"), max_length=20, choices=Opening, default=Opening.OPEN)
    closed_from = models.TimeField(_("closed every day from"), null=True, blank=True)
    closed_until = models.TimeField(_("closed every day until"), null=True, blank=True)
    closes_after_days = models.PositiveIntegerField(
        _("articles close after so many days"), null=True, blank=True, help_text=_("Counted from their publication; empty for never.")
    )

    reply_depth = models.PositiveSmallIntegerField(
        _("levels of replies"),
        default=1,
        validators=[MaxValueValidator(DEEPEST_REPLY)],
        help_text=_("0: no replies; 1: replies stand under a comment; up to 4. A reply further down stands beside the one that it answers."),
    )

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        constraints = [
            models.CheckConstraint(name="site_has_a_key", condition=~Q(key="")),
            models.CheckConstraint(name="site_opening_is_known", condition=Q(opening__in=["open", "premoderated", "closed"])),
            models.CheckConstraint(name="replies_go_so_deep", condition=Q(reply_depth__lte=DEEPEST_REPLY)),
            models.CheckConstraint(
                name="closed_hours_begin_and_end",
                condition=Q(closed_from=None, closed_until=None) | Q(closed_from__isnull=False, closed_until__isnull=False),
                violation_error_message=_("Closed hours need a beginning and an end."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_closed_at(self, hour: time) -> bool:
        """Of the title's closed hours, which may go over midnight; `hour` is the local one."""
        if self.closed_from is None or self.closed_until is None:
            return False
        if self.closed_from <= self.closed_until:
            return self.closed_from <= hour < self.closed_until
        return hour >= self.closed_from or hour < self.closed_until


def must_be_readable(data: Any) -> None:
    try:
        policies.read(data)
    except policies.UnreadablePolicy as error:
        raise ValidationError(str(error), code="unreadable_policy") from error


class PolicyVersion(models.Model):
    """A policy as it stood under a number, for ever; verdicts name it. `data` holds what differs from the engine's default."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="policy_versions", verbose_name=_("site"))
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(_("what differs from the default"), default=dict, blank=True, validators=[must_be_readable])
    is_active = models.BooleanField(_("active"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("created by"))

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        ordering = ["site", "-number"]
        constraints = [
            models.UniqueConstraint(name="policy_number_once_per_site", fields=["site", "number"]),
            models.UniqueConstraint(name="one_active_policy_per_site", fields=["site"], condition=Q(is_active=True)),
            models.CheckConstraint(name="policy_numbers_start_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.site} · {self.number}"

    @cached_property
    def policy(self) -> Policy:
        return policies.read(self.data, number=self.number)
