"""The demo's texts keep the policy that they show at work, and stand where their own data say."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from moderation.engine.policy import OFF
from moderation.engine.rule import Clause, Outcome, Verdict
from moderation.engine.text import normalise

DEMO = Path(__file__).parents[2] / "comments" / "demo"
CLAUSES = {clause.value for clause in Clause if clause not in OFF}
ORTHOGRAPHY = {"spelling", "turkish_characters", "capital_letters"}
WEEK = 7 * 24 * 60
AT_LEAST = {
    "approved": 140,
    "clean": 18,
    "flagged": 14,
    "returned": 10,
    "rejected by editor": 8,
    "rejected by policy": 4,
    "withdrawn": 4,
    "removed": 3,
    "expired": 3,
    "erased": 2,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoArticle:
    key: str
    title: str
    section: str
    summary: str
    author: str
    published_days_ago: float
    comments_open: bool
    body: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoComment:
    id: str
    article: str
    name: str
    minutes_ago: int
    status: str
    body: str
    reply_to: str = ""
    first_body: str = ""
    offends: frozenset[str] = frozenset()
    clauses: frozenset[str] = frozenset()
    rejected_by: str = ""
    note: str = ""

    @property
    def lane(self) -> str:
        if self.status == "pending":
            return "flagged" if self.offends else "clean"
        return f"rejected by {self.rejected_by}" if self.status == "rejected" else self.status


def read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((DEMO / f"{name}.toml").read_text(encoding="utf-8"))[name]
    return rows


def as_comment(row: dict[str, Any]) -> DemoComment:
    return DemoComment(**row | {name: frozenset(row[name]) for name in ("offends", "clauses") if name in row})


ARTICLES = {row["key"]: DemoArticle(**row) for row in read("articles")}
COMMENTS = {row["id"]: as_comment(row) for row in read("comments")}


@cache
def review(text: str) -> Verdict:
    from moderation.engine.review import review as hold_against_the_policy

    return hold_against_the_policy(text)


def offended(text: str) -> set[str]:
    """The clauses of all that is more than advice."""
    return {finding.clause.value for finding in review(text).findings if finding.outcome > Outcome.PASS}


def offending(texts: Iterable[str]) -> dict[str, set[str]]:
    return {text: clauses for text in texts if (clauses := offended(text))}


def in_status(*statuses: str) -> list[DemoComment]:
    return [comment for comment in COMMENTS.values() if comment.status in statuses]


def test_a_dozen_articles_and_one_of_them_closed() -> None:
    assert 12 <= len(ARTICLES) <= 14
    assert sum(not article.comments_open for article in ARTICLES.values()) == 1
    assert len({article.title for article in ARTICLES.values()}) == len(ARTICLES) == len(read("articles"))


def test_an_article_has_a_key_that_an_address_can_carry_and_three_to_six_paragraphs() -> None:
    for article in ARTICLES.values():
        assert re.fullmatch(r"[A-Za-z0-9._~-]{1,200}", article.key)
        assert 3 <= len(article.body) <= 6
        assert all([article.section, article.summary, article.author, *article.body])


def test_every_article_is_commented_on_and_every_comment_has_its_article() -> None:
    assert {comment.article for comment in COMMENTS.values()} == set(ARTICLES)


def test_every_lane_and_every_end_of_a_comment_is_shown() -> None:
    lanes = Counter(comment.lane for comment in COMMENTS.values())

    assert lanes >= Counter(AT_LEAST)
    assert set(lanes) == set(AT_LEAST)


def test_every_clause_is_offended_and_each_of_orthography_three_times() -> None:
    offences = Counter(clause for comment in COMMENTS.values() for clause in comment.offends)

    assert set(offences) == CLAUSES
    assert all(offences[clause] >= 3 for clause in ORTHOGRAPHY)


def test_no_two_comments_share_an_id_or_a_text() -> None:
    texts = [text for comment in COMMENTS.values() for text in (comment.body, comment.first_body) if text]

    assert len(COMMENTS) == len(read("comments"))
    assert len(texts) == len(set(texts))


def test_a_text_and_a_name_are_stored_as_they_are_written() -> None:
    for comment in COMMENTS.values():
        assert 1 <= len(comment.name) <= 60
        assert 1 <= len(comment.body) <= 2000
        assert len(comment.first_body) <= 2000
        assert all(normalise(text) == text for text in (comment.name, comment.body, comment.first_body, comment.note))


def test_a_reply_answers_an_earlier_comment_on_the_same_article_one_level_deep() -> None:
    replies = [(comment, COMMENTS[comment.reply_to]) for comment in COMMENTS.values() if comment.reply_to]

    assert len(replies) >= 35
    for reply, answered in replies:
        assert not answered.reply_to
        assert answered.article == reply.article
        assert answered.minutes_ago > reply.minutes_ago
        assert answered.id < reply.id


def test_replies_hang_on_comments_that_are_gone() -> None:
    gone = {COMMENTS[comment.reply_to].status for comment in in_status("approved") if comment.reply_to} - {"approved"}

    assert gone == {"removed", "erased"}


def test_a_comment_is_younger_than_its_article() -> None:
    for comment in COMMENTS.values():
        assert 0 < comment.minutes_ago < ARTICLES[comment.article].published_days_ago * 24 * 60


def test_only_a_comment_that_waited_a_week_for_its_writer_has_expired() -> None:
    assert all(comment.minutes_ago > WEEK for comment in in_status("expired"))
    assert all(comment.minutes_ago < WEEK for comment in in_status("returned"))


def test_nothing_waits_under_a_closed_article() -> None:
    assert all(ARTICLES[comment.article].comments_open for comment in in_status("pending", "returned"))


def test_a_rejection_says_who_and_why_and_nothing_else_does() -> None:
    for comment in COMMENTS.values():
        assert (comment.status == "rejected") == (comment.rejected_by in {"policy", "editor"}) == bool(comment.clauses)
        assert comment.clauses <= CLAUSES
        assert comment.offends <= comment.clauses or not comment.clauses


def test_the_policy_rejects_for_what_it_found_and_an_editor_writes_a_note() -> None:
    for comment in in_status("rejected"):
        assert bool(comment.note) == (comment.rejected_by == "editor")
        assert comment.rejected_by == "editor" or comment.offends == comment.clauses


def test_a_comment_went_back_to_its_writer_for_an_offence_or_for_an_editors_note() -> None:
    for comment in in_status("returned", "expired"):
        assert bool(comment.note) != bool(comment.offends)


def test_what_is_public_offends_nothing() -> None:
    assert not any(comment.offends for comment in in_status("approved", "removed", "withdrawn", "erased"))


def test_a_correction_was_taken_where_there_was_something_to_correct() -> None:
    corrected = [comment for comment in COMMENTS.values() if comment.first_body]

    assert len(corrected) >= 8
    assert {comment.lane for comment in corrected} == {"approved", "clean"}


def test_the_engine_finds_the_offences_that_a_comment_is_said_to_have() -> None:
    disagreements = {comment.body: offended(comment.body) for comment in COMMENTS.values() if offended(comment.body) != comment.offends}

    assert disagreements == {}


def test_only_what_the_policy_rejected_or_would_return_holds_an_offence_that_it_rejects() -> None:
    graveness = {comment.body: review(comment.body).outcome for comment in COMMENTS.values() if comment.status != "returned"}
    rejected = {body for body, outcome in graveness.items() if outcome is Outcome.REJECT}

    assert rejected == {comment.body for comment in in_status("rejected") if comment.rejected_by == "policy"}


def test_a_comment_without_an_editors_note_was_returned_for_what_the_policy_returns() -> None:
    for comment in in_status("returned", "expired"):
        outcomes = {finding.outcome for finding in review(comment.body).findings}
        assert comment.note or outcomes & {Outcome.CORRECT, Outcome.REJECT}, comment.body


def test_the_correction_offered_for_a_first_text_is_the_text_that_was_sent() -> None:
    corrected = [comment for comment in COMMENTS.values() if comment.first_body]

    assert {comment.first_body: review(comment.first_body).corrected for comment in corrected} == {
        comment.first_body: comment.body for comment in corrected
    }
    assert all(offended(comment.first_body) <= ORTHOGRAPHY and offended(comment.first_body) for comment in corrected)


def test_the_engine_has_nothing_against_the_articles_the_names_and_the_notes() -> None:
    articles = [text for article in ARTICLES.values() for text in (article.title, article.summary, article.author, *article.body)]
    written = [text for comment in COMMENTS.values() for text in (comment.name, comment.note) if text]

    assert offending([*articles, *written]) == {}
