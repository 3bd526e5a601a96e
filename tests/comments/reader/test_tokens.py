"""The form's token."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from comments.models import Article
from comments.reader import tokens
from comments.reader.tokens import MAXIMUM_AGE, MINIMUM_AGE, Trust

A_MOMENT = timedelta(milliseconds=1)


@pytest.mark.parametrize(
    ("age", "trust"),
    [
        (-MINIMUM_AGE, Trust.TOO_SOON),
        (MINIMUM_AGE - A_MOMENT, Trust.TOO_SOON),
        (MINIMUM_AGE + A_MOMENT, Trust.GOOD),
        (MAXIMUM_AGE - A_MOMENT, Trust.GOOD),
        (MAXIMUM_AGE + A_MOMENT, Trust.TOO_LATE),
    ],
)
def test_a_token_is_good_from_two_seconds_to_two_hours(article: Article, now: datetime, age: timedelta, trust: Trust) -> None:
    guest = uuid4()
    token, submission = tokens.new(article, guest, now=now)

    assert tokens.judge(token, article, guest, submission, now=now + age) is trust


def test_a_token_belongs_to_one_guest_one_article_and_one_submission(article: Article, now: datetime) -> None:
    guest, later = uuid4(), now + MINIMUM_AGE * 2
    token, submission = tokens.new(article, guest, now=now)
    other = Article(site=article.site, key="baska-haber")

    assert tokens.judge(token, other, guest, submission, now=later) is Trust.FOREIGN
    assert tokens.judge(token, article, uuid4(), submission, now=later) is Trust.FOREIGN
    assert tokens.judge(token, article, guest, uuid4(), now=later) is Trust.FOREIGN
    assert tokens.judge(token, article, guest, None, now=later) is Trust.FOREIGN


def test_a_token_cannot_be_altered(article: Article, now: datetime) -> None:
    guest = uuid4()
    token, submission = tokens.new(article, guest, now=now)

    for altered in ("", "x", token[:-1], f"A{token}", token.replace(":", "", 1), f"{token}\x00", "ş" * 50):
        assert tokens.judge(altered, article, guest, submission, now=now + MINIMUM_AGE * 2) is Trust.FOREIGN
