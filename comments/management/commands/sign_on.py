"""Says whose tokens sign the news site's users on."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import sign_on
from comments.models import SignOn
from moderation import versions
from moderation.models import Site


class Command(BaseCommand):
    help = "Trusts an issuer of tokens (JWT) for a title's readers, or no longer. Trusting it again replaces its keys."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--site", default=versions.DEFAULT_SITE, help="the key of the title")
        actions = parser.add_subparsers(dest="action", required=True)
        trust = actions.add_parser("trust", help="believe an issuer")
        trust.add_argument("issuer", help="what its tokens hold in “iss”")
        trust.add_argument("audience", help="what they hold in “aud”")
        keys = trust.add_mutually_exclusive_group(required=True)
        keys.add_argument("--secret-file", type=Path, help="HS256: the file that holds the shared secret, 32 bytes or more")
        keys.add_argument("--jwks", type=Path, help="RS256: the file with the public keys")
        keys.add_argument("--jwks-url", metavar="URL", help="RS256: where the issuer publishes its public keys")
        actions.add_parser("list", help="who is believed")
        forget = actions.add_parser("forget", help="believe an issuer no longer")
        forget.add_argument("issuer")

    def handle(self, *args: Any, **options: Any) -> None:
        site = Site.objects.filter(key=options["site"]).first()
        if site is None:
            raise CommandError("There is no such site.")
        match options["action"]:
            case "trust":
                self._trust(site, options)
            case "forget":
                self._forget(site, options["issuer"])
        for row in SignOn.objects.filter(site=site).order_by("issuer"):
            self.stdout.write(f"{row.issuer}\t{row.audience}\t{row.algorithm}")

    def _trust(self, site: Site, options: dict[str, Any]) -> None:
        try:
            if options["jwks_url"]:
                sign_on.trust(site, options["issuer"], options["audience"], keys_url=options["jwks_url"])
            elif options["jwks"]:
                keys = json.loads(options["jwks"].read_text())
                sign_on.trust(site, options["issuer"], options["audience"], keys=keys)
            else:
                sign_on.trust(site, options["issuer"], options["audience"], secret=options["secret_file"].read_text().strip())
        except (OSError, ValueError) as error:
            raise CommandError(f"The file cannot be read: {error}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _forget(self, site: Site, issuer: str) -> None:
        deleted, _by_model = SignOn.objects.filter(site=site, issuer=issuer).delete()
        if not deleted:
            raise CommandError("Nobody of that name is believed.")
