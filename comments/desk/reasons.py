"""What a card's form holds: the reasons to choose from, those the policy found already chosen, or what the editor had filled in."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.http import QueryDict

from comments.wording import clause_name, spoken
from moderation.engine.policy import Policy
from moderation.engine.rule import Clause, Outcome, Verdict

# A reason's key on the keyboard while reasons are chosen: a digit for each clause, a letter for each house reason.
CLAUSE_KEYS = "1234567890"
HOUSE_REASON_KEYS = "abdeghijklmopqstuvwxyz"


class Choice(NamedTuple):
    """A checkbox; `found` says that the policy found it in the text, `key` what ticks it, empty where the keyboard has none left."""

    value: str
    label: str
    checked: bool
    found: bool
    key: str


class Filled(NamedTuple):
    """The form's content as it is shown, whether it was valid or not."""

    clauses: Collection[str] = ()
    house_reasons: Collection[str] = ()
    note: str = ""
    canned: str = ""
    body: str | None = None
    fixes: Collection[str] | None = None

    @classmethod
    def typed(cls, given: QueryDict) -> "Filled":
        return cls(
            given.getlist("clauses"),
            given.getlist("house_reasons"),
            given.get("note", ""),
            given.get("canned", ""),
            given.get("body"),
            given.getlist("fixes"),
        )

    @classmethod
    def by_policy(cls, verdict: Verdict | None) -> "Filled":
        return cls(_found(verdict))


class Choices(NamedTuple):
    clauses: tuple[Choice, ...]
    house_reasons: tuple[Choice, ...]

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(choice.label for choice in (*self.clauses, *self.house_reasons) if choice.checked)


def choices(policy: Policy, verdict: Verdict | None, filled: Filled) -> Choices:
    found = _found(verdict)
    return Choices(
        tuple(
            Choice(clause, clause_name(clause), clause in filled.clauses, clause in found, key)
            for clause, key in zip(Clause, _keys(CLAUSE_KEYS, len(Clause)), strict=True)
        ),
        tuple(
            Choice(name, spoken(message), name in filled.house_reasons, found=False, key=key)
            for (name, message), key in zip(policy.house_reasons.items(), _keys(HOUSE_REASON_KEYS, len(policy.house_reasons)), strict=True)
        ),
    )


def _keys(keys: str, number: int) -> Sequence[str]:
    return [*keys, *[""] * number][:number]


def _found(verdict: Verdict | None) -> frozenset[str]:
    """Clauses with a finding from which something follows; advice is counted against nobody."""
    return frozenset(finding.clause for finding in verdict.findings if finding.outcome > Outcome.PASS) if verdict else frozenset()
