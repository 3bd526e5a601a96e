"""Addresses that writers wrote from, kept as long as the law wants and not a day longer."""

from datetime import datetime, timedelta

from django.conf import settings

from comments.models import ClientAddress


def forget(*, now: datetime) -> int:
    """How many whose time is over were deleted."""
    deleted, _by_model = ClientAddress.objects.filter(sent_at__lte=now - timedelta(days=settings.CLIENT_ADDRESSES_KEPT_DAYS)).delete()
    return deleted
