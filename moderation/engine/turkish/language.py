"""Whether a comment is Turkish at all; what is plainly not gets no advice on Turkish spelling."""

from typing import NamedTuple

import regex

from moderation.engine.text import Record, Text
from moderation.engine.turkish import apostrophe, dictionary
from moderation.engine.turkish.deasciify import listed
from moderation.engine.turkish.prose import prose

_OTHER_SCRIPT = regex.compile(r"[\p{L}--\p{Latin}]", flags=regex.V1)
_ANOTHER_SCRIPT = regex.compile(r"[\p{L}\p{M}--\p{Latin}]+", flags=regex.V1)
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_LETTERS_OF_A_WORD = 3  # in such a script
_SHORTEST = 3  # letters of a word that speaks for Turkish; shorter ones occur everywhere

# The commonest small words of languages that readers also write in, without those that are Turkish as well (not, can, her, en, et, dans).
_FOREIGN = frozenset(
    """
    the and of to is are was were be been this that these those its with for from have do does did you your we they she his
    my me what who why how when where will would could should there here about all but so very just like love good great more
    our them their than then only also because people never always know think want really please thank thanks
    die das und ist nicht ein eine auf für von sich auch wie aber ich du sie wir sehr wenn noch kann haben dass zum zur bei
    le les des une est que qui pour avec très mais je tu nous vous sont cette
    una por con pero muy como más todo esta che di non per gli sono questo della anche
    ez em hûn û ji ku jî gelek spas kurdî hemû xwe dikim nabe heye tune wek lê
    """.split()  # noqa: SIM905  words read best as words
)


class Evidence(NamedTuple):
    """How many of a text's words speak for Turkish, for a language that it is not, and for a script that Turkish is not written in."""

    words: int
    turkish: int
    foreign: int
    another_script: int


def evidence(text: Text) -> Evidence:
    """What the words of a text say of its language; ask for it as a view of the text."""
    words = text.view(prose)
    forms = [word.lower for word in words]
    foreign = 0 if _FOREIGN.isdisjoint(forms) else sum([form in _FOREIGN for form in forms])
    another = sum(map(_in_another_script, forms)) if _OTHER_SCRIPT.search(text.string) else 0
    turkish = sum([word.record[_is_turkish_word] for word in words]) if foreign or another else len(forms)
    return Evidence(len(forms), turkish, foreign, another)


def _in_another_script(form: str) -> int:
    """How many words the form counts for; what is written without spaces between words counts by its length."""
    if not _ANOTHER_SCRIPT.fullmatch(form):
        return 0
    return max(1, len(form) // _LETTERS_OF_A_WORD) if _UNSPACED.search(form) else 1


def is_turkish(text: Text) -> bool:
    """Whether nothing shows another language: as many Turkish words as foreign ones, in Latin letters; ask for it as a view of the text."""
    _, turkish, foreign, another = text.view(evidence)
    return foreign + another <= turkish


def _is_turkish_word(word: Record) -> bool:
    stem = apostrophe.before(word.lower)
    return len(stem) >= _SHORTEST and stem not in _FOREIGN and (dictionary.is_word(stem) or any(map(dictionary.is_word, listed(stem))))
