"""The web server, its headers, and what it does when something is missing."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
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


@pytest.mark.parametrize("port", ["", "seksen", "80a", "-1", "0", "65536"])
def test_a_port_that_is_none_is_told_before_anything_is_prepared(port: str) -> None:
    assert objection(port) == f"PORT is {port!r}; it must be a number from 1 to 65535."


def test_a_port_that_is_taken_is_told_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]

        told = objection(str(port))

    assert told == f"Port {port} is in use. Stop what runs there, or choose another: make run PORT={port + 1}"


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_what_make_run_started_ends_with_it_also_when_its_terminal_is_closed(tmp_path: Path, ending: signal.Signals) -> None:
    procfile, started = tmp_path / "Procfile", [tmp_path / "web", tmp_path / "worker"]
    procfile.write_text("".join(f"{path.name}: touch {path}; exec sleep 60\n" for path in started))
    command = [sys.executable, "-m", "project.supervisor", "--env", os.devnull, "start", "--procfile", str(procfile)]
    with subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout
        processes = [int(number) for line in islice(supervisor.stdout, 2) for number in re.findall(r"pid=(\d+)", line)]
        while not all(path.exists() for path in started):
            assert supervisor.poll() is None

        supervisor.send_signal(ending)

        supervisor.wait(20)
    assert len(processes) == 2
    assert not [process for process in processes if Path(f"/proc/{process}").exists()]


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
