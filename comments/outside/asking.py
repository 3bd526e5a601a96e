"""One request to an address that somebody else chose."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpcore
from django.conf import settings

from comments.outside.connecting import CheckedBackend, Refused, Watch

CONNECT_SECONDS = 3.0
ALL_SECONDS = 15.0

Headers = Mapping[bytes | str, bytes | str]


class NoAnswer(Exception):
    """Nothing that could be understood came back, or not in time."""


@contextmanager
def answer(method: str, url: str, headers: Headers, body: bytes | None = None, *, seconds: float = ALL_SECONDS) -> Iterator[httpcore.Response]:
    """The answer, to be read before the time is up. Raises Refused for a target that may not be asked, NoAnswer for all that can go wrong on the way."""
    private_too = settings.TARGETS_MAY_BE_PRIVATE
    if not url.isascii():
        raise Refused("the address cannot be read")
    if not private_too and not url.startswith("https://"):
        raise Refused("only https is private on the way")
    limits = {"connect": CONNECT_SECONDS, "read": seconds, "write": seconds, "pool": seconds}
    with Watch(seconds) as watch:
        backend = CheckedBackend(watch, private_too=private_too, seconds=min(CONNECT_SECONDS, seconds))
        try:
            with (
                httpcore.ConnectionPool(network_backend=backend, max_keepalive_connections=0) as pool,
                pool.stream(method, url, headers=headers, content=body, extensions={"timeout": limits}) as response,
            ):
                yield response
        except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            # A single reading may take as long as all of them, so either may be the first to end.
            is_late = watch.is_over or isinstance(error, httpcore.ReadTimeout | httpcore.WriteTimeout)
            raise NoAnswer(f"no answer within {seconds:g} seconds" if is_late else _words(error)) from error
        except ValueError as error:
            raise Refused("the address cannot be read") from error


def fetched(url: str, *, accept: str, most: int, seconds: float = ALL_SECONDS) -> bytes:
    """What stands there, of at most so many bytes. Raises Refused, NoAnswer."""
    with answer("GET", url, {"Accept": accept, "User-Agent": "Mizan"}, seconds=seconds) as response:
        if response.status != 200:
            raise NoAnswer(f"answered {response.status}")
        read = b""
        for part in response.iter_stream():
            read += part
            if len(read) > most:
                raise NoAnswer(f"the answer is longer than {most} bytes")
        return read


def _words(error: Exception) -> str:
    return " ".join([type(error).__name__, *str(error).split()])
