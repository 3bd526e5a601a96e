"""The articles of an import: the title's own where it knows them, by address or key, and new ones where not."""

import re
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.utils import timezone

from comments.models import Article, Comment
from comments.models.articles import KEY_PATTERN
from comments.transfer.entries import Place, Unreadable
from moderation.engine.text import is_blank, normalise
from moderation.models import Site

_KEY = re.compile(KEY_PATTERN)
_REMEMBERED = 10_000


class Places:
    """Finds each article once; `made` counts those that were new."""

    def __init__(self, site: Site) -> None:
        self.site, self.made = site, 0
        self._found: dict[tuple[str, str], Article] = {}

    def put(self, place: Place) -> None:
        """An article that is there stays as it is. Raises Unreadable."""
        if not Article.objects.filter(site=self.site, key=place.key).exists():
            self._make(place, place.key)

    def find(self, place: Place, answered: Comment | None) -> Article:
        """Raises Unreadable: an article without a key, or a reply on another article than what it answers."""
        name = (place.key, place.url)
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        article = self._found.get(name) or self._found.setdefault(name, self._known(place) or self._make(place, _key(place)))
        if answered and answered.article_id != article.pk:
            raise Unreadable("what it answers stands under another article")
        return article

    def _known(self, place: Place) -> Article | None:
        own = Article.objects.filter(site=self.site)
        by_address = own.filter(url=place.url).first() if place.url else None
        return by_address or own.filter(key=_key(place)).first()

    def _make(self, place: Place, key: str) -> Article:
        title = normalise(place.title)[:500]
        fields = {"title": key if is_blank(title) else title, "url": place.url if _is_address(place.url) else "", **place.further}
        article = Article(site=self.site, key=key, **{"published_at": timezone.now(), **fields})
        try:
            article.full_clean(validate_unique=False)
        except (ValidationError, TypeError) as error:
            raise Unreadable(f"its article cannot be made: {error}") from error
        article.save(force_insert=True)
        self.made += 1
        return article


def _key(place: Place) -> str:
    """The file's own key where it may be one, else the last part of the address."""
    candidates = (place.key, unquote(urlsplit(place.url or place.key).path).strip("/").rpartition("/")[2])
    if key := next((candidate for candidate in candidates if _KEY.fullmatch(candidate)), ""):
        return key
    raise Unreadable("its article has no key: neither its id nor the end of its address is made of A-Z a-z 0-9 . _ ~ -")


def _is_address(url: str) -> bool:
    return url.startswith(("http://", "https://")) and len(url) <= 2000
