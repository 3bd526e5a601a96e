"""Disqus: the XML that its moderation panel exports, and that tools for leaving Disqus read. Threads come first, then posts that name them."""

from collections.abc import Iterator
from datetime import UTC, datetime

from comments.models import Article
from comments.transfer.exports.elsewhere import AT_ONCE, Fate, Leaving, address, articles, as_html, comments, element
from moderation.models import Site

_BEGIN = """<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1">{forum}<title>General</title><isDefault>true</isDefault></category>
"""


def parts(site: Site) -> Iterator[bytes]:
    forum = element("forum", site.key)
    yield _BEGIN.format(forum=forum).encode()
    for article in articles(site).iterator(AT_ONCE):
        yield _thread(article, forum).encode()
    for comment in comments(site):
        yield _post(comment).encode()
    yield b"</disqus>\n"


def _thread(article: Article, forum: str) -> str:
    told = (
        element("id", article.key),
        forum,
        '<category dsq:id="1"/>',
        element("link", address(article)),
        element("title", article.title),
        element("createdAt", _moment(article.published_at)),
        element("isClosed", _truth(is_true=not article.comments_open)),
        element("isDeleted", _truth(is_true=False)),
    )
    return f'<thread dsq:id="{article.pk}">{"".join(told)}</thread>\n'


def _post(comment: Leaving) -> str:
    """What was refused is spam here: no other word keeps its text and does not show it."""
    told = (
        element("message", as_html(comment.text)),
        element("createdAt", _moment(comment.at)),
        element("isDeleted", _truth(is_true=comment.fate is Fate.GONE)),
        element("isApproved", _truth(is_true=comment.fate is not Fate.WAITING)),
        element("isSpam", _truth(is_true=comment.fate is Fate.REFUSED)),
        f"<author>{element('email', comment.email)}{element('name', comment.name)}{element('isAnonymous', 'true')}{element('username', comment.reader)}</author>",
        f'<thread dsq:id="{comment.article.pk}"/>',
        f'<parent dsq:id="{comment.parent}"/>' if comment.parent else "",
    )
    return f'<post dsq:id="{comment.number}">{"".join(told)}</post>\n'


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _truth(*, is_true: bool) -> str:
    return "true" if is_true else "false"
