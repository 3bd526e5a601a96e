"""A share of the decisions is shown again, blind, to another editor; how far the two agree tells how clear the policy is."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from comments.lifecycle import Reasons
from comments.models import ActorKind, Decision, SecondLook, SecondLookClause

WINDOW = timedelta(days=14)
_ASKED_ABOUT = ("approve", "reject")
# Knuth's multiplicative hash: neighbours land far apart, and no chance is stored.
_MULTIPLIER, _LOTS = 2654435761, 2**31


class AlreadyLookedAt(Exception):
    """Another editor was first, or the decision is not for this one to look at."""


def drawn(decisions: QuerySet[Decision], share: float) -> QuerySet[Decision]:
    """The share (0 to 1) of the decisions on which the lot falls: always the same ones, known from their keys alone."""
    lot = F("pk") % _LOTS * _MULTIPLIER % _LOTS
    return decisions.annotate(lot=lot).filter(lot__lt=round(share * _LOTS))


def waiting(editor: User, *, now: datetime) -> QuerySet[Decision]:
    """What this editor may look at again, the oldest first: others' decisions that stand, on texts that are still there as their writers sent them."""
    standing = Decision.objects.filter(
        decided_at__gte=now - WINDOW,
        actor_kind=ActorKind.EDITOR,
        move__in=_ASKED_ABOUT,
        undone_by=None,
        second_look=None,
        revision__erased_at=None,
        revision__by_editor=False,
    )
    return drawn(standing.exclude(editor=editor), settings.SECOND_LOOK_SHARE).order_by("decided_at", "pk")


@transaction.atomic
def answer(decision: Decision, editor: User, given: SecondLook.Answer, reasons: Reasons, *, now: datetime) -> SecondLook:
    """Records what the editor would have decided; nothing becomes of the comment. Raises AlreadyLookedAt."""
    if not waiting(editor, now=now).filter(pk=decision.pk).exists():
        raise AlreadyLookedAt
    look = SecondLook(decision=decision, editor=editor, answer=given, answered_at=now)
    try:
        with transaction.atomic():
            look.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyLookedAt from error
    if given == SecondLook.Answer.REJECT:
        SecondLookClause.objects.bulk_create(_rows(look, reasons.clauses, reasons.house_reasons))
    return look


def _rows(look: SecondLook, clauses: Collection[str], house_reasons: Collection[str]) -> list[SecondLookClause]:
    named = [SecondLookClause(second_look=look, clause=str(clause)) for clause in sorted(clauses)]
    return named + [SecondLookClause(second_look=look, house_reason=reason) for reason in sorted(house_reasons)]
