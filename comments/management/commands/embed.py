"""Says where a title's comments may be embedded, and makes the secret with which its pages introduce their articles."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from comments import embedding
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "The widget's settings. A new secret is the only line on standard output, and shown only then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default=versions.DEFAULT_SITE, help="the key of the title")
        actions = parser.add_subparsers(dest="action", required=True)
        allow = actions.add_parser("allow", help="the origins whose pages may embed the comments; these and no others")
        allow.add_argument("origins", nargs="*", metavar="ORIGIN", help="https://www.example.com")
        secret = actions.add_parser("secret", help="make a new secret for signing articles")
        secret.add_argument("--overlap-hours", type=int, default=24, help="how long the present one still counts; 24 by default")

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(key=options["site"]).first()
        if site is None:
            raise CommandError("There is no such site.")
        if options["action"] == "allow":
            self._allow(site, options["origins"])
        else:
            self._make_secret(site, options["overlap_hours"])

    def _allow(self, site: Site, origins: list[str]) -> None:
        try:
            embedding.allow(site, origins)
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write("\n".join(embedding.origins(site.key)) or "Nobody may embed the comments.")

    def _make_secret(self, site: Site, overlap_hours: int) -> None:
        if overlap_hours < 0:
            raise CommandError("The overlap is 0 hours or more.")
        secret = embedding.new_secret(site, now=timezone.now(), overlap=timedelta(hours=overlap_hours))
        self.stderr.write("Keep this secret on the news site's server; it is shown only now.", self.style.NOTICE)
        self.stdout.write(secret)
