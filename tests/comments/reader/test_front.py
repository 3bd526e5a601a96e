"""The front page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.models import Article
from comments.reader import front
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.reader.forms import text
from tests.comments.reader.test_article import published


def test_articles_stand_newest_first_with_what_is_said_about_them(
    client: Client, article: Article, site: Site, editor: User, submitted: Submitted
) -> None:
    published(submitted(), editor)
    submitted("Bekleyen.")
    Article.objects.create(site=site, key="yeni", title="Yeni haber", section="Spor", summary="Özet.", published_at=NOON + timedelta(hours=1))

    page = text(client.get("/"))

    assert page.index("Yeni haber") < page.index("Kent meydanı yayalara açıldı")
    assert "1 yorum" in page
    assert "2 yorum" not in page
    assert '<a href="/?section=Spor"' in page


def test_english_counts_know_one_from_many(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    client.get("/language/en/")
    published(submitted(), editor)
    assert "1 comment<" in text(client.get("/"))

    published(submitted("İkinci."), editor)
    assert "2 comments<" in text(client.get("/"))


def test_a_section_shows_its_own_articles(client: Client, article: Article, site: Site) -> None:
    Article.objects.create(site=site, key="mac", title="Maç bitti", section="Spor & Yaşam")

    page = text(client.get("/", {"section": "Spor & Yaşam"}))

    assert "Maç bitti" in page
    assert "Kent meydanı" not in page
    assert 'aria-current="page"' in page


@pytest.mark.parametrize("section", ["Yok", "\x00", "'; --", "İ" * 500])
def test_a_section_that_does_not_exist_is_not_found(client: Client, article: Article, section: str) -> None:
    assert client.get("/", {"section": section}).status_code == 404


def test_older_articles_are_within_reach(client: Client, site: Site) -> None:
    for number in range(front.PAGE + 3):
        Article.objects.create(site=site, key=f"haber-{number}", title=f"Haber {number}", published_at=NOON + timedelta(minutes=number // 2))

    first = text(client.get("/"))
    second = text(client.get("/", {"after": "haber-3"}))

    assert 'href="?after=haber-3"' in first
    assert [number for number in range(front.PAGE + 3) if f">Haber {number}<" in second] == [0, 1, 2]


def test_the_front_page_takes_the_same_queries_for_many_articles(client: Client, article: Article, site: Site) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as for_one:
        client.get("/")
    for number in range(20):
        Article.objects.create(site=site, key=f"haber-{number}", title=f"Haber {number}")

    with CaptureQueriesContext(connection) as for_many:
        client.get("/")

    assert len(for_many) == len(for_one) <= 3


def test_an_empty_newspaper_says_so(client: Client, site: Site) -> None:
    assert "Henüz haber yok." in text(client.get("/"))
