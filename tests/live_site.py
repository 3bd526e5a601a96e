"""The service as `make run` starts it: its own web server, port, data folder and database, for tests that come from outside."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = Path(sys.executable).with_name("gunicorn")
TRIES = 300


@dataclass(frozen=True, slots=True)
class LiveSite:
    """A running service: `url` without a slash at its end, and the environment that its commands run in."""

    url: str
    environment: Mapping[str, str]

    def manage(self, *arguments: str, **variables: str) -> str:
        """What a management command prints, given more environment variables; raises CalledProcessError where it fails."""
        command = [sys.executable, "manage.py", *arguments]
        given = {**self.environment, **variables}
        return subprocess.run(command, cwd=ROOT, env=given, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[LiveSite]:
    """A site with an empty, migrated database, on SQLite under `data` or beside the database that the tests run on."""
    with _database() as database:
        port = free_port()
        site = LiveSite(f"http://127.0.0.1:{port}", environment(data, DATABASE_URL=database, PORT=str(port), **settings))
        site.manage("migrate", "--verbosity", "0")
        site.manage("collectstatic", "--no-input", "--verbosity", "0")
        with server(site, until="/readyz"):
            yield site


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, **settings: str) -> dict[str, str]:
    """What a process of a fresh installation in `data` is given, whatever the tests themselves run with."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "ENV_FILE": os.devnull, "DATA_DIR": str(data), "PYTHONUTF8": "1", **settings}


@contextmanager
def _database() -> Iterator[str]:
    """The URL of a new database on the tests' PostgreSQL server; nothing where they run on SQLite."""
    server = os.environ.get("TEST_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"live_mizan_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def server(site: LiveSite, *, until: str) -> Iterator[None]:
    """The site's web server, from when it answers 200 under the path `until`."""
    process = subprocess.Popen([GUNICORN], cwd=ROOT, env=site.environment)
    try:
        wait_for(f"{site.url}{until}", process)
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(TRIES):
        try:
            urlopen(url).close()
        except URLError:
            _breathe(process)
        else:
            return
    raise TimeoutError(f"{url} is not ready")


def _breathe(process: "subprocess.Popen[bytes]") -> None:
    """Waits a tenth of a second, unless there is nothing left to wait for."""
    try:
        status = process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return
    raise ChildProcessError(f"the web server ended with {status}")
