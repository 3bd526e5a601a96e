"""Open or closed items beside a comment's status: readers' reports, writers' appeals and editors' escalations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment
from comments.models.decisions import Decision
from comments.models.readers import Reader


class Report(models.Model):
    """A reader's objection to a published comment. `reason` is a clause or one of the policy's house reasons."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="reports", verbose_name=_("comment"))
    reader = models.ForeignKey(Reader, models.PROTECT, related_name="reports", verbose_name=_("reader"))
    reason = models.CharField(_("reason"), max_length=30)
    text = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("reported"))
    closed_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="closed_reports", verbose_name=_("closed by"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(name="one_report_per_reader", fields=["comment", "reader"]),
            models.CheckConstraint(name="a_report_has_a_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(name="open_reports", fields=["comment"], condition=Q(closed_by=None))]

    def __str__(self) -> str:
        return f"{self.comment} · {self.reason}"


class Appeal(models.Model):
    """A writer's objection to the refusal of his comment, one to each refusal; another editor than the one who refused it answers."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="appeals", verbose_name=_("comment"))
    against = models.OneToOneField(Decision, models.PROTECT, related_name="appeal", verbose_name=_("against"))
    text = models.TextField(_("text"), blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="closed_appeals", verbose_name=_("closed by"))

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        constraints = [
            models.UniqueConstraint(name="one_open_appeal", fields=["comment"], condition=Q(closed_by=None)),
            models.CheckConstraint(name="an_open_appeal_says_something", condition=Q(closed_by__isnull=False) | ~Q(text="")),
        ]
        indexes = [models.Index(name="appeals_oldest_first", fields=["opened_at", "id"], condition=Q(closed_by=None))]

    def __str__(self) -> str:
        return str(self.comment)


class Escalation(models.Model):
    """A comment that one editor leaves to a senior one."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="escalations", verbose_name=_("comment"))
    opened_by = models.OneToOneField(Decision, models.PROTECT, related_name="escalation", verbose_name=_("opened by"))
    closed_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="closed_escalations", verbose_name=_("closed by"))

    class Meta:
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = [models.UniqueConstraint(name="one_open_escalation", fields=["comment"], condition=Q(closed_by=None))]

    def __str__(self) -> str:
        return str(self.comment)
