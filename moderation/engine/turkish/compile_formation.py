"""Make data/formation.automaton anew: `python -m moderation.engine.turkish.compile_formation MORPHOLOGY`; `make dictionary` does.

MORPHOLOGY is turkish.far out of the PyPI package turkish-morphology (see NOTICE); reading it needs pynini, which nothing else here does.
Its transducer reads bytes and writes analyses; what is kept is which strings of letters it reads.
"""

import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import compress

from moderation.engine.turkish.dictionary import DATA
from moderation.engine.turkish.formation import END, SIGNS, WIDTH

_WRITTEN = {sign: (sign,) for sign in SIGNS} | {"a": ("a", "â"), "i": ("i", "î"), "u": ("u", "û")}


def compile_rows(archive: Path) -> "array[int]":
    """The automaton's rows as formation.py walks them."""
    import pynini  # type: ignore[import-not-found]  # noqa: PLC0415  (a tool of this recipe alone)

    readable = pynini.Far(str(archive), "r").get_fst().copy().project("input").rmepsilon()
    letters = pynini.determinize(_by_letters(pynini, pynini.determinize(readable).minimize())).minimize()
    number = {state: at for at, state in enumerate(_from_start(letters), 1)}
    rows = array("H", bytes(2 * WIDTH * (len(number) + 1)))
    none = pynini.Weight.zero(letters.weight_type())
    for state, row in number.items():
        for arc in letters.arcs(state):
            rows[row * WIDTH + arc.ilabel - 1] = number[arc.nextstate]
        rows[row * WIDTH + END] = letters.final(state) != none
    return rows


def _by_letters(pynini: Any, by_bytes: Any) -> Any:
    """The automaton with a letter where its bytes were; letters with a circumflex become those without."""
    target = {state: {arc.ilabel: arc.nextstate for arc in by_bytes.arcs(state)} for state in by_bytes.states()}
    letters = pynini.Fst()
    letters.add_states(by_bytes.num_states())
    letters.set_start(by_bytes.start())
    one = pynini.Weight.one(letters.weight_type())
    for state in by_bytes.states():
        letters.set_final(state, by_bytes.final(state))
        for label, sign in enumerate(SIGNS, 1):
            for written in _WRITTEN[sign]:
                reached: int | None = state
                for byte in written.encode():
                    reached = target[reached].get(byte) if reached is not None else None
                if reached is not None:
                    letters.add_arc(state, pynini.Arc(label, label, one, reached))
    return letters.connect()


def _from_start(automaton: Any) -> Iterator[int]:
    """The states, the first one first."""
    start = automaton.start()
    yield start
    yield from (state for state in automaton.states() if state != start)


def main(archive: Path) -> None:
    """Write formation.automaton, little-endian, compressed."""
    rows = compile_rows(archive)
    if sys.byteorder == "big":
        rows.byteswap()
    (DATA / "formation.automaton").write_bytes(compress(rows.tobytes(), 9))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
