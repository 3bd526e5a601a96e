"""Vowel harmony: which of its forms an ending takes after a word."""

from moderation.engine.turkish.alphabet import VOWELS

_BACK = frozenset("aıouâû")
_ROUND = frozenset("oöuüû")
_CLOSE = frozenset("ıiuü")

FRONTED = str.maketrans("ıu", "iü")
BACKED = str.maketrans("iü", "ıu")


def last_vowel(form: str) -> str:
    """The last vowel of a lower-case form, or nothing."""
    return next((letter for letter in reversed(form) if letter in VOWELS), "")


def is_back(form: str) -> bool:
    """Whether endings of the lower-case form take a and not e."""
    return last_vowel(form) in _BACK


def close_vowel(form: str) -> str:
    """The one of ı, i, u, ü that an ending takes after the lower-case form."""
    vowel = last_vowel(form)
    return {(True, False): "ı", (False, False): "i", (True, True): "u", (False, True): "ü"}[vowel in _BACK, vowel in _ROUND]


def harmonised(form: str, ending: str) -> str:
    """The lower-case ending with the close vowels that it takes after the form: (Isparta, li) → lı; -ki takes none."""
    fitting = ""
    for letter in ending.removesuffix("ki"):
        fitting += close_vowel(form + fitting) if letter in _CLOSE else letter
    return fitting + ending[len(fitting) :]


def dotted_or_not(form: str, ending: str) -> str:
    """The lower-case ending, typed with i for ı and u for ü, as it sounds after the form: (burada, mi) → mı."""
    return ending.translate(BACKED if is_back(form) else FRONTED)
