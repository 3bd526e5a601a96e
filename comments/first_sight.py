"""An article that is made known by the page that embeds its comments: what the page says of it is signed with the title's secret.

The signature is the HMAC-SHA256, in hexadecimal, of key, title, address and time of publication, a line each. It makes an article once: what is
known already is changed by the API alone.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments import embedding
from comments.models import Article
from moderation.engine.text import UnreadableText, is_blank, normalise
from moderation.models import Site

_LONGEST_TITLE, _LONGEST_URL = 500, 2000
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_is_web_address = URLValidator(schemes=["http", "https"])


class NotIntroduced(Http404):
    """The article is unknown; `told` says why what the page said of it did not make it known."""

    def __init__(self, told: str | Promise) -> None:
        super().__init__()
        self.told = told


def introduce(site: Site, key: str, said: Mapping[str, str], *, now: datetime) -> None:
    """Makes the article known, unless it is. `said` holds title, url, published_at and signature. Raises NotIntroduced."""
    if Article.objects.filter(site=site, key=key).exists():
        return
    if not said.get("signature"):
        raise NotIntroduced(_("The news site has not made this article known to the comment service yet."))
    title, url, published_at = (said.get(name, "") for name in ("title", "url", "published_at"))
    expected = (signature(secret, key, title, url, published_at) for secret in embedding.current_secrets(site, now=now))
    if not any(hmac.compare_digest(one.encode(), said["signature"].encode()) for one in expected):
        raise NotIntroduced(_("What this page says of the article is not signed by the news site: the signature does not fit."))
    Article.objects.get_or_create(
        site=site, key=key, defaults={"title": _title(title), "url": _url(url), "published_at": _time(published_at) if published_at else now}
    )


def signature(secret: str, key: str, title: str, url: str, published_at: str) -> str:
    message = f"{key}\n{title}\n{url}\n{published_at}"
    return hmac.new(secret.encode(), message.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


def _title(said: str) -> str:
    try:
        title = normalise(said)
    except UnreadableText as error:
        raise NotIntroduced(_("The article's title cannot be read.")) from error
    if is_blank(title) or len(title) > _LONGEST_TITLE or "\n" in said:
        raise NotIntroduced(_("The article needs a title of one line and at most %(most)d characters.") % {"most": _LONGEST_TITLE})
    return title


def _url(said: str) -> str:
    try:
        if said:
            _is_web_address(said)
    except ValidationError as error:
        raise NotIntroduced(_("The article's address is not a web address.")) from error
    if len(said) > _LONGEST_URL:
        raise NotIntroduced(_("The article's address is not a web address."))
    return said


def _time(said: str) -> datetime:
    """With its offset, as RFC 3339 has it."""
    try:
        time = datetime.fromisoformat(said)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None or not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        raise NotIntroduced(_("The article's time of publication is not one like 2026-11-22T09:30:00+03:00."))
    return time
