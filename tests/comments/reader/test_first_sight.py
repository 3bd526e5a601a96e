"""An article becomes known by the page that embeds it, if what the page says is signed with the title's secret."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import embedding, first_sight
from comments.models import Article
from moderation.models import Site
from tests.comments.reader.forms import Answer, text

KEY = "vapur-2026"
SAID = ("İskeleye yeni vapur", "https://haber.example/vapur-2026", "2026-11-22T09:30:00+03:00")


@pytest.fixture
def secret(site: Site) -> str:
    embedding.allow(site, ["https://haber.example"])
    return embedding.new_secret(site, now=timezone.now())


def shown(signed: str, said: tuple[str, str, str] = SAID, key: str = KEY) -> Answer:
    title, url, published_at = said
    return Client().get(f"/embed/{key}/", {"title": title, "url": url, "published_at": published_at, "signature": signed})


def test_a_signed_page_makes_its_article_known(secret: str) -> None:
    answer = shown(first_sight.signature(secret, KEY, *SAID))

    article = Article.objects.get()
    assert answer.status_code == 200
    assert "Yorumu gönder" in text(answer)
    assert (article.key, article.title, article.url) == (KEY, SAID[0], SAID[1])
    assert article.published_at == datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


def test_the_signature_is_one_that_any_language_can_make(secret: str) -> None:
    """As `printf 'key\\ntitle\\nurl\\ntime' | openssl dgst -sha256 -hmac secret` prints it."""
    made = first_sight.signature("giz", "k", "Başlık", "", "")

    assert made == "9730d7819feb4b2b47834ec0aaf4ffd5adee7459a85f136406caecd9a02f941a"


def test_seen_again_nothing_changes(secret: str) -> None:
    shown(first_sight.signature(secret, KEY, *SAID))
    other = ("Başka başlık", *SAID[1:])

    answer = shown(first_sight.signature(secret, KEY, *other), other)

    assert answer.status_code == 200
    assert Article.objects.get().title == SAID[0]


def test_the_secret_before_counts_during_the_overlap(secret: str, site: Site) -> None:
    signed = first_sight.signature(secret, KEY, *SAID)
    embedding.new_secret(site, now=timezone.now(), overlap=timedelta(hours=1))

    assert shown(signed).status_code == 200


def test_without_address_and_time_the_title_is_enough(secret: str) -> None:
    said = ("Başlık", "", "")

    assert shown(first_sight.signature(secret, KEY, *said), said).status_code == 200


def test_an_unsigned_page_makes_nothing_known_and_says_so(secret: str) -> None:
    answer = shown("")

    assert answer.status_code == 404
    assert "Haber sitesi bu haberi yorum hizmetine henüz tanıtmamış." in text(answer)
    assert not Article.objects.exists()


@pytest.mark.parametrize("forged", ["0" * 64, "ğ", "\x00", "a" * 10_000])
def test_a_forged_signature_makes_nothing_known(secret: str, forged: str) -> None:
    answer = shown(forged)

    assert answer.status_code == 404
    assert "imza tutmuyor" in text(answer)
    assert not Article.objects.exists()


@pytest.mark.parametrize("changed", [0, 1, 2])
def test_every_word_is_signed(secret: str, changed: int) -> None:
    said = [*SAID]
    said[changed] += "1"

    assert shown(first_sight.signature(secret, KEY, *SAID), (said[0], said[1], said[2])).status_code == 404
    assert shown(first_sight.signature(secret, "baska", *SAID)).status_code == 404


def test_without_a_secret_no_signature_counts(site: Site) -> None:
    assert shown(first_sight.signature("", KEY, *SAID)).status_code == 404


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("", "", ""), "başlığı olmalı"),
        (("iki\nsatır", "", ""), "başlığı olmalı"),
        (("x" * 501, "", ""), "başlığı olmalı"),
        (("Başlık", "javascript:alert(1)", ""), "web adresi değil"),
        (("Başlık", f"https://haber.example/{'a' * 2000}", ""), "web adresi değil"),
        (("Başlık", "", "dün"), "yayın zamanı"),
        (("Başlık", "", "2026-11-22T09:30:00"), "yayın zamanı"),
        (("Başlık", "", "0001-01-01T00:00:00+00:00"), "yayın zamanı"),
    ],
)
def test_what_makes_no_sense_is_refused_though_it_is_signed(secret: str, said: tuple[str, str, str], told: str) -> None:
    answer = shown(first_sight.signature(secret, KEY, *said), said)

    assert answer.status_code == 404
    assert told in text(answer)
    assert not Article.objects.exists()
