"""Against floods: what one reader and one address may send in a minute. Nobody who writes at a human pace ever notices.

Whoever sends more is asked for a proof of work and may then send several times as much; without one (no JavaScript, a plain script) he waits for the
next minute. When much arrives from everywhere at once, the share without a proof shrinks and the puzzle grows. The site's own servers are not limited.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from comments import limits, proofs
from comments.client_address import client_address, network
from comments.limits import Limit

PROOF_HEADER = "Proof"

_PROVEN = 4  # times as much with a proof
_BUSY = 4  # a part of it without one, when much arrives
_ALL = "sent by guests"


@dataclass(frozen=True, slots=True)
class Sender:
    """A guest by the name that limits know him by, the network he sends from, and the proof that he shows, if any."""

    name: str
    network: str
    proof: str = ""


def sender(request: HttpRequest, name: str, *, proof: str = "") -> Sender:
    return Sender(name, network(client_address(request)), proof)


def admit(sent_by: Sender, *, now: datetime) -> None:
    """Counts one thing sent: a comment or a report. Raises limits.TooMany."""
    load = limits.tally(_ALL, now=now)
    if sent_by.proof and proofs.accept(sent_by.proof, now=now):
        allowed: float = _PROVEN
    else:
        allowed = 1 if load <= settings.FLOOD_PER_MINUTE else 1 / _BUSY
    # By address first: whoever takes no cookie is a new guest each time.
    limits.count(Limit("sent by address", _share(settings.SEND_LIMIT_PER_MINUTE_AND_ADDRESS, allowed)), sent_by.network, now=now)
    limits.count(Limit("sent by guest", _share(settings.SEND_LIMIT_PER_MINUTE, allowed)), sent_by.name, now=now)


def challenge(*, now: datetime) -> dict[str, Any]:
    """A puzzle as hard as what arrives in this minute asks for."""
    return proofs.challenge(load=limits.tallied(_ALL, now=now) / max(1, settings.FLOOD_PER_MINUTE), now=now)


def _share(limit: int, allowed: float) -> int:
    return max(1, int(limit * allowed))
