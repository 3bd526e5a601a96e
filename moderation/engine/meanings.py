"""What one written word can mean among the entries of the word lists: stem and endings, letter by letter, forwards only.

All lists stand in one tree, so that a word is looked up once for all of them; most words fall off it within their first letters.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import dawg

from moderation.engine.rule import Grade
from moderation.engine.text import lower
from moderation.engine.turkish.alphabet import VOWELS, plain
from moderation.engine.turkish.dictionary import beginnings, frequency, is_word
from moderation.engine.turkish.disguise import AMBIGUOUS, may_be, plainly, unstretched
from moderation.engine.turkish.suffixes import Inflected, Sound, alternants, inflections, softens_by_itself, sound_of
from moderation.engine.word_list import Entry, Part

MEMORY = 1 << 14  # words whose meanings are remembered
LONGEST_ALONE = 8  # letters from which an unknown word may be two
SKELETON = 4  # letters that a word without its vowels must keep to be known
LONGEST_GLUED = 24  # letters beyond which nobody reads two words in one
SHORTEST_GLUED = 3  # letters of a word that is believed to be glued to another

VAGUEST = 300  # beginnings of stems that a disguised word may have at once


class Meaning(NamedTuple):
    """A word explained as the word of an entry at `place`, or as the whole entry.

    `reach` counts the letters of the stem; `bare` is a word without endings; a `doubtful` one may as well be the entry's innocent twin;
    a `guessed` one is written as no ending or disguise explains: its vowels dropped, or glued to another word.
    """

    entry: Entry
    place: int
    whole: bool
    reach: int
    bare: bool
    second_person: bool
    first_person: bool
    plural: bool
    doubtful: bool
    guessed: bool


Said = Mapping[Hashable, tuple[Meaning, ...]]  # by the list that the entries are from; lists by which a word means nothing are left out


class Known(NamedTuple):
    """What a word means: as an entry or as the first word of one, by the lists that know it, and the places of phrases at which it can stand."""

    opening: tuple[tuple[Hashable, tuple[Meaning, ...]], ...]
    places: frozenset[tuple[Entry, int]]


_UNKNOWN = Known((), frozenset())


class _Stem(NamedTuple):
    letters: str
    sound: Sound
    verb: bool
    inflects: bool

    def explains(self, letters: str) -> tuple[Inflected, ...]:
        """Every way in which the letters, which begin with the stem, are the stem with endings."""
        reach = len(self.letters)
        if (not self.inflects and reach < len(letters)) or letters.count("*", reach) > 1:
            return ()
        return inflections(letters, reach, self.sound, verb=self.verb)


class _Use(NamedTuple):
    """What a stem stands for: many entries begin with the same one."""

    entry: Entry
    place: int
    whole: bool
    guessed: bool = False


class _Node:
    __slots__ = ("children", "stem")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.stem = ""


class Meanings:
    """The stems of all entries of some lists, found by their plain letters, and what words mean by them.

    Most words begin with no stem, which an automaton tells at once; the tree is for those in which a sign stands for several letters.
    """

    def __init__(self, lists: Mapping[Hashable, Iterable[Entry]]) -> None:
        self._root = _Node()
        self._stems = defaultdict[str, dict[_Stem, list[_Use]]](dict)
        self._list_of: dict[Entry, Hashable] = {}
        for name, entries in lists.items():
            for entry in entries:
                self._list_of[entry] = name
                for stem, use in _stems(entry):
                    self._stems[plain(stem.letters)].setdefault(stem, []).append(use)
        for beginning in self._stems:
            self._plant(beginning)
        self._beginnings = dawg.DAWG(self._stems)
        self.known = lru_cache(MEMORY)(self._known)

    def _plant(self, beginning: str) -> None:
        node = self._root
        for letter in beginning:
            node = node.children.setdefault(letter, _Node())
        node.stem = beginning

    def _known(self, letters: str, least: int) -> Known:
        said = self._what(letters, least)
        if not said:
            return _UNKNOWN
        opening = ((name, _told_apart(meanings)) for name, meanings in said.items())
        places = frozenset([(meaning.entry, meaning.place) for meanings in said.values() for meaning in meanings if not meaning.whole])
        return Known(tuple([(name, meanings) for name, meanings in opening if meanings]), places)

    def _what(self, letters: str, least: int) -> Said:
        """What a reading's letters mean, or else what any guess at them means; a word that is one as it stands is not guessed at."""
        found = self._meanings(letters, least)
        if is_word(lower(letters)):
            return found
        guesses = unstretched(letters, least)
        if not guesses and len(letters) < LONGEST_ALONE:
            return found
        return self._glued(letters) | _joined(self._meanings(*guess) for guess in guesses) | found

    def _glued(self, letters: str) -> dict[Hashable, tuple[Meaning, ...]]:
        """What an entry means that has another word stuck to it: behind it, or before it."""
        form, longest = lower(letters), min(len(letters), LONGEST_GLUED) - SHORTEST_GLUED
        starts = range(5, longest + 1) if self._stems_in(letters, 5) else ()
        before = ((letters[:at], 5) for at in starts if is_word(form[at:]))
        ends = (len(word) for word in beginnings(form))
        behind = ((letters[at:], 6) for at in ends if SHORTEST_GLUED <= at <= longest and len(letters) - at >= 6)
        found = dict[Hashable, tuple[Meaning, ...]]()
        for part, least in chain(before, behind):
            found = self._meanings(part, least) | found
        guessed = {
            name: tuple(meaning._replace(guessed=True) for meaning in meanings if meaning.whole and is_plain_offence(meaning.entry))
            for name, meanings in found.items()
        }
        return {name: meanings for name, meanings in guessed.items() if meanings}

    def _meanings(self, letters: str, least: int) -> dict[Hashable, tuple[Meaning, ...]]:
        """Among the whole entries of a list only those that reach furthest into the word speak: aptallık before aptal."""
        if not (stems := self._stems_in(letters, least)):
            return {}
        found: dict[Hashable, list[Meaning]] = {}
        for stem, uses in stems:
            ways = stem.explains(letters)
            for use in uses if ways else ():
                if not _is_innocent(use.entry, stem.letters, letters):
                    found.setdefault(self._list_of[use.entry], []).extend(_explained(use, stem, letters, ways))
        return {name: _furthest(meanings) for name, meanings in found.items()}

    def _stems_in(self, letters: str, least: int) -> list[tuple[_Stem, list[_Use]]]:
        """The stems of at least so many letters that the letters begin with, and what they stand for."""
        typed = plain(lower(letters))
        beginnings = self._beginnings.prefixes(typed) if AMBIGUOUS.isdisjoint(letters) else self._fitting(typed)
        if not beginnings:
            return []
        planted = [self._stems[beginning] for beginning in beginnings if len(beginning) >= least]
        return [each for stems in planted for each in stems.items() if _may_begin(each[0].letters, letters)]

    def _fitting(self, typed: str) -> list[str]:
        """The beginnings that signs may stand for; none where they fit so many that they say nothing."""
        found, nodes = list[str](), [self._root]
        for sign in typed:
            nodes = [child for node in nodes for letter in plainly(sign) if (child := node.children.get(letter))]
            if not nodes:
                break
            if len(nodes) > VAGUEST:
                return []
            found += [node.stem for node in nodes if node.stem]
        return found


def _furthest(meanings: list[Meaning]) -> tuple[Meaning, ...]:
    reach = max((meaning.reach for meaning in meanings if meaning.whole), default=0)
    return tuple(dict.fromkeys(meaning for meaning in meanings if not meaning.whole or meaning.reach == reach))


def _told_apart(meanings: Iterable[Meaning]) -> tuple[Meaning, ...]:
    """Those that begin an entry; of whole entries that are judged alike, one: a starred word may be dozens."""
    kept = dict[object, Meaning]()
    for meaning in meanings:
        entry = meaning.entry
        judged = (
            (entry.grade, entry.aimed, entry.always, entry.sure_if_aimed, entry.small, is_plain_offence(entry), *meaning[4:])
            if meaning.whole
            else meaning
        )
        if not meaning.place:
            kept.setdefault(judged, meaning)
    return tuple(kept.values())


def _joined(said: Iterable[Said]) -> dict[Hashable, tuple[Meaning, ...]]:
    found = dict[Hashable, dict[Meaning, None]]()
    for name, meanings in (each for guess in said for each in guess.items()):
        found.setdefault(name, {}).update(dict.fromkeys(meanings))
    return {name: tuple(meanings) for name, meanings in found.items()}


def _stems(entry: Entry) -> Iterator[tuple[_Stem, _Use]]:
    """The words of an entry; a phrase whose words stand side by side may also be written as one."""
    single, last = len(entry.parts) == 1, entry.parts[-1]
    for place, part in enumerate(entry.parts):
        yield from _shapes(entry, place, part, whole=single)
    if not single and not any(part.gap or (part.inflects and part is not last) for part in entry.parts):
        joined = Part("".join(part.stem for part in entry.parts), verb=last.verb, inflects=last.inflects)
        yield from _shapes(entry, 0, joined, whole=True)
    if single and is_plain_offence(entry) and last.inflects and len(skeleton := _without_vowels(last.stem)) >= SKELETON and not is_word(skeleton):
        yield _Stem(skeleton, sound_of(skeleton), verb=False, inflects=False), _Use(entry, 0, whole=True, guessed=True)


def is_plain_offence(entry: Entry) -> bool:
    """Whether the entry offends wherever and however it stands, so that it may be guessed at."""
    return entry.grade is Grade.CERTAIN and not (entry.aimed or entry.exact or entry.twins)


def _without_vowels(stem: str) -> str:
    return stem[0] + "".join(letter for letter in stem[1:] if letter not in VOWELS)


def _shapes(entry: Entry, place: int, part: Part, *, whole: bool) -> Iterator[tuple[_Stem, _Use]]:
    softens = entry.softens or (softens_by_itself(part.stem) and not part.verb)
    for letters, sound in alternants(part.stem, verb=part.verb, softens=part.inflects and softens, drops=part.inflects and entry.drops):
        yield _Stem(letters, sound, part.verb, part.inflects), _Use(entry, place, whole)


def _explained(use: _Use, stem: _Stem, letters: str, ways: Iterable[Inflected]) -> Iterator[Meaning]:
    entry, place, whole, guessed = use
    doubtful = bool(entry.twins) and any(_may_be_twin(twin, letters) for twin in entry.twins)
    for bare, second, first, plural in ways:
        yield Meaning(entry, place, whole, len(stem.letters), bare, second, first, plural, doubtful, guessed)


def _is_innocent(entry: Entry, stem: str, letters: str) -> bool:
    """Whether the word, read as it stands, is another one."""
    if entry.innocent and any(_may_begin(innocent, letters) for innocent in entry.innocent):
        return True
    plainly = lower(letters)
    if plainly.startswith(stem):
        return False
    if entry.exact and any(sign.isalpha() and sign != letter for sign, letter in zip(plainly, stem, strict=False)):
        return True
    return ("I" in letters[: len(stem)] and bool(entry.twins)) or _is_other_word(entry, plainly.strip("@*"))


def _is_other_word(entry: Entry, word: str) -> bool:
    """Whether the word is good Turkish itself; where somebody must be aimed at, it must also be one that is in use."""
    return is_word(word) and not (entry.aimed and not frequency(word))


def _may_begin(stem: str, letters: str) -> bool:
    return letters.startswith(stem) or (
        len(letters) >= len(stem) and all(letter in may_be(sign) for letter, sign in zip(stem, letters, strict=False))
    )


def _may_be_twin(twin: Part, letters: str) -> bool:
    return _may_begin(twin.stem, letters) and bool(inflections(letters, len(twin.stem), sound_of(twin.stem), verb=twin.verb))
