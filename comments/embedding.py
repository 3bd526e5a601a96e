"""The settings of a title's widget: which origins may embed it, and the secret that its pages introduce articles with."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urlsplit

from comments.models import Comment, Embedding
from comments.models.embedding import origins_of
from comments.sealing import seal, unseal
from moderation import versions
from moderation.models import Site

_MARK = "mizan_embed_"


def origins(site_key: str = versions.DEFAULT_SITE) -> tuple[str, ...]:
    """Whose pages may show the comments in a frame and call the API from the browser; nobody's until an administrator says so."""
    stored = Embedding.objects.filter(site__key=site_key).values_list("origins", flat=True).first()
    return origins_of(stored or "")


def place(comment: Comment) -> str:
    """Where the comment is read on the news site's own page; "" where no page of its may show it."""
    page = urldefrag(comment.article.url).url
    parts = urlsplit(page)
    return f"{page}#comment-{comment.public_id}" if f"{parts.scheme}://{parts.netloc}" in origins(comment.article.site.key) else ""


def allow(site: Site, allowed: Collection[str]) -> None:
    """These origins, and no others. Raises ValidationError for what is no origin."""
    text = "\n".join(origins_of(" ".join(allowed)))
    Embedding.objects.update_or_create(site=site, defaults={"origins": text})


def new_secret(site: Site, *, now: datetime, overlap: timedelta = timedelta(0)) -> str:
    """A new secret, shown only here. The one before still counts for the overlap; the one before that no longer."""
    row, _is_new = Embedding.objects.get_or_create(site=site)
    secret = _MARK + secrets.token_urlsafe(32)
    keeps = bool(row.sealed_secret and overlap)
    row.sealed_previous_secret, row.previous_until = (row.sealed_secret, now + overlap) if keeps else ("", None)
    row.sealed_secret = seal(secret)
    row.save()
    return secret


def current_secrets(site: Site, *, now: datetime) -> tuple[str, ...]:
    """Those that count at this time, newest first."""
    row = Embedding.objects.filter(site=site).first()
    if row is None:
        return ()
    previous = row.sealed_previous_secret if row.previous_until and now < row.previous_until else ""
    unsealed = (unseal(sealed) for sealed in (row.sealed_secret, previous) if sealed)
    return tuple(secret for secret in unsealed if secret)
