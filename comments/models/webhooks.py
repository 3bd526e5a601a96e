"""Where the news site wants to be told of changes, and each message that was or will be sent there."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.decisions import Event
from comments.models.leases import Leased
from moderation.models import Site


class WebhookEndpoint(models.Model):
    """An address of the publisher's. While a secret is changed over, messages are signed with both."""

    class State(models.TextChoices):
        ENABLED = "enabled", _("enabled")
        DISABLED = "disabled", _("disabled by hand")
        GONE = "gone", _("disabled: it answered 410")
        GIVEN_UP = "given_up", _("disabled: nothing arrived for days")

    site = models.ForeignKey(Site, models.PROTECT, related_name="webhook_endpoints", verbose_name=_("site"))
    name = models.CharField(_("name"), max_length=100)
    url = models.URLField(_("address"), max_length=2000)
    kinds = models.JSONField(_("told of"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ENABLED)
    secret = models.CharField(_("secret"), max_length=100)
    previous_secret = models.CharField(_("previous secret"), max_length=100, blank=True)
    previous_until = models.DateTimeField(_("previous secret signs until"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    resting_until = models.DateTimeField(_("not asked before"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            models.CheckConstraint(name="a_webhook_has_name_address_and_secret", condition=~Q(name="") & ~Q(url="") & ~Q(secret="")),
            models.CheckConstraint(name="webhook_state_is_known", condition=Q(state__in=["enabled", "disabled", "gone", "given_up"])),
            models.CheckConstraint(
                name="a_previous_secret_has_its_end",
                condition=Q(previous_secret="", previous_until=None) | (~Q(previous_secret="") & Q(previous_until__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_fails_has_failed_since", condition=Q(failures=0, failing_since=None) | Q(failures__gt=0, failing_since__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookMessage(Leased):
    """One message to one address; `public_id` is its webhook-id, the same in every attempt.

    A purge tells of several changes to one article at once: from the position `since` to that of its event.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("change of a comment")
        PURGE = "purge", _("addresses to be fetched anew")
        TEST = "test", _("test")

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="messages", verbose_name=_("webhook"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="webhook_messages", verbose_name=_("event"))
    since = models.PositiveBigIntegerField(_("tells of changes from this position on"), null=True, blank=True)
    changes = models.PositiveSmallIntegerField(_("changes"), default=1)
    created_at = models.DateTimeField(_("created"))
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")
        constraints = [
            models.UniqueConstraint(name="one_webhook_message_of_a_kind_per_event", fields=["endpoint", "event", "kind"]),
            models.CheckConstraint(
                name="only_a_test_is_about_no_event",
                condition=Q(kind="test", event=None) | Q(kind__in=["change", "purge"], event__isnull=False),
            ),
            models.CheckConstraint(
                name="a_purge_says_since_when", condition=Q(kind="purge", since__isnull=False) | (~Q(kind="purge") & Q(since=None))
            ),
            models.CheckConstraint(
                name="a_finished_webhook_message_has_its_time",
                condition=Q(state="waiting", finished_at=None) | Q(state__in=["done", "spared", "dead"], finished_at__isnull=False),
            ),
            models.CheckConstraint(name="a_webhook_message_is_due_when_created_or_later", condition=Q(available_at__gte=F("created_at"))),
        ]
        indexes = [
            models.Index(name="waiting_webhook_messages", fields=["available_at"], condition=Q(state="waiting")),
            models.Index(name="finished_webhook_messages", fields=["finished_at"], condition=Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
