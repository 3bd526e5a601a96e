"""A comment, every text that its writer sent, and what the policy said of each."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.articles import Article
from comments.models.readers import Reader
from moderation.engine.rule import Outcome
from moderation.models import PolicyVersion


class Status(models.TextChoices):
    RETURNED = "returned", _("returned to its writer")
    PENDING = "pending", _("waiting for an editor")
    APPROVED = "approved", _("published")
    REJECTED = "rejected", _("not published")
    REMOVED = "removed", _("removed")
    WITHDRAWN = "withdrawn", _("withdrawn by its writer")
    EXPIRED = "expired", _("expired")
    ERASED = "erased", _("erased")


class Objection(models.IntegerChoices):
    """What is open against a comment as it stands, the gravest of it: readers' reports, or its writer's appeal against a refusal."""

    NONE = 0, _("none")
    REPORT = 1, _("report")
    LEGAL_REPORT = 2, _("report of what is against the law")
    APPEAL = 3, _("appeal")


# A review's mildness where nothing was found.
MILDEST = Outcome.REJECT - Outcome.PASS
MAY_BE_PUBLIC = (Status.APPROVED, Status.PENDING, Status.RETURNED)


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> Self:
        """What the public sees: all that public pages and the public API may read."""
        return self.filter(published_revision__isnull=False)


class Comment(models.Model):
    """One contribution. `version` rises with every revision and every decision; only `comments.lifecycle` writes `status`."""

    public_id = models.UUIDField(_("id"), default=uuid.uuid4, unique=True, editable=False)
    submission_id = models.UUIDField(_("submission"), default=uuid.uuid4, editable=False)
    article = models.ForeignKey(Article, models.PROTECT, related_name="comments", verbose_name=_("article"))
    # Replies are found by the head of their thread, whose index is `replies_by_head`.
    head = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_index=False, related_name="thread", verbose_name=_("thread"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_index=False, related_name="replies", verbose_name=_("in reply to"))
    # Indexes of the whole of a column that the ones below hold are left out.
    reader = models.ForeignKey(Reader, models.PROTECT, db_index=False, related_name="comments", verbose_name=_("reader"))
    author_name = models.CharField(_("name"), max_length=60, blank=True)
    by_staff = models.BooleanField(_("by the publisher's staff"), default=False)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    status_since = models.DateTimeField(_("in this status since"))
    version = models.PositiveIntegerField(_("version"), default=1)
    nudge_left = models.BooleanField(_("may be returned once more"), default=False)
    current_revision = models.ForeignKey("Revision", models.PROTECT, related_name="+", verbose_name=_("judged text"))
    published_revision = models.ForeignKey("Revision", models.PROTECT, null=True, db_index=False, related_name="+", verbose_name=_("published text"))
    submitted_at = models.DateTimeField(_("submitted"))
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    # What the desk's orders hang on, kept here so that an index has them: the current review's mildness, what `lifecycle.objections` says,
    # and what follows from both. Who objects goes first, then what was flagged, then what is clean, then what waits for nobody.
    mildness = models.PositiveSmallIntegerField(_("mildness"), editable=False)
    objection = models.PositiveSmallIntegerField(_("objection"), choices=Objection, default=Objection.NONE, editable=False)
    priority = models.GeneratedField(
        expression=Case(
            When(objection=Objection.LEGAL_REPORT, published_revision__isnull=False, then=0),
            When(objection=Objection.REPORT, published_revision__isnull=False, then=1),
            When(objection=Objection.APPEAL, then=1),
            When(status=Status.PENDING, mildness__lt=MILDEST, then=2),
            When(status=Status.PENDING, then=3),
            default=4,
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        verbose_name=_("priority"),
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("decide_comment", _("Can decide on comments")), ("overrule_decision", _("Can undo anybody's decision at any time"))]
        constraints = [
            models.UniqueConstraint(name="one_comment_per_submission", fields=["reader", "submission_id"]),
            models.CheckConstraint(name="status_is_known", condition=Q(status__in=Status.values)),
            models.CheckConstraint(name="mildness_is_known", condition=Q(mildness__lte=MILDEST)),
            models.CheckConstraint(name="objection_is_known", condition=Q(objection__in=Objection.values)),
            models.CheckConstraint(name="versions_start_at_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="a_reply_stands_in_anothers_thread",
                condition=Q(parent=None, head=None) | (Q(parent__isnull=False, head__isnull=False) & ~Q(parent=F("id")) & ~Q(head=F("id"))),
            ),
            models.CheckConstraint(
                name="an_approved_comment_shows_its_text",
                condition=~Q(status=Status.APPROVED) | Q(published_revision__isnull=False, published_revision=F("current_revision")),
            ),
            models.CheckConstraint(name="nothing_refused_is_public", condition=Q(published_revision__isnull=True) | Q(status__in=MAY_BE_PUBLIC)),
            models.CheckConstraint(name="what_is_public_has_its_time", condition=Q(published_revision__isnull=True) | Q(published_at__isnull=False)),
            models.CheckConstraint(name="an_erased_comment_has_no_name", condition=~Q(status=Status.ERASED) | Q(author_name="")),
        ]
        indexes = [
            models.Index(name="published_by_article", fields=["article", "published_at", "id"], condition=Q(published_revision__isnull=False)),
            models.Index(name="threads_by_article", fields=["article", "published_at", "id"], condition=Q(parent=None, published_at__isnull=False)),
            models.Index(name="replies_by_head", fields=["head", "published_at", "id"], condition=Q(published_revision__isnull=False)),
            # SQLite looks for the children of every new row while a transaction still lacks a parent of another.
            models.Index(name="comments_by_head", fields=["head"], condition=Q(head__isnull=False)),
            models.Index(name="comments_by_parent", fields=["parent"], condition=Q(parent__isnull=False)),
            models.Index(name="comments_by_published_text", fields=["published_revision"], condition=Q(published_revision__isnull=False)),
            models.Index(name="waiting_oldest_first", fields=["submitted_at", "id"], condition=Q(status=Status.PENDING)),
            models.Index(name="waiting_gravest_first", fields=["mildness", "submitted_at", "id"], condition=Q(status=Status.PENDING)),
            models.Index(name="flagged_oldest_first", fields=["submitted_at", "id"], condition=Q(status=Status.PENDING, mildness__lt=MILDEST)),
            models.Index(name="waiting_by_arrival", fields=["status_since"], condition=Q(status=Status.PENDING)),
            models.Index(name="by_reader_lately", fields=["reader", "-status_since", "status"]),
            models.Index(name="returned_oldest_first", fields=["status_since"], condition=Q(status=Status.RETURNED)),
            models.Index(name="rejected_oldest_first", fields=["submitted_at", "id"], condition=Q(status=Status.REJECTED)),
            models.Index(name="rejected_gravest_first", fields=["mildness", "submitted_at", "id"], condition=Q(status=Status.REJECTED)),
            models.Index(name="all_oldest_first", fields=["submitted_at", "id"]),
            models.Index(name="all_by_priority", fields=["priority", "submitted_at", "id"]),
            models.Index(name="all_gravest_by_priority", fields=["priority", "mildness", "submitted_at", "id"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def head_key(self) -> int:
        """The key of the comment that the thread begins with."""
        return self.head_id or self.pk


class Revision(models.Model):
    """One text as it was sent. Readers' texts live here and nowhere else, so that erasing is possible."""

    comment = models.ForeignKey(Comment, models.PROTECT, db_index=False, related_name="revisions", verbose_name=_("comment"))
    number = models.PositiveIntegerField(_("number"))
    body = models.TextField(_("text"))
    search_text = models.TextField(_("text as searched"), editable=False)
    as_is = models.BooleanField(_("sent as it is"), default=False)
    by_editor = models.BooleanField(_("corrected by an editor"), default=False)
    created_at = models.DateTimeField(_("sent"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["comment", "number"]
        constraints = [
            models.UniqueConstraint(name="revision_number_once_per_comment", fields=["comment", "number"]),
            models.CheckConstraint(name="revision_numbers_start_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="a_revision_has_text_until_erased",
                condition=Q(~Q(body=""), erased_at=None) | Q(body="", search_text="", erased_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment} · {self.number}"


class Review(models.Model):
    """A stored verdict on one revision; without an outcome, the reason why there is none."""

    class Failure(models.TextChoices):
        NONE = "", _("reviewed")
        ERROR = "error", _("not reviewed: the rule engine failed")
        TIMEOUT = "timeout", _("not reviewed: the rule engine ran past its time")

    revision = models.OneToOneField(Revision, models.PROTECT, related_name="review", verbose_name=_("revision"))
    policy_version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+", verbose_name=_("policy version"))
    engine_release = models.CharField(_("engine release"), max_length=20)
    word_lists = models.CharField(_("word lists"), max_length=16)
    outcome = models.PositiveSmallIntegerField(_("outcome"), null=True, choices=[(o.value, o.word) for o in Outcome])
    failure = models.CharField(_("failure"), max_length=10, choices=Failure, default=Failure.NONE, blank=True)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    created_at = models.DateTimeField(_("reviewed"), default=timezone.now)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(name="outcome_is_known", condition=Q(outcome=None) | Q(outcome__in=[o.value for o in Outcome])),
            models.CheckConstraint(
                name="a_review_has_an_outcome_or_a_failure",
                condition=Q(outcome__isnull=False, failure="") | Q(outcome=None, failure__in=["error", "timeout"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.revision)

    @property
    def mildness(self) -> int:
        """From 0 for the gravest outcome on; what could not be reviewed is as grave as a suspicion."""
        return Outcome.REJECT - (Outcome.HOLD if self.outcome is None else self.outcome)
