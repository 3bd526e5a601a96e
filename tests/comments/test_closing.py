"""When an article takes no comments: by hand, by its time, by age, by the hour, by the one switch; and how that is told."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from comments import closing
from comments.models import Article, Comment
from moderation.models import Site
from tests.comments.api.calls import document, post
from tests.comments.reader.forms import address, in_textarea, send, text

# Noon in UTC is 15.00 in Istanbul.
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "open": ({}, {}, ""),
    "nothing appears without an editor": ({}, {"mode": "premoderated"}, ""),
    "by hand": ({}, {"comments_open": False}, "Bu haber yoruma kapalı."),
    "read only": ({}, {"mode": "read_only"}, "Bu haber yoruma kapalı."),
    "by its time": (
        {},
        {"closes_at": datetime.fromisoformat("2026-11-22T14:30:00+03:00")},
        "Bu haber 22 Kasım 2026, 14.30 tarihinde yoruma kapandı.",
    ),
    "before its time": ({}, {"closes_at": datetime.fromisoformat("2026-11-22T15:30:00+03:00")}, ""),
    "the one switch": ({"opening": "closed"}, {}, "Şu anda bütün haberlerde yorumlar kapalı."),
    "too old": ({"closes_after_days": 3}, {"published_at": datetime.fromisoformat("2026-11-19T15:00:00+03:00")}, "Haberler 3 gün boyunca"),
    "just young enough": ({"closes_after_days": 3}, {"published_at": datetime.fromisoformat("2026-11-19T15:00:01+03:00")}, ""),
    "in closed hours": ({"closed_from": time(15), "closed_until": time(16)}, {}, "saat 16.00 olunca yeniden açılacak."),
    "after closed hours": ({"closed_from": time(14), "closed_until": time(15)}, {}, ""),
    "closed over midnight": ({"closed_from": time(22), "closed_until": time(7)}, {}, ""),
    "closed over noon": ({"closed_from": time(22), "closed_until": time(20)}, {}, "saat 20.00 olunca"),
}


@pytest.mark.parametrize(("of_site", "of_article", "told"), CASES.values(), ids=CASES)
def test_an_article_says_whether_it_takes_comments_and_why_not(
    article: Article, now: datetime, of_site: dict[str, Any], of_article: dict[str, Any], told: str
) -> None:
    for changed, fields in ((article.site, of_site), (article, of_article)):
        for name, value in fields.items():
            setattr(changed, name, value)
        changed.full_clean()

    said = str(closing.told(article, now=now))

    assert told in said
    assert bool(said) == bool(told)
    assert article.accepts_comments(now) is not bool(told)


def test_what_is_closed_is_told_on_the_page_at_the_form_and_by_the_api(client: Client, article: Article) -> None:
    Site.objects.update(opening=Site.Opening.CLOSED)

    page = client.get(address(article))
    sent = send(client, article, body="Meydan çok güzel olmuş.")
    answer = post(client, "articles/kent-meydani/comments/", {"body": "Meydan güzel.", "author": {"name": "Ayşe"}})

    told = "Şu anda bütün haberlerde yorumlar kapalı."
    assert told in text(page)
    assert 'id="form"' not in text(page)
    assert (sent.status_code, in_textarea(sent)) == (409, "Meydan çok güzel olmuş.")
    assert told in text(sent)
    assert (answer.status_code, document(answer)["code"]) == (409, "comments_closed")
    assert told in document(answer)["detail"]
    assert not Comment.objects.exists()


def test_a_writer_may_still_correct_what_he_sent_before_it_closed(client: Client, article: Article) -> None:
    receipt = send(client, article, body="MEYDAN ÇOK GÜZEL OLMUŞ, ELLERİNİZE SAĞLIK.")["Location"]
    Article.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    sent = client.post(f"{receipt}revisions/", {"version": "1", "body": "Meydan çok güzel olmuş."})

    assert sent.status_code == 303
    assert Comment.objects.get().status == "pending"


def test_closed_hours_have_a_beginning_and_an_end(site: Site) -> None:
    site.closed_from = time(22)

    with pytest.raises(ValidationError, match="hem başı hem sonu"):
        site.full_clean()
