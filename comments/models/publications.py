"""How much of an article's discussion is public, kept beside the article so that asking for it costs one row."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.models.articles import Article


def new_mark() -> int:
    """One that no answer was ever given under, not even by a database that was since restored."""
    return secrets.randbits(63)


class Publication(models.Model):
    """One article's public comments by their number, and a `mark` that is a new one whenever what the public sees of them changes.

    Written by `comments.lifecycle.publishing` alone; an article without a row has never had anything public.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="publication", verbose_name=_("article"))
    comments = models.PositiveIntegerField(_("public comments"), default=0)
    mark = models.BigIntegerField(_("mark"), default=new_mark)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.article} · {self.comments}"
