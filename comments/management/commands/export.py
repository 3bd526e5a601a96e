"""Writes a title's articles and comments into a file; `import` reads it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments.management import progress
from comments.management.patience import patient
from comments.transfer.exports import EXPORTS
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "Writes a title's articles and comments: with their whole histories, or as other systems read them. The file appears under its name when it is whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(EXPORTS), default="jsonl")
        parser.add_argument("--site", default=versions.DEFAULT_SITE, metavar="KEY", help="the title (default: %(default)s)")
        parser.add_argument("--model", default="", metavar="APP.MODEL", help="for xtd: what the articles are there, under the same keys")

    def handle(self, *, file: Path, format: str, site: str, model: str, **options: Any) -> None:  # noqa: A002  (the option's name)
        if (format == "xtd") != bool(re.fullmatch(r"\w+\.\w+", model)):
            raise CommandError("xtd, and xtd alone, must be told what the articles are there: --model APP.MODEL")
        title = Site.objects.filter(key=site).first()
        if title is None:
            raise CommandError(f"There is no site «{site}».")
        unfinished = file.with_name(file.name + ".part")
        try:
            # It holds readers' addresses, so it is the writing account's alone.
            unfinished.unlink(missing_ok=True)
            unfinished.touch(mode=0o600)
            export, told = EXPORTS[format], {"model": model} if model else {}
            with patient():
                written = self._watch(export.write(title, unfinished, **told), export.size(title))
            unfinished.replace(file)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(f"{file} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{written:,} articles and comments written to {file}.")

    def _watch(self, writing: Iterable[object], total: int) -> int:
        written = 0
        for written, _ in enumerate(writing, 1):
            if written % 500 == 0:
                progress.show(self.stdout, min(written, total - 1), total, "articles and comments")
        progress.show(self.stdout, total, total, "articles and comments")
        return min(written, total)
