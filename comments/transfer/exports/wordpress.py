"""WordPress: a WXR file, which its importer reads, and Disqus's too. Each article is a post that holds its comments."""

from collections.abc import Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.conf import settings

from comments.models import Article
from comments.transfer.exports.elsewhere import AT_ONCE, Fate, Leaving, address, articles, comments, element
from moderation.models import Site

_BEGIN = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
{channel}<wp:wxr_version>1.2</wp:wxr_version>
"""
# What was refused is spam here: no other word keeps its text and does not show it.
_APPROVED = {Fate.PUBLISHED: "1", Fate.WAITING: "0", Fate.REFUSED: "spam", Fate.GONE: "trash"}


def parts(site: Site) -> Iterator[bytes]:
    yield _BEGIN.format(channel=element("title", site.name) + element("link", settings.PUBLIC_URL)).encode()
    for article in articles(site).iterator(AT_ONCE):
        yield _post(article).encode()
        for comment in comments(site, article):
            yield _comment(comment).encode()
        yield b"</item>\n"
    yield b"</channel></rss>\n"


def _post(article: Article) -> str:
    told = (
        element("title", article.title),
        element("link", address(article)),
        element("content:encoded", article.body),
        element("wp:post_id", article.pk),
        element("wp:post_date_gmt", _moment(article.published_at)),
        element("wp:comment_status", "open" if article.comments_open else "closed"),
        element("wp:post_name", article.key),
        element("wp:status", "publish"),
        element("wp:post_type", "post"),
    )
    return f"<item>{''.join(told)}\n"


def _comment(comment: Leaving) -> str:
    told = (
        element("wp:comment_id", comment.number),
        element("wp:comment_author", comment.name),
        element("wp:comment_author_email", comment.email),
        element("wp:comment_date_gmt", _moment(comment.at)),
        # WordPress makes paragraphs of blank lines by itself.
        element("wp:comment_content", escape(comment.text)),
        element("wp:comment_approved", _APPROVED[comment.fate]),
        element("wp:comment_type", "comment"),
        element("wp:comment_parent", comment.parent or 0),
        element("wp:comment_user_id", 0),
    )
    return f"<wp:comment>{''.join(told)}</wp:comment>\n"


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
