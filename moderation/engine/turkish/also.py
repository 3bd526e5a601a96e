"""«de» and «da» where they are run on and should not be (bende geldim), or torn off (hakkın da): only what stands beside tells."""

from typing import NamedTuple

import regex

from moderation.engine.text import Span, Text, Word
from moderation.engine.turkish import dictionary
from moderation.engine.turkish.alphabet import VOICELESS
from moderation.engine.turkish.context import Context, context
from moderation.engine.turkish.harmony import is_back
from moderation.engine.turkish.leaning import ending_of_place, leaning
from moderation.engine.turkish.weights import UNIT

PARTICLES = frozenset({"de", "da", "te", "ta"})

_PARTED = 0.5 * UNIT  # weight that must speak for a word of its own before it is set apart
_PRONOUNS = frozenset({"ben", "sen", "o", "bu", "şu", "biz", "siz", "on", "bun", "şun"})
_PARTED_PRONOUN = 2.0 * UNIT  # behind a pronoun both are common
_JOINED = -3.0 * UNIT  # and against one before it is joined; writers join wrongly more often than they part
_JOINED_AT_FIRST = -6.0 * UNIT  # a sentence opens with what it speaks of (Otobüs de geç geldi) more often than with where
_OPENING = frozenset(("", ".", "!", "?", "…", ":", ";"))  # what stands before a sentence's first word, or a part's of one
_HARDLY_PLACES = frozenset({"bi", "falan", "filan", "kere", "kez"})  # bi de, on kere de
_INFINITIVE = ("mek", "mak")  # olmak da var: what is being done (olmakta) is not torn off
_SHORTEST = 2  # letters of what either stands behind
_SHORTEST_NAME = 4  # letters of an unknown one
_MUCH_COMMONER = 8  # times: a word is torn where its beginning is a rare word (ifa de, Hollan da)
_GENITIVE = ("ın", "in", "un", "ün")  # behind an apostrophe the ending of place follows no other, so only a word can follow this one (Ali'nin de)

_I = regex.compile(r"\w+(?:[dt][ıiuü]|yor(?:d)?u|m[ıiuü]ş[ıiuü]|[ae]c[ae]ğ[ıi]|[ıiuüae]r[ıiuü]|m[ae]|l[ıiuü]y[ıiuü])m")
_THOU = regex.compile(r"\w+(?:[dt][ıiuü]n|(?:yor|[ıiuüae]r|m[ae]z|m[ıiuü]ş|[ae]c[ae]k)s[ıiuü]n)")
_WE = regex.compile(r"\w+(?:[dt][ıiuü]k|yoruz|m[ıiuü]ş[ıiuü]z|[ae]c[ae]ğ[ıi]z|[ıiuüae]r[ıiuü]z|m[ae]y[ıi]z)")
_YOU = regex.compile(r"\w+(?:[dt][ıiuü]n[ıiuü]z|(?:yor|[ıiuüae]r|m[ae]z|m[ıiuü]ş|[ae]c[ae]k)s[ıiuü]n[ıiuü]z)")
_SPEAKING = {"bende": _I, "sende": _THOU, "bizde": _WE, "sizde": _YOU}


class Mended(NamedTuple):
    """Where, what it should be, and whether that is sure."""

    span: Span
    right: str
    sure: bool


def may_be_also(form: str) -> bool:
    """Whether there is anything to ask of a lower-case form."""
    return form[-2:] in ("de", "da") or form in PARTICLES


def mended(text: Text, words: tuple[Word, ...], at: int, *, behind: str) -> Mended | None:
    """What is wrong with the «de» or «da» that the word at an index is, or ends in; the words are the text's.

    `behind` is what the word before has been mended to, if it has been.
    """
    word = words[at]
    if word.lower in PARTICLES:
        apart = at > 0 and text.string[words[at - 1].end : word.start] == " "
        return ((None if behind else _torn_off(text, words, at)) or _hardened(word, behind or words[at - 1].lower)) if apart else None
    verb = _SPEAKING.get(word.lower)
    if verb and at + 1 < len(words) and verb.fullmatch(words[at + 1].lower):
        return Mended(word.span, f"{word.lower[:-2]} {word.lower[-2:]}", sure=True)
    if not word.written.isalpha() and word.lower[-4:-2] not in _GENITIVE:
        return None
    right = set_apart(word.lower, context(text, words, at, at), capital=word.written != word.lower)
    return Mended(word.span, right, sure=False) if right else None


def _torn_off(text: Text, words: tuple[Word, ...], at: int) -> Mended | None:
    base, particle = words[at - 1 : at + 1]
    if not base.written.isalpha() or base.lower in PARTICLES or _stands_in_a_name(text, words, at):
        return None
    right = run_on(base.lower, particle.lower, context(text, words, at - 1, at), capital=base.written != base.lower)
    return Mended(Span(base.start, particle.end), right, sure=False) if right else None


def _stands_in_a_name(text: Text, words: tuple[Word, ...], at: int) -> bool:
    """Whether names stand on both sides: Charles de Gaulle, Leonardo da Vinci, or Ali de Ayşe de."""
    around = (*words[at - 1 : at], *words[at + 1 : at + 2])
    return len(around) == 2 and all(word.written != word.lower for word in around) and text.string[words[at].end : around[1].start] == " "


def _hardened(particle: Word, behind: str) -> Mended | None:
    """«de» and «da» harden as endings only (kitapta); the words never do. «ta» is another word as well."""
    if particle.lower[0] != "t" or behind[-1:] not in VOICELESS:
        return None
    return Mended(particle.span, "da" if is_back(behind) else "de", sure=particle.lower == "te")


def set_apart(form: str, context: Context, *, capital: bool) -> str | None:
    """«sorunda» as the two words that it is here, or None where it is an ending or neither; takes lower case, `capital` tells how it is written."""
    base, ending = form[:-2], form[-2:]
    if len(base) < _SHORTEST or ending[1:] != ending_of_place(base)[1:] or ending[:1] not in "dt":
        return None
    is_name = capital and not dictionary.is_word(base) and dictionary.name(form) is None and len(base) >= _SHORTEST_NAME
    if not (is_name or _is_known(base)):
        return None
    needed = 0 if is_name else _PARTED_PRONOUN if base in _PRONOUNS else _PARTED
    return f"{base} d{ending[1]}" if leaning(base, context, is_name=is_name) > needed else None


def run_on(base: str, particle: str, context: Context, *, capital: bool) -> str | None:
    """«hakkın da» as the one word that it is here, a name's ending behind its apostrophe, or None where they are two."""
    whole, ending = base + particle, ending_of_place(base)
    if len(base) < _SHORTEST or base in _HARDLY_PLACES or base.endswith(_INFINITIVE):
        return None
    if dictionary.frequency(whole) > _MUCH_COMMONER * dictionary.frequency(base) or (particle[0] == "t" != ending[0] and dictionary.is_word(whole)):
        return whole
    is_name = capital and not dictionary.is_word(base) and dictionary.name(base) is not None
    if capital and not is_name and context.before[:1].isalpha():
        return None  # a word that is a name here
    if particle[1] != ending[1] or not (is_name or dictionary.is_word(base + ending)):
        return None
    needed = _JOINED_AT_FIRST if context.before[:1] in _OPENING else _JOINED
    if leaning(base, context, is_name=is_name) >= needed:
        return None
    return f"{base}'{ending}" if is_name else base + ending


def _is_known(base: str) -> bool:
    return dictionary.is_word(base) or dictionary.name(base) is not None
