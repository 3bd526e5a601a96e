"""What a rule is, and what it says: matches while it looks, findings once the policy has spoken."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from moderation.engine.text import Span, lower

Language = Literal["tr", "en"]


class Clause(StrEnum):
    """One thing that the policy's notice, or the house, does not accept."""

    INSULTS = "insults"
    SWEARING = "swearing"
    OFFENSIVE_ALLUSIONS = "offensive_allusions"
    ATTACKS_ON_BELIEFS = "attacks_on_beliefs"
    SPELLING = "spelling"
    TURKISH_CHARACTERS = "turkish_characters"
    CAPITAL_LETTERS = "capital_letters"
    # The house's own, not the notice's
    LANGUAGE = "language"
    LINKS = "links"
    CONTACT_DETAILS = "contact_details"
    REPETITION = "repetition"
    TOO_SHORT = "too_short"


OFFENCES = frozenset({Clause.INSULTS, Clause.SWEARING, Clause.OFFENSIVE_ALLUSIONS, Clause.ATTACKS_ON_BELIEFS})


class Grade(StrEnum):
    """How sure a rule is of what it found."""

    CERTAIN = "certain"
    SUSPECTED = "suspected"
    SLIGHT = "slight"


class Outcome(IntEnum):
    """What follows from a finding, mildest first; a verdict's outcome is its gravest finding's."""

    PASS = 0
    CORRECT = 1
    HOLD = 2
    REJECT = 3

    @property
    def word(self) -> str:
        return lower(self._name_)

    @classmethod
    def read(cls, word: str) -> "Outcome":
        """The outcome that `word` names; raises KeyError for any other word."""
        return {outcome.word: outcome for outcome in cls}[word]


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence in the two languages that a reader may see it in."""

    tr: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.tr if language == "tr" else self.en


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposed replacement for a span; only a reader or an editor applies it."""

    span: Span
    replacement: str


def apply(string: str, fixes: Iterable[Fix]) -> str:
    """The string with the fixes made; they must not overlap."""
    pieces, position = [], 0
    for fix in sorted(fixes, key=lambda fix: fix.span):
        pieces += [string[position : fix.span.start], fix.replacement]
        position = fix.span.end
    return "".join([*pieces, string[position:]])


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule's check yields: where, how sure, and what would mend it.

    The fix may cover more or less than the span that is marked. `score` is between 0 and 1, for rules that weigh.
    """

    span: Span
    grade: Grade = Grade.CERTAIN
    fix: Fix | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An offending text with what must be marked between «guillemets», and the text after its fixes."""

    marked: str
    fixed: str | None = None

    @property
    def text(self) -> str:
        return self.marked.replace("«", "").replace("»", "")

    @property
    def spans(self) -> tuple[Span, ...]:
        spans, position, start = [], 0, 0
        for letter in self.marked:
            if letter == "«":
                start = position
            elif letter == "»":
                spans.append(Span(start, position))
            else:
                position += 1
        return tuple(spans)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One file that finds offences against one clause; the file's name is the rule's name, for ever.

    `check` takes the Text and, as keyword arguments, the rule's thresholds: `thresholds` names them with their
    defaults, and a policy may hand over other numbers. It finds and never acts.
    """

    module: str
    clause: Clause
    check: Callable[..., Iterator[Match]]
    message: Message
    violations: tuple[Example, ...]
    acceptable: tuple[str, ...]
    thresholds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's objection to one span, with what the policy lets follow from it."""

    rule: str
    clause: Clause
    span: Span
    grade: Grade
    outcome: Outcome
    message: Message
    fix: Fix | None = None
    score: float | None = None


@dataclass(frozen=True)
class Verdict:
    """All findings on one text under one policy, in the order of the text."""

    text: str
    findings: tuple[Finding, ...]
    policy: int | None

    @property
    def outcome(self) -> Outcome:
        return max((finding.outcome for finding in self.findings), default=Outcome.PASS)

    @cached_property
    def corrected(self) -> str:
        """The text with every fix applied; fixes never overlap."""
        return apply(self.text, (finding.fix for finding in self.findings if finding.fix))
