"""Articles as the news site makes them known: created and changed by its server, read by anyone."""

from datetime import datetime
from typing import Any

from django.core.validators import RegexValidator, URLValidator
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from comments.api import callers, finding, representations
from comments.api.fields import BooleanField, CharField, ChoiceField, DateTimeField, Serializer, read
from comments.api.freshness import for_everybody
from comments.api.permissions import key_with
from comments.api.problems import invalid
from comments.api.views import ReadByAnyone
from comments.api_keys import Scope
from comments.lifecycle.publishing import let_answers_expire
from comments.models import Article
from moderation.engine.text import is_blank, normalise
from moderation.models import Site

_FIRST_YEAR, _LAST_YEAR = 1900, 2999
# Not the framework's own field of addresses, which takes ftp:// too and would judge beside this.
_WEB_ADDRESS = URLValidator(schemes=["http", "https"], message=_("This is not a web address."))
_LANGUAGE_TAG = RegexValidator(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", _("This is not a language tag."))


def _must_be_of_our_age(time: datetime) -> None:
    if not _FIRST_YEAR <= time.year <= _LAST_YEAR:
        raise ValidationError(_("This time is not between the years %(first)d and %(last)d.") % {"first": _FIRST_YEAR, "last": _LAST_YEAR}, "invalid")


class ArticleRequest(Serializer):
    """What is not named stays as it is, or is as by default."""

    title = CharField(required=False, max_length=500, help_text="Needed where the article is new.")
    url = CharField(
        required=False,
        allow_blank=True,
        max_length=2000,
        validators=[_WEB_ADDRESS],
        help_text="Where the article stands on the news site.",
    )
    section = CharField(required=False, allow_blank=True, max_length=100)
    language = CharField(required=False, max_length=10, validators=[_LANGUAGE_TAG], help_text="A language tag like tr or en.")
    published_at = DateTimeField(required=False, validators=[_must_be_of_our_age], help_text="By default the time of this request.")
    comments_open = BooleanField(required=False)
    closes_at = DateTimeField(
        required=False, allow_null=True, validators=[_must_be_of_our_age], help_text="From then on no comment is accepted; null for never."
    )
    mode = ChoiceField(
        choices=Article.Mode.values,
        required=False,
        help_text="premoderated publishes nothing without an editor; read_only shows comments and accepts none; closed shows none either.",
    )

    def validate_title(self, title: str) -> str:
        readable = normalise(title)
        if is_blank(readable):
            self.fields["title"].fail("blank")
        return readable


class OneArticle(ReadByAnyone):
    """One article, by the publisher's own key."""

    def get(self, request: Request, key: str) -> HttpResponse:
        return for_everybody(request, representations.article(finding.article(key)))

    def put(self, request: Request, key: str) -> Response:
        """Creates the article, or changes the fields that are named. Takes a key with the scope admin or submit."""
        owner = key_with(callers.of(request), {Scope.ADMIN, Scope.SUBMIT})
        article, is_new = _put(owner.site, key, read(ArticleRequest, request.data))
        return Response(representations.article(article), status=201 if is_new else 200)


def _put(site: Site, key: str, fields: dict[str, Any]) -> tuple[Article, bool]:
    """The article, and whether it is new. Raises Problem for a new one without a title."""
    if "title" not in fields and not Article.objects.filter(site=site, key=key).exists():
        raise invalid("title", "required", _("A new article needs a title."))
    with transaction.atomic():
        let_answers_expire()
        return Article.objects.update_or_create(site=site, key=key, defaults=fields)
