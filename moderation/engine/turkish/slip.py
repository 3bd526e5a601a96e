"""The word that was meant: where the fingers slipped (one letter too many, too few, wrong, or two exchanged), or where it was written by ear."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import dawg

from moderation.engine.turkish import dictionary
from moderation.engine.turkish.alphabet import LETTERS, VOICELESS
from moderation.engine.turkish.formation import ends, followed_by, is_formed, onward, rows_along

MEMORY = 1 << 13  # forms whose word is remembered

_ROWS = ("qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç")
_ALIKE = ("ıi", "oö", "uü", "sş", "cç", "gğ", "ae", "dt", "bp", "gk", "vf", "zs", "mn", "ğy", "ıu", "iü", "ei", "aı", "oa", "lr")
_SHORTEST, _LONGEST = 4, 30  # letters; shorter words have too many neighbours, longer ones are none
_GAP = "?"
_HARDENED = {"d": "t", "c": "ç", "g": "k"}
_UNSEEN = 0.5  # times that a word of the list counts which was never seen
_ONLY_FORMED = 0.05  # and one that no list holds
_HEARD = 6  # letters of a word that is looked for by ear; shorter ones sound like too many
_MISHEARD = 3  # letters of it that may be others
_SOUNDS = {
    **{vowel: "aeıioöuü".replace(vowel, "") for vowel in "aeıioöuü"},
    **dict(zip("bpdtcçsznmvfşjkgğ", ("p", "b", "t", "d", "ç", "c", "z", "s", "m", "n", "f", "v", "j", "ş", "gğ", "kğ", "gk"), strict=True)),
}
_BELIEVED = 4.0  # ease times the root of the frequency from which a well-formed but unlisted word is taken for a slip


class _Slip(NamedTuple):
    """A word that no slip or one leads to, and how easily it happens, the rarest kind being 1."""

    word: str
    ease: float


@cache
def _any_letter() -> object:
    return dawg.DAWG.compile_replaces({_GAP: list(LETTERS)})


@lru_cache(MEMORY)
def meant(form: str) -> str | None:
    """The likeliest word that a lower-case form, not in the list itself, is a single slip away from; None if none is, or if it may be good as it is."""
    if not _SHORTEST <= len(form) <= _LONGEST:
        return None
    likelihood = _likelihoods(_near(form))
    if is_formed(form):
        return next((word for word in _best(likelihood) if likelihood[word] >= _BELIEVED), None)
    return next(iter(_best(likelihood or _likelihoods(_far(form)) or _likelihoods(_by_ear(form)))), None)


def _best(likelihood: dict[str, float]) -> list[str]:
    return sorted(likelihood, key=lambda word: (-likelihood[word], word))[:1]


def _likelihoods(slips: Iterator[_Slip]) -> dict[str, float]:
    found: dict[str, float] = {}
    for word, ease in slips:
        times = dictionary.frequency(word) or (_UNSEEN if word in dictionary.words() else _ONLY_FORMED)
        found[word] = max(found.get(word, 0.0), ease * times**0.5)
    return found


def _near(form: str) -> Iterator[_Slip]:
    """The listed words that are one slip away."""
    words, any_letter = dictionary.words(), _any_letter()
    for at, letter in enumerate(form):
        before, behind = form[:at], form[at + 1 :]
        if before + behind in words:
            yield _too_many(form, at)
        for word in words.similar_keys(f"{before}{_GAP}{letter}{behind}", any_letter):
            yield _too_few(form, at, word)
        for word in words.similar_keys(f"{before}{_GAP}{behind}", any_letter):
            yield _wrong(form, at, word)
        if behind and (exchanged := f"{before}{behind[0]}{letter}{behind[1:]}") in words:
            yield _Slip(exchanged, _placed(at, 6))
    for word in words.similar_keys(form + _GAP, any_letter):
        yield _too_few(form, len(form), word)


def _far(form: str) -> Iterator[_Slip]:
    """The words that no list holds, one slip away; the way to each slip is walked once for all kinds of it."""
    for at, row in enumerate(rows_along(form)):
        before, behind = form[:at], form[at:]
        ways = onward(row)
        for letter in followed_by(ways, behind):
            yield _too_few(form, at, before + letter + behind)
        if not behind:
            return
        for letter in followed_by(ways, behind[1:]):
            yield _wrong(form, at, before + letter + behind[1:])
        if ends(row, behind[1:]):
            yield _too_many(form, at)
        if behind[1:] and ends(row, exchanged := behind[1] + behind[0] + behind[2:]):
            yield _Slip(before + exchanged, _placed(at, 6))


def _by_ear(form: str) -> Iterator[_Slip]:
    """The listed words that sound alike, one of two equal letters left out: röportac, kollestrol."""
    if len(form) < _HEARD:
        return
    single = (form[:at] + form[at + 1 :] for at in range(1, len(form)) if form[at] == form[at - 1])
    for heard in (form, *single):
        for word in dictionary.words().similar_keys(heard, _sounds_like()):
            misheard = sum(one != other for one, other in zip(heard, word, strict=True))
            if misheard <= _MISHEARD:
                yield _Slip(word, 2.0**-misheard)


@cache
def _sounds_like() -> object:
    return dawg.DAWG.compile_replaces({letter: list(others) for letter, others in _SOUNDS.items()})


def _too_many(form: str, at: int) -> _Slip:
    letter, beside = form[at], form[max(0, at - 1) : at] + form[at + 1 : at + 2]
    nearby = any(_neighbours(letter, other) for other in beside)
    return _Slip(form[:at] + form[at + 1 :], _placed(at, 8 if letter in beside else 4 if nearby else 2))


def _too_few(form: str, at: int, word: str) -> _Slip:
    return _Slip(word, _placed(at, 6 if word[at] in form[max(0, at - 1) : at + 1] else 3))


def _wrong(form: str, at: int, word: str) -> _Slip:
    return _Slip(word, _placed(at, 4 if _alike(form[at], word[at]) else 3 if _neighbours(form[at], word[at]) else 1))


def _placed(at: int, ease: float) -> float:
    """A word's first letter is seldom missed."""
    return ease if at else ease / 4


@cache
def _neighbours(one: str, other: str) -> bool:
    return any(one in row and other in row and abs(row.index(one) - row.index(other)) == 1 for row in _ROWS)


@cache
def _alike(one: str, other: str) -> bool:
    return any(one in pair and other in pair for pair in _ALIKE)


def hardened(form: str) -> str | None:
    """The word that has d, c or g where t, ç or k must follow a voiceless consonant (yokdu → yoktu)."""
    for at in range(1, len(form)):
        if form[at - 1] in VOICELESS and form[at] in _HARDENED:
            word = form[:at] + _HARDENED[form[at]] + form[at + 1 :]
            if dictionary.is_word(word):
                return word
    return None
