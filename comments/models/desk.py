"""What editors keep at the desk: who is looking at which comment, the views they come back to, the notes they write often."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment
from moderation.engine.rule import Clause
from moderation.models import Site


class Claim(models.Model):
    """One editor looks at one comment, until then; the columns themselves let nobody hold two, nor two hold one."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="claim", verbose_name=_("comment"))
    editor = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="claim", verbose_name=_("editor"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return f"{self.comment} · {self.editor}"


class Snapshot(models.Model):
    """What the dashboard tells, as it was measured last; `data` is numbers alone."""

    taken_at = models.DateTimeField(_("taken"))
    data = models.JSONField(_("data"))

    class Meta:
        verbose_name = _("snapshot of the dashboard")
        verbose_name_plural = _("snapshots of the dashboard")
        constraints = [models.CheckConstraint(name="one_snapshot_of_the_dashboard", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.taken_at:%Y-%m-%d %H:%M}"


class SavedView(models.Model):
    """A place at the desk under a name of the editor's; `query` is what its address says."""

    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("editor"))
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="view_name_once_per_editor", fields=["editor", "name"]),
            models.CheckConstraint(name="a_saved_view_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class CannedNote(models.Model):
    """A note to writers that editors send often, for one clause of the notice or one house reason."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="canned_notes", verbose_name=_("site"))
    clause = models.CharField(_("clause"), max_length=30, blank=True)
    house_reason = models.CharField(_("house reason"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="tr")
    text = models.TextField(_("text"), max_length=1000)

    class Meta:
        verbose_name = _("canned note")
        verbose_name_plural = _("canned notes")
        ordering = ["clause", "house_reason", "language", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_canned_note_for_one_reason",
                condition=Q(clause__in=[c.value for c in Clause], house_reason="") | Q(clause="", house_reason__gt=""),
                violation_error_message=_("Choose one reason: a clause or a house reason."),
            ),
            models.CheckConstraint(name="a_canned_note_has_a_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="a_canned_note_is_in_a_known_language", condition=Q(language__in=[code for code, _name in settings.LANGUAGES])
            ),
        ]

    def __str__(self) -> str:
        return self.text
