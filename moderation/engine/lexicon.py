"""Find the entries of a word list in a text: with endings, without Turkish letters, in disguise; and leave their innocent neighbours alone."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import ClassVar, NamedTuple

import regex

from moderation.engine import word_list
from moderation.engine.meanings import Meaning, Meanings, is_plain_offence
from moderation.engine.rule import Grade, Match
from moderation.engine.text import Span, Text
from moderation.engine.turkish.address import Aim, aim, is_only_mentioned, points_at_someone, surroundings
from moderation.engine.turkish.alphabet import TURKISH_ONLY
from moderation.engine.turkish.disguise import Reading
from moderation.engine.turkish.readings import Readings
from moderation.engine.word_list import Entry

WITHIN_GAP = 3  # words that «…» may stand for

_SENTENCE_BREAK = regex.compile(r"[.!?…\n]")


class Found(NamedTuple):
    """An entry found in a text, and how sure it is."""

    span: Span
    entry: Entry
    grade: Grade


class Lexicon:
    """The entries of one or more word lists, made ready for searching when the first text is searched."""

    _house: ClassVar[tuple["Lexicon", ...]] = ()  # the lists that every text is held against

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._unread = entries

    @classmethod
    @cache
    def read(cls, *paths: Path) -> "Lexicon":
        """The lexicon of these files, the same for all who ask; its words are looked up together with those of all that were read."""
        lexicon = cls(entry for path in paths for entry in word_list.read(path))
        cls._house = (*cls._house, lexicon)
        return lexicon

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Raises UnreadableWordList."""
        return tuple(self._unread)

    def matches(self, text: Text) -> Iterator[Match]:
        """What is found, in the order of the text and never overlapping."""
        return (Match(found.span, found.grade) for found in text.view(self.find))

    def find(self, text: Text) -> list[Found]:
        """As `matches`, with the entries; of two that overlap, the one that begins earlier or is longer."""
        heard = text.view(_together(self._house if self in self._house else (self,)).heard_in)
        if self not in heard.words and self not in heard.disguised:
            return []
        found = [*self._in_words(text, heard), *self._in_disguise(text, heard)]
        if len(found) < 2:
            return found
        found.sort(key=lambda each: (each.span.start, -each.span.end, list(Grade).index(each.grade)))
        kept: list[Found] = []
        for each in found:
            if not kept or each.span.start >= kept[-1].span.end:
                kept.append(each)
        return kept

    def _in_words(self, text: Text, heard: "_Heard") -> Iterator[Found]:
        for at, meaning in heard.words.get(self, ()):
            if found := _said(text, heard, at, meaning):
                yield found

    def _in_disguise(self, text: Text, heard: "_Heard") -> Iterator[Found]:
        """Whole entries only; two words that stand apart are read as one only where it would be an offence beyond doubt."""
        for reading, meaning in heard.disguised.get(self, ()):
            if meaning.whole and not (reading.parted and (meaning.guessed or not is_plain_offence(meaning.entry))):
                bold = meaning._replace(guessed=True) if reading.parted else meaning
                if found := _found(text, heard.readings.words, Span(reading.start, reading.end), bold):
                    yield found


class _Heard:
    """What the words of a text mean by each list: which word and how, and which disguised reading and how."""

    def __init__(self, readings: Readings, meanings: Meanings) -> None:
        self.readings = readings
        self.words: defaultdict[Hashable, list[tuple[int, Meaning]]] = defaultdict(list)
        self.disguised: defaultdict[Hashable, list[tuple[Reading, Meaning]]] = defaultdict(list)
        self.known = [meanings.known(letters, 1) for letters in readings.letters]
        for at, known in enumerate(self.known):
            for name, said in known.opening:
                self.words[name] += [(at, meaning) for meaning in said]
        for reading in readings.disguised:
            for name, said in meanings.known(reading.letters, reading.least).opening:
                self.disguised[name] += [(reading, meaning) for meaning in said]


class _Together:
    """Lexicons whose words are looked up together."""

    def __init__(self, lexicons: tuple[Lexicon, ...]) -> None:
        self._meanings = Meanings({lexicon: lexicon.entries for lexicon in lexicons})

    def heard_in(self, text: Text) -> _Heard:
        """Ask for it as a view of the text."""
        return _Heard(text.view(Readings), self._meanings)


_together = lru_cache(4)(_Together)


def _said(text: Text, heard: _Heard, at: int, meaning: Meaning) -> Found | None:
    """What the word at `at` says in its place, if it means the entry there."""
    last = at if meaning.whole else _last_word(text, heard, at, meaning.entry)
    if last is None:
        return None
    words = heard.readings.words
    span = Span(words[at].start, words[last].end)
    is_shouted = meaning.entry.small and text.string[span.start : words[at].end] != words[at].letters
    return None if is_shouted else _found(text, words, span, meaning)


def _last_word(text: Text, heard: _Heard, at: int, entry: Entry) -> int | None:
    """Where a phrase that begins at `at` ends, or None where it does not go on."""
    first = at
    for place, part in enumerate(entry.parts[1:], start=1):
        for following in range(at + 1, min(at + 2 + (WITHIN_GAP if part.gap else 0), len(heard.known))):
            if (entry, place) in heard.known[following].places:
                break
        else:
            return None
        at = following
    words = heard.readings.words
    return None if _SENTENCE_BREAK.search(text.string, words[first].end, words[at].start) else at


def _found(text: Text, words: tuple[Reading, ...], span: Span, meaning: Meaning) -> Found | None:
    """What is found where a meaning fits; nothing where only an aimed word would offend and nobody is aimed at."""
    entry = meaning.entry
    if not entry.aimed and entry.grade is not Grade.CERTAIN:
        return Found(span, entry, entry.grade)
    beside = surroundings(text, words, span)
    how = aim(beside, bare=meaning.bare, second_person=meaning.second_person)
    if entry.aimed and how is Aim.NONE:
        return None
    unsure = (
        (entry.aimed and how is Aim.PERHAPS)
        or (entry.sure_if_aimed and how is Aim.NONE and not points_at_someone(beside, bare=meaning.bare, plural=meaning.plural))
        or (is_only_mentioned(beside) and not entry.always)
    )
    doubt = unsure or (meaning.first_person and not entry.always) or meaning.guessed or (meaning.doubtful and not text.view(_has_turkish_letters))
    return Found(span, entry, Grade.SUSPECTED if doubt and entry.grade is Grade.CERTAIN else entry.grade)


def _has_turkish_letters(text: Text) -> bool:
    return not TURKISH_ONLY.isdisjoint(text.string)
