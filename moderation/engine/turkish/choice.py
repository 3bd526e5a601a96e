"""Which of several spellings is meant, where a word was typed without its Turkish letters: şu or su, sık or şık, oldu or öldü.

Where the dictionary knows words, what stands beside them decides; where it knows none, as with many names, the letters do.
Both were learnt from well-written sentences (learn.py).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from moderation.engine.text import lower
from moderation.engine.turkish import dictionary
from moderation.engine.turkish.alphabet import VOWELS
from moderation.engine.turkish.context import Context
from moderation.engine.turkish.harmony import BACKED, FRONTED, last_vowel
from moderation.engine.turkish.weights import learnt

TURKISH = {"c": "ç", "g": "ğ", "i": "ı", "o": "ö", "s": "ş", "u": "ü"}

_WINDOWS = ((1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (3, 0), (0, 3), (2, 2), (3, 1), (1, 3), (4, 1), (3, 2), (2, 3), (5, 2), (4, 4))
_CLEARLY = 24  # weight that the letters of an unknown word must speak with; a foreign name keeps its own


def likeliest(words: Iterable[str], context: Context, *, capital: bool) -> str:
    """The one of several lower-case words, alike but for their Turkish letters, that fits between its neighbours; `capital` tells how it begins."""
    weights = learnt("choice")
    return max(words, key=lambda word: weights.total(word_features(word, context, dictionary.frequency(word), capital=capital)))


def word_features(word: str, context: Context, frequency: int, *, capital: bool) -> Iterator[str]:
    """What may speak for a word in its place."""
    before, after = context
    tail, end = word[-3:], word[-2:]
    yield f"#{frequency.bit_length()}"
    yield word
    yield f"{word}^{capital}"
    yield f"{before} {word}"
    yield f"{word} {after}"
    yield from (f"{part}~{word}" for part in (before[-3:], before[-2:], f"{before[:4]}-"))
    yield from (f"{word}~{part}" for part in (after[-3:], after[-2:], f"{after[:3]}-", f"{after[:4]}-"))
    yield from (f"{tail}~{part}|" for part in (after, after[-3:]))
    yield from (f"{part}~{tail}|" for part in (before, before[-3:]))
    yield f"{before[-2:]}~{end}~{after[-2:]}"
    yield f"~{end}~{after[-2:]}"
    yield f"~{tail}"
    yield f"~{word[-4:]}"


@lru_cache(dictionary.MEMORY)
def by_letters(typed: str) -> str:
    """An unknown lower-case word with the Turkish letters that its other letters ask for."""
    weights = learnt("letters")
    restored = typed
    for at, letter in enumerate(typed):
        if letter in TURKISH and weights.total(letter_features(restored, at)) > _CLEARLY:
            restored = restored[:at] + TURKISH[letter] + restored[at + 1 :]
    return restored


def letter_features(word: str, at: int) -> Iterator[str]:
    """What may speak for a Turkish letter at a place of a word that has got those before it."""
    letter = word[at]
    yield letter
    padded = f"____{word}_____"
    here = at + 4
    for left, right in _WINDOWS:
        yield f"{padded[max(0, here - left) : here]}<{letter}>{padded[here + 1 : here + 1 + right]}"
    yield f"{letter}{next((each for each in reversed(word[:at]) if each in VOWELS), '')}"
    yield f"{letter}{next((each for each in reversed(word[:at]) if each in VOWELS), '')}{padded[here + 1 : here + 3]}"


@lru_cache(dictionary.MEMORY)
def ending(stem: str, typed: str) -> str:
    """The lower-case ending behind a name's or a number's apostrophe as the stem is spoken: ABD'nin, Isparta'nın, 2011'in; -ki keeps its i."""
    body = typed.removesuffix("ki")
    if body.translate(FRONTED) == body.translate(BACKED):
        return typed
    spoken_back = learnt("endings").total(ending_features(stem, body)) > 0
    return body.translate(BACKED if spoken_back else FRONTED) + typed[len(body) :]


def ending_features(stem: str, body: str) -> Iterator[str]:
    """What may speak for ı and u in an ending, typed as i and u, behind a stem as it is written."""
    form, open_vowel = lower(stem), next((letter for letter in body if letter in "ae"), "")
    spoken = "+" if form != stem and lower(stem[-1:]) != stem[-1:] else ""
    yield open_vowel
    yield f"{last_vowel(form)}{spoken}"
    yield from (f"{form[-length:]}{spoken}" for length in (1, 2, 3, 4))
    yield f"{last_vowel(form)}{form[-1:]}{body}"
    yield f"{form}'"
