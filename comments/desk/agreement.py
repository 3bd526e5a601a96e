"""How far two editors agree on the same text, beyond what chance alone would bring: Cohen's kappa."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from comments.models import DecisionClause, SecondLook, SecondLookClause
from moderation.engine.rule import Clause


class Agreement(NamedTuple):
    """Of the texts that two editors looked at: how many both said yes to, only the first, only the second, neither."""

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def looks(self) -> int:
        return sum(self)

    @property
    def agreed(self) -> int:
        return self.both + self.neither

    @property
    def kappa(self) -> float | None:
        """1 for perfect agreement, 0 for what chance brings, down to -1; None where both always said the same one thing, or nothing."""
        first, second = self.both + self.only_first, self.both + self.only_second
        expected_to_differ = first * (self.looks - second) + second * (self.looks - first)
        if expected_to_differ == 0:
            return None
        return 2 * (self.both * self.neither - self.only_first * self.only_second) / expected_to_differ


def overall(*, since: datetime) -> Agreement:
    """Whether the text is to be published: yes is to approve."""
    first, second = Q(decision__move="approve"), Q(answer=SecondLook.Answer.APPROVE)
    counted = SecondLook.objects.filter(answered_at__gte=since).aggregate(
        both=Count("pk", filter=first & second),
        only_first=Count("pk", filter=first & ~second),
        only_second=Count("pk", filter=~first & second),
        neither=Count("pk", filter=~first & ~second),
    )
    return Agreement(**counted)


def by_clause(looks: int, *, since: datetime) -> Mapping[Clause, Agreement]:
    """Whether the text offends against the clause, for each clause that was named on any of the `looks` since then."""
    also = SecondLookClause.objects.filter(second_look=OuterRef("decision__second_look"), clause=OuterRef("clause"))
    named_first = DecisionClause.objects.filter(decision__second_look__answered_at__gte=since).exclude(clause="")
    counts = {"number": Count("pk"), "both": Count("pk", filter=Exists(also))}
    firsts = {clause: (number, both) for clause, number, both in named_first.values_list("clause").annotate(**counts)}
    named_second = SecondLookClause.objects.filter(second_look__answered_at__gte=since).exclude(clause="")
    seconds = dict(named_second.values_list("clause").annotate(Count("pk")))
    return {clause: _agreement(looks, *firsts.get(clause, (0, 0)), seconds.get(clause, 0)) for clause in Clause if clause in {*firsts, *seconds}}


def _agreement(looks: int, first: int, both: int, second: int) -> Agreement:
    return Agreement(both, first - both, second - both, looks - first - second + both)
