"""A comment, read once: every view of it is in the same coordinates.

Spans are half-open and count code points of the NFC text. This is the only module that changes a letter's case, because
Python's own methods make "i̇" of İ and "i" of I, and so confuse «sık» with another word.
"""

import unicodedata
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import regex

View = TypeVar("View")

MEMORY = 1 << 14  # words that are remembered; readers' words follow Zipf's law
LONGEST = 70  # letters of a word that is remembered; no word is longer

_LATIN = {code: code for code in range(0x250)}


def table(letters: str, others: str) -> dict[int, int]:
    """For `str.translate`, which is three times as fast with a table that knows the letters that stay."""
    return _LATIN | str.maketrans(letters, others)


_TO_LOWER = table("Iİ", "ıi")
_TO_UPPER = table("iı", "İI")
_CIRCUMFLEX = table("âîû", "aiu")
# Each stands behind the letter before it and whatever begins with that, since ~ stands behind all small letters.
_IN_ORDER = str.maketrans({"ç": "c~", "ğ": "g~", "ı": "h~", "ö": "o~", "ş": "s~", "ü": "u~"})
_GROWS_IN_CAPITALS = regex.compile(r"[ßŉǰΐΰևẖ-ẚὐ-ᾷῂ-ῌῒ-ῗῢ-ῧῲ-ῼﬀ-ﬗ]")

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*")
_SENTENCE_END = regex.compile(r"(?:(?<!\b\p{L}|\p{N})\.|[!?…]|(?<=\p{L}{2})\.)[.!?…]*[\"'”’»)\]]*(?=\s|$)|\n+")

_LINE_END = regex.compile(r"\r\n?|[\u0085\u2028\u2029]")
_INVISIBLE = regex.compile(r"[\p{Cc}--[\n\t]]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]", flags=regex.V1)
_STACKED_MARKS = regex.compile(r"(\p{M}{4})\p{M}+")
_VISIBLE = regex.compile(r"[\p{L}\p{N}\p{P}\p{S}]")


class Span(NamedTuple):
    """A half-open stretch of code points."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


class Record(dict[Callable[["Record"], object], object]):
    """A word as it is written, wherever it stands, and what was found out about it: `record[question]` is answered once and remembered."""

    __slots__ = ("lower", "written")

    def __init__(self, written: str) -> None:
        self.written, self.lower = written, lower(written)

    if TYPE_CHECKING:

        def __getitem__(self, question: Callable[["Record"], View]) -> View: ...

    def __missing__(self, question: Callable[["Record"], View]) -> View:
        answer = self[question] = question(self)
        return answer


_remembered = lru_cache(MEMORY)(Record)


def record(written: str) -> Record:
    """What is known of a word; one that is too long to come again is not remembered."""
    return _remembered(written) if len(written) <= LONGEST else Record(written)


class Word(NamedTuple):
    """A run of letters and digits, apostrophes inside included («Isparta'da»)."""

    start: int
    end: int
    written: str
    lower: str
    record: Record

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class UnreadableText(ValueError):
    """The string holds lone surrogates, so it is no text at all."""


class Text:
    """One comment and all views of it; a view is computed at most once.

    Raises UnreadableText for lone surrogates. A string that is not in NFC is brought there first.
    """

    def __init__(self, string: str) -> None:
        try:
            string.encode()
        except UnicodeEncodeError as error:
            raise UnreadableText("the text holds lone surrogates") from error
        self.string = unicodedata.normalize("NFC", string)
        self._views: dict[Callable[[Text], object], object] = {}

    def __getitem__(self, span: Span) -> str:
        return self.string[span.start : span.end]

    def view(self, reading: Callable[["Text"], View]) -> View:
        """What `reading` makes of this text, remembered for the next rule that asks."""
        if reading not in self._views:
            self._views[reading] = reading(self)
        return self._views[reading]  # type: ignore[return-value]  # a reading is stored under itself

    @cached_property
    def words(self) -> tuple[Word, ...]:
        found = [(*each.span(), record(each[0])) for each in _WORD.finditer(self.string)]
        return tuple([Word(start, end, known.written, known.lower, known) for start, end, known in found])

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences without the space around them, ending marks included."""
        spans, start = [], 0
        ends = [m.end() for m in _SENTENCE_END.finditer(self.string)] + [len(self.string)]
        for end in ends:
            piece = self.string[start:end]
            first = start + len(piece) - len(piece.lstrip())
            last = first + len(piece.strip())
            if last > first:
                spans.append(Span(first, last))
            start = end
        return tuple(spans)

    def sentences_around(self, span: Span) -> Span:
        """The sentence that holds the span, or all that it touches, from the first to the last."""
        touched = [s for s in self.sentences if s.overlaps(span)]
        return Span(touched[0].start, touched[-1].end) if touched else span


def normalise(raw: str) -> str:
    r"""The text that is stored: NFC, `\n` line ends, no surrounding space, no control or bidi characters, no towers of marks.

    Raises UnreadableText for lone surrogates.
    """
    string = Text(raw).string
    string = _LINE_END.sub("\n", string)
    string = _INVISIBLE.sub("", string)
    string = _STACKED_MARKS.sub(r"\1", string)
    return unicodedata.normalize("NFC", string).strip()


def is_blank(string: str) -> bool:
    """Whether nothing in the string would leave ink on paper."""
    return not _VISIBLE.search(string)


def lower(string: str) -> str:
    """Turkish lower case, code point by code point: the length never changes."""
    return (string.translate(_TO_LOWER) if "I" in string or "İ" in string else string).lower()


def upper(string: str) -> str:
    """Turkish capitals, code point by code point: the length never changes, so ß stays ß."""
    if _GROWS_IN_CAPITALS.search(string):
        return "".join(c if _GROWS_IN_CAPITALS.match(c) else upper(c) for c in string)
    return string.translate(_TO_UPPER).upper()


def capitalise(string: str) -> str:
    """The first letter as a Turkish capital, the rest as it is."""
    return upper(string[:1]) + string[1:]


def alphabetical(string: str) -> str:
    """What sorts as the Turkish alphabet does: Çevre before Dünya, Işık before İnci."""
    return fold(string).translate(_IN_ORDER)


def fold(string: str) -> str:
    """The form that searching compares: lower case, circumflexes dropped (hâlâ and hala are both good Turkish)."""
    return unicodedata.normalize("NFC", lower(unicodedata.normalize("NFC", string))).translate(_CIRCUMFLEX)
