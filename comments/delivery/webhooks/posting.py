"""A message on its way: one POST, and what its answer says of the next."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import httpcore

from comments.outside import asking
from comments.outside.asking import ALL_SECONDS, Headers

LARGEST_ANSWER = 2048
_LONGEST_PAUSE = timedelta(hours=24)
_RETRY_AFTER = (b"Retry-After", b"retry-after")


@dataclass(frozen=True, slots=True)
class Answer:
    """`beginning` is what the answer's body begins with, where it is no success; `pause` what it asks for."""

    status: int
    beginning: str = ""
    pause: timedelta = timedelta()

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300


def post(url: str, headers: Headers, body: bytes, *, seconds: float = ALL_SECONDS) -> Answer:
    """Raises Refused for a target that no webhook may have, NoAnswer for all that can go wrong on the way."""
    with asking.answer("POST", url, headers, body, seconds=seconds) as response:
        answer = Answer(response.status, pause=_pause(response))
        return answer if answer.is_success else Answer(answer.status, _beginning(response), answer.pause)


def _beginning(response: httpcore.Response) -> str:
    read = b""
    with suppress(httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError):
        for part in response.iter_stream():
            read += part[: LARGEST_ANSWER - len(read)]
            if len(read) >= LARGEST_ANSWER:
                break
    return " ".join(read.decode(errors="replace").split())


def _pause(response: httpcore.Response) -> timedelta:
    """What Retry-After says in seconds; as a date it is rare, and not worth trusting another's clock for."""
    given = next((value for name, value in response.headers if name in _RETRY_AFTER), b"")
    return min(timedelta(seconds=int(given)), _LONGEST_PAUSE) if given.isdigit() and len(given) < 8 else timedelta()
