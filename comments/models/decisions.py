"""The log: who changed a comment's status, to what, for which clauses, why. Rows are added, never changed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.api_keys import ApiKey
from comments.models.comments import Comment, Revision, Status
from comments.models.readers import Reader
from moderation.engine.rule import Clause
from moderation.models import PolicyVersion


class ActorKind(models.TextChoices):
    POLICY = "policy", _("the policy")
    EDITOR = "editor", _("an editor")
    KEY = "key", _("the site's server")
    WRITER = "writer", _("the writer")
    SYSTEM = "system", _("the system")


class MoveName(models.TextChoices):
    """Every move that a decision may be, with what a history says of it; which statuses each leads from and to: `lifecycle.moves`."""

    SUBMIT = "submit", _("Sent")
    RESUBMIT = "resubmit", _("Sent again")
    APPROVE = "approve", _("Approved")
    REJECT = "reject", _("Rejected")
    REQUEST_CORRECTION = "request_correction", _("Asked for a correction")
    EDIT = "edit", _("Edited")
    REMOVE = "remove", _("Removed")
    UNDO = "undo", _("Decision taken back")
    WITHDRAW = "withdraw", _("Withdrawn")
    EXPIRE = "expire", _("Expired")
    ERASE = "erase", _("Erased")
    ESCALATE = "escalate", _("Left to a senior editor")
    DISMISS_REPORTS = "dismiss_reports", _("Reports dismissed")
    DENY_APPEAL = "deny_appeal", _("Appeal denied")


def _refers_to(kind: ActorKind, *references: str) -> Q:
    return Q(actor_kind=kind) & Q(**{f"{name}__isnull": name not in references for name in ("policy_version", "editor", "api_key", "reader")})


class Decision(models.Model):
    """One move of one comment, made by exactly one actor; `version` is the comment's version that it made."""

    # Indexes that say the same as a constraint or a narrower index below would only be written and never read.
    comment = models.ForeignKey(Comment, models.PROTECT, db_index=False, related_name="decisions", verbose_name=_("comment"))
    version = models.PositiveIntegerField(_("version"))
    move = models.CharField(_("move"), max_length=20, choices=MoveName)
    from_status = models.CharField(_("from"), max_length=10, choices=Status, blank=True)
    to_status = models.CharField(_("to"), max_length=10, choices=Status)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="decisions", verbose_name=_("text decided on"))
    published_before = models.ForeignKey(Revision, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("published before"))
    actor_kind = models.CharField(_("decided by"), max_length=10, choices=ActorKind)
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("policy version"))
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("editor"))
    api_key = models.ForeignKey(ApiKey, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("API key"))
    reader = models.ForeignKey(Reader, models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("reader"))
    note = models.TextField(_("note to the writer"), blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by", verbose_name=_("undoes"))
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["comment", "version"]
        constraints = [
            models.UniqueConstraint(name="one_decision_per_version", fields=["comment", "version"]),
            models.CheckConstraint(
                name="a_decision_names_its_actor",
                condition=_refers_to(ActorKind.POLICY, "policy_version")
                | _refers_to(ActorKind.EDITOR, "editor")
                | _refers_to(ActorKind.KEY, "api_key")
                | _refers_to(ActorKind.WRITER, "reader")
                | _refers_to(ActorKind.SYSTEM),
            ),
            models.CheckConstraint(name="move_is_known", condition=Q(move__in=MoveName.values)),
            models.CheckConstraint(name="to_status_is_known", condition=Q(to_status__in=Status.values)),
            models.CheckConstraint(name="from_status_is_known", condition=Q(from_status__in=["", *Status.values])),
            models.CheckConstraint(
                name="only_the_first_comes_from_nowhere", condition=Q(from_status="", version=1) | Q(~Q(from_status=""), version__gt=1)
            ),
            models.CheckConstraint(
                name="only_an_undo_undoes", condition=Q(move=MoveName.UNDO, undoes__isnull=False) | Q(~Q(move=MoveName.UNDO), undoes=None)
            ),
            models.CheckConstraint(name="no_decision_undoes_itself", condition=Q(undoes=None) | ~Q(undoes=F("id"))),
        ]
        indexes = [
            models.Index(name="decisions_by_time", fields=["decided_at"]),
            models.Index(name="decisions_by_editor", fields=["editor", "decided_at"], condition=Q(editor__isnull=False)),
            models.Index(name="decisions_by_api_key", fields=["api_key"], condition=Q(api_key__isnull=False)),
            models.Index(name="decisions_by_reader", fields=["reader"], condition=Q(reader__isnull=False)),
            models.Index(name="decisions_by_text_before", fields=["published_before"], condition=Q(published_before__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.comment} · {self.move}"


class DecisionClause(models.Model):
    """One clause of the notice, or one of the policy's house reasons, that a decision was made for."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="clauses", verbose_name=_("decision"))
    clause = models.CharField(_("clause"), max_length=30, blank=True)
    house_reason = models.CharField(_("house reason"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("clause of a decision")
        verbose_name_plural = _("clauses of decisions")
        constraints = [
            models.UniqueConstraint(name="each_clause_once_per_decision", fields=["decision", "clause", "house_reason"]),
            models.CheckConstraint(
                name="a_clause_or_a_house_reason",
                condition=Q(clause__in=[c.value for c in Clause], house_reason="") | Q(clause="", house_reason__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return self.clause or self.house_reason


class Event(models.Model):
    """One line of the log that everything downstream reads; holds no text.

    Nothing leaves the house before `due_at`, and what has no such time never leaves it. `position` is the event's place in the feed.
    """

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="event", verbose_name=_("decision"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    position = models.PositiveBigIntegerField(_("position in the feed"), null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(name="due_when_created_or_later", condition=Q(due_at=None) | Q(due_at__gte=F("created_at"))),
            models.CheckConstraint(name="only_what_leaves_has_a_position", condition=Q(position=None) | Q(due_at__isnull=False)),
            models.CheckConstraint(name="positions_start_at_one", condition=Q(position=None) | Q(position__gte=1)),
        ]
        indexes = [models.Index(name="events_without_a_position", fields=["id"], condition=Q(position=None, due_at__isnull=False))]

    def __str__(self) -> str:
        return str(self.decision)


class FeedHead(models.Model):
    """One row: the last position that was given. Whoever holds it locked is the only one who gives positions."""

    last_position = models.PositiveBigIntegerField(_("last position"), default=0)

    class Meta:
        verbose_name = _("head of the feed")
        verbose_name_plural = _("heads of the feed")
        constraints = [models.CheckConstraint(name="the_feed_has_one_head", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.last_position)
