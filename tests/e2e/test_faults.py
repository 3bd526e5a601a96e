"""What was stored is delivered, whatever dies on the way, and nobody waits for a broker. Prints what it counted and measured."""

import json
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from uuid import UUID

import psycopg
import pytest

from tests.brokers import Broker, broker
from tests.live_site import ROOT, LiveSite, free_port, server, serving
from tests.smtp import PATIENCE_SECONDS, MailServer, Stage, mail_server

CELERY = str(Path(sys.executable).with_name("celery"))
ANSWERED_WITHIN_SECONDS = 1.5
COMMENTS = 6

# The file-system transport cannot freeze: there is nobody behind it.
FAULTS = [("files", "away"), ("redis", "frozen"), ("redis", "away"), ("rabbitmq", "frozen"), ("rabbitmq", "away")]
NEEDS = {"redis": [pytest.mark.requires("redis")], "rabbitmq": [pytest.mark.requires("rabbitmq")]}

ARTICLE = """
from comments.models import Article
from moderation.models import Site
Article.objects.create(site=Site.objects.get(), key="vapur", title="Vapur seferleri artırıldı")
"""
SUBMIT = """
import os
from uuid import uuid4
from django.utils import timezone
from comments import guests, submission
from comments.models import Article
article = Article.objects.select_related("site").get()
for _ in range(int(os.environ["COMMENTS"])):
    reader = guests.make_reader(article.site, uuid4(), name="Ece", email=f"ece-{uuid4()}@example.com")
    submission.submit(article, reader, submission.Contribution("Ece", "Sabah seferleri artırılsın.", uuid4()), now=timezone.now())
"""
RING = "from comments import bell; bell.ring()"
# As if a minute had passed since the killed worker took it.
END_LEASES = "UPDATE comments_delivery SET leased_until = NULL WHERE state = 'waiting' RETURNING id"
WAITING = "SELECT e.public_id, d.kind FROM comments_delivery d JOIN comments_event e ON e.id = d.event_id WHERE d.state = 'waiting'"
STORED = "SELECT public_id FROM comments_comment"


@pytest.fixture(scope="module")
def mails() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory, mails: MailServer) -> Iterator[LiveSite]:
    with serving(tmp_path_factory.mktemp("faults"), EMAIL_URL=mails.url, EMAIL_TIMEOUT_SECONDS=str(PATIENCE_SECONDS)) as site:
        shell(site, ARTICLE)
        yield site


@pytest.fixture(scope="module")
def rung(request: pytest.FixtureRequest, newspaper: LiveSite) -> Iterator[tuple[LiveSite, Broker]]:
    """The newspaper as it runs on the broker that the test names."""
    data = Path(newspaper.environment["DATA_DIR"])
    with broker(request.param, data) as bell:
        port = str(free_port())
        variables = {"PORT": port, "CELERY_BROKER_URL": bell.url, "CELERY_QUEUE": bell.queue}
        site = replace(newspaper, url=f"http://127.0.0.1:{port}", environment={**newspaper.environment, **variables})
        with server(site, until="/readyz"):
            yield site, bell


def shell(site: LiveSite, program: str) -> str:
    return site.manage("shell", "--verbosity", "0", "--command", program)


def submit(site: LiveSite, number: int) -> None:
    """So many comments, each by another reader with an address to be confirmed."""
    site.manage("shell", "--verbosity", "0", "--command", SUBMIT, COMMENTS=str(number))


@contextmanager
def worker(site: LiveSite) -> Iterator["subprocess.Popen[str]"]:
    """A worker of one process, so that whoever kills it kills what it does."""
    flags = ["--pool", "solo", "--loglevel", "warning", "--without-gossip", "--without-mingle", "--without-heartbeat"]
    process = subprocess.Popen([CELERY, "--quiet", "--app", "project", "worker", *flags], cwd=ROOT, env=site.environment, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def ask(site: LiveSite, statement: str) -> list[tuple[Any, ...]]:
    """What the site's database answers, without starting a process of the site."""
    if url := site.environment["DATABASE_URL"]:
        with psycopg.connect(url) as postgresql:
            # A statement of this file's own.
            return postgresql.execute(statement.encode()).fetchall()
    with closing(sqlite3.connect(Path(site.environment["DATA_DIR"], "mizan.sqlite3"), isolation_level=None)) as sqlite:
        return sqlite.execute(statement).fetchall()


def waiting(site: LiveSite) -> list[str]:
    """The Message-IDs of what is still to be delivered."""
    return [f"<{UUID(str(event))}.{kind}@127.0.0.1>" for event, kind in ask(site, WAITING)]


def stored(site: LiveSite) -> set[str]:
    """The ids of all comments."""
    return {str(UUID(str(comment))) for (comment,) in ask(site, STORED)}


def wait_until_delivered(site: LiveSite, process: "subprocess.Popen[str]") -> None:
    """Looks ten times a second, for as long as the process lives that is to deliver."""
    for _ in range(10 * PATIENCE_SECONDS):
        if not waiting(site):
            return
        with suppress(subprocess.TimeoutExpired):
            raise ChildProcessError(f"ended with {process.wait(timeout=0.1)}")
    raise TimeoutError("there is still something to be delivered")


def post(site: LiveSite) -> tuple[str, float]:
    """Sends a comment with an address; its id, and how many seconds the answer took."""
    author = {"name": "Ece", "email": f"ece-{time.monotonic_ns()}@example.com"}
    body = json.dumps({"body": "Sabah seferleri artırılsın.", "author": author}).encode()
    request = Request(f"{site.url}/api/v1/articles/vapur/comments/", body, {"Content-Type": "application/json"})
    started = time.monotonic()
    with urlopen(request) as answer:
        seconds = time.monotonic() - started
        assert answer.status == 201
        return json.load(answer)["id"], seconds


def test_workers_killed_in_the_middle_of_a_mail_lose_none_and_hide_no_second_one(newspaper: LiveSite, mails: MailServer) -> None:
    submit(newspaper, COMMENTS)
    expected = waiting(newspaper)
    mails.received.clear()

    for stage in (Stage.OFFERED, Stage.TAKEN):
        shell(newspaper, RING)
        mails.hold_next(stage)
        with worker(newspaper) as killed:
            assert mails.held.wait(PATIENCE_SECONDS)
            killed.kill()
        mails.let_go()
        ask(newspaper, END_LEASES)
    newspaper.manage("sweep", "--once")

    counted = Counter(mails.received)
    twice = [identity for identity, times in counted.items() if times > 1]
    print(f"\n2 workers killed: {len(counted)} of {len(expected)} messages in {len(mails.received)} mails, {len(twice)} of them known by its id")
    assert len(expected) == COMMENTS
    assert set(counted) == set(expected)
    # Taken by the mail server, which was cut off before it could say so: nobody can know, and the receiver knows it by its id.
    assert (len(twice), len(mails.received)) == (1, COMMENTS + 1)
    assert waiting(newspaper) == []


def test_a_sweep_leaves_alone_what_a_worker_is_at(newspaper: LiveSite, mails: MailServer) -> None:
    submit(newspaper, COMMENTS)
    shell(newspaper, RING)
    mails.received.clear()

    mails.hold_next(Stage.TAKEN)
    with worker(newspaper) as process:
        assert mails.held.wait(PATIENCE_SECONDS)
        newspaper.manage("sweep", "--once")
        [still_at_it] = waiting(newspaper)
        mails.let_go()
        wait_until_delivered(newspaper, process)

    assert still_at_it in mails.received
    assert len(mails.received) == len(set(mails.received)) == COMMENTS


def test_four_who_sweep_at_once_send_each_message_once(newspaper: LiveSite, mails: MailServer) -> None:
    submit(newspaper, 40)
    expected = waiting(newspaper)
    mails.received.clear()

    command = [sys.executable, "manage.py", "sweep", "--once"]
    sweepers = [subprocess.Popen(command, cwd=ROOT, env=newspaper.environment) for _ in range(4)]

    assert [sweeper.wait() for sweeper in sweepers] == [0, 0, 0, 0]
    assert len(expected) == 40
    assert sorted(mails.received) == sorted(expected)


def test_a_plain_process_sweeps_without_any_broker_until_it_is_told_to_stop(newspaper: LiveSite, mails: MailServer) -> None:
    submit(newspaper, COMMENTS)
    expected = waiting(newspaper)
    nowhere = {**newspaper.environment, "CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}

    with subprocess.Popen([sys.executable, "manage.py", "sweep"], cwd=ROOT, env=nowhere, text=True) as process:
        wait_until_delivered(newspaper, process)
        process.terminate()

    assert process.returncode == 0
    assert set(expected) <= set(mails.received)


@pytest.mark.parametrize("rung", [pytest.param(name, marks=NEEDS.get(name, [])) for name in ("files", "redis", "rabbitmq")], indirect=True)
def test_a_ring_wakes_a_worker_at_once(rung: tuple[LiveSite, Broker], mails: MailServer, request: pytest.FixtureRequest) -> None:
    site, _ = rung
    with worker(site) as process:
        warm, _ = post(site)
        assert mails.arrived.wait(PATIENCE_SECONDS)

        mails.arrived.clear()
        started = time.monotonic()
        post(site)
        assert mails.arrived.wait(PATIENCE_SECONDS)
        seconds = time.monotonic() - started
        wait_until_delivered(site, process)

    print(f"\n{request.node.callspec.id}: from the post to the mail {seconds:.2f} s")
    assert warm in stored(site)


@pytest.mark.parametrize(("rung", "fault"), [pytest.param(*case, marks=NEEDS.get(case[0], [])) for case in FAULTS], indirect=["rung"])
def test_no_broker_keeps_a_reader_waiting_and_the_sweep_finds_the_work(
    fault: str, rung: tuple[LiveSite, Broker], mails: MailServer, request: pytest.FixtureRequest
) -> None:
    site, bell = rung
    post(site)

    with bell.frozen() if fault == "frozen" else bell.away():
        posted = [post(site) for _ in range(4)]
        expected = waiting(site)
        site.manage("sweep", "--once")

    slowest = max(seconds for _, seconds in posted)
    print(f"\n{request.node.callspec.id}: slowest answer {slowest:.2f} s")
    assert slowest < ANSWERED_WITHIN_SECONDS
    assert {comment for comment, _ in posted} <= stored(site)
    assert len(expected) >= len(posted)
    assert set(expected) <= set(mails.received)
    assert waiting(site) == []
