"""Comments for programs: Atom, JSON Feed, and what search engines are told."""

import json
import re
import xml.etree.ElementTree as ET
from html import escape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Article, Comment
from tests.comments.conftest import Submitted
from tests.comments.reader.forms import address
from tests.comments.reader.test_article import published

SHARP = "5 < 6 & «</script><b>kalın</b>»"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def comment(submitted: Submitted, editor: User) -> Comment:
    submitted("Bu hâlâ bekliyor.")
    return published(submitted(SHARP), editor)


def linked_data(page: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_the_atom_feed_holds_what_is_published(client: Client, article: Article, comment: Comment) -> None:
    response = client.get(f"{address(article)}comments.atom")

    feed = ET.fromstring(response.content)
    [entry] = feed.findall("a:entry", ATOM)
    assert response["Content-Type"].startswith("application/atom+xml")
    assert feed.findtext("a:title", "", ATOM) == "Yorumlar: Kent meydanı yayalara açıldı"
    assert entry.findtext("a:author/a:name", "", ATOM) == "Ayşe K."
    assert entry.findtext("a:id", "", ATOM) == comment.public_id.urn
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.attrib["href"].endswith(f"{address(article)}?comment={comment.public_id}#comment-{comment.public_id}")


def test_the_atom_feed_says_that_it_holds_html_and_a_readers_text_is_none(client: Client, article: Article, comment: Comment) -> None:
    summary = ET.fromstring(client.get(f"{address(article)}comments.atom").content).find("a:entry/a:summary", ATOM)

    assert summary is not None
    assert (summary.attrib["type"], summary.text) == ("html", f"<p>{escape(SHARP)}</p>")


def test_the_json_feed_says_the_same(client: Client, article: Article, comment: Comment) -> None:
    response = client.get(f"{address(article)}comments.json")

    feed = json.loads(response.content)
    [item] = feed["items"]
    assert response["Content-Type"] == "application/feed+json"
    assert (item["id"], item["content_text"], item["authors"]) == (comment.public_id.urn, SHARP, [{"name": "Ayşe K."}])
    assert client.get(item["url"]).status_code == 200


def test_the_page_names_its_feeds_and_its_own_address(client: Client, article: Article) -> None:
    page = client.get(address(article)).content.decode()

    assert f'type="application/atom+xml" href="{address(article)}comments.atom"' in page
    assert f'type="application/feed+json" href="{address(article)}comments.json"' in page
    assert f'<link rel="canonical" href="http://testserver{address(article)}">' in page


def test_search_engines_are_told_what_was_said_and_by_whom(client: Client, article: Article, comment: Comment) -> None:
    told = linked_data(client.get(address(article)).content.decode())

    assert (told["@type"], told["headline"], told["commentCount"]) == ("NewsArticle", article.title, 1)
    [said] = told["comment"]
    assert (said["text"], said["author"]["name"]) == (SHARP, "Ayşe K.")


def test_an_article_that_shows_nothing_feeds_nothing(client: Client, article: Article, comment: Comment) -> None:
    Article.objects.filter(pk=article.pk).update(mode=Article.Mode.CLOSED)

    assert [client.get(f"{address(article)}comments.{form}").status_code for form in ("atom", "json")] == [404, 404]
    assert "ld+json" not in client.get(address(article)).content.decode()
    assert client.get("/articles/yok/comments.atom").status_code == 404
