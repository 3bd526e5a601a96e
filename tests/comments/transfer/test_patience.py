"""An export is as long as a site's comments are many; the bound for pages does not end it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from comments.models import Article
from comments.transfer.exports import EXPORTS, Export

pytestmark = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite ends no statement")


def bound() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return str(cursor.fetchone()[0])


def test_no_statement_of_an_export_is_ended_for_taking_long(article: Article, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounds: list[str] = []

    def write(site: object, file: Path, **told: Any) -> Iterator[object]:
        bounds.append(bound())
        yield from export.write(site, file, **told)

    export = EXPORTS["jsonl"]
    monkeypatch.setattr("comments.management.commands.export.EXPORTS", {**EXPORTS, "jsonl": Export(write, export.size)})
    before = bound()

    call_command("export", str(tmp_path / "yorumlar.jsonl"))

    assert bounds == ["0"]
    assert bound() == before != "0"
