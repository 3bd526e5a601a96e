"""The readers of an import. Of others' users an irreversible mark is kept, no address: it tells who is the same person, and nothing more."""

from typing import Any

from django.db import DatabaseError, transaction
from django.utils.crypto import salted_hmac

from comments.delivery import addresses
from comments.models import Reader, Status
from comments.transfer.entries import Entry, Unreadable, Writer
from moderation.engine.text import normalise
from moderation.models import Site

_SALT = "comments.transfer.writers"
_LONGEST_NAME = 60
_REMEMBERED = 10_000


class Writers:
    """Finds or makes each reader once."""

    def __init__(self, site: Site, source: str) -> None:
        self.site, self.source = site, source
        self._found: dict[str, Reader] = {}

    def find(self, entry: Entry) -> tuple[Reader, str]:
        """The reader, and the name that the comment was signed with. Raises Unreadable."""
        if entry.stages and entry.stages[-1].to == Status.ERASED:
            return Reader.objects.get_or_create(site=self.site, kind=Reader.Kind.ERASED)[0], ""
        name = _name(entry.writer.name)
        if len(self._found) > _REMEMBERED:
            self._found.clear()
        mark = entry.writer.id
        reader = self._found.get(mark) if mark else None
        if reader is None:
            reader = self._own(entry.writer) if entry.writer.further else self._foreign(mark, name)
            if mark:
                self._found[mark] = reader
        return reader, name

    def _foreign(self, mark: str, name: str) -> Reader:
        if not mark:
            return Reader.objects.create(site=self.site, name=name)
        subject = salted_hmac(_SALT, f"{self.source}:{mark}").hexdigest()
        identity = {"site": self.site, "kind": Reader.Kind.USER, "issuer": f"import:{self.source}", "subject": subject}
        return Reader.objects.get_or_create(**identity, defaults={"name": name})[0]

    def _own(self, writer: Writer) -> Reader:
        """As our own format tells: the reader with this id, or the title's user with this issuer and subject."""
        fields: dict[str, Any] = dict(writer.further)
        if (stopped_at := fields.pop("email_stopped_at")) and fields["email"]:
            addresses.stop(addresses.digest_of(fields["email"]), now=stopped_at)
        known = Reader.objects.filter(site=self.site, public_id=fields["public_id"]).first()
        if known is None and fields["kind"] == Reader.Kind.USER:
            known = Reader.objects.filter(site=self.site, kind=fields["kind"], issuer=fields["issuer"], subject=fields["subject"]).first()
        if known:
            return known
        try:
            with transaction.atomic():
                return Reader.objects.create(site=self.site, **fields)
        except (DatabaseError, TypeError, ValueError) as error:
            raise Unreadable(f"its reader cannot be made: {error}") from error


def _name(given: str) -> str:
    return normalise(given)[:_LONGEST_NAME].strip()
