"""The counter behind every limit: exactly so many pass, whoever asks at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments import limits, sweeping
from comments.limits import Limit, TooMany
from comments.models import AnsweredRequest, Count

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def passes(limit: Limit, whom: str, now: datetime) -> bool:
    try:
        limits.count(limit, whom, now=now)
    except TooMany:
        return False
    return True


class AnyAskers(TestCase):
    """Of any requests by any guests at any times, those pass that are among the first so many of their minute."""

    @given(st.integers(1, 4), st.lists(st.tuples(st.sampled_from(["guest:1", "guest:2"]), st.integers(0, 150)), max_size=25))
    def test_each_one_is_counted_in_his_own_minute(self, most: int, requests: list[tuple[str, int]]) -> None:
        Count.objects.all().delete()
        passed: dict[tuple[str, int], int] = {}
        for whom, seconds in requests:
            counted = (whom, seconds // 60)
            expected = passed.get(counted, 0) < most

            assert passes(Limit("checks", most), whom, NOON + timedelta(seconds=seconds)) is expected
            passed[counted] = passed.get(counted, 0) + expected


def test_limits_do_not_count_for_one_another(db: None) -> None:
    assert passes(Limit("checks", 1), "guest:1", NOON)
    assert passes(Limit("reports", 1), "guest:1", NOON)
    assert not passes(Limit("checks", 1), "guest:1", NOON)


def test_whoever_waits_as_long_as_he_was_told_passes(db: None) -> None:
    late = NOON + timedelta(seconds=42, microseconds=7)
    limits.count(Limit("checks", 1), "guest:1", now=late)

    with pytest.raises(TooMany) as refused:
        limits.count(Limit("checks", 1), "guest:1", now=late)

    assert refused.value.seconds == 18
    assert passes(Limit("checks", 1), "guest:1", late + timedelta(seconds=refused.value.seconds))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_so_many_pass() -> None:
    def ask(_: int) -> bool:
        try:
            return passes(Limit("checks", 25), "guest:1", NOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(ask, range(80)))

    assert results.count(True) == 25
    assert Count.objects.get().value == 80


def test_no_count_holds_whose_it_is(db: None) -> None:
    limits.count(Limit("checks", 1), "203.0.113.9", now=NOON)

    assert "203.0.113.9" not in Count.objects.get().name


def test_what_no_limit_asks_for_is_forgotten(db: None) -> None:
    for age in (timedelta(hours=25), timedelta(hours=23)):
        limits.count(Limit("checks", 1), "guest:1", now=NOON - age)

    assert limits.forget(now=NOON) == 1
    assert Count.objects.count() == 1


def test_the_sweep_forgets_what_is_needed_no_more(db: None) -> None:
    old = timezone.now() - timedelta(days=3)
    limits.count(Limit("checks", 1), "guest:1", now=old)
    AnsweredRequest.objects.create(caller="guest:1", endpoint="POST /", key="1", payload_digest="0" * 64, created_at=old)

    sweeping.sweep(timezone.now)

    assert not Count.objects.exists()
    assert not AnsweredRequest.objects.exists()
