"""The web server, its headers, and what it does when something is missing."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.test import Client

from project.port import objection
from tests.live_site import GUNICORN, ROOT, LiveSite, environment, free_port, server
from tests.project.installation import run

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [({"COMMENT_MAX_LENGTH": "0"}, "mizan.E001"), ({"PROFILE": "production"}, "SECRET_KEY is missing")],
)
def test_the_web_server_does_not_start_with_a_mistake_in_its_settings(tmp_path: Path, settings: dict[str, str], complaint: str) -> None:
    process = run([str(GUNICORN)], tmp_path, PORT=str(free_port()), **settings)

    assert process.returncode == 1
    assert "Not starting." in process.stdout
    assert complaint in process.stdout


def test_links_in_the_workers_mails_lead_to_the_web_server_that_make_run_starts(tmp_path: Path) -> None:
    """honcho gives each process a port of its own, and ends all when the first has ended."""
    asking = tmp_path / "Procfile"
    asking.write_text(f"web: sleep 60\nworker: {sys.executable} -c 'from project.settings import PUBLIC_URL; print(PUBLIC_URL)'\n")
    recipe = run(["make", "--dry-run", "--always-make", "run", "PORT=8123"], tmp_path).stdout.splitlines()[-1]
    command = recipe.replace(".venv/bin/", f"{GUNICORN.parent}/").replace(" start", f" start --procfile {asking}")

    told = run(["sh", "-c", command], tmp_path, PORT="8123").stdout

    assert "http://127.0.0.1:8123\n" in told


@pytest.mark.parametrize("port", ["", "seksen", "80a", "-1", "0", "65536", pytest.param("8" * 5000, id="5,000 digits")])
def test_a_port_that_is_none_is_told_before_anything_is_prepared(port: str) -> None:
    assert objection(port) == f"PORT is {port!r}; it must be a number from 1 to 65535."


def test_a_port_that_is_taken_is_told_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]

        told = objection(str(port))

    assert told == f"Port {port} is in use. Stop what runs there, or choose another: make run PORT={port + 1}"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_make_run_started_ends_with_it_also_when_its_terminal_is_closed(tmp_path: Path, ending: signal.Signals) -> None:
    started = [tmp_path / "web", tmp_path / "worker"]
    with supervised(tmp_path, [f"touch {path}; exec sleep 60" for path in started]) as (supervisor, output):
        processes = numbers("".join(islice(output, 2)))
        while not all(path.exists() for path in started):
            assert supervisor.poll() is None

        supervisor.send_signal(ending)

        supervisor.wait(20)
    assert len(processes) == 2
    assert not any(is_running(process) for process in processes)


def test_ctrl_c_before_all_have_started_ends_those_that_have_and_those_that_will(tmp_path: Path) -> None:
    with supervised(tmp_path, ["exec sleep 60"] * 10) as (supervisor, output):
        first = output.readline()

        os.killpg(supervisor.pid, signal.SIGINT)

        supervisor.wait(20)
        processes = numbers(first + output.read())
    assert len(processes) == 10
    assert not any(is_running(process) for process in processes)


def test_what_make_run_started_ends_with_it_also_when_nobody_reads_what_it_prints(tmp_path: Path) -> None:
    with supervised(tmp_path, ["exec sleep 60"] * 2) as (supervisor, output):
        processes = numbers("".join(islice(output, 2)))
        output.close()

        supervisor.send_signal(signal.SIGINT)

        supervisor.wait(20)
    assert len(processes) == 2
    assert not any(is_running(process) for process in processes)


def test_nohup_keeps_make_run_going_when_its_terminal_is_closed(tmp_path: Path) -> None:
    with supervised(tmp_path, ["exec sleep 60"], under="nohup") as (supervisor, output):
        output.readline()

        supervisor.send_signal(signal.SIGHUP)
        supervisor.send_signal(signal.SIGINT)

        supervisor.wait(20)
        told = output.read()
    assert "SIGINT received" in told
    assert "SIGTERM received" not in told


@contextmanager
def supervised(folder: Path, commands: Sequence[str], under: str = "env") -> Iterator[tuple["subprocess.Popen[str]", IO[str]]]:
    """The supervisor of `make run`, started by the command `under` in a group of its own, as a shell does it, and what it prints."""
    procfile = folder / "Procfile"
    procfile.write_text("".join(f"process{number}: {command}\n" for number, command in enumerate(commands)))
    command = [under, sys.executable, "-m", "project.supervisor", "--env", os.devnull, "start", "--procfile", str(procfile)]
    # Whatever runs the tests may have it ignored, as nohup does, and so would all that they start.
    hearing = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    try:
        with subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, text=True, start_new_session=True) as supervisor:
            assert supervisor.stdout
            try:
                yield supervisor, supervisor.stdout
            finally:
                if supervisor.poll() is None:
                    os.killpg(supervisor.pid, signal.SIGKILL)
    finally:
        signal.signal(signal.SIGHUP, hearing)


def numbers(printed: str) -> list[int]:
    """Of the processes that the supervisor says it has started."""
    return [int(number) for number in re.findall(r"pid=(\d+)", printed)]


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_service_whose_database_is_away_lives_but_is_not_ready(tmp_path: Path) -> None:
    port, nobody = free_port(), f"postgresql://mizan@127.0.0.1:{free_port()}/mizan"
    site = LiveSite(f"http://127.0.0.1:{port}", environment(tmp_path, PORT=str(port), DATABASE_URL=nobody))

    with server(site, until="/healthz"), pytest.raises(HTTPError) as not_ready:
        urlopen(f"{site.url}/readyz")

    with not_ready.value as answer:
        assert answer.code == 503
        assert json.load(answer) == {"ready": False, "failed": "database", "reason": "no answer"}


def test_clients_that_say_nothing_do_not_keep_others_waiting(tmp_path: Path) -> None:
    port = free_port()
    site = LiveSite(f"http://127.0.0.1:{port}", environment(tmp_path, PORT=str(port), WEB_PROCESSES="1"))

    with server(site, until="/healthz"), ExitStack() as silent:
        for _ in range(6):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        answer = urlopen(f"{site.url}/healthz", timeout=3)

    assert answer.read() == b"ok\n"


@pytest.mark.django_db
def test_every_page_forbids_what_it_does_not_need(client: Client) -> None:
    response = client.get("/admin/login/")

    directives = (directive.split(" ", 1) for directive in re.split(r"; *", response["Content-Security-Policy"]))
    assert dict(directives) == POLICY
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
