"""What a request names, found for its caller. What he may not see does not exist."""

from functools import cache
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from comments import receipts, rows, statements
from comments.api.callers import Caller, Server
from comments.models import Article, Comment
from moderation import versions
from moderation.models import Site

_WRITERS_VIEW = ("article__site", "reader", "published_revision", "current_revision__review__policy_version")


def site(caller: Caller | None = None) -> Site:
    """The title that the caller's key is for; whoever has no key asks for the one that this service was installed with."""
    return caller.key.site if isinstance(caller, Server) else Site.objects.get(key=versions.DEFAULT_SITE)


def article(key: str, caller: Caller | None = None) -> Article:
    """Raises Http404."""
    asked = statements.fetch(_article_asked_for(), [key, caller.key.site.key if isinstance(caller, Server) else versions.DEFAULT_SITE])
    if not asked:
        raise Http404
    [row] = asked
    found = rows.read(Article, row[: rows.width(Article)])
    found.site = rows.read(Site, row[rows.width(Article) :])
    return found


@cache
def _article_asked_for() -> str:
    article, site = Article._meta.db_table, Site._meta.db_table
    return f"""
        SELECT {rows.columns(Article, article)}, {rows.columns(Site, site)} FROM {article} JOIN {site} ON {site}.id = {article}.site_id
        WHERE {article}.key = %s AND {site}.key = %s
    """  # noqa: S608  (the names of our own tables)


def published_comment(public_id: UUID, caller: Caller | None = None) -> Comment | None:
    """The comment as everybody sees it, on an article that shows its comments; for a key, of its own title."""
    found = Comment.objects.published().filter(public_id=public_id).exclude(article__mode=Article.Mode.CLOSED)
    if isinstance(caller, Server):
        found = found.filter(article__site=caller.key.site)
    return found.select_related("article__site", "published_revision").first()


def own_comment(request: Request, public_id: UUID) -> Comment | None:
    """The comment, where the request shows its receipt; a receipt that is not its own counts for nothing."""
    if receipts.comment_id(request.headers.get("Receipt", "")) != public_id:
        return None
    return Comment.objects.select_related(*_WRITERS_VIEW).filter(public_id=public_id).first()


def writers_comment(request: Request, public_id: UUID) -> Comment:
    """The comment for its writer. Raises Http404 where it is not to be seen, NotAuthenticated where only its writer may do this."""
    if own := own_comment(request, public_id):
        return own
    if published_comment(public_id):
        raise NotAuthenticated(_("This is for the comment's writer, who shows its receipt: “Receipt: <token>”."))
    raise Http404
