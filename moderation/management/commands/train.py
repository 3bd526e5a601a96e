"""`manage.py train`: the weights of the learned score made anew, from labelled comments and plain sentences.

The figures are of a fit without the part that is held back; what is written is fitted to all of it.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from moderation.engine import tone


class Command(BaseCommand):
    help = "Trains the learned score. FILE may be TITLE=FILE, to name the source. Needs the dependency group «train»."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--offence", nargs="+", required=True, metavar="FILE", help="tab-separated, with the columns text and label (1: offensive)"
        )
        parser.add_argument("--plain", required=True, metavar="FILE", help="inoffensive sentences, one a line")
        parser.add_argument("--hold-out", type=float, default=0.1, metavar="SHARE", help="what is held back for the figures (default: %(default)s)")
        parser.add_argument(
            "--into", type=Path, default=tone.DATA, metavar="FOLDER", help="where the weights are written (default: the engine's own)"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            from moderation import training  # noqa: PLC0415  (its libraries are there only for who trains)
        except ImportError as error:
            raise CommandError(f"Training needs the dependency group «train»: {error}.") from error
        if not 0 < options["hold_out"] < 1:
            raise CommandError("--hold-out is a share between 0 and 1.")
        sources = [training.labelled(*_titled(named)) for named in options["offence"]]
        sources.append(training.plain_sentences(*_titled(options["plain"])))
        kept, held = zip(*(training.parted(source, options["hold_out"]) for source in sources), strict=True)
        measured = tuple(training.figures(training.fit(kept), held[:-1], held[-1]))
        for each in measured:
            told = ", ".join(f"{title} {macro_f1}" for title, macro_f1 in each.macro_f1.items())
            self.stdout.write(f"score over {each.threshold}: {each.innocence:g} % of plain sentences; macro-F1 {told}")
        training.write(options["into"], training.fit(sources), sources=sources, measured=measured, today=timezone.localdate())


def _titled(named: str) -> tuple[str, Path]:
    title, _, path = named.rpartition("=")
    if not Path(path).is_file():
        raise CommandError(f"There is no file {path}.")
    return title or Path(path).stem, Path(path)
