"""What outlives one request: answers that a repeated one is given again, and counts that limit the next one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.decisions import Decision


class AnsweredRequest(models.Model):
    """The request that an Idempotency-Key stood for, by caller, and the decision it led to. Holds no text: the answer is worded again."""

    caller = models.CharField(_("caller"), max_length=80)
    endpoint = models.CharField(_("endpoint"), max_length=400)
    key = models.CharField(_("key"), max_length=255)
    payload_digest = models.CharField(_("digest of the payload"), max_length=64)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("decision"))
    created_at = models.DateTimeField(_("asked"))

    class Meta:
        verbose_name = _("answered request")
        verbose_name_plural = _("answered requests")
        constraints = [
            models.UniqueConstraint(name="one_answer_per_key", fields=["caller", "endpoint", "key"]),
            models.CheckConstraint(name="an_idempotency_key_is_not_empty", condition=~Q(key="")),
        ]
        indexes = [models.Index(name="oldest_answered_requests", fields=["created_at"])]

    def __str__(self) -> str:
        return self.key


class Count(models.Model):
    """How often something was asked for within one window of time; written by one atomic statement, see `comments.limits`."""

    name = models.CharField(_("what is counted"), max_length=120)
    window = models.DateTimeField(_("window"))
    value = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("counts")
        constraints = [models.UniqueConstraint(name="one_count_per_window", fields=["name", "window"])]
        indexes = [models.Index(name="oldest_counts", fields=["window"])]

    def __str__(self) -> str:
        return self.name
