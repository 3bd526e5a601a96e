"""Connects to addresses that everybody may reach, and to no others, whatever a name resolves to.

A name is resolved once; every address behind it is checked, and the connection goes to one that was: a name server cannot show one address to
the check and another to the connection. The name still goes into TLS and the header Host.
"""

import ipaddress
import socket
from collections.abc import Iterable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread, Timer
from types import TracebackType
from typing import Any, Self

import httpcore

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

Found = list[str] | OSError


class Refused(Exception):
    """The target is none that may be asked; nothing was sent."""


class Watch:
    """Ends every connection made under it when the time is up, in whatever state: a peer that sends a byte a second keeps no reading timeout."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._timer = Timer(seconds, self._end)
        self._timer.daemon = True
        self._sockets: list[socket.socket] = []

    def over(self, stream: httpcore.NetworkStream) -> None:
        # A copy, since TLS takes the socket itself over.
        self._sockets.append(stream.get_extra_info("socket").dup())
        if self.is_over:
            self._end()

    def _end(self) -> None:
        self.is_over = True
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._timer.cancel()
        for connection in self._sockets:
            connection.close()


class CheckedBackend(httpcore.NetworkBackend):
    """What connects, in place of httpcore's own."""

    def __init__(self, watch: Watch, *, private_too: bool, seconds: float) -> None:
        self._watch, self._private_too, self._seconds = watch, private_too, seconds
        self._plain = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Raises Refused, and httpcore's own errors."""
        found = addresses(host, port, seconds=self._seconds)
        if not self._private_too and (private := [address for address in found if not is_public(address)]):
            raise Refused(f"{host} is {private[0]}, which is not a public address")
        stream = self._first(found, port)
        self._watch.over(stream)
        return stream

    def _first(self, found: Iterable[str], port: int) -> httpcore.NetworkStream:
        """The first that takes the connection; what the last one said where none does."""
        failure: Exception = httpcore.ConnectError("the name has no address")
        for address in found:
            if self._watch.is_over:
                break
            try:
                return self._plain.connect_tcp(address, port, timeout=self._seconds)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def addresses(host: str, port: int, *, seconds: float) -> list[str]:
    """What the name resolves to, in the order to be tried. The system's resolver knows no limit, so it is asked on a thread of its own."""
    answers: SimpleQueue[Found] = SimpleQueue()
    Thread(target=_resolve, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except Empty as error:
        raise httpcore.ConnectTimeout(f"the address of {host} was not found in time") from error
    if isinstance(found, OSError):
        raise httpcore.ConnectError(f"{host}: {found.strerror}") from found
    return found


def is_public(address: str) -> bool:
    """Whether anybody on the internet may reach it; an IPv4 address is recognised in every dress that IPv6 has for it."""
    number: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address):
        inside = [number.ipv4_mapped, number.sixtofour, *(number.teredo or ()), _behind_nat64(number)]
        if not all(inner.is_global for inner in inside if inner is not None):
            return False
        number = number.ipv4_mapped or _behind_nat64(number) or number
    return number.is_global and not number.is_multicast and not number.is_reserved


def _behind_nat64(number: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    return ipaddress.IPv4Address(int(number) & 0xFFFFFFFF) if number in _NAT64 else None


def _resolve(host: str, port: int, answers: "SimpleQueue[Found]") -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        answers.put(error)
    except UnicodeError:
        answers.put(OSError(None, "not a host name"))
    else:
        answers.put(list(dict.fromkeys(str(place[4][0]) for place in found)))
