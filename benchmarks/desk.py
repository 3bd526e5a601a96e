"""The editors' desk beside an empty page of the admin, on the same database, web server and machine, in alternating rounds: `python -m benchmarks.desk`.

What is reported is how many empty pages of Django's admin could have been answered in the time that the desk takes, at the median and at the 99th percentile
of both, on PostgreSQL and on SQLite. `--comments` and `--sqlite-comments` say how many comments they are filled with; `--database` and `--sqlite-database`
name databases that `manage.py demo` has filled before, and that are decided on.
"""

import argparse
import http.client
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import cycle
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import report
from tests import live_site
from tests.databases import postgresql
from tests.live_site import ROOT, LiveSite

COMMENTS = SQLITE_COMMENTS = 20_000
ROUNDS = 200
EMPTY = "an empty admin page"
_SETTINGS = {"WEB_PROCESSES": "1", "WEB_THREADS": "1", "LOG_LEVEL": "WARNING", "GUNICORN_CMD_ARGS": "--log-level=warning"}
_TOKEN = "b" * 32

_EDITOR = """
from django.contrib.auth.models import User
from django.test import Client
editor, _ = User.objects.get_or_create(username="benchmark", defaults={"is_staff": True, "is_superuser": True})
client = Client()
client.force_login(editor)
print(client.cookies["sessionid"].value)
"""
_SNAPSHOT = """
from django.utils import timezone
from comments.desk import snapshots
snapshots.take(now=timezone.now())
"""
_WAITING = f"""
from comments.lanes import in_lane
from comments.models import Comment
print(Comment.objects.count(), Comment.objects.filter(status="pending").count())
for key, version in in_lane("clean").order_by("submitted_at", "pk").values_list("public_id", "version")[:{3 * ROUNDS}]:
    print(key, version)
"""


class Result(NamedTuple):
    """How long each answer took, in milliseconds."""

    name: str
    times: list[float]

    @property
    def slow(self) -> float:
        """The 99th percentile, by nearest rank."""
        return sorted(self.times)[ceil(0.99 * len(self.times)) - 1]


class Measured(NamedTuple):
    """What one database took, with so many comments of which so many wait."""

    database: str
    comments: int
    pending: int
    results: list[Result]


class Editor(NamedTuple):
    """Signed in, and asking one thing after the other."""

    port: int
    session: str

    def ask(self, path: str, *, part: str = "", form: Mapping[str, object] | None = None) -> float:
        """Milliseconds to the page in the end, redirections among them. Raises ValueError for any other answer."""
        began = time.perf_counter()
        status, location = self._answered(path, part, urlencode(form) if form else None)
        if status == 303:
            status, _ = self._answered(location.partition("#")[0], part, None)
        if status != 200:
            raise ValueError(f"{path}: {status}")
        return (time.perf_counter() - began) * 1000

    def _answered(self, path: str, part: str, body: str | None) -> tuple[int, str]:
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={_TOKEN}",
            "X-CSRFToken": _TOKEN,
            **({"HX-Request": "true", "Desk-Part": part} if part else {}),
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location", "")
        finally:
            connection.close()


def main() -> None:
    asked = _arguments()
    report.write("desk", table([_on_postgresql(asked), _on_sqlite(asked)]))
    print(f"Written to {report.DOCUMENT.relative_to(ROOT)}.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How long the editors' desk takes, in empty pages of the admin.")
    parser.add_argument("--comments", type=int, default=COMMENTS, help="on PostgreSQL")
    parser.add_argument("--sqlite-comments", type=int, default=SQLITE_COMMENTS, help="on SQLite")
    parser.add_argument("--database", default="", help="URL of a PostgreSQL database that is filled already")
    parser.add_argument("--sqlite-database", default="", help="URL of such a SQLite database")
    return parser.parse_args()


def _on_postgresql(asked: argparse.Namespace) -> Measured:
    if asked.database:
        return _measured_on("PostgreSQL", _filled(asked.database))
    with postgresql() as (_origin, url), _named(url):
        return _measured_on("PostgreSQL", _new(asked.comments))


def _on_sqlite(asked: argparse.Namespace) -> Measured:
    if asked.sqlite_database:
        return _measured_on("SQLite", _filled(asked.sqlite_database))
    with _named(""):
        return _measured_on("SQLite", _new(asked.sqlite_comments))


def _measured_on(database: str, sites: AbstractContextManager[LiveSite]) -> Measured:
    with sites as site:
        session = site.manage("shell", "--no-imports", "-c", _EDITOR).strip()
        counted, *waiting = site.manage("shell", "--no-imports", "-c", _WAITING).splitlines()
        site.manage("shell", "--no-imports", "-c", _SNAPSHOT)
        print(f"On {database}:", flush=True)
        results = measured(Editor(int(site.environment["PORT"]), session), [tuple(line.split()) for line in waiting])
    comments, pending = map(int, counted.split())
    return Measured(database, comments, pending, results)


@contextmanager
def _named(url: str) -> Iterator[None]:
    """The server on which live sites have their databases; SQLite without one."""
    before, os.environ["TEST_DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", ""), url
    try:
        yield
    finally:
        os.environ["TEST_DATABASE_URL"] = before


@contextmanager
def _filled(database: str) -> Iterator[LiveSite]:
    port = live_site.free_port()
    with TemporaryDirectory() as folder:
        environment = live_site.environment(Path(folder), DATABASE_URL=database, PORT=str(port), **_SETTINGS)
        site = LiveSite(f"http://127.0.0.1:{port}", environment)
        site.manage("migrate", "--verbosity", "0")
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        with live_site.server(site, until="/readyz"):
            yield site


@contextmanager
def _new(comments: int) -> Iterator[LiveSite]:
    with TemporaryDirectory() as folder, live_site.serving(Path(folder), **_SETTINGS) as site:
        print(f"Filling a database with {comments:,} comments …", flush=True)
        site.manage("demo", "--articles=200", f"--comments={comments}")
        yield site


def measured(editor: Editor, waiting: list[tuple[str, ...]]) -> list[Result]:
    """Alternating, so that what else the machine does slows all."""
    names = (EMPTY, "the first screen", "the next card", "a decision, to the next card", "the dashboard", "word of what is new")
    results = {name: Result(name, []) for name in names}
    cards, since = cycle(waiting[ROUNDS:]), urlencode({"since": datetime.now(UTC).isoformat()})
    for number, (key, version) in enumerate(waiting[:ROUNDS]):
        if number % 50 == 0:
            print(f"Round {number + 1} of {ROUNDS} …", flush=True)
        card, decision = next(cards)[0], {"decision": "approve", "version": version}
        for name, took in zip(
            names,
            (
                editor.ask("/admin/password_change/"),
                editor.ask("/admin/desk/?lane=clean"),
                editor.ask(f"/admin/desk/?lane=clean&open={card}", part="card"),
                editor.ask(f"/admin/desk/comments/{key}/decisions/?lane=clean", part="decided", form=decision),
                editor.ask("/admin/desk/dashboard/"),
                editor.ask(f"/admin/desk/news/?lane=clean&{since}"),
            ),
            strict=True,
        ):
            results[name].times.append(took)
    for result in results.values():
        print(f"{result.name:<30} {median(result.times):6.1f} ms, 99th percentile {result.slow:6.1f} ms")
    return list(results.values())


def table(databases: list[Measured]) -> str:
    names = [result.name for result in databases[0].results if result.name != EMPTY]
    head = " | ".join(f"{one.database}, median | 99th percentile" for one in databases)
    size = "; ".join(f"{one.database} with {one.comments:,} comments of which {one.pending:,} wait" for one in databases)
    return "\n".join(
        [
            "## The editors' desk",
            "",
            f"How long each takes, in empty pages of Django's admin (the one to change a password): {size}",
            f"({datetime.now(UTC):%d %B %Y}, `python -m benchmarks.desk`):",
            "",
            f"| at the desk | {head} |",
            f"|---|{'---:|' * 2 * len(databases)}",
            *(f"| {name} | {' | '.join(_ratios(name, one.results) for one in databases)} |" for name in names),
            "",
            f"One editor on one synchronous gunicorn worker, {ROUNDS} alternating rounds. A decision is the form that is sent and the list with the next",
            "card that comes back. The dashboard shows what the sweep measured at most some minutes ago.",
        ]
    )


def _ratios(name: str, results: list[Result]) -> str:
    by_name = {result.name: result for result in results}
    empty, one = by_name[EMPTY], by_name[name]
    return f"{median(one.times) / median(empty.times):.1f} | {one.slow / empty.slow:.1f}"


if __name__ == "__main__":
    main()
