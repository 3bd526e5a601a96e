"""However many comments there are, a page costs what it shows: the databases' own plans for every query of the pages that are asked for most.

PostgreSQL reads ten thousand rows sooner than it looks them up one by one; kept from that, as a million rows would keep it, it says how many rows
it looked at. SQLite says whether it searches or scans.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import CharField, Model, Value
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import expiry, lifecycle, receipts
from comments.delivery import needs
from comments.delivery.leasing import MAILS
from comments.desk.places import Place
from comments.judging import Judgement
from comments.lanes import LANES
from comments.lifecycle import Actor, History, Reasons, Step, moves
from comments.models import Article, Comment, Decision, Delivery, Event, Reader, Report, Review, Revision, Status
from comments.reader import threads
from comments.reader.threads import Order
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.judgements import judgement

ARTICLES = 1000
READERS = 500
REPORTED = 20
COMMENTS = 10_000
BUSY_COMMENTS = COMMENTS // 5
MOST_ROWS = COMMENTS // 10
_LARGE = {f"comments_{table}" for table in ("comment", "revision", "review", "decision", "event", "delivery")}
_LANES = [lane for lane in LANES if lane not in ("escalated", "appeals")]  # reached as what is reported


class Newspaper:
    """Ten thousand comments in every lane, a fifth of them on one article."""

    def __init__(self, site: Site, editor: User, now: datetime) -> None:
        self.now, self.editor, self.policy = now, Actor.by_editor(editor), judgement(site, "Güzel.").policy_version
        self.judgements = {outcome: judgement(site, "Güzel bir haber.", *outcome) for outcome in [(), ("hold",), ("correct",), ("reject",)]}
        self.articles = Article.objects.bulk_create(
            Article(site=site, key=f"haber-{number}", title="Haber", published_at=now - timedelta(days=400)) for number in range(ARTICLES)
        )
        self.readers = Reader.objects.bulk_create(Reader(site=site, name="Ayşe K.") for _ in range(READERS))
        self.busy = self.articles[0]
        heads = list(lifecycle.record(self._history(number) for number in range(COMMENTS * 3 // 4)))
        answered = [head for head in heads if head.status == Status.APPROVED]
        replies = lifecycle.record(self._reply(number, answered[number * 13 % len(answered)]) for number in range(len(heads), COMMENTS))
        self.comments = [*heads, *replies]
        self.asked_about = self._confirmations()
        reported = Comment.objects.published().order_by("pk")[:REPORTED]
        Report.objects.bulk_create(Report(comment=comment, reader=self.readers[0], reason="off_topic", created_at=now) for comment in reported)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _history(self, number: int) -> History:
        article = self.busy if number % 5 == 0 else self.articles[number % ARTICLES]
        # The one after the other, and in no order of their keys.
        at = self.now - timedelta(minutes=number * 7919 % COMMENTS)
        return History(article, self.readers[number * 31 % READERS], "Ayşe K.", tuple(self._steps(number % 97, at)))

    def _confirmations(self) -> Delivery:
        """Every first comment asked for one, within a day; the last is of a reader who was asked nothing else."""
        Reader.objects.update(email=Concat(Value("okur"), Cast("pk", CharField()), Value("@example.com")))
        stranger = Reader.objects.create(site=self.articles[0].site, name="Ece", email="ece@example.com")
        [last] = lifecycle.record([replace(self._history(1), reader=stranger)])
        sent = {"kind": Delivery.Kind.CONFIRMATION, "state": Delivery.State.DONE, "available_at": self.now, "finished_at": self.now}
        events = Event.objects.filter(decision__move="submit").exclude(decision__comment=last)
        Delivery.objects.bulk_create(Delivery(event=event, **sent) for event in events)
        Delivery.objects.create(event=Event.objects.get(decision__comment=last), kind=Delivery.Kind.CONFIRMATION, available_at=self.now)
        return Delivery.objects.select_related(*MAILS.shown_with).get(state=Delivery.State.WAITING)

    def _reply(self, number: int, answered: Comment) -> History:
        return replace(self._history(number), article=answered.article, parent=answered)

    def _steps(self, kind: int, at: datetime) -> Iterator[Step]:
        match kind:
            case 1:
                yield self._submission(Status.PENDING, at)
            case 2:
                yield self._submission(Status.PENDING, at, "hold")
            case 3:
                yield self._submission(Status.RETURNED, at, "correct")
            case 4:
                yield self._submission(Status.REJECTED, at, "reject")
            case 5 | 6 | 7 | 8:
                yield self._submission(Status.PENDING, at)
                yield Step(moves.REJECT, Status.REJECTED, self.editor, at, Reasons(frozenset({Clause.SPELLING})))
            case _:
                yield self._submission(Status.PENDING, at)
                yield Step(moves.APPROVE, Status.APPROVED, self.editor, at)

    def _submission(self, target: Status, at: datetime, *outcomes: str) -> Step:
        judged: Judgement = self.judgements[outcomes]
        return Step(moves.SUBMIT, target, Actor.policy(self.policy), at, body="Güzel bir haber.", judgement=judged)


Question = Callable[[], object]


def questions(paper: Newspaper, client: Client) -> Iterator[tuple[str, Question]]:
    """What is asked of the service, with its name."""
    yield from _articles_questions(paper, client)
    for lane, order in product(_LANES, ("oldest", "gravest", "newest")):
        yield from _lanes_questions(f"{lane}, {order} first", lane, order, paper, client)
    written = paper.comments[0]
    yield "receipt", partial(client.get, f"/api/v1/comments/{written.public_id}/", headers={"Receipt": receipts.token_for(written)})
    yield "whether an address is to be asked about", partial(needs.is_needed, paper.asked_about, now=paper.now)
    yield "expiry", lambda: list(expiry._due(paper.now + timedelta(days=2)))


def _articles_questions(paper: Newspaper, client: Client) -> Iterator[tuple[str, Question]]:
    deep = Comment.objects.published().filter(article=paper.busy).order_by("published_at")[BUSY_COMMENTS // 2].public_id
    for order in ("newest", "oldest"):
        address = f"/api/v1/articles/{paper.busy.key}/comments/?order={order}"
        yield f"comments, {order} first", partial(client.get, address)
        yield f"comments, {order} first, page 3", partial(client.get, following(client, following(client, address)))
        yield f"comments in one line, {order} first", partial(client.get, f"{address}&flat=1")
        yield f"page of the article, {order} first", partial(threads.page, paper.busy, Order(order))
        yield f"page of the article, {order} first, further on", partial(threads.page, paper.busy, Order(order), after=deep)
    keys = "&".join(f"article={article.key}" for article in paper.articles[1:51])
    yield "counts of 50 articles", partial(client.get, f"/api/v1/counts/?{keys}")


def _lanes_questions(name: str, lane: str, order: str, paper: Newspaper, client: Client) -> Iterator[tuple[str, Question]]:
    address, place = f"/api/v1/queue/?lane={lane}&order={order}&limit=5", Place(lane=lane, order=order)
    yield name, partial(client.get, address)
    yield f"{name}, at the desk", place.page
    deep = place.comments[place.comments.count() * 4 // 5]
    yield f"{name}, at the desk, further on", Place(lane=lane, order=order, after=deep.public_id).page
    yield f"{name}, page 2", partial(client.get, following(client, address))


def following(client: Client, address: str) -> str:
    """The page after the one at this address, which there is."""
    after = client.get(address).json()["next"]
    assert after
    return str(after)


def complaints(question: Question) -> list[str]:
    """What the database would read in vain to answer it."""
    with CaptureQueriesContext(connection) as captured:
        question()
    selects = [query["sql"] for query in captured if query["sql"].startswith(("SELECT", "EXECUTE SELECT"))]
    look = _looked_at_too_much if connection.vendor == "postgresql" else _scanned
    return [complaint for select in selects for complaint in look(select)]


def _looked_at_too_much(select: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {select}")
        [[explained]] = cursor.fetchone()
    for node in _nodes(explained["Plan"]):
        rows = node["Actual Loops"] * (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
        if node.get("Relation Name") in _LARGE and rows > MOST_ROWS:
            yield f"{node['Node Type']} of {rows:.0f} in {node['Relation Name']}: {select}"


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def _scanned(select: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {select}")
        for *_, detail in cursor.fetchall():
            if re.match(rf"SCAN ({'|'.join(_LARGE)})\b(?!.* USING )", detail) or (_is_long_lane(select) and "FOR ORDER BY" in detail):
                yield f"{detail}: {select}"


def _is_long_lane(select: str) -> bool:
    """A page at the desk of a lane that may hold very many comments; an index has to have them in order."""
    return select.endswith(" LIMIT 21") and "comments_report" not in select


@pytest.mark.django_db
def test_no_page_reads_more_than_it_shows(client: Client, site: Site, senior_editor: User, now: datetime) -> None:
    paper = Newspaper(site, senior_editor, now)
    client.force_login(senior_editor)

    found = {name: complaints(question) for name, question in questions(paper, client)}

    assert not any(found.values()), "\n".join(f"{name}: {complaint}" for name, named in found.items() for complaint in named)
    assert len(found) > 65


# A version is enacted a few times a year, and its table is never emptied row by row.
_SELDOM = {"policy_version"}


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL looks for children only where a parent goes")
@pytest.mark.parametrize("model", [Comment, Revision, Review, Decision, Event])
def test_a_new_row_never_has_the_whole_of_a_table_searched_for_its_children(model: type[Model]) -> None:
    """As SQLite does for every new parent while the transaction still lacks another: an import grew slower with every comment."""
    columns = {str(field.column): field.name for field in model._meta.concrete_fields if field.is_relation and field.name not in _SELDOM}
    scanned = []
    with connection.cursor() as cursor:
        for column, name in columns.items():
            cursor.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM {model._meta.db_table} WHERE {column} = 1")
            scanned += [name for *_, detail in cursor.fetchall() if not detail.startswith("SEARCH")]

    assert not scanned
