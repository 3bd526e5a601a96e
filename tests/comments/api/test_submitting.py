"""Sending a comment through the API: by a guest's browser, and by the news site's server for its users."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import guests, receipts
from comments.api_keys import Scope
from comments.models import Article, Comment, Reader, Status
from moderation.models import Site
from tests.comments.api.calls import CLEAN, CORRECTED, INSULTING, MISSPELT, SUBMISSION, codes, document, get, key, post, publish, submit
from tests.comments.conftest import NOON

PATH = "articles/kent-meydani/comments/"


def test_a_comment_is_stored_and_answered_with_its_receipt(client: Client, article: Article) -> None:
    answer = post(client, PATH, SUBMISSION)

    comment = Comment.objects.get()
    token = receipts.token_for(comment)
    assert answer.status_code == 201
    assert document(answer) == {
        "id": str(comment.public_id),
        "status": "pending",
        "version": 1,
        "receipt": token,
        "receipt_url": f"http://testserver/receipts/{token}/",
        "text": CLEAN,
        "findings": [],
        "corrected": CLEAN,
    }
    assert answer["Location"] == f"http://testserver/api/v1/comments/{comment.public_id}/"
    assert (comment.author_name, comment.current_revision.body, comment.status) == ("Ayşe K.", CLEAN, Status.PENDING)


def test_a_comment_with_an_offence_is_stored_and_returned_with_every_fix(client: Client, article: Article) -> None:
    made = submit(client, MISSPELT)

    assert (made["status"], made["corrected"]) == ("returned", CORRECTED)
    assert made["findings"] == [
        {
            "rule": "spelling",
            "clause": "spelling",
            "start": 0,
            "end": 6,
            "excerpt": "Herkez",
            "outcome": "correct",
            "message": made["findings"][0]["message"],
            "score": None,
            "fix": {"start": 0, "end": 6, "replacement": "Herkes"},
        }
    ]


def test_an_insult_is_told_by_its_sentence_alone(client: Client, article: Article) -> None:
    body = f"Meydan güzel. {INSULTING} Teşekkürler."

    made = submit(client, body)

    [finding] = made["findings"]
    assert (made["status"], finding["clause"], finding["outcome"]) == ("returned", "insults", "reject")
    assert made["text"][finding["start"] : finding["end"]] == INSULTING
    assert [finding[name] for name in ("rule", "excerpt", "score", "fix")] == [None] * 4


def test_as_it_is_skips_the_return(client: Client, article: Article) -> None:
    assert [submit(client, body, as_is=True)["status"] for body in (CLEAN, MISSPELT, INSULTING)] == ["pending", "pending", "rejected"]


def test_the_findings_speak_the_language_asked_for(client: Client, article: Article) -> None:
    answers = [post(client, PATH, {**SUBMISSION, "body": MISSPELT}, Accept_Language=language) for language in ("tr", "en")]

    turkish, english = (document(answer)["findings"][0]["message"] for answer in answers)
    assert turkish != english


def test_spans_count_in_the_text_as_it_was_normalised(client: Client, article: Article) -> None:
    made = submit(client, "  Mu\u0308zeyi gezdim.\r\nHerkez memnundu.  ")

    assert made["text"] == "Müzeyi gezdim.\nHerkez memnundu."
    [finding] = made["findings"]
    assert made["text"][finding["start"] : finding["end"]] == finding["excerpt"] == "Herkez"


def test_a_guest_is_one_browser(client: Client, article: Article) -> None:
    submit(client)
    cookie = client.cookies[guests.COOKIE]
    submit(client, MISSPELT, author={"name": "Ayşe Kaya", "email": "ayse@example.com"})
    submit(Client())

    assert cookie["httponly"]
    mine = Reader.objects.get(name="Ayşe Kaya")
    assert (mine.kind, mine.email, mine.email_confirmed_at, mine.comments.count()) == (Reader.Kind.GUEST, "ayse@example.com", None, 2)
    assert Reader.objects.count() == 2


def test_a_reply_hangs_on_the_published_comment(client: Client, article: Article, editor: User) -> None:
    head = submit(client)["id"]
    publish(head, editor)
    reply = submit(client, parent=head)["id"]
    publish(reply, editor)

    second = submit(client, parent=reply)["id"]

    assert {str(parent) for parent in Comment.objects.filter(public_id__in=[reply, second]).values_list("parent__public_id", flat=True)} == {head}


def test_a_reply_further_down_says_what_it_answers_and_stands_under_the_head_of_its_thread(client: Client, article: Article, editor: User) -> None:
    Site.objects.update(reply_depth=2)
    line = [submit(client)["id"]]
    for _ in range(3):
        publish(line[-1], editor)
        line.append(submit(client, parent=line[-1])["id"])
    publish(line[-1], editor)

    [shown] = get(client, PATH).json()["results"]
    all_replies = client.get(shown["replies_url"]).json()["results"]

    assert [(reply["id"], reply["parent"]) for reply in shown["replies"]] == [(line[1], line[0]), (line[2], line[1]), (line[3], line[1])]
    assert shown["reply_count"] == 3
    assert all_replies == shown["replies"]
    assert all(reply["reply_count"] == 0 and not reply["replies"] for reply in all_replies)


def test_where_replies_are_switched_off_a_reply_is_refused_by_name(client: Client, article: Article, editor: User) -> None:
    head = submit(client)["id"]
    publish(head, editor)
    Site.objects.update(reply_depth=0)

    answer = post(client, PATH, {**SUBMISSION, "parent": head})

    assert answer.status_code == 400
    assert codes(answer) == {"parent": ["replies_closed"]}


def test_only_what_the_public_sees_is_replied_to(client: Client, article: Article, site: Site, editor: User) -> None:
    waiting = submit(client)["id"]
    elsewhere = Article.objects.create(site=site, key="baska", title="Başka")
    published = document(post(client, f"articles/{elsewhere.key}/comments/", SUBMISSION))["id"]
    publish(published, editor)

    for parent in (waiting, published, str(uuid4())):
        answer = post(client, PATH, {**SUBMISSION, "parent": parent})

        assert answer.status_code == 400
        assert codes(answer) == {"parent": ["unknown_parent"]}


@pytest.mark.parametrize("change", [{"comments_open": False}, {"closes_at": NOON}, {"mode": "read_only"}, {"mode": "closed"}])
def test_a_closed_article_takes_no_comments(client: Client, article: Article, change: dict[str, object]) -> None:
    Article.objects.update(**change)

    answer = post(client, PATH, SUBMISSION)

    assert (answer.status_code, document(answer)["code"]) == (409, "comments_closed")
    assert not Comment.objects.exists()
    assert not Reader.objects.exists()


def test_an_unknown_article_is_not_found(client: Client, site: Site) -> None:
    assert post(client, "articles/yok/comments/", SUBMISSION).status_code == 404


def test_an_offensive_name_is_refused_at_its_field(client: Client, article: Article) -> None:
    answer = post(client, PATH, {**SUBMISSION, "author": {"name": "Hepiniz salaksınız"}})

    assert codes(answer) == {"author.name": ["offensive_name"]}
    assert not Comment.objects.exists()


def test_the_site_s_server_writes_for_its_users(client: Client, article: Article, site: Site) -> None:
    header = key(site, Scope.SUBMIT)
    sent = {**SUBMISSION, "author": {"name": "Ayşe K.", "subject": "kullanıcı-17"}, "client": {"address": "203.0.113.9", "port": 50123}}

    answers = [post(client, PATH, sent, Authorization=header) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 201]
    reader = Reader.objects.get()
    assert (reader.kind, reader.issuer, reader.subject, reader.name) == (Reader.Kind.USER, f"key:{site.key}", "kullanıcı-17", "Ayşe K.")
    assert guests.COOKIE not in client.cookies


def test_whom_the_server_does_not_name_is_somebody_new(client: Client, article: Article, site: Site) -> None:
    for _ in range(2):
        assert post(client, PATH, SUBMISSION, Authorization=key(site, Scope.SUBMIT)).status_code == 201

    assert Reader.objects.filter(kind=Reader.Kind.GUEST).count() == 2


def test_a_key_without_the_scope_writes_nothing(client: Client, article: Article, site: Site) -> None:
    answer = post(client, PATH, SUBMISSION, Authorization=key(site, Scope.READ, Scope.MODERATE, Scope.ADMIN))

    assert (answer.status_code, document(answer)["code"]) == (403, "not_allowed")
    assert not Comment.objects.exists()


def test_a_key_sees_the_articles_of_its_own_title_alone(client: Client, article: Article) -> None:
    magazine = Site.objects.create(key="dergi", name="Dergi")

    assert post(client, PATH, SUBMISSION, Authorization=key(magazine, Scope.SUBMIT)).status_code == 404


@pytest.mark.parametrize("more", [{"author": {"name": "Ayşe", "subject": "17"}}, {"client": {"address": "203.0.113.9"}}])
def test_a_guest_does_not_say_who_he_is_elsewhere(client: Client, article: Article, more: dict[str, object]) -> None:
    answer = post(client, PATH, {**SUBMISSION, **more})

    assert (answer.status_code, document(answer)["code"]) == (403, "not_allowed")
    assert not Comment.objects.exists()


def test_nothing_but_the_named_fields_is_written(client: Client, article: Article) -> None:
    for more in ({"status": "approved"}, {"version": 7}, {"reader": 1}, {"submission_id": str(uuid4())}, {"published_at": "2026-11-22T12:00:00Z"}):
        answer = post(client, PATH, {**SUBMISSION, **more})

        assert codes(answer) == {name: ["unknown"] for name in more}
    assert not Comment.objects.exists()


def test_a_waiting_comment_is_no_part_of_the_public_list(client: Client, article: Article) -> None:
    submit(client)

    assert document(get(Client(), PATH))["results"] == []


def test_the_number_of_queries_does_not_depend_on_the_text(client: Client, article: Article) -> None:
    submit(client)
    with CaptureQueriesContext(connection) as short:
        submit(client, " ".join([MISSPELT, INSULTING] * 2))
    with CaptureQueriesContext(connection) as long:
        submit(client, " ".join([MISSPELT, INSULTING] * 30))

    assert len(short) == len(long) <= 30
