"""The bell between web server and workers: bounded, because no request may wait for it.

The rows are the queue, so a message that does not get through costs only time: a publisher gives up after half a second.
A worker waits on the same connection for work, and is therefore given longer.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PUBLISHER_SECONDS = 0.5
WORKER_SECONDS = 30
POLLING_SECONDS = 0.1

_REDIS_LIMITS = ("socket_timeout", "socket_connect_timeout")
_AMQP_LIMITS = ("connect_timeout", "read_timeout", "write_timeout")
_LIMITS = {"redis": _REDIS_LIMITS, "rediss": _REDIS_LIMITS, "amqp": _AMQP_LIMITS, "amqps": _AMQP_LIMITS}


def transport_options(url: str, folder: Path) -> dict[str, Any]:
    """What the transport of `url` is told for publishing; makes `folder`, where the file-system transport keeps its messages."""
    scheme = urlsplit(url).scheme
    if scheme == "filesystem":
        return _file_system(folder)
    return {**dict.fromkeys(_LIMITS.get(scheme, ()), PUBLISHER_SECONDS), "max_retries": 0}


def for_workers(url: str, options: dict[str, Any]) -> dict[str, Any]:
    """The same options with a worker's patience instead of a publisher's."""
    kept = {name: value for name, value in options.items() if name != "max_retries"}
    return {**kept, **dict.fromkeys(_LIMITS.get(urlsplit(url).scheme, ()), WORKER_SECONDS)}


def _file_system(folder: Path) -> dict[str, Any]:
    messages, control = folder / "messages", folder / "control"
    for made in (messages, control):
        made.mkdir(parents=True, exist_ok=True)
    folders = {"data_folder_in": str(messages), "data_folder_out": str(messages), "control_folder": str(control)}
    return {**folders, "store_processed": False, "polling_interval": POLLING_SECONDS}
