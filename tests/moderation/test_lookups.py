"""What was just looked up is gone by for a moment, and no longer."""

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from comments import api_keys
from comments.api_keys import Scope
from moderation import lookups, versions
from moderation.lookups import Lookups
from moderation.models import Site


@pytest.fixture
def clock(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    settings.LOOKUPS_KEPT_SECONDS = 1.0
    time = [100.0]
    monkeypatch.setattr(lookups, "monotonic", lambda: time[0])
    yield time
    versions._active.forget()
    api_keys._kept.forget()


def test_it_is_asked_for_once_a_second(clock: list[float]) -> None:
    kept, answers = Lookups[str, int](), iter(range(10))

    def find() -> int | None:
        return kept.find("key", lambda: next(answers))

    assert [find(), find()] == [0, 0]
    clock[0] += 0.9
    assert find() == 0
    clock[0] += 0.1
    assert [find(), find()] == [1, 1]


def test_what_was_not_found_is_asked_for_again(clock: list[float]) -> None:
    kept, answers = Lookups[str, int](), iter([None, 5])

    assert [kept.find("key", lambda: next(answers)) for _ in range(3)] == [None, 5, 5]


def test_it_does_not_grow_without_end(clock: list[float]) -> None:
    kept = Lookups[int, int]()
    for key in range(3 * lookups.MOST):
        kept.find(key, lambda: 1)

    assert len(kept._kept) <= lookups.MOST


def test_a_policy_that_was_enacted_here_holds_here_at_once(
    site: Site, clock: list[float], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = versions.active(site)
    with CaptureQueriesContext(connection) as captured:
        assert versions.active(site) == before
    assert not captured.captured_queries

    with django_capture_on_commit_callbacks(execute=True):
        enacted = versions.enact(site, {})

    assert versions.active(site) == enacted


def test_a_key_that_was_revoked_here_is_refused_here_at_once(site: Site, clock: list[float]) -> None:
    now = timezone.now()
    made = api_keys.make(site, "haber sitesi", {Scope.SUBMIT}, now=now)
    assert api_keys.find(made.key, now=now) == made.row

    api_keys.revoke(made.row, now=now)

    assert api_keys.find(made.key, now=now) is None
