"""The front page: what there is to read, and how much is said about it."""

import re

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from comments.models import Article, Comment
from comments.models.articles import KEY_PATTERN
from comments.reader import pages
from moderation.models import Site

PAGE = 24


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """`section` shows one section alone; `after` names the article behind which the page begins."""
    site, section = pages.site(), request.GET.get("section", "")
    articles = _articles(site, section, after=request.GET.get("after", ""))
    if section and not articles:
        raise Http404
    context = {
        "now": timezone.now(),
        "section": section,
        "articles": articles[:PAGE],
        "after": articles[PAGE - 1].key if len(articles) > PAGE else "",
    }
    return pages.page(request, "reader/front.html", site, context)


def _articles(site: Site, section: str, *, after: str) -> list[Article]:
    """One more than a page holds; newest first, each with its `comment_count`."""
    articles = Article.objects.filter(site=site)
    if section:
        articles = articles.filter(section=section) if section.isprintable() else articles.none()
    if re.fullmatch(KEY_PATTERN, after) and (last := Article.objects.filter(site=site, key=after).first()):
        articles = articles.filter(Q(published_at__lt=last.published_at) | Q(published_at=last.published_at, id__lt=last.pk))
    return list(_counted(articles).order_by("-published_at", "-id")[: PAGE + 1])


def _counted(articles: QuerySet[Article]) -> QuerySet[Article]:
    published = Comment.objects.published().filter(article=OuterRef("pk")).exclude(article__mode=Article.Mode.CLOSED).order_by()
    counts = published.values("article").annotate(count=Count("pk")).values("count")
    return articles.annotate(comment_count=Coalesce(Subquery(counts), 0))
