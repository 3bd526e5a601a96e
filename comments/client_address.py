"""Where a request came from, by the word of our own proxies alone: whatever stands before their entries, the client wrote himself."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest


class Client(NamedTuple):
    """The connection that somebody wrote by; many share an address, and only together with the port and the time it tells them apart."""

    address: str
    port: int | None = None


def client(request: HttpRequest) -> Client | None:
    """Who is connected; the port only where no proxy of ours hides it. None where the web server tells no address."""
    address, port = client_address(request), request.META.get("REMOTE_PORT", "")
    is_direct = not settings.TRUSTED_PROXY_COUNT and port.isdigit()
    return Client(address, int(port) if is_direct else None) if address else None


def client_address(request: HttpRequest) -> str:
    """The client's IP address, "" where the web server tells none (a local socket)."""
    connected: str = request.META.get("REMOTE_ADDR", "")
    written = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",")]
    hops = [*written, connected]
    ours: int = settings.TRUSTED_PROXY_COUNT
    address = _read(hops[-1 - ours]) if ours < len(hops) else None
    return str(address or _read(connected) or "")


def network(address: str) -> str:
    """What limits count as one client: an IPv4 address, or the /64 that an IPv6 client has to himself."""
    read = _read(address)
    return str(IPv6Network((read, 64), strict=False)) if isinstance(read, IPv6Address) else str(read or "")


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        read = ip_address(address)
    except ValueError:
        return None
    return (isinstance(read, IPv6Address) and read.ipv4_mapped) or read
