"""How long ago, in words."""

from datetime import datetime, timedelta

import pytest
from django.utils import translation

from comments.templatetags.reader import age, paragraphs


@pytest.mark.parametrize(
    ("passed", "turkish", "english"),
    [
        (timedelta(seconds=-5), "az önce", "just now"),
        (timedelta(seconds=59), "az önce", "just now"),
        (timedelta(minutes=1), "1 dakika önce", "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 dakika önce", "59 minutes ago"),
        (timedelta(hours=1), "1 saat önce", "1 hour ago"),
        (timedelta(hours=23), "23 saat önce", "23 hours ago"),
        (timedelta(days=1), "1 gün önce", "1 day ago"),
        (timedelta(days=6), "6 gün önce", "6 days ago"),
        (timedelta(days=7), "15 Kasım 2026", "15 November 2026"),
    ],
)
def test_ages(now: datetime, passed: timedelta, turkish: str, english: str) -> None:
    with translation.override("tr"):
        assert age(now - passed, now) == turkish
    with translation.override("en"):
        assert age(now - passed, now) == english


def test_the_date_is_istanbuls(now: datetime) -> None:
    with translation.override("tr"):
        assert age(datetime.fromisoformat("2026-11-10T22:30:00+00:00"), now) == "11 Kasım 2026"


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert paragraphs("Bir\nsatır.\n \n\nİkinci.\n\n") == ["Bir\nsatır.", "İkinci."]
