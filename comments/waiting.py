"""How long comments have lately waited for an editor: what a writer who waits may expect."""

from datetime import timedelta
from statistics import median

from django.db.models import F

from comments.lifecycle.moves import APPROVE, REJECT, REQUEST_CORRECTION
from comments.models import ActorKind, Decision, Status
from moderation.models import Site

_SAMPLE = 100


def median_wait(site: Site) -> timedelta | None:
    """From a comment's submission to its editor's decision, over the latest hundred; None before the first."""
    decided = Decision.objects.filter(
        comment__article__site=site,
        from_status=Status.PENDING,
        move__in=[move.name for move in (APPROVE, REJECT, REQUEST_CORRECTION)],
        actor_kind__in=[ActorKind.EDITOR, ActorKind.KEY],
    )
    waits = decided.order_by("-pk").values_list(F("decided_at") - F("comment__submitted_at"), flat=True)[:_SAMPLE]
    return median(waits) if waits else None
