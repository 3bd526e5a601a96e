"""«imla kuralları ile yazılmamış»: known wrong forms, words run together or torn apart, slips of the finger, commas out of place.

Sure mistakes are an offence once they are a share of the comment; one in a long text, and whatever is only likely, is advice.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dawg

from moderation.engine.rule import Clause, Example, Fix, Grade, Match, Message, Rule
from moderation.engine.text import Record, Span, Text, Word, capitalise, lower, record, upper
from moderation.engine.turkish import also, apostrophe, dictionary
from moderation.engine.turkish.alphabet import plain
from moderation.engine.turkish.deasciify import Keyboard, keyboard
from moderation.engine.turkish.dictionary import is_word
from moderation.engine.turkish.language import is_turkish
from moderation.engine.turkish.new_words import is_new_word
from moderation.engine.turkish.particles import behind_name, parted
from moderation.engine.turkish.prose import prose
from moderation.engine.turkish.slip import hardened, meant

_SOUGHT = 20  # unknown words of a comment that the word that was meant is sought for; a comment with more is hardly Turkish
_LONG = 6  # letters: a wrong stem of that length is the beginning of no right word


class _Mending(NamedTuple):
    """The right form, and whether it surely is the one that was meant."""

    right: str
    sure: bool


class _Pairs(NamedTuple):
    """Wrong forms with their right ones, found by what a word begins with."""

    right: dict[str, str]
    wrong: dawg.DAWG


def misspelt(text: Text, *, share: float, words: float) -> Iterator[Match]:
    """Sure mistakes are certain once they are `words` many or `share` of the comment's words; all else is suspected."""
    if not text.view(is_turkish):
        return
    torn_off = [(span, _Mending(right, sure=True)) for span, right in apostrophe.torn_off(lower(text.string))]
    mendings = sorted([*_mendings(text), *torn_off])
    sure = sum(mending.sure for _, mending in mendings)
    # Particles do not count, so that setting one apart changes no share.
    certain = bool(sure) and sure >= min(words, share * sum([word.lower not in also.PARTICLES for word in text.view(prose)]))
    for span, mending in mendings:
        grade = Grade.CERTAIN if mending.sure and certain else Grade.SUSPECTED
        yield Match(span, grade, Fix(span, _cased_as(text[span], mending.right)))


def _mendings(text: Text) -> Iterator[tuple[Span, _Mending]]:
    words = text.view(prose)
    sought, reached, right = 0, 0, ""
    for at, word in enumerate(words):
        if word.record[_is_clear] or word.start < reached:
            continue
        found = (
            _torn_apart(text, words, at) or _found_alone(word) or _also(text, words, at, mended=right if at and words[at - 1].end == reached else "")
        )
        if not found and sought < _SOUGHT and _is_unknown(word.written):
            sought += 1
            found = _likely(word)
        if found:
            reached, right = found[0].end, found[1].right
            yield found


def _is_clear(word: Record) -> bool:
    """Whether nothing can be wrong with a word, whatever stands beside it."""
    return not (word.lower in _openings_of_pairs() or also.may_be_also(word.lower) or word[_alone] or _is_unknown(word.written))


def _torn_apart(text: Text, words: tuple[Word, ...], at: int) -> tuple[Span, _Mending] | None:
    """A word and the next one that are one word."""
    if words[at].lower not in _openings_of_pairs() or at + 1 == len(words):
        return None
    word, following = words[at : at + 2]
    right = _wrong_forms().right.get(f"{word.lower} {following.lower}") if text.string[word.end : following.start] == " " else None
    return (Span(word.start, following.end), _Mending(right, sure=True)) if right else None


def _also(text: Text, words: tuple[Word, ...], at: int, mended: str) -> tuple[Span, _Mending] | None:
    if not also.may_be_also(words[at].lower):
        return None
    found = also.mended(text, words, at, behind=lower(mended))
    if not found:
        return None
    written = text[found.span]
    return found.span, _Mending(" ".join(_mended_part(part, written) for part in found.right.split(" ")), found.sure)


def _found_alone(word: Word) -> tuple[Span, _Mending] | None:
    mending = word.record[_alone]
    return (word.span, mending) if mending and mending.right != word.written else None


def _alone(word: Record) -> _Mending | None:
    """What surely is wrong with a word whatever stands beside it, or with its apostrophe."""
    written, form = word.written, word.lower
    if right := _listed(form, _wrong_forms()):
        return _Mending(right, sure=True)
    if right := parted(form):
        return _Mending(" ".join(_mended_part(part, written) for part in right.split(" ")), sure=True)
    stem = apostrophe.before(written)
    if right := behind_name(form[len(stem) + 1 :]):
        return _Mending(written[: len(stem) + 1] + right, sure=True)
    if right := apostrophe.mended(written):
        return _Mending(right, sure="'" in right)
    if right := hardened(form) if _is_unknown(form) else None:
        return _Mending(right, sure=True)
    right = _listed(form, _advised_forms()) if written == form else None  # a capital makes it a part of somebody's name
    return _Mending(right, sure=False) if right else None


def _mended_part(part: str, written: str) -> str:
    """One of the words that a word was parted into, itself mended; the first one with the capital that it was written with."""
    as_written = written[: len(part)] if lower(written).startswith(part) else part
    again = record(as_written)[_alone]
    return again.right if again else part


def _is_unknown(written: str) -> bool:
    """Whether a word without capitals is in no list."""
    known = is_word(written) or dictionary.name(written) is not None
    return not known and written.isalpha() and lower(written) == written and not is_new_word(written)


def _likely(word: Word) -> tuple[Span, _Mending] | None:
    right = _without_letters().get(word.lower) or meant(word.lower)
    if right is None or keyboard(right) is Keyboard.PLAIN:
        return None
    again = record(right)[_alone]  # the nearest word may be one that is written apart
    return word.span, _Mending(again.right if again else right, sure=False)


def _listed(form: str, pairs: _Pairs) -> str | None:
    """The right form of a listed one, endings kept: herkezin → herkesin."""
    if not (beginnings := pairs.wrong.prefixes(form)):
        return None
    if beginnings[-1] == form:
        return pairs.right[form]
    shortest = _LONG if is_word(form) else 3
    for wrong in reversed(beginnings):
        right, ending = pairs.right[wrong], form[len(wrong) :]
        if len(wrong) >= shortest and not form.startswith(right) and is_word(lower(right.split()[-1]) + ending):
            return right + ending
    return None


@cache
def _wrong_forms() -> _Pairs:
    return _pairs(Path(__file__).with_suffix(".txt"))


@cache
def _advised_forms() -> _Pairs:
    return _pairs(Path(__file__).with_name("spelling_advice.txt"))


def _pairs(path: Path) -> _Pairs:
    lines = path.read_text(encoding="utf-8").splitlines()
    right = dict(line.split(" → ") for line in lines if line and not line.startswith("#"))
    return _Pairs(right, dawg.DAWG(right))


@cache
def _openings_of_pairs() -> frozenset[str]:
    return frozenset(wrong.partition(" ")[0] for wrong in _wrong_forms().right if " " in wrong)


@cache
def _without_letters() -> dict[str, str]:
    """Known wrong forms that were typed without Turkish letters as well, and are no words so."""
    return {plain(wrong): right for wrong, right in _wrong_forms().right.items() if not is_word(plain(wrong))}


def _cased_as(written: str, right: str) -> str:
    """The right form in capitals if the wrong one was; else with the capitals of the letters that they begin with in common."""
    if len(written) > 1 and upper(written) == written:
        return upper(right)
    same = next(
        (at for at, (one, other) in enumerate(zip(lower(written), lower(right), strict=False)) if one != other), min(len(written), len(right))
    )
    return written[:same] + right[same:] if same else (capitalise(right) if lower(written[:1]) != written[:1] else right)


RULE = Rule(
    __name__,
    clause=Clause.SPELLING,
    check=misspelt,
    message=Message(tr="Yazım yanlışını düzeltin.", en="Please correct the spelling."),
    thresholds={"share": 0.1, "words": 3},
    violations=(
        Example("«Herkez» «yanlız» kaldı.", fixed="Herkes yalnız kaldı."),
        Example("«Herkezin» «malesef» «orjinali» yok.", fixed="Herkesin maalesef orijinali yok."),
        Example("«HERKEZ» geldi.", fixed="HERKES geldi."),
        Example("«Bende» geldim ama kimse «yokdu».", fixed="Ben de geldim ama kimse yoktu."),
        Example("Yarın «geliyormusun», «yada» öbür gün mü?", fixed="Yarın geliyor musun, ya da öbür gün mü?"),
        Example("«Parasıda» pulu da yok.", fixed="Parası da pulu da yok."),
        Example("Ahmet «te» geldi.", fixed="Ahmet de geldi."),
        Example("Herkes «biliyorki» bu iş böyle.", fixed="Herkes biliyor ki bu iş böyle."),
        Example("«Türkiyeden» bakınca «Avrupa'lı» turist az.", fixed="Türkiye'den bakınca Avrupalı turist az."),
        Example("«Hiç bir» şey eskisi gibi değil.", fixed="Hiçbir şey eskisi gibi değil."),
        Example("«Onbeş» kişiydik.", fixed="On beş kişiydik."),
        Example("Bunu hiç «farketmedim».", fixed="Bunu hiç fark etmedim."),
        Example("Bu «bilisayar» bozuk.", fixed="Bu bilgisayar bozuk."),
    ),
    acceptable=(
        "Bende kalan kitabı getirdim.",
        "Sanki, belki, çünkü, hâlbuki ve mademki bitişik yazılır.",
        "Evde, okulda, arabada hep bunu konuştuk.",
        "Hükümet hâlâ kârını açıklamadı, hala bekliyoruz.",
        "iPhone'umdan YouTube'daki canlı yayını izledim.",
        "Ta uzaklardan geldi, ta ki akşam olana kadar.",
        "ABD'li bakan ile Ankaralıların buluşması iyi geçti.",
    ),
)
