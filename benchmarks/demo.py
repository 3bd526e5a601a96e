"""How fast `manage.py demo` fills PostgreSQL, and how deep pages compare with first ones on what it made: `python -m benchmarks.demo [COMMENTS]`."""

import json
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benchmarks import report
from tests import live_site
from tests.databases import postgresql
from tests.live_site import ROOT, LiveSite

COMMENTS = 1_000_000
COMMENTS_AN_ARTICLE = 100
PAGES = 500
# The first ones and the last ones that are compared; each is asked for once, so that none is answered from memory.
COMPARED = 50
_FRONT_PAGE = 50


def main(comments: int) -> None:
    with postgresql() as (origin, url), TemporaryDirectory() as folder:
        os.environ["TEST_DATABASE_URL"] = url
        print(f"PostgreSQL: {origin}. Filling it with {comments:,} comments …", flush=True)
        with live_site.serving(Path(folder), WEB_PROCESSES="1", WEB_THREADS="1", LOG_LEVEL="WARNING") as site:
            began = time.perf_counter()
            site.manage("demo", f"--articles={comments // COMMENTS_AN_ARTICLE}", f"--comments={comments}")
            taken = time.perf_counter() - began
            article, number = busiest(site, comments // COMMENTS_AN_ARTICLE)
            times = list(waits(f"{site.url}/api/v1/articles/{article}/comments/?flat=1"))
    report.write("demo", told(comments, taken, number, times))
    print(f"{taken:.0f} s. Written to {report.DOCUMENT.relative_to(ROOT)}.")


def busiest(site: LiveSite, articles: int) -> tuple[str, int]:
    """The article with the most comments, by its key, and how many."""
    counts: dict[str, int] = {}
    for first in range(0, articles, _FRONT_PAGE):
        keys = "&".join(f"article=okur-kosesi-{number}" for number in range(first, min(first + _FRONT_PAGE, articles)))
        with urlopen(f"{site.url}/api/v1/counts/?{keys}") as answer:
            counts |= json.load(answer)["counts"]
    return max(counts.items(), key=lambda item: item[1])


def waits(address: str | None) -> Iterator[float]:
    """How long each page after the other takes, in milliseconds."""
    for _ in range(PAGES):
        if address is None:
            return
        began = time.perf_counter()
        with urlopen(address) as answer:
            address = json.load(answer)["next"]
        yield (time.perf_counter() - began) * 1000


def told(comments: int, taken: float, number: int, times: list[float]) -> str:
    first, last = median(times[:COMPARED]), median(times[-COMPARED:])
    made = f"{comments:,} comments on {comments // COMMENTS_AN_ARTICLE:,} articles"
    deep = f"{len(times) - COMPARED + 1} to {len(times)}"
    return "\n".join(
        [
            "## Many comments",
            "",
            f"`manage.py demo` fills PostgreSQL with {made}, each comment with its revisions, reviews, decisions and events,",
            f"at a pace of {comments / taken * 60:,.0f} a minute ({datetime.now(UTC):%d %B %Y}, `python -m benchmarks.demo {comments}`). Of its busiest",
            f"article's {number:,} public comments, pages {deep} take {last / first:.2f} times as long as pages 1 to {COMPARED}; none of them had",
            "been asked for before.",
        ]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COMMENTS)
