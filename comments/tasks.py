"""What the worker does. Messages only ring: each task reads from the database what is due, so a lost one is made up for by the next."""

from celery import shared_task
from django.utils import timezone

from comments import bell, sweeping


@shared_task
def deliver() -> None:
    """Rung for when something is to leave at once."""
    if not sweeping.deliver(timezone.now):
        bell.ring()


@shared_task
def sweep() -> None:
    """By the clock; `manage.py sweep` does the same where there is no broker."""
    if not sweeping.sweep(timezone.now):
        bell.ring()
