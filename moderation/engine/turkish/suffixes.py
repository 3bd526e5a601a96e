"""Which endings a Turkish stem can carry: vowel harmony, buffer letters and softening, walked forward without turning back.

All ways to read the letters so far are walked at once, and what one letter makes of them is remembered, so that a word costs one step a letter.

Endings are written as in grammars: A is a or e, I is ı, i, u or ü, D is d or t, C is c or ç, K is k that becomes ğ before a vowel;
a letter in brackets stands only after a vowel if it is a consonant, and only after a consonant if it is a vowel; ! marks the second person, ' the first.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from moderation.engine.turkish.disguise import may_be

MEMORY = 1 << 13  # steps that are remembered; written endings soon repeat the same few thousand

_PLURAL = regex.compile("l[ae]r")
_SECOND, _FIRST = "!", "'"
_SYMBOL = regex.compile(r"\(\w\)|\w")
_VOWELS = frozenset("aeıioöuü")
_VOICELESS = frozenset("fstkçşhp")
_LOW = {**dict.fromkeys("aıou", "a"), **dict.fromkeys("eiöü", "e")}
_HIGH = {"a": "ı", "ı": "ı", "e": "i", "i": "i", "o": "u", "u": "u", "ö": "ü", "ü": "ü"}
_SOFTENED = {"p": "b", "ç": "c", "t": "d", "k": "ğ"}

_COPULA = (
    "(y)DI (y)mIş (y)sA (y)ken",
    "(y)Im' sIn! (y)Iz' sInIz! DIr lAr (y)DIm' (y)DIn! (y)DIk' (y)DInIz! (y)sAm' (y)sAn! (y)sAk' (y)sAnIz!",
    "DIr DIrlAr lAr",
    "mI mIsIn! mIsInIz! mIyIm' mIyIz' mIydI mIdIr",
)
_INFLECTION = (
    "lAr",
    "(I)m' (I)n (s)I (I)mIz' (I)nIz",
    "(y)I (n)In (y)A DA DAn (y)lA nA nI nDA nDAn (n)CA CAsInA DAki nDAki",
    *_COPULA,
)
_DERIVATION = "lIK CI lI sIz CIK CA"
_TENSE = "(I)yor (I)yo (A)r (I)r z DI mIş (y)AcAK (y)IcAK (y)AcAm (y)IcAm (y)IcAz mAlI sA (y)A (y)AyIm (y)Iyim (y)Im (y)AlIm"
_COMMAND = "sIn sInlAr (y)In! (y)InIz! sAnA! sAnIzA!"
_PARTICIPLE = "mAK mA (y)Iş (y)An DIK (y)Ip (y)ArAk (y)IncA mAdAn (y)AsI (y)AsIcA (y)IcI"
_VERB = (
    "(I)l (I)n (I)ş DIr t (I)t (I)r Ar",
    "(I)l (I)n DIr t",
    "mA mI (y)AmA (y)AmI (y)AbIl (y)Iver",
    f"{_TENSE} {_COMMAND} {_PARTICIPLE}",
    "m n! k nIz! lAr",
)
_NOUN_LAYERS = (_DERIVATION, "lIK CI sIz", *_INFLECTION)
_VERB_LAYERS = (*_VERB, *_INFLECTION)
_MADE_A_VERB = "lAş lAn lAştIr"


class Sound(NamedTuple):
    """All that the next ending asks of what it follows: how its last vowel sounds closed, and whether a vowel, t for all voiceless
    consonants or n for all others comes last; `soft` wants a vowel next.
    """

    vowel: str
    last: str
    soft: bool = False


class Inflected(NamedTuple):
    """A word explained as stem and endings: whether it has none, and whether one of them speaks to «sen» or «siz», or of «ben» or «biz»."""

    bare: bool
    second_person: bool
    first_person: bool = False
    plural: bool = False


class _Ending(NamedTuple):
    letters: str
    sound: Sound
    person: str = ""


class _Place(NamedTuple):
    """One way to read the letters so far: what is still wanted of an ending that has begun, and what may follow it."""

    wanted: str
    layers: tuple[str, ...]
    sound: Sound
    person: str = ""


def sound_of(stem: str) -> Sound:
    """The sound of a stem in lower-case Turkish letters; a stem without a vowel counts as one in e."""
    return _sound(next((letter for letter in reversed(stem) if letter in _VOWELS), "e"), stem[-1])


def _sound(vowel: str, last: str, *, soft: bool = False) -> Sound:
    return Sound(_HIGH[vowel], "a" if last in _VOWELS else "t" if last in _VOICELESS else "n", soft)


def alternants(stem: str, *, verb: bool, softens: bool, drops: bool) -> Iterator[tuple[str, Sound]]:
    """The shapes of a stem, each with its sound: as it stands, softened (salak, salağ-), with its last vowel dropped (beyin, beyn-).

    A verb in a or e narrows it before -yor (yala-, yalıyor).
    """
    sound = sound_of(stem)
    yield stem, sound
    if softens and stem[-1] in _SOFTENED:
        softened = "g" if stem.endswith("nk") else _SOFTENED[stem[-1]]
        yield stem[:-1] + softened, _sound(sound.vowel, softened, soft=True)
    if drops:
        yield stem[:-2] + stem[-1], sound._replace(soft=True)
    if verb and stem[-1] in "ae":
        narrowed = stem[:-1] + _HIGH[sound_of(stem[:-1]).vowel]
        yield from ((narrowed + ending, sound_of(ending)) for ending in ("yor", "yo"))


def softens_by_itself(stem: str) -> bool:
    """Whether a noun's last consonant may soften; stems of one syllable mostly keep theirs (top, topu)."""
    return stem[-1] in _SOFTENED and sum(letter in _VOWELS for letter in stem) > 1


def inflections(letters: str, position: int, sound: Sound, *, verb: bool) -> tuple[Inflected, ...]:
    """Every way in which `letters` from `position` on are endings of a stem with that sound; none if they are not."""
    return _explained(letters[position:], sound, verb)


@lru_cache(MEMORY)
def _explained(endings: str, sound: Sound, verb: bool) -> tuple[Inflected, ...]:  # noqa: FBT001  (a key of the memo)
    places = _beginning(sound, verb)
    for sign in endings:
        places = _after(places, sign)
        if not places:
            return ()
    bare, plural = not endings, bool(_PLURAL.match(endings))
    return tuple([Inflected(bare, person == _SECOND, person == _FIRST, plural) for person in _persons(places)])


@cache
def _beginning(sound: Sound, verb: bool) -> frozenset[_Place]:  # noqa: FBT001  (a key of the memo)
    if verb:
        return frozenset({_Place("", _VERB_LAYERS, sound)})
    made_verbs = [ending for endings in _endings(_MADE_A_VERB, sound).values() for ending in endings]
    return frozenset({_Place("", _NOUN_LAYERS, sound), *(_Place(ending.letters, _VERB_LAYERS, ending.sound) for ending in made_verbs)})


@lru_cache(MEMORY)
def _after(places: frozenset[_Place], sign: str) -> frozenset[_Place]:
    """Where the ways lead on which the next letter is written as `sign`."""
    letters = may_be(sign)
    going_on = {place._replace(wanted=place.wanted[1:]) for place in places if place.wanted and place.wanted[0] in letters}
    return frozenset(going_on.union(*(_begun(place, letter) for place in places if not place.wanted for letter in letters)))


@lru_cache(MEMORY)
def _begun(place: _Place, letter: str) -> tuple[_Place, ...]:
    """Where the endings lead that begin with a letter; each layer may be left out."""
    return tuple(
        _Place(ending.letters[1:], place.layers[at:], ending.sound, place.person or ending.person)
        for at, layer in enumerate(place.layers, start=1)
        for ending in _endings(layer, place.sound).get(letter, ())
    )


@lru_cache(MEMORY)
def _persons(places: frozenset[_Place]) -> tuple[str, ...]:
    """The persons that the endings speak of, where a word may end."""
    return tuple(sorted({place.person for place in places if not place.wanted and not place.sound.soft}))


@cache
def _endings(layer: str, sound: Sound) -> dict[str, list[_Ending]]:
    """The endings of a layer as they sound after `sound`, by their first letters."""
    endings = dict[str, list[_Ending]]()
    for ending in (ending for shape in layer.split() for ending in _sounded(shape, sound)):
        endings.setdefault(ending.letters[0], []).append(ending)
    return endings


def _sounded(shape: str, sound: Sound) -> Iterator[_Ending]:
    """The shape as it sounds after `sound`; one that ends in K also as it softens."""
    letters, vowel, last = "", sound.vowel, sound.last
    for symbol in _SYMBOL.findall(shape):
        letter = _letter(symbol, vowel, last)
        letters += letter
        last = letter or last
        vowel = letter if letter in _VOWELS else vowel
    if not sound.soft or letters[0] in _VOWELS:
        yield _Ending(letters, _sound(vowel, last), shape[-1] if shape[-1] in (_SECOND, _FIRST) else "")
        if shape.endswith("K"):
            yield _Ending(letters[:-1] + "ğ", _sound(vowel, "ğ", soft=True))


def _letter(symbol: str, vowel: str, last: str) -> str:
    """What a symbol of a shape sounds like after these letters; nothing where a bracketed one is not needed."""
    if symbol.startswith("("):
        inner = _letter(symbol[1], vowel, last)
        return inner if (inner in _VOWELS) != (last in _VOWELS) else ""
    voiceless = last in _VOICELESS
    sounds = {"A": _LOW[vowel], "I": _HIGH[vowel], "D": "t" if voiceless else "d", "C": "ç" if voiceless else "c", "K": "k"}
    return sounds.get(symbol, symbol)
