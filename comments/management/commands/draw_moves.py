"""Draws the lifecycle's table of moves into docs/architecture.md."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from comments.lifecycle import drawing


class Command(BaseCommand):
    help = "Draws the lifecycle's table of moves into docs/architecture.md."

    def handle(self, *args: Any, **options: Any) -> None:
        document = Path(settings.BASE_DIR) / "docs" / "architecture.md"
        document.write_text(drawing.redrawn(document.read_text("utf-8")), "utf-8")
        self.stdout.write(f"{document.relative_to(settings.BASE_DIR)} is drawn.")
