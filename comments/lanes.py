"""The lanes of the queue: questions asked of comments, never statuses of their own.

A comment that was left to a senior editor stands in `escalated`, no longer among the clean or the flagged. An edited comment that
readers object to is both waiting and reported.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from comments.models import MILDEST, ActorKind, Appeal, Comment, Decision, Escalation, Report, Status

_OVER = (Status.WITHDRAWN, Status.EXPIRED, Status.ERASED)

# Open items are few: as a list of keys they spare both databases a look at every comment.
_ESCALATED = Q(pk__in=Escalation.objects.filter(closed_by=None).values("comment")) & ~Q(status__in=_OVER)
_REPORTED = Q(pk__in=Report.objects.filter(closed_by=None).values("comment"), published_revision__isnull=False)
_APPEALED = Q(pk__in=Appeal.objects.filter(closed_by=None).values("comment"), status=Status.REJECTED)
_WAITING = Q(status=Status.PENDING) & ~_ESCALATED
_LAST_MOVED_BY_POLICY = Exists(Decision.objects.filter(comment=OuterRef("pk"), version=OuterRef("version"), actor_kind=ActorKind.POLICY))

LANES: Mapping[str, Q] = MappingProxyType(
    {
        "clean": _WAITING & Q(mildness=MILDEST),
        "flagged": _WAITING & Q(mildness__lt=MILDEST),
        "escalated": _ESCALATED,
        "reported": _REPORTED,
        "appeals": _APPEALED,
        "auto_rejected": Q(_LAST_MOVED_BY_POLICY, status=Status.REJECTED),
        "all": Q(),
    }
)


def in_lane(name: str) -> QuerySet[Comment]:
    """The comments that stand in the lane."""
    return Comment.objects.filter(LANES[name])


def own_lane() -> Case:
    """For `annotate`: the first lane that holds the comment; None for one that waits for nobody and was not rejected by the policy."""
    return Case(*(When(question, then=Value(name)) for name, question in LANES.items() if question), default=None)
