"""The one table."""

from django.db import models
from django.utils import timezone


class BareComment(models.Model):
    """A comment and nothing that becomes of it."""

    article = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    objects: models.Manager["BareComment"] = models.Manager()

    class Meta:
        app_label = "bare"
        indexes = [models.Index(name="bare_by_article", fields=["article", "created_at", "id"])]

    def __str__(self) -> str:
        return self.body
