"""The demo's crowd behaves as readers of a real site do, at any size."""

from collections import Counter
from itertools import islice

import pytest

from comments.demo import texts
from comments.demo.composing import Topic, topics
from comments.demo.crowd import CHUNK, WEEK, Crowd, Place
from comments.demo.texts import DemoComment
from comments.models import Status
from moderation.engine.text import normalise

ARTICLES = 10_000
SIZE = 2 * CHUNK


@pytest.fixture(scope="module")
def spoken_of() -> tuple[Topic, ...]:
    return topics(texts.comments())


@pytest.fixture(scope="module")
def places(spoken_of: tuple[Topic, ...]) -> dict[str, Place]:
    return {str(number): Place(str(number), 100.0 + 110 * number, spoken_of[number % len(spoken_of)]) for number in range(ARTICLES)}


@pytest.fixture(scope="module")
def crowd(places: dict[str, Place]) -> dict[str, DemoComment]:
    return {comment.id: comment for chunk in Crowd(list(places.values()), ["Ayşe", "Can"], SIZE).chunks() for comment in chunk}


def test_as_many_comments_come_as_are_asked_for(crowd: dict[str, DemoComment]) -> None:
    assert len(crowd) == SIZE


def test_most_are_published_and_a_few_wait(crowd: dict[str, DemoComment]) -> None:
    ends = Counter(comment.status for comment in crowd.values())

    assert 0.78 < ends[Status.APPROVED] / SIZE < 0.82
    assert 0.085 < ends[Status.REJECTED] / SIZE < 0.115
    assert 0.015 < ends[Status.PENDING] / SIZE < 0.03
    assert set(ends) == set(Status) - {Status.ERASED}


def test_one_article_has_a_twentieth_of_all_comments_and_a_few_readers_write_most(crowd: dict[str, DemoComment]) -> None:
    [(_, busiest)] = Counter(comment.article for comment in crowd.values()).most_common(1)
    writers = Counter(comment.reader for comment in crowd.values())

    assert 0.04 < busiest / SIZE < 0.06
    assert sum(count for _, count in writers.most_common(len(writers) // 5)) > SIZE / 2


def test_nothing_is_written_before_its_article_or_in_the_future(crowd: dict[str, DemoComment], places: dict[str, Place]) -> None:
    assert all(0 <= comment.minutes_ago <= places[comment.article].age for comment in crowd.values())


def test_only_what_waited_a_week_for_its_writer_has_expired(crowd: dict[str, DemoComment]) -> None:
    assert all(comment.minutes_ago > WEEK for comment in crowd.values() if comment.status == Status.EXPIRED)
    assert all(comment.minutes_ago <= WEEK for comment in crowd.values() if comment.status == Status.RETURNED)


def test_a_quarter_answers_a_published_comment_on_the_same_article(crowd: dict[str, DemoComment]) -> None:
    replies = [(comment, crowd[comment.reply_to]) for comment in crowd.values() if comment.reply_to]

    assert 0.22 < len(replies) / SIZE < 0.28
    for reply, answered in replies:
        assert answered.status == Status.APPROVED
        assert not answered.reply_to
        assert answered.article == reply.article
        assert answered.minutes_ago - answered.minutes_to_decide >= reply.minutes_ago


def test_a_greater_crowd_begins_with_the_comments_of_a_smaller_one(places: dict[str, Place], crowd: dict[str, DemoComment]) -> None:
    greater = Crowd(list(places.values()), ["Ayşe", "Can"], SIZE + 1)

    assert next(greater.chunks()) == list(islice(crowd.values(), CHUNK))


def test_the_texts_are_a_few_thousand_and_stored_as_they_are_written(spoken_of: tuple[Topic, ...]) -> None:
    written = {text for topic in spoken_of for wording in (*topic.clean, *topic.corrected, *topic.offending) for text in wording[:2] if text}

    assert 2000 < len(written) < 5000
    assert all(normalise(text) == text for text in written)
