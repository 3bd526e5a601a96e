"""«Rencide edici cümleler veya imalar»: a hostile tone that no word list knows, heard by a score learned from labelled comments.

A score accuses nobody: what it hears is only ever suspected, and an editor judges it. Where a word list has something to say, the score is silent.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from moderation.engine.lexicon import Lexicon
from moderation.engine.manner import manners
from moderation.engine.rule import Clause, Example, Grade, Match, Message, Rule
from moderation.engine.text import Span, Text, Word
from moderation.engine.tone import hostility, tone, voiced
from moderation.engine.turkish.language import is_turkish

_FEW = 20  # words among which one could decide alone («Bu mal kaç lira»)
_REST = 0.15  # what they must reach without the loudest

_LEXICONS = tuple(Lexicon.read(Path(__file__).with_name(name)) for name in ("insults.txt", "swearing.txt", "offensive_allusions.txt"))


def hostile_stretches(text: Text, *, score: float, words: float) -> Iterator[Match]:
    """The loudest stretch of a text whose score, between 0 and 1, is at least `score`; fewer words than `words` have no tone."""
    said = text.view(voiced)
    if len(said) < words or any(match.grade is not Grade.SLIGHT for lexicon in _LEXICONS for match in lexicon.matches(text)):
        return
    heard = text.view(hostility)
    if heard < score or not text.view(is_turkish):
        return
    forms = [word.lower for word in said]
    if len(said) > _FEW or tone().score_without_loudest(forms, text.view(manners)) >= min(_REST, score):
        yield Match(_loudest(text, said, tone().loudness(forms)), Grade.SUSPECTED, score=round(heard, 3))


def _loudest(text: Text, words: Sequence[Word], loudness: Sequence[int]) -> Span:
    """The run of words in one sentence that adds most, beyond half of what is usual in this text."""
    usual = sum(loudness)
    above = [2 * len(words) * each - usual for each in loudness]
    starts = [word.start for word in words]
    edges = [0, *(bisect_left(starts, sentence.start) for sentence in text.sentences[1:]), len(words)]
    _, first, last = max(_run(above, first, end) for first, end in pairwise(edges) if first < end)
    return Span(words[first].start, words[last].end)


def _run(above: Sequence[int], first: int, end: int) -> tuple[int, int, int]:
    """The greatest sum of neighbours from `first` to before `end`, and the places of the first and the last of them."""
    best, start, total = (above[first], first, first), first, 0
    for at in range(first, end):
        if total < 0:
            start, total = at, 0
        total += above[at]
        best = max(best, (total, start, at))
    return best


RULE = Rule(
    __name__,
    clause=Clause.OFFENSIVE_ALLUSIONS,
    check=hostile_stretches,
    message=Message(
        tr="Yorumunuz incitici bir dille yazılmış görünüyor; bir editör bakacak.",
        en="Your comment seems to be written in a hurtful tone; an editor will look at it.",
    ),
    violations=(
        Example("Dün akşam haberi izledim. «Sizde zerre kadar vicdan kalmamış, yalan söylemekten utanmıyorsunuz»."),
        Example("«Utanmadan bir de konuşuyorlar, yazıklar» olsun böyle insanlara."),
        Example("«Utanma denen şey kalmamış sizde, hepinizin» gözünü para bürümüş!"),
        Example("«Senin gibilerin bu ülkede işi yok, hepiniz aynı çöplüktensiniz»."),
    ),
    acceptable=(
        "Belediye yeni parkı hafta sonu açıyor.",
        "Bakanın açıklamasına katılmıyorum, enflasyon hâlâ çok yüksek.",
        "Hakem bence kötü yönetti, penaltı verilmeliydi.",
        "Emeklinin hâli ortada, zam bir ay bile yetmedi.",
        "Yazık oldu, çok genç yaşta kaybettik; ailesine sabır diliyorum.",
        "Bu mal kaç lira?",
        "İt dalaşı dün başladı.",
    ),
    thresholds={"score": 0.48, "words": 3},
)
