"""Learn the weights in data/ anew: `python -m moderation.engine.turkish.learn SENTENCES COMMENTS`; `make dictionary` does.

Every well-written sentence teaches by itself: a word's right letters, the capital that it bears and what its «de» is all stand there. The dictionary
must have been compiled from the same sentences. What readers speak of, and how shortly, only their own comments show; those are right often enough to
teach where «de» stands alone, and nothing else. Only weights are kept. Nothing here runs when comments are read.
"""

import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from math import exp
from pathlib import Path
from random import Random
from typing import NamedTuple
from zlib import compress, crc32

from moderation.engine.text import Text, lower, upper
from moderation.engine.turkish import apostrophe, capital, choice, dictionary, leaning
from moderation.engine.turkish.alphabet import LETTERS, plain
from moderation.engine.turkish.context import context
from moderation.engine.turkish.dictionary import DATA
from moderation.engine.turkish.harmony import BACKED, FRONTED
from moderation.engine.turkish.weights import UNIT

_SPELT = frozenset(LETTERS + "âîûqwx")
_NEGLIGIBLE = 0.01  # an error that is not worth a step
_STEEPEST = 30.0  # logit beyond which a probability is as good as sure


class Choice(NamedTuple):
    """Features of each alternative, as places in the table, and which one is right; with one alternative, whether it is."""

    alternatives: tuple[tuple[int, ...], ...]
    right: int


class Table:
    """Weights while they are learnt, by gradient steps that shrink where much has been learnt."""

    def __init__(self, bits: int) -> None:
        self._weights = [0.0] * (1 << bits)
        self._learnt = [1.0] * (1 << bits)

    def places(self, features: Iterable[str]) -> tuple[int, ...]:
        return tuple([crc32(feature.encode()) & (len(self._weights) - 1) for feature in features])

    def learn(self, choices: list[Choice], *, rounds: int, step: float) -> None:
        order = Random(1)  # noqa: S311  (the same shuffle each time, so that the table is the same)
        for _ in range(rounds):
            order.shuffle(choices)
            for alternatives, right in choices:
                for places, error in zip(alternatives, self._errors(alternatives, right), strict=True):
                    if abs(error) > _NEGLIGIBLE:
                        self._correct(places, error, step)

    def _errors(self, alternatives: tuple[tuple[int, ...], ...], right: int) -> list[float]:
        """For each alternative, what its probability lacks: of a choice among several, or of a single yes or no."""
        weights = self._weights
        totals = [max(-_STEEPEST, min(_STEEPEST, sum([weights[place] for place in places]))) for places in alternatives]
        if len(totals) == 1:
            return [right - 1 / (1 + exp(-totals[0]))]
        powers = [exp(total) for total in totals]
        return [(at == right) - power / sum(powers) for at, power in enumerate(powers)]

    def _correct(self, places: tuple[int, ...], error: float, step: float) -> None:
        for place in places:
            self._learnt[place] += error * error
            self._weights[place] += step * error / self._learnt[place] ** 0.5

    def packed(self) -> bytes:
        """The weights as signed bytes, in UNITs, compressed."""
        return compress(array("b", [max(-127, min(127, round(UNIT * weight))) for weight in self._weights]).tobytes(), 9)


def spelling_choices(table: Table, texts: Iterable[Text]) -> Iterator[Choice]:
    """Words that are several, once they lose their Turkish letters; each counted without itself."""
    from moderation.engine.turkish.deasciify import spellings  # noqa: PLC0415  (which itself reads the weights)

    for text in texts:
        for at, word in enumerate(text.words):
            stem = apostrophe.before(word.written)
            form = lower(stem)
            words = spellings(form)
            if len(words) < 2 or form not in words or (len(stem) > 1 and stem == upper(stem)):
                continue
            around, begins = context(text, text.words, at, at), stem[0] != form[0]
            seen = [dictionary.frequency(each) - (each == form) for each in words]
            features = [choice.word_features(each, around, times, capital=begins) for each, times in zip(words, seen, strict=True)]
            yield Choice(tuple(table.places(each) for each in features), words.index(form))


def letter_choices(table: Table, texts: Iterable[Text]) -> Iterator[Choice]:
    """Every letter of every form that has a Turkish twin."""
    forms = Counter(apostrophe.before(word.lower) for text in texts for word in text.words)
    for form in (form for form in forms if len(form) > 2 and _SPELT.issuperset(form)):
        restored = plain(form)
        for at, letter in enumerate(restored):
            if letter in choice.TURKISH:
                yield Choice((table.places(choice.letter_features(restored, at)),), int(form[at] == choice.TURKISH[letter]))
                restored = restored[:at] + form[at] + restored[at + 1 :]


def ending_choices(table: Table, texts: Iterable[Text]) -> Iterator[Choice]:
    """Endings behind an apostrophe that sound with ı and u, or with i and ü."""
    for word in (word for text in texts for word in text.words):
        stem = apostrophe.before(word.written)
        body = word.lower[len(stem) + 1 :].removesuffix("ki")
        back = body.translate(BACKED)
        if body in (back, body.translate(FRONTED)) and back != body.translate(FRONTED):
            yield Choice((table.places(choice.ending_features(stem, plain(body))),), int(body == back))


def particle_choices(table: Table, texts: Iterable[Text]) -> Iterator[Choice]:
    """«de» and «da», parted or run on; each form counted without itself."""
    for text in texts:
        for at, word in enumerate(text.words):
            parted = at > 0 and word.written in ("de", "da") and text.string[text.words[at - 1].end : word.start] == " "
            first = at - 1 if parted else at
            base = text.words[first].lower if parted else word.lower[:-2].rstrip("'’")
            named = not parted and not word.lower[:-2].isalpha()
            if len(base) < 2 or not base.isalpha() or not (parted or word.lower[-2:] == leaning.ending_of_place(base)):
                continue
            if not (parted or named or dictionary.is_word(base)):
                continue
            written = text.words[first].written
            is_name = named or (written != text.words[first].lower and not dictionary.is_word(base) and dictionary.name(base) is not None)
            joined = dictionary.frequency(base + leaning.ending_of_place(base))
            seen = leaning.Seen(dictionary.frequency(base) - parted, joined - (not parted and not named))
            yield Choice((table.places(leaning.features(base, context(text, text.words, first, at), seen, is_name=is_name)),), int(parted))


def capital_choices(table: Table, texts: Iterable[Text]) -> Iterator[Choice]:
    """Words inside a sentence, with a capital or without; a name seen once teaches what a name looks like that no list holds."""
    for text in texts:
        starts = {sentence.start for sentence in text.sentences}
        before, capital_before, inside = "", False, False
        for at, word in enumerate(text.words if text.string != upper(text.string) else ()):
            around = context(text, text.words, at, at)
            opens = not inside or word.start in starts or not (around.before[:1].isalnum() or around.before == ",")
            after, named_ahead = capital.ahead(text, text.words[at : at + 3])
            joined = around.before != ","
            place = capital.Place(before if joined else "", after, behind_capital=joined and capital_before, named_ahead=named_ahead)
            if not opens and word.written.isalpha() and len(word.written) > 1 and word.written != upper(word.written):
                seen = dictionary.frequency(word.lower) > 1 or dictionary.is_word(word.lower)
                yield Choice((table.places(capital.features(word.lower, place, seen=seen)),), int(word.written[0] != word.lower[0]))
            stem = apostrophe.before(word.written)
            before, capital_before, inside = lower(stem), capital.of_its_own(stem, opens=opens), True


class _Lesson(NamedTuple):
    """A table to be learnt: of 2 to the power of `bits` weights, in so many rounds, and from readers' comments too where those are right often enough."""

    table: str
    choices: Callable[[Table, Iterable[Text]], Iterator[Choice]]
    bits: int
    rounds: int
    comments_too: bool = False


_LESSONS = (
    _Lesson("choice", spelling_choices, 20, 3),
    _Lesson("letters", letter_choices, 17, 3),
    _Lesson("endings", ending_choices, 15, 4),
    _Lesson("also", particle_choices, 18, 4, comments_too=True),
    _Lesson("capitals", capital_choices, 19, 2),
)


def main(sentences: Path, comments: Path) -> None:
    """Write every table of weights; both files hold a text a line."""
    texts, heard = _texts(sentences), _texts(comments)
    for lesson in _LESSONS:
        table = Table(lesson.bits)
        table.learn(list(lesson.choices(table, [*texts, *heard] if lesson.comments_too else texts)), rounds=lesson.rounds, step=0.15)
        (DATA / f"{lesson.table}.weights").write_bytes(table.packed())


def _texts(path: Path) -> list[Text]:
    return [Text(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
