"""The apostrophe between a name and its ending: Türkiyeden → Türkiye'den, Avrupa'lı → Avrupalı."""

from collections.abc import Iterator

import regex

from moderation.engine.text import Span, capitalise, lower
from moderation.engine.turkish import dictionary
from moderation.engine.turkish.alphabet import VOWELS
from moderation.engine.turkish.harmony import harmonised, is_back

_APOSTROPHE = regex.compile(r"['’]")
_TORN_OFF = regex.compile(r"(?<=[\p{L}\p{N}])(?: (?P<mark>['’])|(?P<mark>['’]n?) )(?P<ending>[dt][ae]n?|n[ıiuü]n|y[ıiuü])(?![\p{L}\p{N}'’])")
_OPENED_QUOTE = regex.compile(r"(?<![\p{L}\p{N}])['’‘](?!(?:[dt][ae]n?|n[ıiuü]n|y[ıiuü])(?![\p{L}\p{N}]))[\p{L}\p{N}]")
_AFTER_VOWEL = regex.compile(r"y[ıiuüae]|n[ıiuü]n|d[ae]n?|d[ae]ki|yl[ae]")
_AFTER_CONSONANT = regex.compile(r"[ıiuüae]|[ıiuü]n|[dt][ae]n?|[dt][ae]ki|l[ae]")
_OPEN = {True: str.maketrans("e", "a"), False: str.maketrans("a", "e")}
_SHORTEST = 4  # letters of a name that an ending is looked for behind
_BUILDS_A_WORD = regex.compile(r"(?:l[ıiuü]|s[ıiuü]z|l[ıiuü]k)(?:l[ae]r\w*|n[ıiuü]n|y[ıiuüae]|[dt][ae]n?|d[ıiuü]r)?")
_MADE_OF_NAMES = ("lar", "ler", "lı", "li", "lu", "lü", "ca", "ce", "ça", "çe")  # Türkler, Amerikalı, Türkçe: no apostrophe follows
_RARER = 20  # times: a form with its ending run on may itself have been counted as a name now and then


def torn_off(string: str) -> Iterator[tuple[Span, str]]:
    """Where a name's ending stands away from its apostrophe, and as it should be: Sivas' ta, Kosova 'da, Bahçesi'n de; takes lower case.

    Nothing is looked for behind an opening quotation mark of the same shape.
    """
    if "'" not in string and "’" not in string:
        return
    quote = _OPENED_QUOTE.search(string)
    for found in _TORN_OFF.finditer(string, 0, quote.start() if quote else len(string)):
        yield Span(*found.span()), found["mark"] + found["ending"]


def before(written: str) -> str:
    """The word without its apostrophe and what follows it."""
    return _APOSTROPHE.split(written, maxsplit=1)[0] if "'" in written or "’" in written else written


def mended(written: str) -> str | None:
    """The name with its ending as it should be written, or None where nothing is wrong; its capital is the name's own."""
    stem = before(written)
    return _joined(stem, written[len(stem) + 1 :]) if stem != written else _set_apart(written)


def _joined(stem: str, ending: str) -> str | None:
    """A name and an ending that makes a new word of it; abbreviations keep their apostrophe (ABD'li)."""
    form, ending = lower(stem), lower(ending)
    if dictionary.name(form) != capitalise(form) or not _BUILDS_A_WORD.fullmatch(ending) or harmonised(form, ending) != ending:
        return None
    return capitalise(form) + ending


def _set_apart(written: str) -> str | None:
    form = lower(written)
    if form[:1] == written[:1] or dictionary.is_word(form):
        return None
    for length in range(len(form) - 1, _SHORTEST - 1, -1):
        stem, ending = form[:length], form[length:]
        if dictionary.name(stem) == capitalise(stem) and _is_case(stem, ending) and _is_the_name(stem, form):
            return f"{capitalise(stem)}'{ending}"
    return None


def _is_case(stem: str, ending: str) -> bool:
    """Whether the ending is the one of its case that the name takes."""
    fitting = harmonised(stem, ending).translate(_OPEN[is_back(stem)])
    return ending == fitting and bool((_AFTER_VOWEL if stem[-1] in VOWELS else _AFTER_CONSONANT).fullmatch(ending))


def _is_the_name(stem: str, form: str) -> bool:
    return (
        not stem.endswith(_MADE_OF_NAMES)
        and not dictionary.is_word(stem)
        and dictionary.frequency(stem) >= _RARER * max(1, dictionary.frequency(form))
    )
