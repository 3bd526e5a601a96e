"""How the weights of the learned score are made from labelled comments; needed only by who makes them anew, so its libraries are no part of the service.

Every step is the same for the same files: what is held back is chosen by a hash of the text, and the fit starts from a fixed seed.
"""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.base import ClassifierMixin
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from moderation.engine.manner import manners
from moderation.engine.text import Text
from moderation.engine.tone import BUCKETS, Tone, Weights, cut, pairs, voiced

SEED = 20
PENALTY = 1e-5  # what the fit by odds pays for large weights; chosen on what was held back, as are the other numbers here
ROUNDS = 12
STRICTNESS = 0.3  # what a fit by margins pays for a text on the wrong side
LEAST = 2  # texts that a bucket must occur in to weigh anything
MANNER = 0.3  # what a sign of the manner counts beside the words
LARGEST = 0.9999  # share of the weights that one byte must hold; the few larger ones are cut to its end
INNOCENCE = (0.0005, 0.001, 0.0015, 0.0025)  # shares of plain sentences that a threshold may disturb


class Example(NamedTuple):
    """A text, and whether somebody called it offensive."""

    text: str
    offensive: bool


class Source(NamedTuple):
    """A file of texts under the title by which NOTICE knows it."""

    title: str
    examples: tuple[Example, ...]


class Figures(NamedTuple):
    """How the score does on what was held back, in per cent: by title, at the threshold that disturbs that share of plain sentences."""

    innocence: float
    threshold: float
    macro_f1: dict[str, float]


class Line(NamedTuple):
    """A linear score: what each column weighs, and where it begins."""

    weights: np.ndarray
    bias: float


def labelled(title: str, path: Path) -> Source:
    """The tab-separated file with the columns `text` and `label` (1: offensive). Raises KeyError where a column is missing."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return Source(title, tuple(dict.fromkeys(Example(row["text"], row["label"] == "1") for row in rows)))


def plain_sentences(title: str, path: Path) -> Source:
    """The file with one inoffensive text a line."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return Source(title, tuple(dict.fromkeys(Example(line, offensive=False) for line in lines if line)))


def parted(source: Source, share: float) -> tuple[Source, Source]:
    """What is trained on and what is held back; a text is always on the same side."""
    held = [crc32(example.text.encode()) % 1000 < 1000 * share for example in source.examples]
    sides = (tuple(e for e, is_held in zip(source.examples, held, strict=True) if is_held is side) for side in (False, True))
    return tuple(Source(source.title, side) for side in sides)  # type: ignore[return-value]  # two sides make a pair


def fit(sources: Sequence[Source]) -> Weights:
    """Weights for the texts of all sources: the mean of three fits that err differently, which is one weight for each bucket again.

    The first fits the odds, and a smaller source's texts weigh more, so that a larger one does not drown it; what occurs about as often in
    both kinds of text is made small before, so that it has to rely on what tells them apart. The others fit margins, what is rare made large:
    one on all texts, one on those of sources that hold any offence, where an offence stands beside remarks and not beside news.
    """
    examples = [example for source in sources for example in source.examples]
    offensive = np.array([example.offensive for example in examples])
    remarks = np.repeat([any(e.offensive for e in source.examples) for source in sources], [len(source.examples) for source in sources])
    texts = [Text(example.text) for example in examples]
    signs = sorted({sign for text in texts for sign in text.view(manners)})
    said = _without_rarest(_matrix(texts))
    columns, worth = hstack([said, _manner(texts, signs)]).tocsr(), _worth(sources)
    by_odds = SGDClassifier(loss="log_loss", alpha=PENALTY, max_iter=ROUNDS, tol=None, average=True, random_state=SEED)
    by_margin = LinearSVC(C=STRICTNESS, random_state=SEED)
    rarity = _with_manner(_rarity(said), signs)
    lines = (
        _fitted(by_odds, columns, offensive, _with_manner(_telling(said, offensive, worth), signs), worth),
        _fitted(by_margin, columns, offensive, rarity),
        _fitted(by_margin, columns[remarks], offensive[remarks], rarity),
    )
    mean = _averaged(lines, columns[remarks])
    added = {sign: round(float(each), 4) for sign, each in zip(signs, mean.weights[BUCKETS:], strict=True)}
    return _in_bytes(mean.weights[:BUCKETS], mean.bias, added)


def _fitted(model: ClassifierMixin, columns: csr_matrix, offensive: np.ndarray, scale: np.ndarray, worth: np.ndarray | None = None) -> Line:
    """What a model makes of columns that are scaled before, told of the columns as they are."""
    model.fit(columns @ diags(scale), offensive, sample_weight=worth)
    return Line(model.coef_[0] * scale, float(model.intercept_[0]))


def _averaged(lines: Sequence[Line], columns: csr_matrix) -> Line:
    """The mean of scores that differ as widely and lie as high on these texts as the first."""
    heard = [columns @ line.weights + line.bias for line in lines]
    shares = [heard[0].std() / each.std() / len(lines) for each in heard]
    level = heard[0].mean() - sum(share * each.mean() for share, each in zip(shares, heard, strict=True))
    weights = sum(share * line.weights for share, line in zip(shares, lines, strict=True))
    return Line(weights, float(level + sum(share * line.bias for share, line in zip(shares, lines, strict=True))))


def _without_rarest(said: csr_matrix) -> csr_matrix:
    return said @ diags((said.getnnz(axis=0) >= LEAST).astype(np.float32))


def _with_manner(scale: np.ndarray, signs: Sequence[str]) -> np.ndarray:
    return np.concatenate([scale, np.full(len(signs), MANNER)])


def _worth(sources: Sequence[Source]) -> np.ndarray:
    """How much each text counts; plain sentences, where nobody is offended, half as much."""
    largest = max(len(source.examples) for source in sources)
    shares = [(largest / max(len(s.examples), 1)) ** 0.5 * (1 if any(e.offensive for e in s.examples) else 0.5) for s in sources]
    return np.repeat(shares, [len(source.examples) for source in sources])


def _telling(said: csr_matrix, offensive: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """How unevenly each bucket is spread over the two kinds of text: the size of the logarithm of its odds, 1 on average."""
    counts = [1 + np.asarray((said != 0).astype(np.float64)[kind].T @ worth[kind]).ravel() for kind in (offensive, ~offensive)]
    rates = [count / count.sum() for count in counts]
    telling: np.ndarray = np.abs(np.log(rates[0] / rates[1]))
    occurring = np.asarray(said.getnnz(axis=0)).ravel() > 0
    telling /= telling[occurring].mean()
    return telling


def _rarity(said: csr_matrix) -> np.ndarray:
    """How rare each bucket is: the logarithm of the share of texts without it, of a size that a text has length 1 on average."""
    rarity: np.ndarray = np.log(said.shape[0] / (1 + said.getnnz(axis=0))) + 1
    rarity /= np.sqrt((said @ diags(rarity)).power(2).sum(axis=1).mean())
    return rarity


def _manner(texts: Sequence[Text], signs: Sequence[str]) -> csr_matrix:
    place = {sign: at for at, sign in enumerate(signs)}
    rows = [[place[sign] for sign in text.view(manners)] for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    return csr_matrix((np.ones(ends[-1], dtype=np.float32), list(chain.from_iterable(rows)), ends), shape=(len(rows), len(signs)))


def _matrix(texts: Sequence[Text]) -> csr_matrix:
    """A row for each text, scaled as the score scales."""
    rows = [list(_buckets(text)) for text in texts]
    ends = np.cumsum([0, *map(len, rows)])
    counted = csr_matrix((np.ones(ends[-1], dtype=np.float32), list(chain.from_iterable(rows)), ends), shape=(len(rows), BUCKETS))
    counted.sum_duplicates()
    return diags(1 / np.sqrt(np.maximum(np.diff(ends), 1))) @ counted


def _buckets(text: Text) -> Iterator[int]:
    forms = [word.lower for word in text.view(voiced)]
    cuts = {form: cut(form) for form in forms}
    yield from chain.from_iterable(word.buckets for word in cuts.values())
    yield from pairs([cuts[form].stem for form in forms])


def _in_bytes(coefficients: np.ndarray, bias: float, manner: dict[str, float]) -> Weights:
    step = float(np.quantile(np.abs(coefficients[coefficients != 0]), LARGEST)) / 127
    units = np.clip(np.rint(coefficients / step), -127, 127).astype(np.int8)
    return Weights(memoryview(units.tobytes()).cast("b"), step, bias, manner)


def figures(weights: Weights, labelled_sources: Sequence[Source], plain: Source) -> Iterator[Figures]:
    """How weights do on texts that they were not made of."""
    quiet = sorted(_scores(weights, plain), reverse=True)
    heard = [(source, _scores(weights, source)) for source in labelled_sources]
    for share in INNOCENCE:
        threshold = quiet[int(share * len(quiet))]
        macro = {source.title: _macro_f1(source, [score > threshold for score in scores]) for source, scores in heard}
        yield Figures(100 * share, round(threshold, 3), macro)


def _scores(weights: Weights, source: Source) -> list[float]:
    tone = Tone(weights)
    texts = (Text(example.text) for example in source.examples)
    return [tone.score([word.lower for word in text.view(voiced)], text.view(manners)) for text in texts]


def _macro_f1(source: Source, found: Sequence[bool]) -> float:
    return round(100 * float(f1_score([example.offensive for example in source.examples], found, average="macro")), 1)


def write(folder: Path, weights: Weights, *, sources: Sequence[Source], measured: Sequence[Figures], today: date) -> None:
    """The two files that the engine reads: weights, and beside them what they were made of and how they do."""
    made_of = [{"title": s.title, "texts": len(s.examples), "offensive": sum(e.offensive for e in s.examples)} for s in sources]
    told = {
        "step": weights.step,
        "bias": weights.bias,
        "manner": dict(weights.manner),
        "made": today.isoformat(),
        "of": made_of,
        "held_back": [f._asdict() for f in measured],
    }
    (folder / "tone.bin").write_bytes(weights.units.tobytes())
    (folder / "tone.json").write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
