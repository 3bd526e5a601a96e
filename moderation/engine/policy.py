"""A policy as data: the notice, what follows from a finding, and the numbers that rules are given.

A stored policy holds only what differs from the default here; whatever it does not name follows the default, new rules too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from types import MappingProxyType

from moderation.engine.rule import Clause, Grade, Message, Outcome

Outcomes = Mapping[Clause, Mapping[Grade, Outcome]]
Thresholds = Mapping[str, Mapping[str, float]]

NOTICE = Message(
    tr=(
        "Hakaret, küfür, rencide edici cümleler veya imalar, inançlara saldırı içeren, imla kuralları ile yazılmamış, "
        "Türkçe karakter kullanılmayan ve büyük harflerle yazılmış yorumlar onaylanmamaktadır. "
        "(!) işaretine tıklayarak yorumla ilgili şikayetinizi editöre bildirebilirsiniz."
    ),
    en=(
        "Comments that hold insults, swearing, offensive sentences or allusions or attacks on beliefs, that ignore the rules of "
        "spelling, that are written without Turkish characters or in capital letters are not approved. "
        "Use the (!) sign to report a comment to the editor."
    ),
)


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What a clause is called, and the reason that a reader is given under it."""

    name: Message
    reason: Message


CLAUSES: Mapping[Clause, ClauseText] = MappingProxyType(
    {
        Clause.INSULTS: ClauseText(
            Message(tr="Hakaret", en="Insults"),
            Message(tr="Yorumunuz bir kişiye ya da topluluğa hakaret içeriyor.", en="Your comment insults a person or a group."),
        ),
        Clause.SWEARING: ClauseText(
            Message(tr="Küfür", en="Swearing"),
            Message(tr="Yorumunuzda küfür ya da kaba söz var.", en="Your comment contains swearing or coarse language."),
        ),
        Clause.OFFENSIVE_ALLUSIONS: ClauseText(
            Message(tr="Rencide edici söz veya ima", en="Offensive sentences or allusions"),
            Message(tr="Yorumunuz rencide edici bir cümle ya da ima içeriyor.", en="Your comment contains an offensive sentence or allusion."),
        ),
        Clause.ATTACKS_ON_BELIEFS: ClauseText(
            Message(tr="İnançlara saldırı", en="Attacks on beliefs"),
            Message(tr="Yorumunuz bir inanca ya da inananlara saldırıyor.", en="Your comment attacks a belief or those who hold it."),
        ),
        Clause.SPELLING: ClauseText(
            Message(tr="İmla kuralları", en="Spelling"),
            Message(tr="Yorumunuz imla kurallarına uymuyor.", en="Your comment does not follow the rules of spelling."),
        ),
        Clause.TURKISH_CHARACTERS: ClauseText(
            Message(tr="Türkçe karakterler", en="Turkish characters"),
            Message(tr="Yorumunuz Türkçe karakterlerle yazılmamış.", en="Your comment is not written with Turkish characters."),
        ),
        Clause.CAPITAL_LETTERS: ClauseText(
            Message(tr="Büyük harfler", en="Capital letters"),
            Message(tr="Yorumunuz büyük harflerle yazılmış.", en="Your comment is written in capital letters."),
        ),
        Clause.LANGUAGE: ClauseText(
            Message(tr="Türkçe olmayan yorum", en="Not in Turkish"),
            Message(tr="Yorumunuz Türkçe değil.", en="Your comment is not in Turkish."),
        ),
        Clause.LINKS: ClauseText(
            Message(tr="Bağlantı", en="Links"),
            Message(tr="Yorumunuzda bir bağlantı var.", en="Your comment contains a link."),
        ),
        Clause.CONTACT_DETAILS: ClauseText(
            Message(tr="İletişim bilgisi", en="Contact details"),
            Message(
                tr="Yorumunuzda telefon, e-posta ya da hesap numarası var.",
                en="Your comment contains a telephone or account number or an e-mail address.",
            ),
        ),
        Clause.REPETITION: ClauseText(
            Message(tr="Yineleme", en="Repetition"),
            Message(tr="Yorumunuz kendini ya da başka bir yorumu yineliyor.", en="Your comment repeats itself or another comment."),
        ),
        Clause.TOO_SHORT: ClauseText(
            Message(tr="Çok kısa yorum", en="Too short"),
            Message(tr="Yorumunuz çok kısa.", en="Your comment is too short."),
        ),
    }
)


def _row(certain: Outcome, suspected: Outcome, slight: Outcome) -> Mapping[Grade, Outcome]:
    return MappingProxyType({Grade.CERTAIN: certain, Grade.SUSPECTED: suspected, Grade.SLIGHT: slight})


OUTCOMES: Outcomes = MappingProxyType(
    {
        Clause.INSULTS: _row(Outcome.REJECT, Outcome.HOLD, Outcome.PASS),
        Clause.SWEARING: _row(Outcome.REJECT, Outcome.HOLD, Outcome.PASS),
        Clause.OFFENSIVE_ALLUSIONS: _row(Outcome.HOLD, Outcome.HOLD, Outcome.PASS),
        Clause.ATTACKS_ON_BELIEFS: _row(Outcome.HOLD, Outcome.HOLD, Outcome.PASS),
        Clause.SPELLING: _row(Outcome.CORRECT, Outcome.PASS, Outcome.PASS),
        Clause.TURKISH_CHARACTERS: _row(Outcome.CORRECT, Outcome.PASS, Outcome.PASS),
        Clause.CAPITAL_LETTERS: _row(Outcome.CORRECT, Outcome.PASS, Outcome.PASS),
        Clause.LANGUAGE: _row(Outcome.HOLD, Outcome.HOLD, Outcome.PASS),
        Clause.LINKS: _row(Outcome.HOLD, Outcome.HOLD, Outcome.PASS),
        Clause.CONTACT_DETAILS: _row(Outcome.HOLD, Outcome.HOLD, Outcome.PASS),
        Clause.REPETITION: _row(Outcome.CORRECT, Outcome.PASS, Outcome.PASS),
        Clause.TOO_SHORT: _row(Outcome.CORRECT, Outcome.PASS, Outcome.PASS),
    }
)

# Clauses that nobody is held to until a publisher switches them on.
OFF = frozenset({Clause.REPETITION, Clause.TOO_SHORT})

# Why a comment may be refused though no clause of the notice speaks against it.
HOUSE_REASONS: Mapping[str, Message] = MappingProxyType(
    {
        "advertising": Message(tr="Reklam", en="Advertising"),
        "off_topic": Message(tr="Konu dışı", en="Off topic"),
        "unlawful": Message(tr="Hukuka aykırı", en="Unlawful"),
        "personal_data": Message(tr="Kişisel veri", en="Personal data"),
        "impersonation": Message(tr="Başkasının adına yazma", en="Impersonation"),
        "other": Message(tr="Diğer", en="Other"),
    }
)


class UnreadablePolicy(ValueError):
    """The data name no policy; the message says which part, and what it may be."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What is held against a text, and what follows. `number` is the stored version's, None for the default itself.

    `publishes_trusted` says that no editor sees a comment of a reader whom editors trust before the public does, if nothing was found in it.
    """

    number: int | None = None
    notice: Message = NOTICE
    outcomes: Outcomes = field(default_factory=lambda: OUTCOMES)
    thresholds: Thresholds = field(default_factory=lambda: MappingProxyType({}))
    house_reasons: Mapping[str, Message] = field(default_factory=lambda: HOUSE_REASONS)
    off: frozenset[Clause] = OFF
    publishes_trusted: bool = False


DEFAULT = Policy()

_PARTS = frozenset({"notice", "outcomes", "thresholds", "house_reasons", "clauses", "publishes_trusted"})


def read(stored: object, *, number: int | None = None) -> Policy:
    """The policy that stored data describe, each part of which may be missing.

    `notice` {tr, en}, `outcomes` {clause: {grade: outcome}}, `thresholds` {rule: {name: number}}, `house_reasons` {key: {tr, en}},
    `clauses` {clause: whether it is on}, `publishes_trusted` true or false. Raises UnreadablePolicy for anything else, naming the part.
    """
    data = _mapping(stored, "policy")
    if unknown := set(data) - _PARTS:
        raise UnreadablePolicy(f"{', '.join(sorted(unknown))}: a policy holds {', '.join(sorted(_PARTS))}")
    return Policy(
        number=number,
        notice=_read_message(data.get("notice", {}), "notice", NOTICE),
        outcomes=_read_outcomes(data.get("outcomes", {})),
        thresholds=_read_thresholds(data.get("thresholds", {})),
        house_reasons=_read_house_reasons(data.get("house_reasons", {})),
        off=_read_off(data.get("clauses", {})),
        publishes_trusted=_read_switch(data.get("publishes_trusted", False), "publishes_trusted"),
    )


def _mapping(part: object, where: str) -> Mapping[str, object]:
    if not isinstance(part, Mapping):
        raise UnreadablePolicy(f"{where}: must be an object, not {part!r}")
    return part


def _read_switch(part: object, where: str) -> bool:
    if not isinstance(part, bool):
        raise UnreadablePolicy(f"{where}: is true or false")
    return part


def _read_message(part: object, where: str, default: Message | None) -> Message:
    texts = {"tr": default.tr, "en": default.en} if default else {}
    texts |= {language: text for language, text in _mapping(part, where).items() if isinstance(text, str)}
    if set(texts) != {"tr", "en"} or not all(isinstance(text, str) for text in _mapping(part, where).values()):
        raise UnreadablePolicy(f"{where}: holds texts under tr and en")
    return Message(**texts)


def _read_house_reasons(part: object) -> Mapping[str, Message]:
    stored = _mapping(part, "house_reasons")
    reasons = {key: _read_message(texts, f"house_reasons.{key}", HOUSE_REASONS.get(key)) for key, texts in stored.items()}
    return MappingProxyType({**HOUSE_REASONS, **reasons})


def _read_off(part: object) -> frozenset[Clause]:
    off = set(OFF)
    for clause_name, is_on in _mapping(part, "clauses").items():
        if clause_name not in list(Clause):
            raise UnreadablePolicy(f"clauses: no clause is called {clause_name!r}")
        if not isinstance(is_on, bool):
            raise UnreadablePolicy(f"clauses.{clause_name}: is true or false, not {is_on!r}")
        (off.discard if is_on else off.add)(Clause(clause_name))
    return frozenset(off)


def _read_outcomes(part: object) -> Outcomes:
    outcomes = dict(OUTCOMES)
    for clause_name, row in _mapping(part, "outcomes").items():
        if clause_name not in list(Clause):
            raise UnreadablePolicy(f"outcomes: no clause is called {clause_name!r}")
        clause = Clause(clause_name)
        outcomes[clause] = MappingProxyType({**outcomes[clause], **_read_row(row, f"outcomes.{clause}")})
    return MappingProxyType(outcomes)


def _read_row(part: object, where: str) -> dict[Grade, Outcome]:
    row = {}
    for grade, outcome in _mapping(part, where).items():
        try:
            row[Grade(grade)] = Outcome.read(str(outcome))
        except (KeyError, ValueError) as error:
            raise UnreadablePolicy(f"{where}: {grade!r} → {outcome!r} is not a grade with an outcome") from error
    return row


def _read_thresholds(part: object) -> Thresholds:
    thresholds = {}
    for rule, numbers in _mapping(part, "thresholds").items():
        named = _mapping(numbers, f"thresholds.{rule}")
        if not all(isinstance(number, int | float) and not isinstance(number, bool) and isfinite(number) for number in named.values()):
            raise UnreadablePolicy(f"thresholds.{rule}: holds numbers")
        thresholds[rule] = MappingProxyType({name: float(str(number)) for name, number in named.items()})
    return MappingProxyType(thresholds)
