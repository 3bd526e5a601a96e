"""The check beside the form, asked about one text of 300 characters after another: how long a writer waits, and what of it is the engine's.

Run by `benchmarks.http`; by itself, with the service's environment, it measures processor time: one text by the whole request, the next by the engine alone.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from statistics import quantiles
from typing import NamedTuple

from benchmarks import corpora
from benchmarks.load import Question
from tests.live_site import ROOT, LiveSite

CHARACTERS = 300
TEXTS = 1000
# A process that has answered a few has its dictionaries in memory.
_WARM_UP = 20
# One guest asks more than any writer could.
SETTINGS = {"CHECK_LIMIT_PER_MINUTE": "100000", "CHECK_LIMIT_PER_MINUTE_AND_ADDRESS": "100000"}
_PATH = "/api/v1/check/"


class Figures(NamedTuple):
    """Milliseconds at the median and at the 99th percentile."""

    median: float
    slowest: float


class Result(NamedTuple):
    """The time that a client waits, and the processor's for the whole request and for the engine in it."""

    waited: Figures
    request: Figures
    engine: Figures


def measured(site: LiveSite) -> Result:
    """As a guest, whose limits are counted; the service was started with `SETTINGS`."""
    port = int(site.environment["PORT"])
    cookie = {"Cookie": _cookie(Question(port, _PATH, 200, "POST", body={"text": "Merhaba."}))}
    questions = [Question(port, _PATH, 200, "POST", cookie, {"text": text}) for text in texts()]
    waited = [_seconds(question) for question in questions]
    command = [sys.executable, "-m", "benchmarks.live_check"]
    told = subprocess.run(command, cwd=ROOT, env={**os.environ, **site.environment}, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Result(figures(waited[_WARM_UP:]), *(figures(seconds) for seconds in json.loads(told)))


def told(result: Result) -> str:
    rows = (("the writer waits", result.waited), ("processor time of the request", result.request), ("of it, the engine's", result.engine))
    return "\n".join(
        [
            f"The check beside the form, of {TEXTS} texts of {CHARACTERS} characters, one after another, each for the first time:",
            "",
            "| in milliseconds | at the median | at the 99th percentile |",
            "|---|---:|---:|",
            *(f"| {name} | {each.median:.1f} | {each.slowest:.1f} |" for name, each in rows),
        ]
    )


def texts() -> list[str]:
    """Good and bad sentences one after another, cut where they are long enough."""
    return list(islice(_texts(), TEXTS))


def figures(seconds: Sequence[float]) -> Figures:
    cuts = quantiles(seconds, n=100)
    return Figures(cuts[49] * 1000, cuts[98] * 1000)


def _texts() -> Iterator[str]:
    written = ""
    for each in corpora.read().sample(5 * TEXTS).labelled:
        written = f"{written} {each.text}".strip()
        if len(written) >= CHARACTERS:
            yield written[:CHARACTERS].strip()
            written = ""


def _cookie(question: Question) -> str:
    """Who the service says that a guest is."""
    head, _blank, _document = question.asked(0).partition(b"\r\n\r\n")
    fields = (line.partition(": ") for line in head.decode().splitlines())
    return next(value.partition(";")[0] for name, _colon, value in fields if name == "Set-Cookie")


def _seconds(question: Question) -> float:
    began = time.perf_counter()
    question.asked(0)
    return time.perf_counter() - began


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    django.setup()
    from django.test import Client

    from comments.judging import judge
    from moderation import versions
    from moderation.models import Site

    client, site = Client(headers={"Host": "127.0.0.1"}), Site.objects.get(key=versions.DEFAULT_SITE)

    def asked(text: str) -> None:
        answer = client.post(_PATH, {"text": text}, content_type="application/json")
        assert answer.status_code == 200, answer.content

    def spent(ask: Callable[[str], object], text: str) -> float:
        began = time.process_time()
        ask(text)
        return time.process_time() - began

    # By turns, and each text by one of them alone: who comes second would find its words looked up.
    ways = (asked, lambda text: judge(text, site))
    times = [spent(ways[number % 2], text) for number, text in enumerate(texts())][_WARM_UP:]
    print(json.dumps([times[::2], times[1::2]]))


if __name__ == "__main__":
    main()
