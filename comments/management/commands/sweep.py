"""Does what is due by the clock, from a plain process: where no worker runs, or its broker is gone."""

import logging
import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from comments import sweeping

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Sends what is due, expires what was returned and alerts editors: every few seconds until it is stopped, or once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="until nothing is due, and no longer")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            while not sweeping.sweep(timezone.now):
                pass
        else:
            _keep_sweeping()


def _keep_sweeping() -> None:
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.is_set():
        close_old_connections()
        try:
            sweeping.sweep(timezone.now)
        except DatabaseError:
            logger.exception("The database did not answer; the next sweep asks it again")
        stopped.wait(settings.SWEEP_SECONDS)
