"""Several processes of the service at the same work on the tests' database, begun at the same moment.

Each is `python -m tests.comments.load.hands`: it reads works, a line of JSON each, and answers each with a line.
"""

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection

from tests.live_site import ROOT, environment

Hand = subprocess.Popen[str]


class Hands:
    """Processes that have started and wait for work."""

    def __init__(self, hands: Sequence[Hand]) -> None:
        self.hands = hands

    def together(self, work: str, arguments: Sequence[dict[str, Any]]) -> list[Any]:
        """What each process answers, one for each of the arguments; `work` is a function of `tests.comments.load.work`."""
        busy = self.hands[: len(arguments)]
        for hand, given in zip(busy, arguments, strict=True):
            print(json.dumps([work, given]), file=hand.stdin, flush=True)
        answers = [_answer(hand) for hand in busy]
        if failures := [failure for failure, _ in answers if failure]:
            pytest.fail("\n".join(failures), pytrace=False)
        return [done for _, done in answers]


@contextmanager
def started(count: int, data: Path, **settings: str) -> Iterator[Hands]:
    """So many processes; `data` is an empty folder for theirs."""
    given = environment(data, DATABASE_URL=_database(), CELERY_BROKER_URL="memory://", DJANGO_SETTINGS_MODULE="project.settings", **settings)
    command = [sys.executable, "-m", "tests.comments.load.hands"]
    with ExitStack() as running:
        # Leaving closes their standard input, at which they end.
        start = [subprocess.Popen(command, cwd=ROOT, env=given, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(count)]
        hands = Hands([running.enter_context(hand) for hand in start])
        hands.together("be_ready", [{}] * count)
        yield hands


def _database() -> str:
    """The URL of the database that the tests run on."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(name)}"
    return urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _answer(hand: Hand) -> list[Any]:
    assert hand.stdout
    line = hand.stdout.readline()
    answer: list[Any] = json.loads(line) if line else [f"the process ended with {hand.wait()}", None]
    return answer


def main() -> None:
    import django

    # Logs go elsewhere than answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    django.setup()
    from tests.comments.load import work

    for line in sys.stdin:
        name, given = json.loads(line)
        try:
            answer = [None, getattr(work, name)(**given)]
        except Exception:  # noqa: BLE001  (told by the test that asked)
            answer = [traceback.format_exc(), None]
        connection.close()
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
