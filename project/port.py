"""Says in one plain line that a port is taken, before `make run` prepares anything: `python -m project.port 8000`."""

import socket
import sys


def taken(port: int) -> bool:
    """Whether somebody already answers on this port of 127.0.0.1."""
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    number = int(sys.argv[1])
    if taken(number):
        sys.exit(f"Port {number} is in use. Stop what runs there, or choose another: make run PORT={number + 1}")
