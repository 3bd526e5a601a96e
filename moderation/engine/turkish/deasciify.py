"""Turkish letters given back to words that were typed without them: gormedim → görmedim, ISTANBUL → İSTANBUL."""

from enum import Enum
from functools import cache, lru_cache

import dawg

from moderation.engine.text import lower, upper
from moderation.engine.turkish import choice, dictionary
from moderation.engine.turkish.alphabet import TURKISH_ONLY, plain
from moderation.engine.turkish.context import Context
from moderation.engine.turkish.formation import formed
from moderation.engine.turkish.new_words import is_new_word

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


@cache
def _marks() -> object:
    return dawg.DAWG.compile_replaces(choice.TURKISH)


def spellings(form: str) -> tuple[str, ...]:
    """All words and names that `form` would be without Turkish letters, the most common first; takes lower case.

    Where no list holds any: all words that Turkish might make.
    """
    return listed(form) or (
        _by_frequency(set(formed([sign + choice.TURKISH.get(sign, "") for sign in plain(form)]))) if len(form) >= _SHORTEST else ()
    )


def listed(form: str) -> tuple[str, ...]:
    """Those of the spellings that are known."""
    typed, marks = plain(form), _marks()
    return _by_frequency({*dictionary.words().similar_keys(typed, marks), *dictionary.names().similar_keys(typed, marks)})


def _by_frequency(words: set[str]) -> tuple[str, ...]:
    return tuple(words) if len(words) < 2 else tuple(sorted(words, key=lambda word: (-dictionary.frequency(word), word)))


def keyboard(written: str) -> Keyboard:
    """What one word tells as written, without what follows an apostrophe."""
    form = lower(written)
    if _is_good(written, form):
        if plain(written) != written:
            return Keyboard.TURKISH
        return Keyboard.PLAIN if _is_rare(form, listed(form)) else Keyboard.EITHER
    return Keyboard.PLAIN if _lacking(written, form, listed(form)) else Keyboard.EITHER


@lru_cache(dictionary.MEMORY)
def possible(written: str) -> tuple[str, ...]:
    """The words in lower case that a word may be as written, the most common first; none where nothing is known of it."""
    form = lower(written)
    if not _is_good(written, form):
        return _lacking(written, form, spellings(form)) or ((form,) if dictionary.name(form) else ())
    if plain(written) != written:
        return (form,)
    words = listed(form) or (form,)
    return words[:1] if _is_rare(form, words) else words


def _is_good(written: str, form: str) -> bool:
    return dictionary.is_word(form) or (form != written and dictionary.name(form) is not None) or is_new_word(form)


def _is_rare(form: str, words: tuple[str, ...]) -> bool:
    """Whether the first of the words, a common one, is meant where the form was typed."""
    if not words or words[0] == form:
        return False
    return _RARE * dictionary.frequency(form) < dictionary.frequency(words[0]) - _COMMON and dictionary.is_word(words[0])


def _lacking(written: str, form: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the words that `written` may be with letters missing; none where it is the more common one itself."""
    missing = tuple([word for word in words if word != form and _lacks_letters(written, word)])
    if missing and dictionary.name(form) and dictionary.frequency(missing[0]) <= dictionary.frequency(form):
        return ()
    return missing


def _lacks_letters(written: str, word: str) -> bool:
    """Whether `written` could be `word` with letters missing; some type ı for every i, which shows beside them or in a common word.

    İ for ı is a missing letter too: so it becomes when a small i is turned into a capital.
    """
    differing = [typed for typed, meant in zip(written, word, strict=True) if lower(typed) != meant]
    missing = any(typed not in _SURE for typed in differing)
    return all(typed == "ı" for typed in differing if typed in _SURE) and (missing or dictionary.frequency(word) > _COMMON)


def restored(written: str, context: Context) -> str:
    """The word with the Turkish letters that it lacks, cased as it was written, in a text that was typed without them."""
    form, words = lower(written), possible(written)
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
