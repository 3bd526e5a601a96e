"""Turkish letters given back to words that were typed without them: gormedim → görmedim, ISTANBUL → İSTANBUL."""

from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

import dawg

from moderation.engine.text import lower, upper
from moderation.engine.turkish import choice, dictionary
from moderation.engine.turkish.alphabet import TURKISH_ONLY, plain
from moderation.engine.turkish.context import Context
from moderation.engine.turkish.formation import formed

_RARE = 200  # times: a good word that is rarer than that is taken for the common one without its letters (yarin, yarın)
_SURE = TURKISH_ONLY - {"İ"}
_COMMON = 10  # times seen that make the other one common
_LONGEST_ACRONYM = 4  # letters; a longer word in capitals is a word
_SHORTEST = 5  # letters of a form that no list holds, but that Turkish might make


class Keyboard(Enum):
    """What a word tells of the keyboard that it was typed on."""

    TURKISH = "a good word with letters that only a Turkish keyboard has"
    PLAIN = "no word until it gets its letters back"
    EITHER = "nothing"


class Letters(NamedTuple):
    """What a word tells, and the words in lower case that it may be, the most common first; none where nothing is known of it."""

    keyboard: Keyboard
    words: tuple[str, ...]


@cache
def _marks() -> object:
    return dawg.DAWG.compile_replaces(choice.TURKISH)


def spellings(form: str) -> tuple[str, ...]:
    """All words and names that `form` would be without Turkish letters, the most common first; takes lower case."""
    typed = plain(form)
    found = {*dictionary.words().similar_keys(typed, _marks()), *dictionary.names().similar_keys(typed, _marks())}
    if not found and len(form) >= _SHORTEST:
        found.update(formed(tuple(letter + choice.TURKISH.get(letter, "") for letter in typed)))
    return tuple(sorted(found, key=lambda word: (-dictionary.frequency(word), word)))


@lru_cache(dictionary.MEMORY)
def letters(written: str) -> Letters:
    """Reads one word as written, without what follows an apostrophe."""
    form = lower(written)
    if dictionary.is_word(form) or (dictionary.name(form) and form != written):
        return _good_as_typed(written, form)
    missing = tuple(word for word in spellings(form) if word != form and _lacks_letters(written, word))
    if not missing or (dictionary.name(form) and dictionary.frequency(missing[0]) <= dictionary.frequency(form)):
        return Letters(Keyboard.EITHER, (form,) if dictionary.name(form) else ())
    listed = dictionary.is_word(missing[0]) or dictionary.name(missing[0])
    return Letters(Keyboard.PLAIN if listed else Keyboard.EITHER, missing)


def _good_as_typed(written: str, form: str) -> Letters:
    if plain(written) != written:
        return Letters(Keyboard.TURKISH, (form,))
    words = spellings(form) or (form,)
    if _RARE * dictionary.frequency(form) < dictionary.frequency(words[0]) - _COMMON and dictionary.is_word(words[0]):
        return Letters(Keyboard.PLAIN, words[:1])
    return Letters(Keyboard.EITHER, words)


def _lacks_letters(written: str, word: str) -> bool:
    """Whether `written` could be `word` with letters missing; some type ı for every i, which shows beside them or in a common word.

    İ for ı is a missing letter too: so it becomes when a small i is turned into a capital.
    """
    differing = [typed for typed, meant in zip(written, word, strict=True) if lower(typed) != meant]
    missing = any(typed not in _SURE for typed in differing)
    return all(typed == "ı" for typed in differing if typed in _SURE) and (missing or dictionary.frequency(word) > _COMMON)


def restored(written: str, context: Context) -> str:
    """The word with the Turkish letters that it lacks, cased as it was written, in a text that was typed without them."""
    form, words = lower(written), letters(written).words
    if len(words) > 1:
        return cased_as(written, choice.likeliest(words, context, capital=form[0] != written[0]))
    return cased_as(written, words[0] if words else choice.by_letters(form)) if len(form) > 1 else written


def acronym(written: str) -> str:
    """A lone word in capitals as it is known, if it is: IBB → İBB."""
    known = [form for form in spellings(lower(written)) if dictionary.name(form) == upper(form) or len(form) > _LONGEST_ACRONYM]
    return upper(known[0]) if known else written


def cased_as(written: str, form: str) -> str:
    """The lower-case `form` with capitals where `written`, which is as long, has them."""
    return "".join(letter if lower(model) == model else upper(letter) for model, letter in zip(written, form, strict=True))
