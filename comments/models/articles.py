"""What is commented on."""

from datetime import datetime, timedelta
from enum import Enum, auto

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moderation.models import Site


class Closed(Enum):
    """Why an article takes no comments."""

    ARTICLE = auto()
    TIME = auto()
    EVERYTHING = auto()
    AGE = auto()
    HOURS = auto()


KEY_PATTERN = r"[A-Za-z0-9._~-]{1,200}"


class Article(models.Model):
    """An article of a site, known by the publisher's own key."""

    class Mode(models.TextChoices):
        OPEN = "open", _("open")
        PREMODERATED = "premoderated", _("open, nothing appears without an editor")
        READ_ONLY = "read_only", _("read only")
        CLOSED = "closed", _("closed, nothing shown")

    site = models.ForeignKey(Site, models.PROTECT, related_name="articles", verbose_name=_("site"))
    key = models.CharField(_("key"), max_length=200, validators=[RegexValidator(rf"^{KEY_PATTERN}\Z")])
    title = models.CharField(_("title"), max_length=500)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    section = models.CharField(_("section"), max_length=100, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    body = models.TextField(_("text"), blank=True, help_text=_("Shown on this service's own article page; paragraphs parted by blank lines."))
    language = models.CharField(_("language"), max_length=10, default="tr")
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    mode = models.CharField(_("mode"), max_length=20, choices=Mode, default=Mode.OPEN)
    comments_open = models.BooleanField(_("comments open"), default=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(name="article_key_once_per_site", fields=["site", "key"]),
            models.CheckConstraint(name="article_key_is_well_formed", condition=Q(key__regex=rf"^{KEY_PATTERN}\Z")),
            models.CheckConstraint(name="article_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(name="article_mode_is_known", condition=Q(mode__in=["open", "premoderated", "read_only", "closed"])),
        ]
        indexes = [models.Index(name="articles_by_section", fields=["site", "section", "published_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def is_premoderated(self) -> bool:
        """Nothing appears here without an editor, whoever wrote it."""
        return self.mode == self.Mode.PREMODERATED or self.site.opening == Site.Opening.PREMODERATED

    def accepts_comments(self, now: datetime) -> bool:
        return self.closed(now) is None

    def closed(self, now: datetime) -> "Closed | None":
        """Why no comment is accepted; None where one is."""
        if self.mode not in (self.Mode.OPEN, self.Mode.PREMODERATED) or not self.comments_open:
            return Closed.ARTICLE
        if self.closes_at is not None and now >= self.closes_at:
            return Closed.TIME
        if self.site.opening == Site.Opening.CLOSED:
            return Closed.EVERYTHING
        days = self.site.closes_after_days
        if days is not None and now >= self.published_at + timedelta(days=days):
            return Closed.AGE
        return Closed.HOURS if self.site.is_closed_at(timezone.localtime(now).time()) else None
