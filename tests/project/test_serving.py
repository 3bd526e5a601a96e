"""The web server, its headers, and what it does when something is missing."""

import json
import re
import socket
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.test import Client

from tests.live_site import GUNICORN, LiveSite, environment, free_port, server
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
