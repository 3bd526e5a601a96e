"""How long a comment may wait before the desk says so, first in amber, then in red."""

from datetime import datetime, timedelta

from django.conf import settings

from comments.models import Comment, Status


def urgency(comment: Comment, *, now: datetime) -> str:
    """Empty, "late" or "overdue"; only what waits for an editor grows late."""
    if comment.status != Status.PENDING:
        return ""
    waited = now - comment.submitted_at
    if waited >= timedelta(hours=settings.DESK_OVERDUE_AFTER_HOURS):
        return "overdue"
    return "late" if waited >= timedelta(hours=settings.DESK_LATE_AFTER_HOURS) else ""
