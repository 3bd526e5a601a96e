"""Does all that is due by the clock. It asks the database alone, so it works without any broker, and makes up for every message that was lost."""

import logging

from comments import client_retention, duplicates, expiry, idempotency, limits
from comments.delivery import overdue, sending, sequencing
from comments.delivery.leasing import MAILS, Clock
from comments.delivery.webhooks import sending as webhooks
from comments.desk import bulk, snapshots

# What becomes due by the clock, and what is kept no longer.
JOBS = (
    sequencing.sequence,
    expiry.expire_returned,
    overdue.alert,
    idempotency.forget,
    limits.forget,
    duplicates.forget,
    MAILS.forget,
    webhooks.QUEUE.forget,
    client_retention.forget,
    bulk.forget,
    snapshots.take,
)

logger = logging.getLogger(__name__)


def sweep(clock: Clock) -> bool:
    """True when nothing is left that is due. What fails is logged and tried again by the next sweep, and keeps nothing else waiting."""
    for job in JOBS:
        try:
            job(now=clock())
        except Exception:
            logger.exception("A part of the sweep failed")
    return deliver(clock)


def deliver(clock: Clock) -> bool:
    """First what an editor waits for in front of his screen, then mails, so that no publisher's slow server keeps a reader waiting.

    True when nothing is left that is due.
    """
    everything_is_done = [bulk.work(clock), sending.deliver(clock), webhooks.deliver(clock)]
    return all(everything_is_done)
