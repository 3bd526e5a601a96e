"""The frame: the same thread and form without the page around them, for pages of the allowed origins, without a cookie."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from uuid import uuid4

import jwt
import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from comments import embedding, lifecycle, receipts, sign_on
from comments.models import Article, Comment, Reader, Report
from comments.reader import tokens
from tests.comments.conftest import Submitted
from tests.comments.reader.forms import A_WHILE, Answer, hidden, in_textarea, text

FRAME = "/embed/kent-meydani/"
OURS: Mapping[str, str] = MappingProxyType({"Origin": "http://testserver"})
NEWS = "https://haber.example"


@pytest.fixture(autouse=True)
def _allowed(article: Article) -> None:
    embedding.allow(article.site, [NEWS, "https://www.haber.example:8443"])


def filled(article: Article, **typed: str) -> dict[str, str]:
    """A form that a browser without cookies was given."""
    token, submission = tokens.new(article, uuid4(), now=timezone.now() - A_WHILE)
    fields = {"body": "Meydan çok güzel olmuş.", "name": "Ayşe K.", "email": "", "parent": "", "homepage": ""}
    return fields | {"token": token, "submission_id": str(submission)} | typed


def post(article: Article, address: str = FRAME, headers: Mapping[str, str] = OURS, **typed: str) -> Answer:
    """From a browser that checks forged requests, and that keeps no cookie."""
    return Client(enforce_csrf_checks=True).post(address, filled(article, **typed), headers=dict(headers))


def test_the_frame_holds_thread_and_form_and_nothing_around_them(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    Article.objects.update(body="Haberin metni.", section="Gündem")
    lifecycle.approve(submitted("Yayımlanan yorum."), editor=editor, version=1, now=timezone.now())

    page = text(client.get(FRAME))

    assert "Yayımlanan yorum." in page
    assert f'action="{FRAME}"' in page
    assert f'href="{FRAME}?reply_to=' in page
    assert not re.search(r"Haberin metni|masthead|imprint|<h1|csrfmiddlewaretoken|/articles/", page)
    assert not re.search(r"<style|style=|<script>|\son[a-z]+=", page)


def test_only_pages_of_the_allowed_origins_may_show_it(client: Client, article: Article) -> None:
    answer = client.get(FRAME)

    assert f"frame-ancestors {NEWS} https://www.haber.example:8443;" in f"{answer['Content-Security-Policy']};"
    assert "X-Frame-Options" not in answer


def test_nobody_may_show_any_other_page(client: Client, article: Article) -> None:
    answer = client.get("/articles/kent-meydani/")

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_nobody_may_show_the_frame_until_an_origin_is_allowed(client: Client, article: Article) -> None:
    embedding.allow(article.site, [])

    answer = client.get(FRAME)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_comment_is_posted_without_any_cookie_and_its_receipt_stays_in_the_frame(article: Article) -> None:
    answer = post(article)

    comment = Comment.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/embed/receipts/{receipts.token_for(comment)}/")
    assert comment.reader.kind == Reader.Kind.GUEST
    receipt = text(Client().get(answer["Location"]))
    assert 'action="/embed/receipts/' in receipt
    assert f'value="http://testserver/receipts/{receipts.token_for(comment)}/"' in receipt
    assert not re.search(r'(href|action)="/(articles|receipts)/', receipt)


def test_a_double_click_in_the_frame_makes_one_comment(article: Article) -> None:
    fields = filled(article)

    answers = [Client(enforce_csrf_checks=True).post(FRAME, fields, headers=dict(OURS)) for _ in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("headers", [{"Origin": "https://haber.example"}, {"Origin": "null"}, {"Origin": "http://testserver.evil"}, {}])
def test_a_post_from_elsewhere_is_asked_again_with_the_text_kept(article: Article, headers: dict[str, str]) -> None:
    answer = post(article, headers=headers)

    assert answer.status_code == 403
    assert in_textarea(answer) == "Meydan çok güzel olmuş."
    assert "Bu formun bu sayfadan geldiği anlaşılamadı" in text(answer)
    assert not Comment.objects.exists()


def test_a_form_that_was_asked_again_goes_through(article: Article) -> None:
    again = post(article, body="")

    answer = post(article, token=hidden(again, "token"), submission_id=hidden(again, "submission_id"))

    assert (again.status_code, answer.status_code) == (422, 303)


@pytest.mark.parametrize("token", ["", "forged", "W10:1abc:def"])
def test_a_forged_token_is_asked_again_under_a_new_one(article: Article, token: str) -> None:
    answer = post(article, token=token)

    assert answer.status_code == 422
    assert tokens.guest_of(hidden(answer, "token"))


def test_a_token_of_one_article_is_none_of_another(article: Article) -> None:
    Article.objects.create(site=article.site, key="baska", title="Başka")

    answer = post(article, "/embed/baska/")

    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("move", ["revisions", "withdraw"])
def test_a_receipt_takes_no_posts_from_elsewhere(submitted: Submitted, move: str) -> None:
    comment = submitted("Herkez vapuru bekliyordu.", "correct")
    address = f"/embed/receipts/{receipts.token_for(comment)}/{move}/"
    sent = {"version": "1", "body": "Herkes vapuru bekliyordu."}

    refused, taken = (Client(enforce_csrf_checks=True).post(address, sent, headers=dict(headers)) for headers in ({"Origin": NEWS}, OURS))

    assert (refused.status_code, taken.status_code) == (403, 303)
    assert taken["Location"] == f"/embed/receipts/{receipts.token_for(comment)}/"


def test_language_and_look_are_carried_along(article: Article) -> None:
    address = f"{FRAME}?language=en&accent=aa0000&unknown=1"
    page = text(Client().get(address))

    assert '<html lang="en">' in page
    assert "Send comment" in page
    assert '<link rel="stylesheet" href="/embed/theme.css?language=en&accent=aa0000">' in page
    assert post(article, address)["Location"].endswith("/?language=en&accent=aa0000")


def test_an_unknown_language_is_the_services_own(client: Client, article: Article) -> None:
    assert '<html lang="tr">' in text(client.get(f"{FRAME}?language=xx"))


def test_an_error_is_told_inside_the_frame(client: Client, article: Article) -> None:
    answer = client.get("/embed/yok/")

    assert answer.status_code == 404
    assert "masthead" not in text(answer)
    assert f"frame-ancestors {NEWS}" in answer["Content-Security-Policy"]


def test_a_database_that_fails_is_told_as_a_page(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(embedding, "origins", fail)

    answer = Client(raise_request_exception=False).get(FRAME)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


SECRET = "haber-sitesinin-paylasilan-uzun-sirri"


@pytest.fixture
def bearer(article: Article) -> dict[str, str]:
    """The header of a user who is signed in at the news site."""
    sign_on.trust(article.site, "https://haber.example", "mizan", secret=SECRET)
    said = {"iss": "https://haber.example", "aud": "mizan", "sub": "okur-17", "name": "Ayşe Kaya", "exp": timezone.now() + A_WHILE}
    return {"Authorization": f"Bearer {jwt.encode(said, SECRET)}"}


def test_a_signed_on_user_is_given_a_form_in_his_name(article: Article, bearer: dict[str, str]) -> None:
    page = Client().get(FRAME, headers=bearer)
    reader = Reader.objects.get()

    assert "<bdi>Ayşe Kaya</bdi>" in text(page)
    assert 'type="text" value=""' in text(page)  # the field for robots
    assert 'id="name"' not in text(page)
    assert tokens.guest_of(hidden(page, "token")) == reader.public_id


def test_what_a_signed_on_user_writes_is_his_whatever_name_is_typed(article: Article, bearer: dict[str, str]) -> None:
    Client().get(FRAME, headers=bearer)
    reader = Reader.objects.get()
    token, submission = tokens.new(article, reader.public_id, now=timezone.now() - A_WHILE)

    again = post(article, token=token, submission_id=str(submission), name="Başkası", body="")
    answer = post(article, token=token, submission_id=str(submission), name="Başkası")

    comment = Comment.objects.get()
    assert "<bdi>Ayşe Kaya</bdi>" in text(again)
    assert answer.status_code == 303
    assert (comment.reader, comment.author_name) == (reader, "Ayşe Kaya")


@pytest.mark.parametrize("header", ["Bearer", "Bearer x.y.z", "", "Basic eDp5", f"Bearer {'a' * 5000}"])
def test_a_sign_on_that_cannot_be_believed_gets_no_form_at_all(article: Article, bearer: dict[str, str], header: str) -> None:
    answer = Client().get(FRAME, headers={"Authorization": header})

    assert answer.status_code == 401
    assert "Haber sitesindeki oturumunuz doğrulanamadı" in text(answer)
    assert "<form" not in text(answer)
    assert "masthead" not in text(answer)


def test_a_cookie_signs_nobody_on_in_a_frame(article: Article, bearer: dict[str, str]) -> None:
    browser = Client()
    browser.get(FRAME, headers=bearer)

    assert "Ayşe Kaya" not in text(browser.get(FRAME))


def test_who_reports_in_the_frame_is_told_there_what_became_of_it(submitted: Submitted, senior_editor: User) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=senior_editor, version=1, now=timezone.now())
    page = f"/embed/comments/{comment.public_id}/report/"
    form = Client().get(page)
    assert "csrfmiddlewaretoken" not in text(form)

    sent = Client(enforce_csrf_checks=True).post(page, {"reason": "insults", "text": "", "token": hidden(form, "token")}, headers=dict(OURS))

    assert sent.status_code == 303
    assert "Bildiriminiz editörlerde" in text(Client().get(sent["Location"]))
    assert Report.objects.count() == 1


def test_a_signed_on_users_report_is_his(submitted: Submitted, senior_editor: User, bearer: dict[str, str]) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=senior_editor, version=1, now=timezone.now())
    page = f"/embed/comments/{comment.public_id}/report/"
    form = Client().get(page, headers=bearer)

    Client().post(page, {"reason": "insults", "text": "", "token": hidden(form, "token")}, headers=dict(OURS))

    assert Report.objects.get().reader.subject == "okur-17"
    assert "Bildiriminiz editörlerde" in text(Client().get(page, headers=bearer))


@pytest.mark.parametrize("page", [FRAME, "/articles/kent-meydani/"])
def test_a_users_picture_stands_beside_his_comment_and_from_nowhere_else_may_one_be_loaded(
    page: str, submitted: Submitted, senior_editor: User
) -> None:
    head = submitted()
    lifecycle.approve(head, editor=senior_editor, version=1, now=timezone.now())
    before = Client().get(page)
    Reader.objects.update(picture="https://resim.haber.example/17.jpg")

    after = Client().get(page)

    assert 'src="https://resim.haber.example/17.jpg"' in text(after)
    assert "img-src 'self' data: https://resim.haber.example;" in f"{after['Content-Security-Policy']};"
    assert "img-src 'self' data:;" in f"{before['Content-Security-Policy']};"
