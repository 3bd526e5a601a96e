"""The public lists: what they show, what they hide, and that no page skips or repeats while comments come and go."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comments import guests, lifecycle
from comments.api import discussion
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, Submitted
from tests.comments.judgements import judgement

SHAPE = {
    "id",
    "article",
    "parent",
    "body",
    "author",
    "submitted_at",
    "published_at",
    "edited_at",
    "reply_count",
    "replies",
    "replies_url",
    "permalink",
}
Published = Callable[..., Comment]


def comments_of(article: Article) -> str:
    return f"/api/v1/articles/{article.key}/comments/"


def listed(client: Client, url: str) -> dict[str, Any]:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content
    document: dict[str, Any] = json.loads(answer.content)
    return document


def pages(client: Client, url: str) -> Iterator[list[dict[str, Any]]]:
    following: str | None = url
    while following:
        page = listed(client, following)
        yield page["results"]
        following = page["next"]


def bodies(results: list[dict[str, Any]]) -> list[str]:
    return [comment["body"] for comment in results]


@pytest.fixture
def published(submitted: Submitted, editor: User) -> Published:
    def publish(body: str, *, at: datetime = NOON, parent: Comment | None = None) -> Comment:
        comment = submitted(body, now=at, parent=parent)
        lifecycle.approve(comment, editor=editor, version=1, now=at)
        return comment

    return publish


def remove(comment: Comment, editor: User) -> None:
    unlawful = Reasons(house_reasons=frozenset({"unlawful"}))
    lifecycle.remove(comment, editor=editor, version=comment.version, now=NOON, reasons=unlawful)


def test_a_published_comment_is_shown_in_exactly_this_shape(client: Client, article: Article, published: Published) -> None:
    comment = published("Meydan çok güzel olmuş.", at=NOON + timedelta(microseconds=5))

    [shown] = listed(client, comments_of(article))["results"]

    assert shown == {
        "id": str(comment.public_id),
        "article": "kent-meydani",
        "parent": None,
        "body": "Meydan çok güzel olmuş.",
        "author": {"name": "Ayşe K.", "staff": False},
        "submitted_at": "2026-11-22T12:00:00.000005Z",
        "published_at": "2026-11-22T12:00:00.000005Z",
        "edited_at": None,
        "reply_count": 0,
        "replies": [],
        "replies_url": f"http://testserver/api/v1/comments/{comment.public_id}/replies/",
        "permalink": f"http://testserver/articles/kent-meydani/?comment={comment.public_id}#comment-{comment.public_id}",
    }


def test_nothing_is_shown_that_no_editor_approved(client: Client, article: Article, submitted: Submitted, published: Published, editor: User) -> None:
    submitted("Bekleyen bir yorum.")
    submitted("meydan güzel olmuş.", "correct")
    submitted("Rantçı bunlar.", "reject", as_is=True)
    lifecycle.withdraw(published("Geri alınan bir yorum."), version=2, now=NOON)
    remove(published("Kaldırılan bir yorum."), editor)
    shown = published("Yayımlanan bir yorum.")
    Reader.objects.update(email="ayse@example.org")

    for url in (comments_of(article), f"{comments_of(article)}?flat=1"):
        answer = client.get(url)
        page = json.loads(answer.content)
        text = answer.content.decode()
        assert bodies(page["results"]) == ["Yayımlanan bir yorum."]
        assert (page["next"], page["previous"]) == (None, None)
        assert "ayse@example.org" not in text
        assert str(shown.reader.public_id) not in text


def test_an_edited_comment_shows_what_was_approved_until_an_editor_has_seen_the_new_text(
    client: Client, article: Article, published: Published, editor: User
) -> None:
    comment = published("Meydan güzel olmuş.")
    edited = "Meydan çok güzel olmuş."
    lifecycle.edit(comment, judgement(article.site, edited), version=2, body=edited, now=NOON)

    [shown] = listed(client, comments_of(article))["results"]
    assert (shown["body"], shown["edited_at"]) == ("Meydan güzel olmuş.", None)
    assert set(shown) == SHAPE

    lifecycle.approve(comment, editor=editor, version=3, now=NOON + timedelta(minutes=1))
    [shown] = listed(client, comments_of(article))["results"]
    assert (shown["body"], shown["edited_at"], shown["published_at"]) == (edited, "2026-11-22T12:01:00Z", "2026-11-22T12:00:00Z")


def test_the_newest_come_first_unless_the_oldest_are_asked_for(client: Client, article: Article, published: Published) -> None:
    for minute in range(3):
        published(f"{minute}. dakika", at=NOON + timedelta(minutes=minute))

    assert bodies(listed(client, comments_of(article))["results"]) == ["2. dakika", "1. dakika", "0. dakika"]
    assert bodies(listed(client, f"{comments_of(article)}?order=oldest")["results"]) == ["0. dakika", "1. dakika", "2. dakika"]


def test_a_comment_carries_its_first_five_replies_and_says_where_all_are(client: Client, article: Article, published: Published) -> None:
    head = published("Meydan kimin için açıldı?")
    for minute in range(7):
        published(f"{minute}. yanıt", at=NOON + timedelta(minutes=minute), parent=head)
    published("Başka bir konu.", at=NOON + timedelta(hours=1))

    other, shown = listed(client, comments_of(article))["results"]

    assert (other["reply_count"], other["replies"]) == (0, [])
    assert shown["reply_count"] == 7
    assert bodies(shown["replies"]) == [f"{minute}. yanıt" for minute in range(5)]
    assert all(set(reply) == SHAPE and reply["parent"] == shown["id"] for reply in shown["replies"])
    assert [bodies(page) for page in pages(client, shown["replies_url"] + "?limit=4")] == [
        [f"{minute}. yanıt" for minute in range(4)],
        [f"{minute}. yanıt" for minute in range(4, 7)],
    ]


def test_flat_puts_replies_among_the_others(client: Client, article: Article, published: Published) -> None:
    head = published("Meydan kimin için açıldı?")
    published("Başka bir konu.", at=NOON + timedelta(minutes=1))
    published("Herkes için.", at=NOON + timedelta(minutes=2), parent=head)

    shown = listed(client, f"{comments_of(article)}?flat=1&order=oldest")["results"]

    assert bodies(shown) == ["Meydan kimin için açıldı?", "Başka bir konu.", "Herkes için."]
    assert [comment["reply_count"] for comment in shown] == [1, 0, 0]
    assert shown[2]["parent"] == str(head.public_id)


@pytest.mark.parametrize("fate", ["removed", "withdrawn", "erased"])
def test_what_is_gone_stands_without_text_and_name_while_it_has_replies(
    client: Client, article: Article, published: Published, editor: User, fate: str
) -> None:
    head = published("Meydan kimin için açıldı?")
    reply = published("Herkes için.", parent=head)
    if fate == "removed":
        remove(head, editor)
    elif fate == "withdrawn":
        lifecycle.withdraw(head, version=2, now=NOON)
    else:
        lifecycle.erase(head, editor=editor, version=2, now=NOON)

    [shown] = listed(client, comments_of(article))["results"]
    assert (shown["body"], shown["author"], shown["status"]) == (None, None, fate)
    assert bodies(shown["replies"]) == ["Herkes için."]
    assert "Ayşe" not in json.dumps({**shown, "replies": []})
    assert bodies(listed(client, shown["replies_url"])["results"]) == ["Herkes için."]
    assert bodies(listed(client, f"{comments_of(article)}?flat=1")["results"]) == ["Herkes için."]

    remove(reply, editor)
    assert listed(client, comments_of(article))["results"] == []
    assert client.get(shown["replies_url"]).status_code == 404


def test_a_comment_that_was_edited_and_then_rejected_counts_as_removed(client: Client, article: Article, published: Published, editor: User) -> None:
    head = published("Meydan kimin için açıldı?")
    published("Herkes için.", parent=head)
    lifecycle.edit(head, judgement(article.site, "Reklam"), version=2, body="Reklam", now=NOON)
    lifecycle.reject(head, editor=editor, version=3, now=NOON, reasons=Reasons(clauses=frozenset({Clause.INSULTS})))

    [shown] = listed(client, comments_of(article))["results"]

    assert shown["status"] == "removed"


def test_replies_that_wait_are_neither_shown_nor_counted(client: Client, article: Article, submitted: Submitted, published: Published) -> None:
    head = published("Meydan kimin için açıldı?")
    submitted("Bekleyen bir yanıt.", parent=head)

    [shown] = listed(client, comments_of(article))["results"]

    assert (shown["reply_count"], shown["replies"]) == (0, [])
    assert listed(client, shown["replies_url"])["results"] == []


def test_there_are_no_replies_to_a_comment_that_nobody_may_see(client: Client, submitted: Submitted) -> None:
    assert client.get(f"/api/v1/comments/{submitted().public_id}/replies/").status_code == 404
    assert client.get("/api/v1/comments/00000000-0000-4000-8000-000000000000/replies/").status_code == 404


def test_a_closed_article_shows_nothing(client: Client, article: Article, published: Published) -> None:
    comment = published("Meydan çok güzel olmuş.")
    Article.objects.filter(pk=article.pk).update(mode=Article.Mode.CLOSED)

    assert listed(client, comments_of(article)) == {"results": [], "next": None, "previous": None}
    assert listed(client, f"{comments_of(article)}?flat=1")["results"] == []
    assert client.get(f"/api/v1/comments/{comment.public_id}/replies/").status_code == 404


def test_one_comment_can_be_shown_by_itself(published: Published, submitted: Submitted) -> None:
    head = published("Meydan kimin için açıldı?")
    published("Herkes için.", parent=head)

    row = discussion.one(head.public_id)

    assert row
    assert (row["reply_count"], row["published_revision__body"]) == (1, "Meydan kimin için açıldı?")
    assert discussion.one(submitted().public_id) is None


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("order=yan", "order"),
        ("flat=evet", "flat"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=-1", "limit"),
        ("limit=on", "limit"),
        ("cursor=abc", "cursor"),
        ("order=oldest&order=newest", "order"),
        ("sayfa=2", "sayfa"),
        ("cursor=%00", "cursor"),
    ],
)
def test_a_query_that_is_none_is_told_field_by_field(client: Client, article: Article, query: str, field: str) -> None:
    answer = client.get(f"{comments_of(article)}?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert (problem["code"], list(problem["errors"])) == ("invalid", [field])


def test_everything_that_is_wrong_with_a_query_is_told_at_once(client: Client, article: Article) -> None:
    answer = client.get(f"{comments_of(article)}?limit=0&order=foo&bar=1")

    assert answer.status_code == 400
    assert set(json.loads(answer.content)["errors"]) == {"limit", "order", "bar"}


def test_a_cursor_serves_no_other_list(client: Client, article: Article, published: Published) -> None:
    for minute in range(2):
        published(f"{minute}. dakika", at=NOON + timedelta(minutes=minute))
    [cursor] = parse_qs(urlsplit(listed(client, f"{comments_of(article)}?limit=1")["next"]).query)["cursor"]

    assert client.get(f"{comments_of(article)}?limit=1&cursor={cursor}").status_code == 200
    assert client.get(f"{comments_of(article)}?limit=1&order=oldest&cursor={cursor}").status_code == 400
    assert client.get(f"{comments_of(article)}?limit=1&flat=1&cursor={cursor}").status_code == 400
    assert client.get(f"{comments_of(article)}?limit=1&cursor={cursor[:-1]}x").status_code == 400


def test_an_article_that_there_is_not_is_not_found(client: Client, article: Article) -> None:
    answer = client.get("/api/v1/articles/yok/comments/")

    assert (answer.status_code, json.loads(answer.content)["code"]) == (404, "not_found")


def test_who_has_the_list_already_is_told_so_until_something_changes(client: Client, article: Article, published: Published) -> None:
    published("Meydan çok güzel olmuş.")
    first = client.get(comments_of(article))
    assert first["ETag"].startswith('"')

    again = client.get(comments_of(article), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    published("Emeği geçenlere teşekkürler.")
    changed = client.get(comments_of(article), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    "path", ["/api/v1/articles/kent-meydani/comments/", "/api/v1/articles/kent-meydani/", "/api/v1/policy/", "/api/v1/counts/?article=a"]
)
def test_what_everybody_may_read_is_the_same_for_all_and_sets_no_cookie(client: Client, article: Article, editor: User, path: str) -> None:
    stranger, known = client.get(path), Client()
    known.force_login(editor)
    seen = known.get(path, headers={"Accept-Language": "en", "Cookie": f"{guests.COOKIE}=forged"})

    assert stranger.content == seen.content
    assert stranger["ETag"] == seen["ETag"]
    for answer in (stranger, seen):
        assert answer["Cache-Control"] == "public, max-age=5"
        assert not answer.cookies
        assert not {"Cookie", "Authorization", "Accept-Language"} & set(answer.get("Vary", "").split(", "))


def test_the_number_of_queries_does_not_grow_with_the_list(client: Client, article: Article, published: Published) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            listed(Client(), f"{comments_of(article)}?limit=100")
        return len(captured)

    def add(number: int) -> None:
        head = published(f"{number}. yorum", at=NOON + timedelta(minutes=number))
        published(f"{number}. yanıt", at=NOON + timedelta(minutes=number), parent=head)

    add(0)
    few = queries()
    for number in range(1, 8):
        add(number)

    # Of these, two ask whether an answer that was given before still holds; see test_remembering.py.
    assert queries() == few == 5


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (discussion.threads, "threads_by_article"),
        (discussion.in_one_line, "published_by_article"),
    ],
)
def test_a_page_is_read_from_its_index(article: Article, published: Published, rows: Callable[[Article], discussion.Rows], index: str) -> None:
    published("Meydan çok güzel olmuş.")
    page = rows(article).filter(published_at__gt=NOON - timedelta(days=1)).order_by("published_at", "id")[:21]

    assert index in plan(page)


def test_replies_are_read_from_their_index(published: Published) -> None:
    head = published("Meydan kimin için açıldı?")

    assert "replies_by_head" in plan(discussion.replies_to(head.pk).order_by("published_at", "id")[:21])


def plan(rows: Any) -> str:
    """What the database would do, told that looking at every row is out of the question, as it is with a million."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    return str(rows.explain())


class Coming:
    """An article to which comments come, and from which they go, while somebody reads it."""

    def __init__(self, published: Published, editor: User) -> None:
        self.published, self.editor = published, editor
        self.comments: list[Comment] = []

    def arrive(self) -> None:
        # Several at the same moment, since a moment alone is no order.
        at = NOON + timedelta(minutes=len(self.comments) // 3)
        self.comments.append(self.published(f"{len(self.comments)}. yorum", at=at))

    def lose(self, place: int) -> str:
        lost = self.comments[place % len(self.comments)]
        lost.refresh_from_db()
        if lost.published_revision_id:
            remove(lost, self.editor)
        return str(lost.public_id)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.sampled_from(["newest", "oldest"]),
    before=st.integers(1, 8),
    limit=st.integers(1, 3),
    meanwhile=st.lists(st.one_of(st.none(), st.integers(0, 20)), max_size=6),
)
def test_no_page_skips_or_repeats_a_comment_while_others_come_and_go(
    client: Client,
    published: Published,
    article: Article,
    editor: User,
    order: str,
    before: int,
    limit: int,
    meanwhile: list[int | None],
) -> None:
    for comment in Comment.objects.published().filter(article=article).select_related("published_revision", "current_revision", "reader"):
        lifecycle.withdraw(comment, version=comment.version, now=NOON)
    coming = Coming(published, editor)
    for _ in range(before):
        coming.arrive()
    at_first = [str(comment.public_id) for comment in coming.comments]
    lost: set[str] = set()
    seen: list[str] = []

    for page in pages(client, f"{comments_of(article)}?order={order}&limit={limit}"):
        seen += [comment["id"] for comment in page]
        if meanwhile:
            place = meanwhile.pop()
            if place is None:
                coming.arrive()
            else:
                lost.add(coming.lose(place))

    assert len(seen) == len(set(seen))
    stayed = [public_id for public_id in (at_first if order == "oldest" else at_first[::-1]) if public_id not in lost]
    assert [public_id for public_id in seen if public_id in set(stayed)] == stayed
