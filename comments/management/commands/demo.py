"""Seeds the demo newspaper and its editor, at any size; running it again changes nothing."""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.utils import timezone

from comments.demo import growing, seeding
from comments.management import progress, statistics


class Command(BaseCommand):
    help = "Seeds the demo newspaper and its editor, with as many generated articles and comments as are asked for. Running it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--articles", type=_count, default=0, help="generated articles, besides those written by hand")
        parser.add_argument("--comments", type=_count, default=0, help="generated comments on them, composed of the hand-written ones' sentences")

    def handle(self, *, articles: int, comments: int, **options: Any) -> None:
        now = timezone.now()
        account, made_up = seeding.editor(settings.DEMO_EDITOR_PASSWORD)
        new_articles, new_comments = seeding.seed(account, now=now)
        new_articles += growing.add_articles(articles, now=now)
        new_comments += self._grow(account, articles, comments)
        if new_comments:
            statistics.gather()
        self.stdout.write(f"Demo: {new_articles} articles and {new_comments} comments added.")
        if made_up:
            self.stdout.write(f"Sign in at /admin/ as «{account.username}» with the password «{made_up}»; it is shown only now.")
        else:
            self.stdout.write(f"Sign in at /admin/ as «{account.username}»; `manage.py changepassword {account.username}` gives a new password.")

    def _grow(self, account: User, articles: int, comments: int) -> int:
        added = 0
        for looked_for, missing in growing.add_comments(comments, account, articles=articles, now=timezone.now()):
            added += missing
            progress.show(self.stdout, looked_for, comments, "comments")
        return added


def _count(typed: str) -> int:
    if not typed.isdecimal():
        raise ArgumentTypeError(f"{typed} is not a number of things")
    return int(typed)
