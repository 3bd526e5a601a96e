"""Sends the mails that are due. Whoever calls it, worker or plain process, does the same work, one after another."""

import logging
from datetime import datetime

from comments.delivery import leasing, mails, needs
from comments.delivery.leasing import MAILS, Clock
from comments.models import Delivery

logger = logging.getLogger(__name__)


def deliver(clock: Clock) -> bool:
    """Sends until nothing is due, which is True, or one turn is over. A failure is kept with its delivery and never raised."""
    return MAILS.turn(_attempt, clock)


def _attempt(delivery: Delivery, clock: Clock) -> None:
    try:
        state = _send(delivery, clock())
    except Exception as error:  # noqa: BLE001  (whatever it is, the delivery is tried again and the others go on)
        logger.warning("Delivery %d failed in attempt %d: %s", delivery.pk, delivery.attempts, leasing.told(error))
        MAILS.put_back(delivery, leasing.told(error), now=clock())
    else:
        MAILS.finish(delivery, state, now=clock())


def _send(delivery: Delivery, now: datetime) -> Delivery.State:
    if not needs.is_needed(delivery, now=now):
        return Delivery.State.SPARED
    mails.mail(delivery, now=now).send()
    return Delivery.State.DONE
