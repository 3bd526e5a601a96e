"""Filters, orders and saved views: where an editor can be at the desk; and what is new there."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.models import Article, Comment, SavedView
from tests.comments.conftest import NOON, Submitted
from tests.comments.desk.conftest import QUEUE, page_of, signed_in
from tests.comments.judgements import FAILED


def shown(desk: Client, query: str) -> list[Comment]:
    return [line.comment for line in desk.get(f"{QUEUE}?{query}").context["lines"]]


def test_a_filter_leaves_only_what_it_asks_for(desk: Client, submitted: Submitted, article: Article) -> None:
    insulting = submitted("Rantçı bunlar.", "hold", now=timezone.now() - timedelta(hours=3))
    fresh = submitted("Iğdır'da da İSTERİZ.", "hold", "correct", as_is=True, now=timezone.now())
    Article.objects.filter(pk=article.pk).update(section="kent")

    assert shown(desk, "lane=flagged&clause=insults") == [insulting, fresh]
    assert shown(desk, "lane=flagged&clause=spelling") == [fresh]
    assert shown(desk, "lane=flagged&rule=spelling") == [fresh]
    assert shown(desk, f"lane=flagged&q={quote('ığdır')}") == shown(desk, f"lane=flagged&q={quote('isteriz')}") == [fresh]
    assert shown(desk, "lane=flagged&age=2") == [insulting]
    assert shown(desk, "lane=flagged&section=kent") == [insulting, fresh]
    assert shown(desk, "lane=flagged&section=spor") == []
    assert shown(desk, f"lane=flagged&reader={fresh.reader.public_id}") == [insulting, fresh]
    assert shown(desk, "lane=flagged&policy=1&clause=spelling") == [fresh]
    assert shown(desk, "lane=flagged&policy=2") == []


@pytest.mark.parametrize("query", ["clause=yan", "rule=yan", "age=3", "policy=0", "policy=bir", "reader=7", "open=7", f"policy={9**20}"])
def test_a_filter_that_there_is_not_is_not_found(desk: Client, query: str) -> None:
    assert desk.get(f"{QUEUE}?{query}").status_code == 404


def test_the_gravest_come_first_where_the_editor_wants_them(desk: Client, submitted: Submitted) -> None:
    mild = submitted("meydan güzel.", "correct", as_is=True, now=NOON - timedelta(hours=3))
    failed = submitted("Meydan güzel.", FAILED, now=NOON - timedelta(hours=1))
    grave = submitted("Rantçı bunlar.", "hold", now=NOON - timedelta(hours=2))

    assert shown(desk, "lane=flagged&order=gravest") == [grave, failed, mild]
    assert shown(desk, f"lane=flagged&order=gravest&after={failed.public_id}") == [mild]


def test_the_card_that_the_address_names_is_open(desk: Client, submitted: Submitted) -> None:
    submitted("Birinci.")
    second = submitted("İkinci.")

    assert desk.get(f"{QUEUE}?lane=clean&open={second.public_id}").context["card"].comment == second
    assert desk.get(f"{QUEUE}?lane=clean&open=00000000-0000-4000-8000-000000000000").status_code == 404


def test_htmx_is_given_the_parts_that_it_asks_for(desk: Client, submitted: Submitted) -> None:
    address = f"{QUEUE}?lane=clean&open={submitted().public_id}"

    card = desk.get(address, headers={"HX-Request": "true", "Desk-Part": "card"}).content.decode()
    parts = desk.get(address, headers={"HX-Request": "true"}).content.decode()

    assert 'id="card"' in card
    assert 'id="list"' not in card
    assert all(f'id="{part}"' in parts for part in ("done", "lanes", "tools", "list", "card"))
    assert "<html" not in card + parts


@pytest.mark.parametrize(("hours", "urgency"), [(1, ""), (2, "late"), (7, "late"), (8, "overdue")])
def test_what_waits_long_is_shown_so(desk: Client, submitted: Submitted, hours: int, urgency: str) -> None:
    submitted(now=timezone.now() - timedelta(hours=hours, minutes=1))

    page = desk.get(QUEUE)

    assert page.context["lines"][0].urgency == page.context["card"].urgency == urgency


def test_what_waits_no_more_is_not_late(desk: Client, submitted: Submitted, editor: User) -> None:
    comment = submitted(now=NOON - timedelta(days=3))
    lifecycle.approve(comment, editor=editor, version=1, now=NOON)

    assert desk.get(page_of(comment)).context["card"].urgency == ""


def test_a_view_is_saved_shown_replaced_and_forgotten(desk: Client, editor: User, other_editor: User) -> None:
    saved = desk.post(f"{QUEUE}views/?lane=flagged&clause=insults&order=gravest", {"name": "Hakaretler"})
    assert saved["Location"] == f"{QUEUE}?lane=flagged&clause=insults&order=gravest"
    assert "Hakaretler</a>" in desk.get(QUEUE).content.decode()
    assert "Hakaretler</a>" not in signed_in(other_editor).get(QUEUE).content.decode()

    desk.post(f"{QUEUE}views/?lane=flagged&clause=swearing", {"name": "Hakaretler"})
    [view] = editor.saved_views.all()
    assert view.query == "lane=flagged&clause=swearing"

    signed_in(other_editor).post(f"{QUEUE}views/{view.pk}/forget/")
    assert SavedView.objects.exists()
    desk.post(f"{QUEUE}views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_saved(desk: Client) -> None:
    answer = desk.post(f"{QUEUE}views/?lane=flagged", {"name": " "}, follow=True)

    assert "Görünüme bir ad verin." in answer.content.decode()
    assert not SavedView.objects.exists()


def test_what_has_come_since_is_told_once(desk: Client, other_editor: User, submitted: Submitted) -> None:
    submitted(now=NOON - timedelta(minutes=1))
    since = quote(NOON.isoformat())
    submitted(now=NOON + timedelta(seconds=1))
    later = submitted("Emeği geçenlere teşekkürler.", now=NOON + timedelta(seconds=2))
    signed_in(other_editor).get(page_of(later))

    answer = desk.get(f"{QUEUE}news/?lane=clean&since={since}")
    again = desk.get(f"{QUEUE}news/?lane=clean&since={since}", headers={"If-None-Match": answer["ETag"]})

    told = answer.json()
    assert (told["new"], told["told"], told["lanes"]["clean"]) == (2, "2 yeni yorum", "3")
    assert told["holders"] == {str(later.public_id): "mert"}
    assert (again.status_code, again.content) == (304, b"")
    assert desk.get(f"{QUEUE}news/?lane=flagged&since={since}").json()["told"] == ""
    assert desk.get(f"{QUEUE}news/?lane=all&since={since}").json()["new"] == 0


@pytest.mark.parametrize("since", ["", "dün", "2026-11-22T12:00:00"])
def test_news_since_no_time_is_not_found(desk: Client, since: str) -> None:
    assert desk.get(f"{QUEUE}news/?lane=clean&since={quote(since)}").status_code == 404
