"""Reads the comments of another system, or of our own export, into a title. Running it again adds what is missing, and nothing twice."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.utils import timezone

from comments.management import progress, statistics
from comments.transfer.entries import Broken, Refusal
from comments.transfer.formats import READERS, Item
from comments.transfer.importing import Import
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "Reads comments from an export of Disqus, WordPress, Coral, Isso, django-comments-xtd, or our own. Nothing is announced, no mail leaves."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=list(READERS), required=True)
        parser.add_argument("--site", default=versions.DEFAULT_SITE, metavar="KEY", help="the title (default: %(default)s)")
        parser.add_argument("--model", default="", metavar="APP.MODEL", help="for xtd: whose objects the articles are, under the same keys")

    def handle(self, *, file: Path, format: str, site: str, model: str, **options: Any) -> None:  # noqa: A002  (the option's name)
        if model and format != "xtd":
            raise CommandError("--model is for xtd alone.")
        title = Site.objects.filter(key=site).first()
        if title is None:
            raise CommandError(f"There is no site «{site}».")
        refused = file.with_name(file.name + ".refused.jsonl")
        try:
            with file.open("rb") as source, refused.open("w", encoding="utf-8") as report:
                running = Import(title, format, timezone.now(), lambda refusal: _report(report, refusal))
                self._run(running, source, READERS[format](source, **({"model": model} if model else {})))
        except OSError as error:
            raise CommandError(f"{error.filename or file}: {error.strerror}") from error
        except IntegrityError as error:
            raise CommandError(f"Somebody else imports the same at this moment; run it again afterwards. ({error})") from error
        finally:
            if refused.exists() and not refused.stat().st_size:
                refused.unlink()
        if running.tally.added:
            statistics.gather()
        if running.tally.refused:
            self.stdout.write(f"What was refused, and why: {refused}")

    def _run(self, running: Import, source: Any, items: Iterator[Item]) -> None:
        total = os.fstat(source.fileno()).st_size
        try:
            for _ in running.run(items):
                progress.show(self.stdout, min(source.tell(), total - 1), total, "bytes")
        except Broken as error:
            raise CommandError(f"{error}. {_told(running)} Run it again with the whole file: it adds the rest.") from error
        progress.show(self.stdout, total, total, "bytes")
        self.stdout.write(_told(running))


def _told(running: Import) -> str:
    counted = asdict(running.tally)
    return "{added:,} comments added, {known:,} were there already, {refused:,} refused; {articles:,} articles are new.".format(**counted)


def _report(report: Any, refusal: Refusal) -> None:
    report.write(json.dumps({"id": refusal.id, "reason": refusal.reason}, ensure_ascii=False) + "\n")
