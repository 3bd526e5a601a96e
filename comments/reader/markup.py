"""What search engines are told of an article and its comments, in the words of schema.org: a block of data, which no browser runs."""

import json
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from comments.models import Article, Comment
from comments.reader.threads import Page

# As Django's own `json_script` does: no text of a reader's can end the block.
_ESCAPED = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def linked_data(request: HttpRequest, article: Article, page: Page, count: int) -> SafeString:
    """The element for the page's head."""
    document = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url or _absolute(request, article),
        "datePublished": article.published_at.isoformat(),
        "inLanguage": article.language,
        **({"author": _person(article.author)} if article.author else {}),
        "commentCount": count,
        "comment": [_comment(request, article, comment) for thread in page.threads for comment in thread if comment.published_revision],
    }
    data = json.dumps(document, ensure_ascii=False).translate(_ESCAPED)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(data))  # noqa: S308  (escaped above)


def _comment(request: HttpRequest, article: Article, comment: Comment) -> dict[str, Any]:
    assert comment.published_revision
    assert comment.published_at
    return {
        "@type": "Comment",
        "url": f"{_absolute(request, article)}?comment={comment.public_id}#comment-{comment.public_id}",
        "text": comment.published_revision.body,
        "author": _person(comment.author_name),
        "datePublished": comment.published_at.isoformat(),
        **({"dateModified": comment.edited_at.isoformat()} if comment.edited_at else {}),
    }


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _absolute(request: HttpRequest, article: Article) -> str:
    return request.build_absolute_uri(reverse("reader:article", args=[article.key]))
