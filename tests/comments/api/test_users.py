"""Users of the news site show its token: their comments are theirs, under the name that it gives them."""

from datetime import timedelta
from typing import Any

import jwt
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle, sanctions, sign_on
from comments.models import Article, Comment, Reader, Report, Sanction
from moderation.models import Site
from tests.comments.api.calls import CLEAN, SUBMISSION, codes, document, post
from tests.comments.conftest import Submitted, make_editor

SECRET = "haber-sitesinin-paylasilan-uzun-sirri"
COMMENTS = "articles/kent-meydani/comments/"


@pytest.fixture(autouse=True)
def _trusted(site: Site) -> None:
    sign_on.trust(site, "https://haber.example", "mizan", secret=SECRET)


def bearer(secret: str = SECRET, **changed: object) -> str:
    """The header Authorization of a user."""
    said = {"iss": "https://haber.example", "aud": "mizan", "sub": "okur-17", "name": "Ayşe Kaya", "exp": timezone.now() + timedelta(minutes=5)}
    return f"Bearer {jwt.encode({**said, **changed}, secret)}"


def send(client: Client, authorization: str, **more: object) -> Any:
    return post(client, COMMENTS, {**SUBMISSION, **more}, Authorization=authorization)


def test_a_users_comment_stands_under_the_name_in_his_token(client: Client, article: Article) -> None:
    answer = send(client, bearer())

    comment = Comment.objects.get()
    assert answer.status_code == 201
    assert not answer.cookies
    assert comment.author_name == "Ayşe Kaya"
    assert (comment.reader.kind, comment.reader.issuer, comment.reader.subject) == (Reader.Kind.USER, "https://haber.example", "okur-17")


def test_without_a_name_in_the_token_the_one_that_was_sent_counts(client: Client, article: Article) -> None:
    send(client, bearer(name=""))

    assert Comment.objects.get().author_name == "Ayşe K."


def test_a_user_is_one_reader_from_any_browser(article: Article) -> None:
    for body in (CLEAN, "Başka bir yorum."):
        send(Client(), bearer(), body=body)

    assert Comment.objects.values("reader").distinct().count() == 1


@pytest.mark.parametrize(
    "authorization",
    [
        bearer("baska-birinin-yine-uzun-olan-sirri!"),
        bearer(exp=timezone.now() - timedelta(minutes=5)),
        bearer(aud="baska"),
        "Bearer",
        "Bearer ",
        "bearer x",
        f"Bearer {'a' * 5000}",
    ],
)
def test_a_wrong_token_is_refused_and_its_bearer_is_no_guest_instead(client: Client, article: Article, authorization: str) -> None:
    answer = send(client, authorization)

    assert (answer.status_code, document(answer)["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Api-Key, Bearer"
    assert not answer.cookies
    assert not Comment.objects.exists()


def test_a_token_is_no_key(client: Client, article: Article, submitted: Submitted) -> None:
    comment = submitted()

    put = client.put("/api/v1/articles/kent-meydani/", {"title": "Başka"}, content_type="application/json", headers={"Authorization": bearer()})
    queue = client.get("/api/v1/queue/", headers={"Authorization": bearer()})
    decision = post(client, f"comments/{comment.public_id}/decisions/", {"decision": "approve", "version": 1}, Authorization=bearer())

    assert [answer.status_code for answer in (put, queue, decision)] == [403, 403, 403]


def test_a_user_does_not_say_for_whom_he_asks(client: Client, article: Article) -> None:
    assert send(client, bearer(), author={"name": "Ayşe", "subject": "okur-18"}).status_code == 403


def test_the_same_key_of_a_user_and_of_another_are_two(article: Article) -> None:
    def sent(subject: str) -> str:
        answer = post(Client(), COMMENTS, SUBMISSION, Authorization=bearer(sub=subject), Idempotency_Key="bir")
        return str(document(answer)["id"])

    assert sent("okur-17") == sent("okur-17") != sent("okur-18")


def test_a_user_who_was_banned_writes_no_more(client: Client, article: Article) -> None:
    send(client, bearer())
    editor = make_editor("nermin", "sanction_reader")
    sanctions.impose(Comment.objects.get().reader, Sanction.Kind.BAN, editor=editor, reason="insults", now=timezone.now())

    assert (send(client, bearer(), body="Yine ben.").status_code, Comment.objects.count()) == (403, 1)


def test_one_report_counts_for_each_user(submitted: Submitted, senior_editor: User) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=senior_editor, version=1, now=timezone.now())

    for subject in ("okur-1", "okur-1", "okur-2"):
        answer = post(Client(), f"comments/{comment.public_id}/report/", {"reason": "insults"}, Authorization=bearer(sub=subject))
        assert answer.status_code == 200

    assert Report.objects.count() == 2


def test_a_users_name_is_judged_like_any_other(client: Client, article: Article) -> None:
    assert codes(send(client, bearer(name="Salak Herif"))) == {"author.name": ["offensive_name"]}
