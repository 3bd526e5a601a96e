"""Writes a title's articles and comments into a file; `import` reads it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.management import progress
from comments.transfer.exports import EXPORTS, Export
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "Writes a title's articles and comments: with their whole histories, or as other systems read them. The file appears under its name when it is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(EXPORTS), default="jsonl")
        parser.add_argument("--site", default=versions.DEFAULT_SITE, metavar="KEY", help="the title (default: %(default)s)")

    def handle(self, *, file: Path, format: str, site: str, **options: Any) -> None:  # noqa: A002  (the option's name)
        title = Site.objects.filter(key=site).first()
        if title is None:
            raise CommandError(f"There is no site «{site}».")
        unfinished = file.with_name(file.name + ".part")
        try:
            written = self._write(unfinished, title, EXPORTS[format])
            unfinished.replace(file)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{file} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{written:,} articles and comments written to {file}.")

    def _write(self, file: Path, site: Site, export: Export) -> int:
        total = export.size(site)
        # It holds readers' addresses, so it is the writing account's alone.
        file.touch(mode=0o600)
        with file.open("wb") as out:
            for written, part in enumerate(export.parts(site), 1):
                out.write(part)
                if written % 500 == 0:
                    progress.show(self.stdout, min(written, total - 1), total, "articles and comments")
        progress.show(self.stdout, total, total, "articles and comments")
        return total
