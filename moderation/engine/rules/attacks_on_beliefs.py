"""«İnançlara saldırı»: a belief, its people or what is holy to it, and the attack on it within one sentence.

Any faith or none is meant. A word of belief alone is never an offence, nor is coarse talk far away from it: the two must stand near each other,
and the editor judges. Only a few phrases are an attack by themselves.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Span, Text


class _Kind(Enum):
    BELIEF = auto()
    ATTACK = auto()
    OUTRIGHT = auto()


class _Marked(NamedTuple):
    span: Span
    kind: _Kind


_LISTS = {_Kind.BELIEF: "beliefs.txt", _Kind.ATTACK: "attacks_on_beliefs.txt", _Kind.OUTRIGHT: "attacks_on_beliefs_outright.txt"}
_LEXICONS = {kind: Lexicon.read(Path(__file__).with_name(name)) for kind, name in _LISTS.items()}


def attacked_beliefs(text: Text, *, words_between: float) -> Iterator[Match]:
    """From the belief to the attack on it, or the other way round; from one to the next stand at most `words_between` words."""
    marked = [*_marked(text, _Kind.OUTRIGHT), *_marked(text, _Kind.BELIEF)]
    if not marked:
        return
    marked += _marked(text, _Kind.ATTACK)
    for group in _groups(text, sorted(marked, key=lambda each: each.span), words_between):
        yield from (Match(span, Grade.SUSPECTED) for span in _attacks(group))


def _marked(text: Text, kind: _Kind) -> Iterator[_Marked]:
    return (_Marked(match.span, kind) for match in _LEXICONS[kind].matches(text) if match.grade is not Grade.SLIGHT)


def _groups(text: Text, marked: Iterable[_Marked], words_between: float) -> Iterator[list[_Marked]]:
    """What stands near each other within a sentence."""
    starts = [sentence.start for sentence in text.sentences]
    group: list[_Marked] = []
    for each in marked:
        if group and not _is_near(text, group[-1].span, each.span, starts, words_between):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _is_near(text: Text, one: Span, other: Span, starts: list[int], words_between: float) -> bool:
    same_sentence = bisect(starts, one.start) == bisect(starts, other.start)
    return same_sentence and len(text.string[one.end : other.start].split()) <= words_between


def _attacks(group: list[_Marked]) -> list[Span]:
    if {_Kind.BELIEF, _Kind.ATTACK} <= {each.kind for each in group}:
        return [Span(group[0].span.start, max(each.span.end for each in group))]
    return [each.span for each in group if each.kind is _Kind.OUTRIGHT]


RULE = Rule(
    __name__,
    clause=Clause.ATTACKS_ON_BELIEFS,
    check=attacked_beliefs,
    message=Message(
        tr="Bu söz bir inanca ya da inananlara saldırı olabilir; eleştirinizi inancı aşağılamadan yazın.",
        en="This may attack a belief or those who hold it; please criticise without running the belief down.",
    ),
    violations=(
        Example("Bu «din baştan sona uydurma»."),
        Example("«Allahsız kitapsız» bunların hepsi."),
        Example("Bütün «Hristiyanlar sapık» bence."),
        Example("«Alevilik uydurma» bir şey."),
        Example("«Ateistler beyinsiz» olur zaten."),
    ),
    acceptable=(
        "Allah rahmet eylesin, mekânı cennet olsun.",
        "Kitap okumayı severim, Kur'an'ı da okudum.",
        "Hristiyan komşumuz geldi, bayramımızı kutladı.",
        "Ayette geçen kâfir sözcüğünü hoca açıkladı.",
        "Dinlenmek için camiye yakın bir parka gittik.",
        "Yahudi mezarlığının duvarı onarıldı.",
    ),
    thresholds={"words_between": 4},
)
