"""Makes, lists, rotates and revokes the keys of the news site's servers."""

from argparse import ArgumentTypeError
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from comments import api_keys
from comments.api_keys import Scope
from comments.models import ApiKey
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "Makes, lists, rotates and revokes API keys. A new key is the only line on standard output, and shown only then."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key")
        create.add_argument("name", help="whose it is: “news site, production”")
        create.add_argument("--scope", action="append", required=True, type=Scope, choices=list(Scope), help="what it may do; may be given again")
        create.add_argument("--site", default=versions.DEFAULT_SITE, help="the key of the title that it is for")
        create.add_argument("--expires", type=_time, help="from when on it is refused: 2027-01-01T00:00+03:00")
        actions.add_parser("list", help="every key: how it begins, what it may do, whether it counts")
        rotate = actions.add_parser("rotate", help="a new key for the same caller; the present one counts for a while")
        rotate.add_argument("prefix", help="how the present key begins, as the list shows it")
        rotate.add_argument("--overlap-hours", type=int, default=24, help="how long that is; 24 by default")
        revoke = actions.add_parser("revoke", help="refuse a key from now on")
        revoke.add_argument("prefix", help="how the key begins, as the list shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        match options["action"]:
            case "create":
                self._create(options)
            case "rotate":
                self._rotate(options["prefix"], options["overlap_hours"])
            case "revoke":
                self._revoke(options["prefix"])
            case _:
                self._list()

    def _create(self, options: dict[str, Any]) -> None:
        site = Site.objects.filter(key=options["site"]).first()
        if site is None or not options["name"].strip():
            raise CommandError("There is no such site." if site is None else "A key has a name.")
        made = api_keys.make(site, options["name"], options["scope"], now=timezone.now(), expires_at=options["expires"])
        self.stderr.write(f"Keep this key; it is shown only now. It begins with {made.row.prefix}.", self.style.NOTICE)
        self.stdout.write(made.key)

    def _rotate(self, prefix: str, overlap_hours: int) -> None:
        found = list(ApiKey.objects.filter(prefix=prefix))
        if len(found) != 1 or overlap_hours < 0:
            raise CommandError("The overlap is 0 hours or more." if overlap_hours < 0 else "Not one key begins so.")
        try:
            key = api_keys.rotate(found[0], now=timezone.now(), overlap=timedelta(hours=overlap_hours))
        except api_keys.KeyRefused as refused:
            raise CommandError("The key is refused already, or was rotated just now.") from refused
        self.stderr.write(f"Keep this key; it is shown only now. {prefix}… counts for another {overlap_hours} hours.", self.style.NOTICE)
        self.stdout.write(key)

    def _revoke(self, prefix: str) -> None:
        found = list(ApiKey.objects.filter(prefix=prefix))
        if not found:
            raise CommandError("No key begins so.")
        for row in found:
            api_keys.revoke(row, now=timezone.now())
        self.stdout.write(f"{prefix} is refused from now on.")

    def _list(self) -> None:
        for row in ApiKey.objects.select_related("site").order_by("created_at"):
            state = "valid" if row.is_valid(timezone.now()) else "refused"
            self.stdout.write("\t".join((row.prefix, state, ",".join(sorted(api_keys.scopes(row))), row.site.key, row.name)))


def _time(typed: str) -> datetime:
    try:
        read = datetime.fromisoformat(typed)
    except ValueError as error:
        raise ArgumentTypeError("not a time like 2027-01-01T00:00+03:00") from error
    if read.tzinfo is None:
        raise ArgumentTypeError("a time needs its offset, like +03:00")
    return read
