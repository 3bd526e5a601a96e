"""Runs every check and says what each one found: `python -m checks`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from checks.files import ROOT, ours

TOOLS = Path(sys.executable).parent
TEMPLATES = [str(path) for path in ours("*.html", "project", "moderation", "comments")]

# The slowest first: two run at a time.
CHECKS: dict[str, Sequence[str]] = {
    "types": (f"{TOOLS}/mypy",),
    "lint": (f"{TOOLS}/ruff", "check"),
    "formatting": (f"{TOOLS}/ruff", "format", "--check"),
    "templates": (f"{TOOLS}/djade", "--check", "--target-version", "5.2", *TEMPLATES),
    "import contracts": (f"{TOOLS}/lint-imports",),
    "migrations": (sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"),
    "settings": (sys.executable, "manage.py", "check", "--fail-level", "WARNING"),
    "translations": (sys.executable, "-m", "checks.translations"),
    "letter case": (sys.executable, "-m", "checks.letter_case"),
    "links": (sys.executable, "-m", "checks.links"),
}


class Result(NamedTuple):
    passed: bool
    seconds: float
    output: str


def run(command: Sequence[str]) -> Result:
    """One check, under the settings of a fresh local installation."""
    started = time.monotonic()
    environment = {**os.environ, "ENV_FILE": os.devnull, "PROFILE": "local"}
    process = subprocess.run(command, cwd=ROOT, env=environment, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return Result(process.returncode == 0, time.monotonic() - started, process.stdout)


def main() -> int:
    failed = []
    with ThreadPoolExecutor(max_workers=2) as two_at_a_time:
        for name, result in zip(CHECKS, two_at_a_time.map(run, CHECKS.values()), strict=True):
            print(f"{'ok    ' if result.passed else 'FAILED'} {name} ({result.seconds:.1f} s)", flush=True)
            if not result.passed:
                failed.append(name)
                print(result.output)
    print(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
