"""A second look: what another editor says of a text that was decided on, without knowing how. It changes nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.decisions import Decision
from moderation.engine.rule import Clause


class SecondLook(models.Model):
    """The answer to one decision; that it is another editor's, `comments.second_looks` sees to."""

    class Answer(models.TextChoices):
        APPROVE = "approve", _("approve")
        REJECT = "reject", _("reject")

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="second_look", verbose_name=_("decision"))
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("editor"))
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("second looks")
        constraints = [models.CheckConstraint(name="second_answer_is_known", condition=Q(answer__in=["approve", "reject"]))]
        indexes = [models.Index(name="second_looks_by_time", fields=["answered_at"])]

    def __str__(self) -> str:
        return f"{self.decision} · {self.answer}"


class SecondLookClause(models.Model):
    """One clause of the notice, or one of the policy's house reasons, that the second editor would reject for."""

    second_look = models.ForeignKey(SecondLook, models.CASCADE, related_name="clauses", verbose_name=_("second look"))
    clause = models.CharField(_("clause"), max_length=30, blank=True)
    house_reason = models.CharField(_("house reason"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("clause of a second look")
        verbose_name_plural = _("clauses of second looks")
        constraints = [
            models.UniqueConstraint(name="each_clause_once_per_second_look", fields=["second_look", "clause", "house_reason"]),
            models.CheckConstraint(
                name="second_clause_or_house_reason",
                condition=Q(clause__in=[c.value for c in Clause], house_reason="") | Q(clause="", house_reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.clause or self.house_reason
