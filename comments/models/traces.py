"""What is remembered of texts for some hours, so that the same one sent by many is noticed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.comments import Comment


class Trace(models.Model):
    """One of the few numbers that stand for a comment's text in comparisons; the text cannot be had from them. See `comments.duplicates`."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="+", verbose_name=_("comment"))
    number = models.BigIntegerField(_("number"))
    left_at = models.DateTimeField(_("left"))

    class Meta:
        verbose_name = _("trace of a text")
        verbose_name_plural = _("traces of texts")
        indexes = [models.Index(name="traces_by_number", fields=["number", "left_at"]), models.Index(name="oldest_traces", fields=["left_at"])]

    def __str__(self) -> str:
        return f"{self.comment} · {self.number}"
