"""Who is asking: a guest's browser, a user of the news site, its server with a key, or an editor signed in to the admin."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User as Account
from rest_framework.request import Request

from comments import guests
from comments.models import ApiKey, Reader


@dataclass(frozen=True, slots=True)
class Guest:
    """One browser, known by its cookie."""

    public_id: UUID

    @property
    def name(self) -> str:
        return f"guest:{self.public_id.hex}"


@dataclass(frozen=True, slots=True)
class User:
    """A user of the news site, who has shown its token."""

    reader: Reader

    @property
    def name(self) -> str:
        return f"reader:{self.reader.pk}"


@dataclass(frozen=True, slots=True)
class Server:
    """The site's server."""

    key: ApiKey

    @property
    def name(self) -> str:
        return f"key:{self.key.pk}"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody signed in to the admin; what he may do, his permissions say."""

    user: Account

    @property
    def name(self) -> str:
        return f"user:{self.user.pk}"


# Each has a `name`, unique among all of them.
Caller = Guest | User | Server | SignedIn


def of(request: Request) -> Caller:
    """Who is asking. A browser that has no cookie yet is given one with the answer, so a page for everybody does not ask."""
    known = request.auth
    return known if isinstance(known, User | Server | SignedIn) else Guest(guests.guest_id(request))
