"""`manage.py moderate`: the engine's JSON Lines under a policy version from the database."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from moderation import versions
from moderation.engine import commandline
from moderation.engine.policy import Policy
from moderation.models import PolicyVersion, Site


class Command(BaseCommand):
    help = 'Reads {"id": …, "text": "…"} a line, and writes a verdict a line, under the policy version in force.'

    def add_arguments(self, parser: CommandParser) -> None:
        commandline.add_options(parser)
        parser.add_argument("--policy", type=int, metavar="N", help="a policy version by its number (default: the one in force)")
        parser.add_argument("--site", default=versions.DEFAULT_SITE, metavar="KEY", help="the site whose policy it is (default: %(default)s)")

    def handle(self, *_: Any, **options: Any) -> None:
        policy = _policy(options["site"], options["policy"])
        if options["jobs"] > 1:
            connections.close_all()  # the workers are forks, and must not share a connection
        try:
            status = commandline.moderate(sys.stdin.buffer, sys.stdout.buffer, policy=policy, language=options["language"], jobs=options["jobs"])
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has had enough; leave in silence
            status = 1
        sys.exit(status)


def _policy(key: str, number: int | None) -> Policy:
    try:
        site = Site.objects.get(key=key)
        version = versions.active(site) if number is None else PolicyVersion.objects.get(site=site, number=number)
    except Site.DoesNotExist as error:
        raise CommandError(f"There is no site «{key}».") from error
    except PolicyVersion.DoesNotExist as error:
        raise CommandError(f"«{key}» has no policy version {'in force' if number is None else number}.") from error
    return version.policy
