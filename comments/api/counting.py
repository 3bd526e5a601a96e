"""How many comments the public sees on each of many articles: what a front page asks for, in one query."""

from collections.abc import Collection

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from comments.api.asking import asked
from comments.api.fields import CharField, ListField, Serializer, read
from comments.api.freshness import for_everybody
from comments.api.views import View
from comments.models import Article, Publication
from moderation import versions

MOST_ARTICLES = 100


def _keys() -> ListField:
    return ListField(child=CharField(max_length=200), min_length=1, max_length=MOST_ARTICLES, help_text="Keys of articles; an unknown one counts 0.")


class CountsQuery(Serializer):
    article = _keys()


class CountsRequest(Serializer):
    articles = _keys()


class Counts(View):
    """Numbers of published comments, replies included."""

    def get(self, request: Request) -> HttpResponse:
        return for_everybody(request, {"counts": counts(asked(request, CountsQuery)["article"])})

    def post(self, request: Request) -> Response:
        """The same for lists that are too long for an address."""
        return Response({"counts": counts(read(CountsRequest, request.data)["articles"])})


def counts(keys: Collection[str]) -> dict[str, int]:
    """By the article's key, in the order asked for. Nothing of what an article that is closed holds is counted."""
    of_site = Publication.objects.filter(article__site__key=versions.DEFAULT_SITE, article__key__in=set(keys))
    return dict.fromkeys(keys, 0) | dict(of_site.exclude(article__mode=Article.Mode.CLOSED).values_list("article__key", "comments"))
