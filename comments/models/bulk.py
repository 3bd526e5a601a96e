"""One decision on many comments, as a job: the rows are the queue, and each tells what became of its comment. `comments.desk.bulk` works it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment
from comments.models.decisions import Decision


class BulkJob(models.Model):
    """What an editor ordered; the note is kept no longer than until each decision has it."""

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("editor"))
    decision = models.CharField(_("decision"), max_length=20)
    clauses = models.JSONField(_("clauses"), default=list, blank=True)
    house_reasons = models.JSONField(_("house reasons"), default=list, blank=True)
    note = models.TextField(_("note to the writers"), blank=True)
    undoes = models.OneToOneField("self", models.CASCADE, null=True, related_name="undone_by", verbose_name=_("undoes"))
    ordered_at = models.DateTimeField(_("ordered"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision on several comments")
        verbose_name_plural = _("decisions on several comments")
        constraints = [
            models.CheckConstraint(
                name="only_an_undoing_job_undoes", condition=Q(decision="undo", undoes__isnull=False) | ~Q(decision="undo") & Q(undoes=None)
            ),
            models.CheckConstraint(name="no_job_undoes_itself", condition=Q(undoes=None) | ~Q(undoes=F("id"))),
            models.CheckConstraint(name="a_finished_job_keeps_no_note", condition=Q(finished_at=None) | Q(note="")),
        ]
        indexes = [
            models.Index(name="unfinished_bulk_jobs", fields=["ordered_at", "id"], condition=Q(finished_at=None)),
            models.Index(name="finished_bulk_jobs", fields=["finished_at"], condition=Q(finished_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class BulkItem(models.Model):
    """One comment of a job as its editor saw it, and `decision`: the one that was made, or that of whoever was first."""

    class Result(models.TextChoices):
        WAITING = "waiting", _("not yet decided")
        DONE = "done", _("done")
        STALE = "stale", _("The comment has changed since you saw it.")
        WRONG_STATUS = "wrong_status", _("This decision is not possible in the comment's present status.")
        OWN_REFUSAL = "own_refusal", _("You refused this comment yourself; another editor answers the appeal.")
        NOT_ALLOWED = "not_allowed", _("You may not make this decision, or not any more.")
        REASON_MISSING = "reason_missing", _("The policy no longer has the reason.")
        FAILED = "failed", _("Something went wrong; the comment is as it was.")

    job = models.ForeignKey(BulkJob, models.CASCADE, related_name="items", verbose_name=_("job"))
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="+", verbose_name=_("comment"))
    version = models.PositiveIntegerField(_("version"))
    result = models.CharField(_("result"), max_length=20, choices=Result, default=Result.WAITING)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+", verbose_name=_("decision"))

    class Meta:
        verbose_name = _("comment of a decision on several")
        verbose_name_plural = _("comments of decisions on several")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="each_comment_once_per_bulk_job", fields=["job", "comment"]),
            models.CheckConstraint(
                name="bulk_result_is_known",
                condition=Q(result__in=["waiting", "done", "stale", "wrong_status", "own_refusal", "not_allowed", "reason_missing", "failed"]),
            ),
            models.CheckConstraint(
                name="a_bulk_result_has_its_decision",
                condition=Q(result__in=["done", "stale"], decision__isnull=False) | ~Q(result__in=["done", "stale"]) & Q(decision=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} · {self.comment}"
