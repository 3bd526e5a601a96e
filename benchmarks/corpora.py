"""The texts that the engine is measured on: those in the folder that EVAL_DATA names, else a small set of our own.

Files are tab-separated with a head line: `offence_*.tsv` holds `text` and `label` (1: offensive), `clean_sentences.tsv` well-written `text`.
"""

import csv
import os
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from random import Random
from typing import NamedTuple

OWN = Path(__file__).with_name("texts.tsv")
TITLES = {
    "offence_offenseval.tsv": "OffensEval-2020 Turkish, training part (Çöltekin 2020)",
    "offence_youtube.tsv": "HMPK, video comments (Açıkhack 2024)",
    "clean_sentences.tsv": "sentences of UD Turkish BOUN, PUD, GB and FrameNet, and news collected by zemberek-nlp",
    OWN.name: "sentences of our own, two by two",
}


class Labelled(NamedTuple):
    text: str
    offensive: bool


class Corpus(NamedTuple):
    """Texts that people have labelled, well-written ones in which nothing offends, and what they are called."""

    labelled: tuple[Labelled, ...]
    clean: tuple[str, ...]
    titles: tuple[str, ...]

    def sample(self, size: int) -> "Corpus":
        """At most `size` of either kind, the same ones every time."""
        order = Random(7)
        labelled, clean = list(self.labelled), list(self.clean)
        order.shuffle(labelled)
        order.shuffle(clean)
        return Corpus(tuple(labelled[:size]), tuple(clean[:size]), self.titles)


def read() -> Corpus:
    """Raises FileNotFoundError where EVAL_DATA names a folder without texts."""
    folder = os.environ.get("EVAL_DATA")
    return _of(Path(folder)) if folder else _own()


def _of(folder: Path) -> Corpus:
    offences, clean = sorted(folder.glob("offence_*.tsv")), folder / "clean_sentences.tsv"
    if not offences or not clean.exists():
        raise FileNotFoundError(f"{folder} holds no offence_*.tsv or no clean_sentences.tsv")
    labelled = tuple(Labelled(row["text"], row["label"] == "1") for path in offences for row in _rows(path))
    titles = tuple(TITLES.get(path.name, path.stem) for path in (*offences, clean))
    return Corpus(labelled, tuple(row["text"] for row in _rows(clean)), titles)


def _own() -> Corpus:
    """Every two sentences beside each other, so that there are enough texts and no two are the same."""
    sentences = [Labelled(row["text"], row["label"] == "1") for row in _rows(OWN)]
    pairs = [Labelled(f"{one.text} {other.text}", one.offensive or other.offensive) for one, other in combinations(sentences, 2)]
    return Corpus(tuple(pairs), tuple(pair.text for pair in pairs if not pair.offensive), (TITLES[OWN.name],))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
