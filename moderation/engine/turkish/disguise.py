"""What a disguised word says: look-alike letters, marks, digits, separators and stretching undone, in the coordinates of the text.

Nothing is decided here. A reading keeps signs that may stand for several letters («@», «*», a capital I from an English keyboard), and
`may_be` says for which; whoever compares them with a word finds out.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from moderation.engine.text import fold, lower, table
from moderation.engine.turkish.alphabet import LETTERS, plain
from moderation.engine.turkish.dictionary import is_word

LONGEST = 80  # code points of an unbroken stretch that is still searched for a disguise, and remembered
MEMORY = 1 << 14  # stretches that are remembered; readers' words follow Zipf's law

_LOOK_ALIKES = str.maketrans(
    "аеорсхуікѕԁһјӏԛԝвнмтгпɑαοορνικτυεβχηᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠʏᴢɡıøæþđłƒ¢",
    "aeopcxyiksdhjlqwbhmtrnaaoopviktuebxnabcdefghijklmnoprstuvyzgıoapdlfc",
)
_SIGNS = {
    **dict.fromkeys("@4", "a"),
    **dict.fromkeys("3€", "e"),
    **dict.fromkeys("1!|", "ıil"),
    **dict.fromkeys("5$", "sş"),
    **dict(zip("026789£Iqw*", ("oö", "z", "gğb", "t", "b", "gğ", "l", "ıi", "qkg", "wv", LETTERS), strict=True)),
}
AMBIGUOUS = frozenset(_SIGNS) - {"I"}  # signs that no plain letter stands for
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_APOSTROPHES = "'’‘`´"

_SMALL = table("ABCÇDEFGĞHİJKLMNOÖPRSŞTUÜVYZQWXÂÎÛâîû", "abcçdefgğhijklmnoöprsştuüvyzqwxaiuaiu") | dict.fromkeys(map(ord, "'’"))  # I may be either
_PLAINLY = re.compile(r"[#\"'(«“]*+([a-zçğıöşüA-ZÇĞİÖŞÜâîû]++(?:['’][a-zçğıöşüA-ZÇĞİÖŞÜâîû]++)*+)[.,:;?!…\"')»”]*+")
_SPEECHLESS = re.compile(r"[0-9.,:;?!…\"'()«»“”%/+-]+")
_WORD = regex.compile(rf"\p{{L}}[\p{{L}}{_APOSTROPHES}]*")
_SIGNED = regex.compile(rf"[\p{{L}}0-9@€!|$£*{_APOSTROPHES}]+")
_SEPARATOR = regex.compile(rf"[^\p{{L}}\p{{N}}@€!|$£*{_APOSTROPHES}]+")
_FIRST_LETTER = regex.compile(r"[\p{L}\p{N}$€]")
_LAST_LETTER = regex.compile(r"(?r)[\p{L}\p{N}$€]")
_HIDING = regex.compile(r"[^\s,:;!?\"“”«»()]{1,2}")
_INITIALS = regex.compile(r"(?:\p{Lu}\.){1,3}\p{Lu}?\.?|\p{Lu}\.\p{Lu}.*")
_NUMBER = re.compile(r"[\"(«“%]*+[0-9]{2,}+(?:[.,:][0-9]++)*+['’][a-zçğıöşü]++[.,:;?!…\")»”]*+")  # with its ending: 17'lik is no «itlik»
_LONE_LETTERS = regex.compile(r"(?<!\S)\p{L}\p{M}*(\s{1,3})(?:\p{L}\p{M}*\1)+\p{L}\p{M}*(?![^\s.,!?])")
_REPEATED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")


class Reading(NamedTuple):
    """A stretch of text, in code points, and what it may say.

    `least`: the fewest letters of a stem for which so bold a reading is believed; `parted`: these are two words to whoever means no harm.
    """

    start: int
    end: int
    letters: str
    least: int = 1
    parted: bool = False

    def moved(self, offset: int) -> "Reading":
        return Reading(self.start + offset, self.end + offset, self.letters, self.least, self.parted)


class Undone(NamedTuple):
    """What one stretch between spaces says, in its own code points."""

    words: tuple[Reading, ...]
    disguised: tuple[Reading, ...]


@lru_cache(1 << 12)
def may_be(sign: str) -> frozenset[str]:
    """The letters of a word that one character of a reading may stand for: s may be ş on a foreign keyboard, ş is only itself."""
    if sign in _SIGNS:
        return frozenset(_SIGNS[sign])
    return frozenset({sign, *(letter for letter in LETTERS if plain(letter) == sign)})


@lru_cache(1 << 12)
def plainly(sign: str) -> tuple[str, ...]:
    """The same letters as typed without Turkish ones, each once."""
    return tuple(sorted({plain(letter) for letter in may_be(sign)}))


def unstretched(letters: str, least: int) -> tuple[tuple[str, int], ...]:
    """The letters with their stretching undone in one way and another, each with its `least`."""
    if not _DOUBLED.search(letters):
        return ()
    single = (_DOUBLED.sub(r"\1", letters), max(least, 4))
    if not _REPEATED.search(letters):
        return (single,)
    return ((_REPEATED.sub(r"\1", letters), max(least, 3)), (_REPEATED.sub(r"\1\1", letters), max(least, 3)), single)


def undone(stretch: str) -> Undone:
    """What a stretch without spaces says; remembered unless it is too long to come again."""
    return _remembered(stretch) if len(stretch) <= LONGEST else _undo(stretch)


def _undo(stretch: str) -> Undone:
    if plainly := _PLAINLY.fullmatch(stretch):
        return Undone((Reading(*plainly.span(1), _as_read(plainly[1].translate(_SMALL))),), ())
    if _SPEECHLESS.fullmatch(stretch):
        return Undone((), ())
    signs, origins = _plain_signs(stretch)
    searched = len(stretch) <= LONGEST and not (_INITIALS.fullmatch(stretch) or _NUMBER.fullmatch(stretch))
    return Undone(tuple(_words(signs, origins)), tuple(_disguised(signs, origins)) if searched else ())


_remembered = lru_cache(MEMORY)(_undo)


def _plain_signs(stretch: str) -> tuple[str, list[tuple[int, int]]]:
    """The stretch in plain characters, and where each of them comes from."""
    signs, origins = "", list[tuple[int, int]]()
    for offset, character in enumerate(stretch):
        replaced = _sign(character)
        if not replaced and origins:
            origins[-1] = (origins[-1][0], offset + 1)
        signs += replaced
        origins += [(offset, offset + 1)] * len(replaced)
    return signs, origins


@lru_cache(maxsize=1 << 14)
def _sign(character: str) -> str:
    """The plain characters that one stands for: none for marks and what is invisible."""
    if character == "I":
        return "I"
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character in _FILLERS:
        return ""
    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return chr(ord(character) - 0x1F1E6 + ord("a"))
    letter = fold(character)
    if letter in LETTERS:
        return letter
    decomposed = unicodedata.normalize("NFKD", character)
    if decomposed != character:
        return "".join(map(_sign, decomposed))
    return lower(letter.translate(_LOOK_ALIKES))


def _words(signs: str, origins: list[tuple[int, int]]) -> Iterator[Reading]:
    for word in _WORD.finditer(signs):
        end = word.start() + len(word[0].rstrip(_APOSTROPHES))
        yield _reading(signs, origins, word.start(), end, least=1)


def _disguised(signs: str, origins: list[tuple[int, int]]) -> Iterator[Reading]:
    """Readings that rest on some letters at least; «11,05» and «51K» say nothing."""
    found = (*_signed(signs, origins), *_separated(signs, origins))
    return (reading for reading in found if _known(reading.letters) > max(1, len(reading.letters) // 5))


def _known(letters: str) -> int:
    return sum(map(str.isalpha, letters))


def _signed(signs: str, origins: list[tuple[int, int]]) -> Iterator[Reading]:
    """Runs in which digits or signs stand among letters: s@l@k, 5alak, s*lak."""
    for run in _SIGNED.finditer(signs):
        start = run.end() - len(run[0].lstrip("!|" + _APOSTROPHES))
        end = run.start() + len(run[0].rstrip("!|*" + _APOSTROPHES))
        if any(sign in _SIGNS and not sign.isalpha() for sign in signs[start:end]):
            yield _reading(signs, origins, start, end, least=4 if signs[start] in "@*" else 3)


def _separated(signs: str, origins: list[tuple[int, int]]) -> Iterator[Reading]:
    """Letters or pieces with something between them: ş.e.r.e.f.s.i.z, sa-lak; a single gap may also hide a letter, but not between words."""
    start, end = _trimmed(signs)
    gaps = list(_SEPARATOR.finditer(signs, start, end))
    if not gaps:
        return
    pieces = _SEPARATOR.split(signs[start:end])
    longest = max(map(len, pieces))
    letter_by_letter = longest == 1 or (longest == 2 and len(pieces) > 2)
    yield _reading(signs, origins, start, end, least=1 + longest if letter_by_letter else 5)
    if (
        len(gaps) == 1
        and _HIDING.fullmatch(gaps[0][0])
        and min(map(len, pieces)) <= 2
        and not all(len(piece) > 1 and is_word(piece) for piece in pieces)
    ):
        hidden = signs[start : gaps[0].start()] + "*" * len(gaps[0][0]) + signs[gaps[0].end() : end]
        yield Reading(origins[start][0], origins[end - 1][1], hidden, least=5)


def _trimmed(signs: str) -> tuple[int, int]:
    """Where a stretch begins and ends without the punctuation around it."""
    first, last = _FIRST_LETTER.search(signs), _LAST_LETTER.search(signs)
    return (first.start(), last.end()) if first and last else (0, 0)


def letters_apart(string: str) -> Iterator[Reading]:
    """Single letters with the same space between them; «o» before them may be the pronoun."""
    for run in _LONE_LETTERS.finditer(string):
        signs, origins = _plain_signs(run[0])
        for first in (0, signs.index(run[1]) + len(run[1])) if signs.startswith("o") else (0,):
            yield _reading(signs, origins, first, len(signs), least=3).moved(run.start())


def _reading(signs: str, origins: list[tuple[int, int]], start: int, end: int, *, least: int) -> Reading:
    letters = "".join(sign for sign in signs[start:end] if sign in _SIGNS or sign.isalpha())
    return Reading(origins[start][0], origins[end - 1][1], _as_read(letters), least)


def _as_read(letters: str) -> str:
    return _REPEATED.sub(r"\1\1\1", letters)[:LONGEST]
