"""The file-system transport of a local installation, made to hear that its worker is to stop.

Celery looks up between two waits for messages, and waits two seconds each time, twice when it stops: longer than whoever pressed Ctrl-C.
"""

from typing import Any

from kombu.transport import filesystem

WAIT_SECONDS = 0.5


class Transport(filesystem.Transport):
    def drain_events(self, connection: Any, timeout: float | None = None, **_: Any) -> None:
        super().drain_events(connection, timeout=min(timeout or WAIT_SECONDS, WAIT_SECONDS))
