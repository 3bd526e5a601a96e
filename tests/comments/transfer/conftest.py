"""The two commands, as an operator calls them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

Imported = Callable[..., list[dict[str, Any]]]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "yorumlar"


@pytest.fixture
def imported(file: Path, site: object, capsys: pytest.CaptureFixture[str]) -> Imported:
    """Imports the content as this system wrote it; what was refused."""

    def run(system: str, content: bytes | str | None = None) -> list[dict[str, Any]]:
        if content is not None:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        call_command("import", str(file), format=system)
        report = file.with_name(file.name + ".refused.jsonl")
        return [json.loads(line) for line in report.read_text().splitlines()] if report.exists() else []

    return run
