"""An article's latest comments as feeds, for readers' programs: Atom and JSON Feed."""

from collections.abc import Sequence
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comments.models import Article, Comment
from comments.reader.article import find, permalink

LATEST = 50
_JSON_FEED = "https://jsonfeed.org/version/1.1"
_MAX_AGE = "public, max-age=60"


class AtomFeed(Feed):  # type: ignore[type-arg]  # generic for the type checker only
    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = _MAX_AGE
        return response

    def get_object(self, request: HttpRequest, key: str) -> Article:  # noqa: ARG002  (the framework's signature)
        return _shown(key)

    def title(self, obj: Article) -> str:
        return _title(obj)

    def link(self, obj: Article) -> str:
        return reverse("reader:article", args=[obj.key])

    def feed_url(self, obj: Article) -> str:
        return reverse("reader:atom", args=[obj.key])

    def items(self, obj: Article) -> Sequence[Comment]:
        return _latest(obj)

    def item_title(self, item: Comment) -> str:
        return item.author_name

    def item_description(self, item: Comment) -> str:
        """As HTML, which is what the feed says that it holds."""
        return linebreaks(_text(item), autoescape=True)

    def item_author_name(self, item: Comment) -> str:
        return item.author_name

    def item_link(self, item: Comment) -> str:
        return permalink(item)

    def item_guid(self, item: Comment) -> str:
        return item.public_id.urn

    def item_pubdate(self, item: Comment) -> Any:
        return item.published_at

    def item_updateddate(self, item: Comment) -> Any:
        return item.edited_at or item.published_at


@require_safe
def json_feed(request: HttpRequest, key: str) -> HttpResponse:
    article = _shown(key)
    document = {
        "version": _JSON_FEED,
        "title": _title(article),
        "home_page_url": request.build_absolute_uri(reverse("reader:article", args=[key])),
        "feed_url": request.build_absolute_uri(request.path),
        "language": article.language,
        "items": [_item(request, comment) for comment in _latest(article)],
    }
    options = {"ensure_ascii": False}
    return JsonResponse(document, json_dumps_params=options, content_type="application/feed+json", headers={"Cache-Control": _MAX_AGE})


def _item(request: HttpRequest, comment: Comment) -> dict[str, object]:
    item: dict[str, object] = {
        "id": comment.public_id.urn,
        "url": request.build_absolute_uri(permalink(comment)),
        "content_text": _text(comment),
        "authors": [{"name": comment.author_name}],
        "date_published": comment.published_at.isoformat() if comment.published_at else None,
    }
    return item | ({"date_modified": comment.edited_at.isoformat()} if comment.edited_at else {})


def _shown(key: str) -> Article:
    """Raises Http404, also for an article that shows nothing of what was said about it."""
    article = find(key)
    if article.mode == Article.Mode.CLOSED:
        raise Http404
    return article


def _latest(article: Article) -> list[Comment]:
    published = Comment.objects.published().filter(article=article).select_related("article", "published_revision")
    return list(published.order_by("-published_at", "-id")[:LATEST])


def _title(article: Article) -> str:
    return _("Comments: %(title)s") % {"title": article.title}


def _text(comment: Comment) -> str:
    return comment.published_revision.body if comment.published_revision else ""
