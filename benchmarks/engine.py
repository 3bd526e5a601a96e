"""The engine beside word filters that everybody has, on the same texts in the same run: `EVAL_DATA=folder python -m benchmarks.engine`.

Every pass is made in a process of its own, so that nothing is remembered from the pass before. Libraries that are not installed are left out by name.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from statistics import median
from typing import NamedTuple

from benchmarks import corpora, report
from benchmarks.corpora import Corpus
from benchmarks.peers import SUBJECTS

SAMPLE = 300  # texts of either kind that all are asked about
ROUNDS = 3
LENGTHS = (1_000, 10_000, 100_000)
OURS = "mizan"


class Pass(NamedTuple):
    """What one subject said of all texts, in which processor time, and with how much memory."""

    flags: Sequence[bool]
    seconds: float
    megabytes: float


class Scores(NamedTuple):
    """Shares in percent: the mean F1 of offensive and inoffensive, and the well-written texts in which something offends."""

    macro_f1: float
    disturbed: float


def main() -> None:
    corpus = corpora.read().sample(SAMPLE)
    names = [name for name in SUBJECTS if _is_installed(name)]
    for missing in SUBJECTS.keys() - set(names):
        print(f"{missing} is not installed, so it is left out.")
    rounds = []
    for number in range(ROUNDS):
        print(f"Round {number + 1} of {ROUNDS} …", flush=True)
        rounds.append({name: _pass(name, corpus) for name in names})
    written = table(corpus, rounds, growth(corpus.clean), start_up())
    print(written)
    report.write("engine", written)


def _is_installed(name: str) -> bool:
    return name in (OURS, "plain word list") or find_spec(name.replace("-", "_")) is not None


def _pass(name: str, corpus: Corpus) -> Pass:
    texts = [*(each.text for each in corpus.labelled), *corpus.clean]
    asked = subprocess.run([sys.executable, "-m", "benchmarks.peers", name], input=json.dumps(texts), stdout=subprocess.PIPE, check=True, text=True)
    return Pass(**json.loads(asked.stdout))


def scores(corpus: Corpus, flags: Sequence[bool]) -> Scores:
    of_labelled, of_clean = flags[: len(corpus.labelled)], flags[len(corpus.labelled) :]
    pairs = [(flag, each.offensive) for flag, each in zip(of_labelled, corpus.labelled, strict=True)]
    macro_f1 = (_f1(pairs) + _f1([(not flag, not offensive) for flag, offensive in pairs])) / 2
    return Scores(100 * macro_f1, 100 * sum(of_clean) / len(of_clean))


def _f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    """Of flags with what is right."""
    pairs = list(pairs)
    hits, all_said = sum(flag and right for flag, right in pairs), sum(flag + right for flag, right in pairs)
    return 2 * hits / all_said if all_said else 1.0


def growth(clean: Sequence[str]) -> Mapping[int, float]:
    """Seconds of processor time for one text of so many code points, read for the second time so that only the length counts."""
    from moderation.engine.review import review

    whole = " ".join(clean)
    whole *= LENGTHS[-1] // len(whole) + 1
    took = {}
    for length in LENGTHS:
        times = []
        for _ in range(1 + ROUNDS):
            began = time.process_time()
            review(whole[:length])
            times.append(time.process_time() - began)
        took[length] = min(times)
    return took


def start_up() -> float:
    """Seconds until the command has read an empty input and is gone again."""

    def once() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "moderation.engine"], stdin=subprocess.DEVNULL, check=True)
        return time.perf_counter() - began

    return min(once() for _ in range(5))


def table(corpus: Corpus, rounds: Sequence[Mapping[str, Pass]], grown: Mapping[int, float], started: float) -> str:
    texts, ours = len(corpus.labelled) + len(corpus.clean), [each[OURS] for each in rounds]
    letters = sum(len(each.text) for each in corpus.labelled) + sum(map(len, corpus.clean))
    pace = median(texts / each.seconds for each in ours)
    least = LENGTHS[0]
    dearer = ", ".join(f"{length:,}: {grown[length] / length / (grown[least] / least):.2f}" for length in LENGTHS[1:])
    return "\n".join(
        [
            "## The engine",
            "",
            f"Judging {len(corpus.labelled):,} labelled and {len(corpus.clean):,} well-written texts ({datetime.now(UTC):%d %B %Y}, `python -m benchmarks.engine`):",
            "",
            "| | processor time beside ours | offence found, macro-F1 (%) | well-written texts disturbed (%) | memory (MB) |",
            "|---|---:|---:|---:|---:|",
            *(_row(corpus, rounds, name) for name in rounds[0]),
            "",
            f"All are asked about the same texts in one process each that has seen none of them, three times in turn; the medians. Texts: {'; '.join(corpus.titles)}.",
            "better-profanity and the plain word list are given the single words of our lists, terlik has its own. The others look for words only;",
            "the engine judges all clauses and writes all corrections.",
            "",
            f"It judged {pace:,.0f} texts a second of {letters / texts:.0f} code points on average on one core that others shared, and is ready",
            f"after {started:.2f} s. What a code point costs in longer texts, beside one of {least:,}: {dearer}.",
        ]
    )


def _row(corpus: Corpus, rounds: Sequence[Mapping[str, Pass]], name: str) -> str:
    ratio = median(each[name].seconds / each[OURS].seconds for each in rounds)
    found = scores(corpus, rounds[0][name].flags)
    megabytes = max(each[name].megabytes for each in rounds)
    return f"| {name} | {ratio:.2f} | {found.macro_f1:.1f} | {found.disturbed:.1f} | {megabytes:.0f} |"


if __name__ == "__main__":
    main()
