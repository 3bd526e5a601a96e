"""Proof of work: a puzzle that costs a sender's machine a moment and ours nothing, harder when much arrives. Each solution counts once.

The challenge is signed and kept nowhere; ALTCHA's second protocol, which its widget and its libraries for other languages solve as well.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.utils.crypto import salted_hmac

from comments import limits

LIFETIME = timedelta(minutes=20)
LONGEST = 4000  # characters of a solution; a real one has some 700
_ALGORITHM = "PBKDF2/SHA-256"
# One key in 256 begins with this, so a solver tries that many on average.
_PREFIX = "00"
_EASIEST, _HARDEST = 1_000, 16_000  # rounds of each try: a phone needs some tenths of a second for the easiest


def challenge(*, load: float, now: datetime) -> dict[str, Any]:
    """A new puzzle; `load` is how many times as much arrives as usual, and the puzzle is that much harder."""
    rounds = round(_EASIEST * min(max(load, 1), _HARDEST / _EASIEST))
    made = altcha.create_challenge(_ALGORITHM, rounds, key_prefix=_PREFIX, expires_at=now + LIFETIME, hmac_secret=_secret())
    return dict(made.to_dict())


def accept(solution: str, *, now: datetime) -> bool:
    """Whether this solves a puzzle of ours that is still good, and nobody came with it before. Never raises."""
    try:
        payload = altcha.Payload.from_base64(solution) if len(solution) <= LONGEST else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return False
    if payload is None or not altcha.verify_solution(payload, _secret()).verified:
        return False
    parameters = payload.challenge.parameters
    until = datetime.fromtimestamp(int(parameters.expires_at or 0), UTC)
    return now < until and limits.is_first("proof", parameters.nonce, until=until)


def encoded(solved: dict[str, Any]) -> str:
    """A solution as it is sent: `{"challenge", "solution"}` as JSON in Base64."""
    return base64.b64encode(json.dumps(solved).encode()).decode()


def _secret() -> str:
    return salted_hmac("comments.proofs", "challenge", algorithm="sha256").hexdigest()
