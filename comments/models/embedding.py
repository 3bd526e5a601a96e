"""Where a title's comments may be embedded, and how its pages introduce their articles."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moderation.models import Site


def origins_of(text: str) -> tuple[str, ...]:
    """The origins that stand in the text, parted by space or line ends. Raises ValidationError for what is none."""
    return tuple(_origin(word) for word in text.split())


def must_be_origins(text: str) -> None:
    origins_of(text)


def _origin(word: str) -> str:
    """As browsers write it. Anything else would end up in a header, so it is refused."""
    try:
        parts = urlsplit(word)
        host, port = parts.hostname or "", parts.port
        host.encode("ascii")
    except ValueError as error:
        raise _no_origin(word) from error
    origin = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{'' if port is None else f':{port}'}"
    if parts.scheme not in {"http", "https"} or not host or origin != word.rstrip("/") or any(sign in host for sign in "*;,'\""):
        raise _no_origin(word)
    return origin


def _no_origin(word: str) -> ValidationError:
    message = _("“%(word)s” is not an origin; it looks like https://www.example.com, without a path.")
    return ValidationError(message, code="no_origin", params={"word": word})


class Embedding(models.Model):
    """A title's settings for its widget. The secret is kept sealed and shown once; the one before counts until `previous_until`."""

    site = models.OneToOneField(Site, models.PROTECT, related_name="embedding", verbose_name=_("site"))
    origins = models.TextField(
        _("origins"),
        blank=True,
        validators=[must_be_origins],
        help_text=_("The news site's own, one a line: https://www.example.com. Only their pages may show the comments in a frame and call the API."),
    )
    sealed_secret = models.TextField(_("secret"), blank=True, editable=False)
    sealed_previous_secret = models.TextField(_("previous secret"), blank=True, editable=False)
    previous_until = models.DateTimeField(_("previous secret counts until"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("embedding")
        verbose_name_plural = _("embeddings")
        constraints = [
            models.CheckConstraint(
                name="a_previous_embedding_secret_ends",
                condition=Q(sealed_previous_secret="", previous_until=None) | (~Q(sealed_previous_secret="") & Q(previous_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.site)
