"""Pages by keyset: in any order, forwards and backwards, and only with cursors that the list itself gave out."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from rest_framework.request import Request

from comments.api import cursors
from comments.api.cursors import Keyset, Page
from comments.api.problems import Problem
from comments.models import Article
from moderation.models import Site
from tests.comments.conftest import NOON

ORDERS = (
    Keyset("articles:newest", ("-published_at", "-id")),
    Keyset("articles:oldest", ("published_at", "id")),
    Keyset("articles:mixed", ("-site_id", "published_at", "-id")),
)


def page(keyset: Keyset, address: str = "/?limit=2") -> Page:
    return cursors.page(Request(RequestFactory().get(address)), Article.objects.all(), keyset)


def cursor(page: Page) -> str:
    assert page.next
    return parse_qs(urlsplit(page.next).query)["cursor"][0]


class AnyList(TestCase):
    """Whatever rows there are, with however many times alike, turning the pages shows each once, and turning back the same ones."""

    @settings(max_examples=30)
    @given(st.sampled_from(ORDERS), st.lists(st.integers(0, 3), max_size=9), st.integers(1, 4))
    def test_turning_pages(self, keyset: Keyset, minutes: list[int], limit: int) -> None:
        Article.objects.all().delete()
        sites = [Site.objects.get_or_create(key=key, name=key)[0] for key in ("gazete", "dergi")]
        for number, late in enumerate(minutes):
            site = sites[number % 2]
            Article.objects.create(site=site, key=str(number), title="Haber", published_at=NOON + timedelta(minutes=late, microseconds=late))

        forwards = list(_turned(page(keyset, f"/?limit={limit}"), keyset, "next"))
        backwards = list(_turned(forwards[-1], keyset, "previous"))

        expected = list(Article.objects.order_by(*keyset.fields))
        assert [row for shown in forwards for row in shown.rows] == expected
        assert [shown.rows for shown in backwards] == [shown.rows for shown in reversed(forwards)]
        assert all(len(shown.rows) == limit for shown in forwards[:-1])


def test_a_page_that_has_emptied_leads_back(article: Article) -> None:
    Article.objects.create(site=article.site, key="ikinci", title="İkinci", published_at=NOON + timedelta(hours=1))
    first = page(ORDERS[1], "/?limit=1")
    Article.objects.filter(key="ikinci").delete()
    assert first.next

    empty = page(ORDERS[1], first.next)

    assert (empty.rows, empty.next) == ((), None)
    assert empty.previous


@pytest.fixture
def given_out(article: Article) -> str:
    for number in range(3):
        Article.objects.create(site=article.site, key=str(number), title="Haber", published_at=NOON)
    return cursor(page(ORDERS[0]))


def test_an_altered_cursor_is_not_taken(given_out: str) -> None:
    payload, _, signature = given_out.partition(":")
    altered = [
        "",
        "x",
        payload,
        f"{payload}:",
        f"{payload[:-1]}:{signature}",
        f"{payload}:{signature[:-1]}",
        f"{given_out}x",
        given_out * 2,
        "\0",
        "ığü",
    ]

    for tried in altered:
        with pytest.raises(Problem) as refused:
            page(ORDERS[0], f"/?cursor={tried}")
        assert list(refused.value.errors) == ["cursor"]


def test_a_cursor_of_another_list_is_not_taken(given_out: str) -> None:
    with pytest.raises(Problem):
        page(ORDERS[1], f"/?cursor={given_out}")


def test_what_was_signed_for_something_else_is_no_cursor(article: Article) -> None:
    with pytest.raises(Problem):
        page(ORDERS[0], f"/?cursor={signing.Signer().sign_object([False, '2026-11-22T12:00:00+00:00', 1])}")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "1.5", "a", "", " 1", "٣", "1e1", "9" * 5000])
def test_a_limit_is_a_number_from_1_to_100(article: Article, limit: str) -> None:
    with pytest.raises(Problem) as refused:
        page(ORDERS[0], f"/?limit={limit}")
    assert list(refused.value.errors) == ["limit"]


def test_the_limit_is_20_unless_another_is_asked_for(site: Site) -> None:
    for number in range(21):
        Article.objects.create(site=site, key=str(number), title="Haber", published_at=NOON)

    assert [len(page(ORDERS[0], address).rows) for address in ("/", "/?limit=1", "/?limit=100")] == [20, 1, 21]


def _turned(first: Page, keyset: Keyset, way: str) -> Any:
    shown = first
    yield shown
    while address := getattr(shown, way):
        shown = page(keyset, address)
        yield shown
