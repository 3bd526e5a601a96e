"""Turkish unless the reader chose English."""

import pytest
from django.test import Client

from comments.models import Article
from tests.comments.reader.forms import address, send, text


def test_pages_speak_turkish_whatever_the_browser_prefers(client: Client, article: Article) -> None:
    response = client.get(address(article), headers={"accept-language": "en"})

    assert '<html lang="tr">' in text(response)
    assert response["Content-Language"] == "tr"
    assert "Yorum yazın" in text(response)


def test_a_reader_who_chose_english_keeps_it(client: Client, article: Article) -> None:
    response = client.get(f"/language/en/?next={address(article)}")
    page = text(client.get(address(article)))

    assert response.status_code == 303
    assert response["Location"] == address(article)
    assert '<html lang="en">' in page
    assert "Write a comment" in page
    assert f'<article class="report" lang="{article.language}">' in page
    assert "Comments that hold insults" in page


def test_problems_are_told_in_the_readers_language(client: Client, article: Article) -> None:
    client.get("/language/en/")

    page = text(send(client, article, body="", name=""))

    assert "<title>Error: " in page
    assert "Please write your comment." in page
    assert "Please write your name." in page


def test_back_to_turkish(client: Client, article: Article) -> None:
    client.get("/language/en/")
    client.get("/language/tr/")

    assert '<html lang="tr">' in text(client.get("/"))


@pytest.mark.parametrize(
    "place", ["https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)", "\\\\example.com", "", "articles/"]
)
def test_nobody_is_led_away_from_the_site(client: Client, site: object, place: str) -> None:
    assert client.get("/language/en/", {"next": place})["Location"] == "/"


@pytest.mark.parametrize("code", ["de", "TR", "x", "en-us"])
def test_there_are_two_languages(client: Client, site: object, code: str) -> None:
    assert client.get(f"/language/{code}/").status_code == 404


def test_a_mangled_choice_is_none(client: Client, site: object) -> None:
    client.cookies["django_language"] = "../../etc"

    assert '<html lang="tr">' in text(client.get("/"))


def test_a_page_that_answers_a_post_offers_no_way_out_that_would_lose_the_text(client: Client, article: Article) -> None:
    assert "/language/en/" in text(client.get(address(article)))
    assert "/language/en/" not in text(send(client, article, body=""))
