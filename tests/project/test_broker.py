"""The bell: a publisher never waits long for it, and what it rings reaches a worker."""

import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from project.broker import PUBLISHER_SECONDS, WORKER_SECONDS, for_workers, transport_options
from tests.live_site import ROOT, environment, free_port
from tests.project.installation import python, run

RING = "from comments.tasks import sweep; sweep.delay()"
URLS = ["redis://127.0.0.1:{port}/0", "amqp://guest@127.0.0.1:{port}//"]


@pytest.mark.parametrize("url", URLS)
def test_a_publisher_gives_up_soon_and_a_worker_waits(tmp_path: Path, url: str) -> None:
    publisher = transport_options(url, tmp_path)
    worker = for_workers(url, publisher)

    assert set(publisher.values()) == {PUBLISHER_SECONDS, 0}
    assert set(worker.values()) == {WORKER_SECONDS}


@pytest.mark.parametrize("url", URLS)
def test_a_broker_that_accepts_and_never_answers_keeps_nobody_waiting(tmp_path: Path, url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        process = python(RING, tmp_path, CELERY_BROKER_URL=url.format(port=hung.getsockname()[1]))

    assert "kombu.exceptions.OperationalError" in process.stdout


def in_procfile(process: str) -> list[str]:
    """The command of a process, as `make run` starts it, from the environment that the tests run in."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    commands = dict(line.split(": exec ") for line in lines if not line.startswith("#"))
    program, *arguments = shlex.split(commands[process])
    return [str(Path(sys.executable).with_name(Path(program).name)), *arguments]


@contextmanager
def working(data: Path, **settings: str) -> "Iterator[subprocess.Popen[str]]":
    """A worker at the head of a process group of its own, killed at the end if it has not stopped before."""
    command, given = in_procfile("worker"), environment(data, **settings)
    with subprocess.Popen(
        command, cwd=ROOT, env=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as worker:
        try:
            yield worker
        finally:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)


def first_success(worker: "subprocess.Popen[str]") -> str:
    """The line in which the worker tells of the first task that it has finished."""
    assert worker.stdout is not None
    return next((line for line in worker.stdout if "succeeded" in line), "")


def test_a_worker_whose_whole_group_is_told_to_stop_finishes_what_it_is_at(tmp_path: Path) -> None:
    run([sys.executable, "manage.py", "migrate"], tmp_path)
    python(f"{RING}\n" * 20, tmp_path)

    with working(tmp_path) as worker:
        done = first_success(worker)
        os.killpg(worker.pid, signal.SIGTERM)
        output, _ = worker.communicate(timeout=60)

    assert "comments.tasks.sweep" in done
    assert worker.returncode == 0
    assert "exited with" not in output


@pytest.mark.requires("redis")
def test_a_message_in_redis_reaches_a_worker(tmp_path: Path) -> None:
    run([sys.executable, "manage.py", "migrate"], tmp_path)
    port = str(free_port())
    url = f"redis://127.0.0.1:{port}/0"

    with subprocess.Popen(["redis-server", "--port", port, "--save", "", "--dir", str(tmp_path)], stdout=subprocess.PIPE, text=True) as redis:
        assert redis.stdout is not None
        assert any("Ready to accept connections" in line for line in redis.stdout)
        python(RING, tmp_path, CELERY_BROKER_URL=url)
        with working(tmp_path, CELERY_BROKER_URL=url) as worker:
            done = first_success(worker)
        redis.terminate()

    assert "comments.tasks.sweep" in done
