"""What a machine lacks is skipped by name, and fails where nothing may be missing."""

import sys
from pathlib import Path

import pytest

from tests.project.installation import run

COMMAND = [sys.executable, "-m", "pytest", "-p", "no:randomly", "tests/e2e/test_admin.py"]


@pytest.mark.parametrize(("settings", "said"), [({}, "SKIPPED [2]"), ({"REQUIRE_ALL": "1"}, "REQUIRE_ALL is set, but this machine lacks a browser")])
def test_a_machine_without_a_browser_is_told_so(tmp_path: Path, settings: dict[str, str], said: str) -> None:
    process = run(COMMAND, tmp_path, **settings, PATH="/nowhere")

    assert said in process.stdout
    assert "this machine lacks a browser: Debian's chromium" in process.stdout
    assert (process.returncode == 0) == (not settings)
