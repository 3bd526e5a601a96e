"""The feed: what a news site that keeps its own copy is told, page by page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import changes, lifecycle
from comments.api_keys import Scope
from comments.delivery.sequencing import sequence
from comments.lifecycle import MOVES, Reasons
from comments.models import Article
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.api.calls import codes, document, get, key
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import later

REASONS = Reasons(frozenset({Clause.INSULTS}))


@pytest.fixture
def authorization(site: Site) -> str:
    return key(site, Scope.READ)


Follow = Callable[..., dict[str, Any]]


@pytest.fixture
def follow(client: Client, authorization: str) -> Follow:
    def follow(query: str = "") -> dict[str, Any]:
        answer = get(client, f"feed/{query}", Authorization=authorization)
        assert answer.status_code == 200, answer.content
        read: dict[str, Any] = document(answer)
        return read

    return follow


def test_an_approved_comment_comes_with_its_public_text(submitted: Submitted, editor: User, follow: Follow, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    sequence(now=later(now, minutes=1))

    [arrived, approved] = follow()["results"]

    assert (arrived["kind"], arrived["status"], arrived["version"]) == ("comment.submitted", "pending", 1)
    assert approved["comment"]["body"] == "Meydan çok güzel olmuş."
    assert {name: approved[name] for name in ("position", "kind", "comment_id", "article", "status", "version", "time")} == {
        "position": 2,
        "kind": "comment.approved",
        "comment_id": str(comment.public_id),
        "article": "kent-meydani",
        "status": "approved",
        "version": 2,
        "time": "2026-11-22T12:00:00Z",
    }


def test_a_comment_that_was_never_public_is_not_shown(submitted: Submitted, follow: Follow, now: datetime) -> None:
    submitted("Gizli kalacak söz.")
    sequence(now=now)

    [told] = follow()["results"]

    assert told["comment"] is None
    assert "Gizli" not in str(told)


def test_a_removed_comment_is_a_tombstone_in_every_line_about_it(submitted: Submitted, editor: User, follow: Follow, now: datetime) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=later(now, minutes=1))
    sequence(now=later(now, minutes=2))

    lines = follow()["results"]

    assert [line["kind"] for line in lines] == ["comment.submitted", "comment.approved", "comment.removed"]
    assert {(line["comment"]["status"], line["comment"]["body"], line["comment"]["author"]) for line in lines} == {("removed", None, None)}


def test_what_a_closed_article_hides_the_feed_hides_too(submitted: Submitted, editor: User, follow: Follow, now: datetime) -> None:
    lifecycle.approve(submitted(), editor=editor, version=1, now=now)
    Article.objects.update(mode=Article.Mode.CLOSED)
    sequence(now=later(now, minutes=1))

    assert [line["comment"] for line in follow()["results"]] == [None, None]


def test_a_follower_who_goes_on_from_the_last_position_gets_the_rest(submitted: Submitted, follow: Follow, now: datetime) -> None:
    for _ in range(5):
        submitted()
    sequence(now=now)

    first = follow("?limit=3")
    rest = follow("?" + first["next"].partition("?")[2])

    assert [line["position"] for line in first["results"] + rest["results"]] == [1, 2, 3, 4, 5]
    assert (first["last"], rest["last"], rest["next"]) == (3, 5, None)
    assert follow("?after=5") == {"results": [], "next": None, "previous": None, "last": 5}


def test_a_page_costs_the_same_number_of_queries_whatever_its_length(
    submitted: Submitted, follow: Follow, now: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _ in range(20):
        submitted()
    sequence(now=now)

    for limit in (1, 20):
        with django_assert_num_queries(3):
            follow(f"?limit={limit}")


def test_another_title_s_key_sees_nothing_of_it(client: Client, submitted: Submitted, now: datetime) -> None:
    submitted()
    sequence(now=now)
    other = Site.objects.create(key="ilce", name="İlçe Postası")

    assert document(get(client, "feed/", Authorization=key(other, Scope.READ)))["results"] == []


@pytest.mark.parametrize("scope", [Scope.SUBMIT, Scope.MODERATE, Scope.ADMIN])
def test_it_takes_a_key_that_may_read(client: Client, site: Site, scope: Scope) -> None:
    assert get(client, "feed/", Authorization=key(site, scope)).status_code == 403
    assert get(client, "feed/").status_code == 401


@pytest.mark.parametrize("after", ["-1", "x", "1.0", "٣", "9223372036854775808", "1" * 400, "0x1", "1%00"])
def test_a_position_that_is_none_is_refused(client: Client, authorization: str, after: str) -> None:
    assert list(codes(get(client, f"feed/?after={after}", Authorization=authorization))) == ["after"]


def test_the_greatest_position_that_there_could_be_is_after_all_others(follow: Follow) -> None:
    assert follow(f"?after={2**63 - 1}")["results"] == []


def test_every_move_that_leaves_the_house_has_a_name() -> None:
    assert set(changes.KINDS) == {move.name for move in MOVES}
