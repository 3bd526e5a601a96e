"""The page behind the (!): a complaint reaches the editors, and its reporter is told what became of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.lanes import in_lane
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Report
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.reader.forms import address, text
from tests.comments.reader.test_article import published


@pytest.fixture
def comment(submitted: Submitted, editor: User) -> Comment:
    return published(submitted("Meydana bakan evlerin gürültüsü arttı."), editor)


def page_of(comment: Comment) -> str:
    return f"/comments/{comment.public_id}/report/"


def test_every_published_comment_leads_to_its_report(client: Client, article: Article, comment: Comment) -> None:
    assert f'href="{page_of(comment)}"' in text(client.get(address(article)))


def test_a_report_is_stored_and_raises_the_comment_in_the_queue(client: Client, comment: Comment) -> None:
    response = client.post(page_of(comment), {"reason": "insults", "text": "Komşuma hakaret ediyor."})

    report = Report.objects.get()
    assert (response.status_code, response["Location"]) == (303, page_of(comment))
    assert (report.comment, report.reason, report.text) == (comment, "insults", "Komşuma hakaret ediyor.")
    assert list(in_lane("reported")) == [comment]


def test_a_second_report_from_the_same_browser_changes_nothing(client: Client, comment: Comment) -> None:
    client.post(page_of(comment), {"reason": "insults"})

    response = client.post(page_of(comment), {"reason": "swearing", "text": "Bir de küfür var."})

    assert "Bildiriminiz editörlerde" in text(response)
    assert Report.objects.get().reason == "insults"


@pytest.mark.parametrize("typed", [{}, {"reason": ""}, {"reason": "spelling"}, {"reason": "\x00"}, {"reason": "insults", "text": "a" * 2001}])
def test_a_report_that_cannot_be_taken_says_why_and_keeps_its_words(client: Client, comment: Comment, typed: dict[str, str]) -> None:
    response = client.post(page_of(comment), {"text": "Komşuma hakaret ediyor.", **typed})

    assert response.status_code == 422
    assert "Bildiriminiz henüz gönderilmedi" in text(response)
    assert typed.get("text", "Komşuma hakaret ediyor.") in text(response)
    assert not Report.objects.exists()


def test_the_reporter_is_told_that_the_comment_was_removed(client: Client, comment: Comment, editor: User) -> None:
    client.post(page_of(comment), {"reason": "insults"})
    comment.refresh_from_db()

    lifecycle.remove(comment, editor=editor, version=comment.version, reasons=Reasons(frozenset({Clause.INSULTS})), now=timezone.now())

    response = client.get(page_of(comment))
    assert "Yorum kaldırıldı" in text(response)
    assert "gürültüsü" not in text(response)
    assert Client().get(page_of(comment)).status_code == 404


def test_the_reporter_is_told_that_the_comment_stays(client: Client, comment: Comment, editor: User) -> None:
    client.post(page_of(comment), {"reason": "off_topic"})
    comment.refresh_from_db()

    lifecycle.dismiss_reports(comment, editor=editor, version=comment.version, now=timezone.now())

    assert "Yorum yayında kalıyor" in text(client.get(page_of(comment)))
    assert "Yorumu bildir" in text(Client().get(page_of(comment)))


def test_a_comment_that_its_writer_took_back_leaves_nothing_to_answer(client: Client, comment: Comment) -> None:
    client.post(page_of(comment), {"reason": "off_topic"})
    comment.refresh_from_db()

    lifecycle.withdraw(comment, version=comment.version, now=timezone.now() + timedelta(minutes=1))

    assert "Yorum artık yayında değil" in text(client.get(page_of(comment)))


def test_what_the_public_does_not_see_cannot_be_reported(client: Client, submitted: Submitted, comment: Comment) -> None:
    waiting = submitted()
    Article.objects.filter(pk=comment.article_id).update(mode=Article.Mode.CLOSED)

    assert client.get(page_of(waiting)).status_code == 404
    assert client.post(page_of(comment), {"reason": "insults"}).status_code == 404
    assert client.get(f"/comments/{uuid4()}/report/").status_code == 404
