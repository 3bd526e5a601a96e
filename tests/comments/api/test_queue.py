"""The queue for machines: its lanes, filters and orders, and what an item holds."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import claims, lifecycle
from comments.api_keys import Scope
from comments.judging import judge
from comments.lanes import LANES
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from moderation.models import Site
from tests.comments.api.editors import problem, server, signed_in
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.judgements import FAILED, judgement

QUEUE = "/api/v1/queue/"


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


def queued(client: Client, **query: Any) -> list[dict[str, Any]]:
    answer = client.get(QUEUE, query)
    assert answer.status_code == 200, answer.content
    results: list[dict[str, Any]] = json.loads(answer.content)["results"]
    return results


def ids(client: Client, **query: Any) -> list[str]:
    return [item["id"] for item in queued(client, **query)]


def approve(comment: Comment, editor: User) -> Comment:
    lifecycle.approve(comment, editor=editor, version=comment.version, now=NOON)
    return comment


def test_an_item_holds_all_that_an_editor_needs(
    desk: Client, site: Site, article: Article, reader: Reader, editor: User, submitted: Submitted
) -> None:
    parent = approve(submitted("Meydan kimin için açıldı?"), editor)
    lifecycle.reject(submitted("Reklam."), editor=editor, version=1, now=NOON, reasons=Reasons(house_reasons=frozenset({"advertising"})))
    asked = timezone.now().replace(microsecond=0) - timedelta(seconds=90)
    comment = submitted("meydan güzel.", "hold", "correct", as_is=True, now=asked, parent=parent)

    [item] = queued(desk)

    assert 90 <= item.pop("age_seconds") < 120
    assert item == {
        "id": str(comment.public_id),
        "version": 1,
        "status": "pending",
        "lane": "flagged",
        "body": "meydan güzel.",
        "findings": [
            {
                "rule": "insults",
                "clause": "insults",
                "start": 0,
                "end": 1,
                "excerpt": "m",
                "outcome": "hold",
                "message": item["findings"][0]["message"],
                "score": None,
                "fix": None,
            },
            {
                "rule": "spelling",
                "clause": "spelling",
                "start": 0,
                "end": 1,
                "excerpt": "m",
                "outcome": "correct",
                "message": item["findings"][1]["message"],
                "score": None,
                "fix": {"start": 0, "end": 1, "replacement": "m"},
            },
        ],
        "corrected": "meydan güzel.",
        "article": {"key": "kent-meydani", "title": "Kent meydanı yayalara açıldı"},
        "author": {"id": str(reader.public_id), "name": "Ayşe K.", "record": {"approved": 1, "rejected": 1}},
        "parent": str(parent.public_id),
        "submitted_at": asked.isoformat().replace("+00:00", "Z"),
        "claimed_by": None,
        "policy": 1,
        "reports": [],
    }


def test_the_findings_of_the_real_engine_come_whole_with_the_corrected_text(desk: Client, site: Site, article: Article, reader: Reader) -> None:
    body = "BU MEYDAN ÇOK GÜZEL OLMUŞ"
    draft = lifecycle.Draft(article, reader, "Ayşe K.", body, reader.public_id, as_is=True)
    lifecycle.submit(draft, judge(body, site), now=NOON)

    [item] = queued(desk)

    found = next(finding for finding in item["findings"] if finding["clause"] == "capital_letters")
    assert body[found["start"] : found["end"]] == found["excerpt"]
    assert found["fix"]
    assert item["corrected"] != body


def test_messages_are_in_the_editors_language(desk: Client, submitted: Submitted) -> None:
    submitted("Rantçı bunlar.", "hold")

    turkish = queued(desk)[0]["findings"][0]["message"]
    english = json.loads(desk.get(QUEUE, headers={"Accept-Language": "en"}).content)["results"][0]["findings"][0]["message"]

    assert turkish != english


def test_each_lane_holds_what_belongs_to_it_and_items_say_where_they_stand(desk: Client, editor: User, submitted: Submitted) -> None:
    clean = submitted("Meydan çok güzel olmuş.")
    flagged = submitted("Rantçı bunlar.", "hold")
    unread = submitted("Meydan ne güzel.", FAILED)
    rejected = submitted("Rantçı bunlar.", "reject", as_is=True)
    reported = approve(submitted("Emeği geçenlere teşekkürler."), editor)
    lifecycle.report(reported, reported.reader, reason="insults", text="Bana söylüyor.", now=NOON)
    escalated = submitted("Hukuka sorulacak bir söz.", "hold")
    lifecycle.escalate(escalated, editor=editor, version=1, now=NOON)
    settled = approve(submitted("Sıradan bir yorum."), editor)
    appealed = submitted("Bir daha bakılacak söz.")
    lifecycle.reject(appealed, editor=editor, version=1, reasons=Reasons(house_reasons=frozenset({"off_topic"})), now=NOON)
    lifecycle.open_appeal(appealed, text="Lütfen bir daha bakın.", now=NOON)

    lanes = {lane: ids(desk, lane=lane) for lane in LANES}

    expected = {
        "clean": [clean],
        "flagged": [flagged, unread],
        "auto_rejected": [rejected],
        "reported": [reported],
        "escalated": [escalated],
        "appeals": [appealed],
    }
    everything = [clean, flagged, unread, rejected, reported, escalated, settled, appealed]
    assert lanes == {lane: [str(comment.public_id) for comment in comments] for lane, comments in {**expected, "all": everything}.items()}
    for lane in expected:
        assert {item["lane"] for item in queued(desk, lane=lane)} == {lane}
    assert {item["id"]: item["lane"] for item in queued(desk, lane="all")} == {
        **{str(comment.public_id): lane for lane, comments in expected.items() for comment in comments},
        str(settled.public_id): None,
    }
    assert queued(desk, lane="reported")[0]["reports"] == [{"reason": "insults", "text": "Bana söylüyor.", "reported_at": "2026-11-22T12:00:00Z"}]


def test_without_a_lane_everything_that_waits_is_shown(desk: Client, editor: User, submitted: Submitted) -> None:
    waiting = [submitted("Meydan çok güzel olmuş."), submitted("Rantçı bunlar.", "hold")]
    approve(submitted("Sıradan bir yorum."), editor)
    submitted("meydan güzel.", "correct")

    assert ids(desk) == ids(desk, lane="") == [str(comment.public_id) for comment in waiting]


def test_what_is_decided_leaves_the_lane_of_the_escalated(desk: Client, editor: User, submitted: Submitted) -> None:
    escalated, withdrawn = submitted("Birinci söz.", "hold"), submitted("İkinci söz.", "hold")
    for comment in (escalated, withdrawn):
        lifecycle.escalate(comment, editor=editor, version=1, now=NOON)

    approve(escalated, editor)
    lifecycle.withdraw(withdrawn, version=2, now=NOON)

    assert ids(desk, lane="escalated") == []


def test_an_edited_comment_with_open_reports_both_waits_and_is_reported(desk: Client, site: Site, editor: User, submitted: Submitted) -> None:
    comment = approve(submitted("Meydan güzel olmuş."), editor)
    lifecycle.report(comment, comment.reader, reason="other", text="", now=NOON)
    lifecycle.edit(comment, judgement(site, "Meydan güzel."), version=2, body="Meydan güzel.", now=NOON)

    assert ids(desk, lane="clean") == ids(desk, lane="reported") == [str(comment.public_id)]
    assert [item["lane"] for item in queued(desk)] == ["clean"]


def test_the_orders_are_the_oldest_the_newest_and_the_gravest(desk: Client, submitted: Submitted) -> None:
    later = NOON + timedelta(minutes=1)
    clean = submitted("Meydan çok güzel olmuş.")
    advised = submitted("Meydan güzel.", "correct", as_is=True, now=later)
    late = submitted("Rantçı bunlar.", "hold", now=NOON + timedelta(minutes=2))
    early = submitted("Rantçı onlar.", "hold", now=later)
    unread = submitted("Meydan ne güzel.", FAILED, now=later)

    def of(*comments: Comment) -> list[str]:
        return [str(comment.public_id) for comment in comments]

    assert ids(desk) == ids(desk, order="oldest") == of(clean, advised, early, unread, late)
    assert ids(desk, order="newest") == of(late, unread, early, advised, clean)
    assert ids(desk, order="gravest") == of(early, unread, late, advised, clean)


@pytest.mark.parametrize("order", ["oldest", "newest", "gravest"])
def test_the_pages_hold_every_comment_once_though_some_are_decided_meanwhile(desk: Client, editor: User, submitted: Submitted, order: str) -> None:
    outcomes: list[tuple[str, ...]] = [(), ("hold",), ("correct",)]
    for number in range(11):
        submitted(f"{number}. yorum", *outcomes[number % 3], as_is=True, now=NOON + timedelta(minutes=number // 3))
    whole = ids(desk, order=order)

    page, seen = json.loads(desk.get(f"{QUEUE}?order={order}&limit=3").content), []
    while True:
        seen += [item["id"] for item in page["results"]]
        approve(Comment.objects.get(public_id=seen[-1]), editor)
        if not page["next"]:
            break
        page = json.loads(desk.get(page["next"]).content)

    assert seen == whole


def test_a_clause_is_asked_for_where_the_policy_found_more_than_advice(desk: Client, submitted: Submitted) -> None:
    insulting, misspelt = submitted("Rantçı bunlar.", "hold"), submitted("meydan güzel.", "correct", as_is=True)
    submitted("Meydan güzel.", "pass")

    assert ids(desk, clause="insults") == [str(insulting.public_id)]
    assert ids(desk, clause="spelling") == [str(misspelt.public_id)]
    assert ids(desk, clause="swearing") == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("ışık", True), ("IŞIK", True), ("Işık", True), ("işık", False), ("hala", True), ("HÂLÂ", True), ("%", False), ("_", False), ("100\\", False)],
)
def test_words_are_searched_as_turkish_writes_them(desk: Client, submitted: Submitted, typed: str, found: bool) -> None:
    comment = submitted("Meydanda hâlâ IŞIK yok!")
    submitted("Emeği geçenlere teşekkürler.")

    assert ids(desk, q=typed) == ([str(comment.public_id)] if found else [])


def test_one_article_is_asked_for_alone(desk: Client, submitted: Submitted, article: Article) -> None:
    comment = submitted()

    assert ids(desk, article=article.key) == [str(comment.public_id)]
    assert ids(desk, article="baska") == []


def test_a_key_sees_the_comments_of_its_own_title(submitted: Submitted, site: Site) -> None:
    comment = submitted()
    magazine = Site.objects.create(key="dergi", name="Dergi")

    assert ids(server(site, Scope.MODERATE)) == [str(comment.public_id)]
    assert ids(server(magazine, Scope.MODERATE)) == []


def test_only_editors_see_the_queue(client: Client, submitted: Submitted, site: Site) -> None:
    submitted()
    refused = client.get(QUEUE)
    assert (refused.status_code, problem(refused)["code"]) == (401, "not_authenticated")
    for scope in (Scope.READ, Scope.SUBMIT, Scope.ADMIN):
        assert server(site, scope).get(QUEUE).status_code == 403
    assert signed_in(User.objects.create_user("okur", password="parola-degil-cumle")).get(QUEUE).status_code == 403
    assert signed_in(make_editor("bakan", "view_comment")).get(QUEUE).status_code == 200


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("lane=hepsi", "lane"),
        ("clause=politeness", "clause"),
        ("order=yan", "order"),
        ("limit=1000", "limit"),
        ("q=" + "a" * 201, "q"),
        ("q=%00", "q"),
        ("article=%00", "article"),
        ("cursor=W10", "cursor"),
        ("lane=clean&lane=flagged", "lane"),
        ("status=pending", "status"),
    ],
)
def test_a_query_that_is_none_is_told_field_by_field(desk: Client, site: Site, query: str, field: str) -> None:
    answer = desk.get(f"{QUEUE}?{query}")

    assert (answer.status_code, list(problem(answer)["errors"])) == (400, [field])


def test_no_cache_keeps_the_queue(desk: Client, site: Site) -> None:
    assert "no-store" in desk.get(QUEUE)["Cache-Control"]


def test_the_number_of_queries_does_not_grow_with_the_queue(desk: Client, site: Site, article: Article, editor: User, submitted: Submitted) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            queued(desk, lane="all", limit=100)
        return len(captured)

    def add(number: int) -> None:
        reader = Reader.objects.create(site=site, name=f"{number}. okur")
        parent = approve(submitted(f"{number}. yorum"), editor)
        lifecycle.report(parent, reader, reason="other", text="", now=NOON)
        submitted(f"{number}. yanıt", "hold", parent=parent)

    add(0)
    few = queries()
    for number in range(1, 6):
        add(number)

    assert queries() == few


def test_an_item_names_the_editor_who_looks_at_it(desk: Client, submitted: Submitted, other_editor: User) -> None:
    claims.take(submitted(), other_editor, now=timezone.now())

    [item] = queued(desk)

    assert item["claimed_by"] == claims.name_of(other_editor)
