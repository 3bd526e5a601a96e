"""A title's sections, found without looking at all of its articles."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments import sections
from comments.desk.filters import known_sections
from comments.models import Article
from moderation.models import Site
from tests.comments.conftest import NOON

PUBLISHED = (("Spor", 1), ("Gündem", 3), ("", 9), ("Çevre", 2), ("Spor", 5), ("Gündem", 0))


@pytest.fixture
def titles(site: Site) -> tuple[Site, Site]:
    other = Site.objects.create(key="aksam", name="Akşam")
    for number, (section, hours) in enumerate(PUBLISHED):
        Article.objects.create(site=site, key=f"haber-{number}", title="Haber", section=section, published_at=NOON + timedelta(hours=hours))
    Article.objects.create(site=other, key="haber", title="Haber", section="Ekonomi")
    return site, other


def test_each_section_is_named_once_and_those_of_a_title_are_its_own(titles: tuple[Site, Site]) -> None:
    site, other = titles

    assert sorted(sections.of(site)) == ["Gündem", "Spor", "Çevre"]
    assert sections.of(other) == ["Ekonomi"]


def test_an_editor_finds_them_as_the_alphabet_goes(titles: tuple[Site, Site]) -> None:
    assert known_sections() == ["Çevre", "Ekonomi", "Gündem", "Spor"]


def test_the_latest_are_those_in_which_something_appeared_last(titles: tuple[Site, Site]) -> None:
    site, _ = titles

    assert sections.latest(site, most=8) == ["Spor", "Gündem", "Çevre"]
    assert sections.latest(site, most=2) == ["Spor", "Gündem"]


def test_a_title_without_sections_has_none(site: Site) -> None:
    assert sections.of(site) == sections.latest(site, most=8) == []


def test_they_are_looked_up_and_never_gathered_from_all_articles(titles: tuple[Site, Site]) -> None:
    more = (Article(site=titles[0], key=f"eski-{number}", title="Haber", section=f"{number % 9}. sayfa") for number in range(3000))
    Article.objects.bulk_create(more)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as asked:
        sections.of(titles[0])
        sections.latest(titles[0], most=8)

    with connection.cursor() as cursor:
        for query in [query["sql"] for query in asked]:
            cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{query}")
            plan = "\n".join(str(row) for row in cursor.fetchall())
            assert "articles_by_section" in plan
            assert not re.search(r"SCAN comments_article|Seq Scan on comments_article|Aggregate", plan)
