"""The service beside a bare Django application, on the same PostgreSQL, web server and machine, in alternating rounds: `python -m benchmarks.http`.

What is reported is how many requests the service answers in the time in which the bare application answers one, as the median of the rounds.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import live_check, report
from benchmarks.load import CLIENTS, Pace, Question, pace
from tests import live_site
from tests.databases import postgresql
from tests.live_site import GUNICORN, ROOT, LiveSite

ARTICLES = 200
COMMENTS = 20_000
ROUNDS = 5
SECONDS = 2.0
BODY = "On bir yıl önceki son seferde ben de vardım. Pazartesi sabahı ilk vapura yine bineceğim, bu kez torunumla."

_SETTINGS = {"WEB_PROCESSES": "2", "WEB_THREADS": "1", "LOG_LEVEL": "WARNING", "GUNICORN_CMD_ARGS": "--log-level=warning", **live_check.SETTINGS}


class Comparison(NamedTuple):
    """A question to the service, and the one to the bare application that it is measured against."""

    name: str
    service: Question
    bare: Question
    against: str


class Result(NamedTuple):
    """Both paces of each round."""

    comparison: Comparison
    service: tuple[Pace, ...]
    bare: tuple[Pace, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        return tuple(service.rate / bare.rate for service, bare in zip(self.service, self.bare, strict=True))


def main() -> None:
    with postgresql() as (origin, url), TemporaryDirectory() as folder:
        os.environ["TEST_DATABASE_URL"] = url
        print(f"PostgreSQL: {origin}. Filling it with {COMMENTS:,} comments …", flush=True)
        with live_site.serving(Path(folder), **_SETTINGS) as site:
            site.manage("demo", f"--articles={ARTICLES}", f"--comments={COMMENTS}")
            with _bare(site) as port:
                results = measured(comparisons(site, port))
                _show_limit_of_the_clients(port)
            check = live_check.told(live_check.measured(site))
    print(check)
    report.write("http", f"{table(results)}\n\n{check}")
    print(f"Written to {report.DOCUMENT.relative_to(ROOT)}.")


@contextmanager
def _bare(site: LiveSite) -> Iterator[int]:
    """The port of the bare application, on a table of its own beside the service's."""
    port = live_site.free_port()
    bare = LiveSite(f"http://127.0.0.1:{port}", {**site.environment, "PORT": str(port)})
    filling = [sys.executable, "-m", "benchmarks.bare", str(ARTICLES), str(COMMENTS), BODY]
    subprocess.run(filling, cwd=ROOT, env=bare.environment, check=True)
    server = subprocess.Popen([GUNICORN, "--config", "benchmarks/bare/server.py"], cwd=ROOT, env=bare.environment)
    try:
        live_site.wait_for(f"{bare.url}/nothing/", server)
        yield port
    finally:
        server.terminate()
        server.wait()


def comparisons(site: LiveSite, bare_port: int) -> list[Comparison]:
    port = int(site.environment["PORT"])
    key = site.manage("api_key", "create", "benchmark", "--scope=submit").strip()
    server = {"Authorization": f"Api-Key {key}"}
    keys = [f"okur-kosesi-{number}" for number in range(50)]
    counts = Question(port, f"/api/v1/counts/?{'&'.join(f'article={key}' for key in keys)}")
    busiest = _busiest(counts)
    comments = f"/api/v1/articles/{busiest}/comments/"
    submission = {"body": f"{{n}}. {BODY}", "author": {"name": "Ayşe K.", "subject": "reader-{n}"}}
    bare_list = Question(bare_port, "/list/?article=article-7")
    bare_submission = Question(bare_port, "/submit/", 201, "POST", body={"article": "article-7", "name": "Ayşe K.", "body": f"{{n}}. {BODY}"})
    bare_counts = Question(bare_port, f"/counts/?{'&'.join(f'article=article-{number}' for number in range(50))}")
    known = {"If-None-Match": _etag(Question(port, f"{comments}?limit=50"))}
    return [
        Comparison("submit a comment", Question(port, comments, 201, "POST", server, submission), bare_submission, "one INSERT"),
        Comparison("check a text", Question(port, "/api/v1/check/", 200, "POST", server, {"text": BODY}), bare_submission, "one INSERT"),
        Comparison("list 50 threads", Question(port, f"{comments}?limit=50"), bare_list, "a list of 50 rows"),
        Comparison("the same, not modified", Question(port, f"{comments}?limit=50", 304, headers=known), bare_list, "a list of 50 rows"),
        Comparison("counts of 50 articles", counts, bare_counts, "the same GROUP BY"),
    ]


def _busiest(counts: Question) -> str:
    _head, _blank, document = counts.asked(0).partition(b"\r\n\r\n")
    numbers: Mapping[str, int] = json.loads(document)["counts"]
    return max(numbers, key=lambda key: numbers[key])


def _etag(question: Question) -> str:
    head, _blank, _document = question.asked(0).partition(b"\r\n\r\n")
    return next(value.strip() for name, _colon, value in (line.partition(":") for line in head.decode().splitlines()) if name == "ETag")


def measured(compared: list[Comparison]) -> list[Result]:
    """Alternating, so that what else the machine does slows both."""
    rounds: dict[str, list[tuple[Pace, Pace]]] = {comparison.name: [] for comparison in compared}
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS} …", flush=True)
        for comparison in compared:
            rounds[comparison.name].append((pace(comparison.service, SECONDS), pace(comparison.bare, SECONDS)))
    results = [Result(comparison, *zip(*rounds[comparison.name], strict=True)) for comparison in compared]
    for result in results:
        service, bare = median(pace.rate for pace in result.service), median(pace.rate for pace in result.bare)
        waits = median(pace.milliseconds for pace in result.service)
        print(f"{result.comparison.name:<24} {service:6.0f}/s ({waits:.1f} ms), bare {bare:6.0f}/s: {median(result.ratios):.2f}")
    return results


def _show_limit_of_the_clients(port: int) -> None:
    print(f"The clients reach {pace(Question(port, '/nothing/'), SECONDS).rate:.0f}/s against an empty answer of the bare application.")


def table(results: list[Result]) -> str:
    rows = [
        f"| {result.comparison.name} | {result.comparison.against} | {median(result.ratios):.2f} | {min(result.ratios):.2f} to {max(result.ratios):.2f} |"
        for result in results
    ]
    return "\n".join(
        [
            "## Requests",
            "",
            f"For one request that a bare Django application answers, the service answers so many ({datetime.now(UTC):%d %B %Y}, `python -m benchmarks.http`):",
            "",
            "| the service | the bare application | ratio | in the rounds |",
            "|---|---|---:|---:|",
            *rows,
            "",
            f"Both on gunicorn with two synchronous workers and the same PostgreSQL, with {COMMENTS:,} comments each and {CLIENTS} clients at once; medians of",
            f"{ROUNDS} alternating rounds. A comment that is submitted is judged and stored with its revision, review, decision and event, for a reader seen for",
            "the first time; a listed thread carries its first replies. The bare application has one table, no middleware, no authentication and no rules.",
        ]
    )


if __name__ == "__main__":
    main()
