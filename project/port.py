"""Says in one plain line that a port is taken or is none, before `make run` prepares anything: `python -m project.port 8000`."""

import socket
import sys


def taken(port: int) -> bool:
    """Whether somebody already answers on this port of 127.0.0.1."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def objection(named: str) -> str | None:
    """Why the service cannot listen on the port that was named; None where it can."""
    if not (named.isascii() and named.isdigit() and len(named) <= 5 and 0 < int(named) < 65_536):
        return f"PORT is {named!r}; it must be a number from 1 to 65535."
    if taken(int(named)):
        other = int(named) + 1 if int(named) < 65_535 else 8000
        return f"Port {named} is in use. Stop what runs there, or choose another: make run PORT={other}"
    return None


if __name__ == "__main__":
    sys.exit(objection(sys.argv[1]))
