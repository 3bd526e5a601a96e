"""Where a comment was sent from is kept as long as the law wants, goes with the comment's erasure, and is shown nowhere."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from comments import client_retention, lifecycle
from comments.api_keys import Scope
from comments.models import Article, ClientAddress, Comment
from tests.comments.api.calls import SUBMISSION, document, get, key, post

PATH = "articles/kent-meydani/comments/"


def kept() -> list[tuple[str, int | None]]:
    return list(ClientAddress.objects.values_list("address", "port"))


def test_the_site_s_server_says_where_its_reader_is(client: Client, article: Article) -> None:
    server = key(article.site, Scope.SUBMIT)

    answer = post(client, PATH, {**SUBMISSION, "client": {"address": "2001:db8::7", "port": 51234}}, Authorization=server)
    post(client, PATH, {**SUBMISSION, "body": "Ben de gördüm."}, Authorization=server)

    assert kept() == [("2001:db8::7", 51234)]
    receipt = get(client, f"comments/{document(answer)['id']}/", Receipt=document(answer)["receipt"])
    assert "2001:db8::7" not in answer.content.decode() + receipt.content.decode()


@pytest.mark.parametrize(("proxies", "port"), [(0, 40_000), (1, None)])
def test_a_guest_s_port_is_known_where_no_proxy_hides_it(
    client: Client, article: Article, settings: Settings, proxies: int, port: int | None
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    client.defaults |= {"REMOTE_ADDR": "192.0.2.7", "REMOTE_PORT": "40000", "HTTP_X_FORWARDED_FOR": "198.51.100.9"}

    post(client, PATH, SUBMISSION)

    assert kept() == [("198.51.100.9" if proxies else "192.0.2.7", port)]


def test_zero_days_keep_none(client: Client, article: Article, settings: Settings) -> None:
    settings.CLIENT_ADDRESSES_KEPT_DAYS = 0

    post(client, PATH, SUBMISSION)

    assert (Comment.objects.count(), kept()) == (1, [])


def test_it_is_deleted_when_its_time_is_over(client: Client, article: Article) -> None:
    post(client, PATH, SUBMISSION)
    now = timezone.now()

    assert client_retention.forget(now=now + timedelta(days=364)) == 0
    assert client_retention.forget(now=now + timedelta(days=365)) == 1
    assert Comment.objects.count() == 1


def test_it_is_erased_with_the_comment(client: Client, article: Article, editor: User) -> None:
    post(client, PATH, SUBMISSION)
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision", "reader").get()

    lifecycle.erase(comment, editor=editor, version=1, now=timezone.now())

    assert kept() == []
