"""Wakes the workers. The rows are the queue, so a ring that does not get through costs only the time until the next sweep.

What is rung for while a request is answered rings once the answer is on its way: nobody waits for a broker.
"""

import logging
from threading import local

from celery import current_app
from django.core.signals import request_finished, request_started

TASK = "comments.tasks.deliver"
# A worker that comes back later finds the rows by the sweep; it need not hear every ring that it missed.
_HEARD_FOR_SECONDS = 60

logger = logging.getLogger(__name__)


class _Rings(local):
    """This thread's that wait for the end of a request, by their seconds; None while none is answered."""

    waiting: set[int] | None = None


_rings = _Rings()


def ring(*, in_seconds: int = 0) -> None:
    """Tells the workers that something is due then. Never raises: what happened is stored, whatever becomes of the message."""
    if _rings.waiting is None:
        _send(in_seconds)
    else:
        _rings.waiting.add(in_seconds)


def _send(seconds: int) -> bool:
    try:
        current_app.send_task(TASK, countdown=seconds, expires=seconds + _HEARD_FOR_SECONDS)
    except Exception as error:  # noqa: BLE001  (each broker fails in its own way, and none may cost a reader his answer)
        logger.warning("The broker was not reached, the sweep will do: %s", error)
        return False
    return True


def _begin(**_: object) -> None:
    # A server that never closed its last answer must not keep those rings back.
    _end()
    _rings.waiting = set()


def _end(**_: object) -> None:
    waiting, _rings.waiting = _rings.waiting, None
    # After one that did not get through, the others would only wait as long.
    all(_send(seconds) for seconds in sorted(waiting or ()))


request_started.connect(_begin, dispatch_uid="comments.bell.begin")
request_finished.connect(_end, dispatch_uid="comments.bell.end")
