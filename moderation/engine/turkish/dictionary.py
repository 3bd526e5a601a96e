"""Which forms are Turkish words, how common they are, and how names are written.

The lists in data/ are compiled (compile_dictionary.py makes them anew) and are loaded when the first word is looked up.
"""

from functools import cache
from pathlib import Path
from typing import TypeVar

import dawg

from moderation.engine.text import table

_List = TypeVar("_List", bound=dawg.DAWG)

DATA = Path(__file__).parent / "data"

_CIRCUMFLEX = table("âîû", "aiu")

MEMORY = 1 << 14  # words that each question about a word is remembered for; readers' words follow Zipf's law


@cache
def words() -> dawg.DAWG:
    """Every lower-case form of every word, names apart, without circumflexes."""
    return _read(dawg.DAWG(), "words")


@cache
def names() -> dawg.BytesDAWG:
    return _read(dawg.BytesDAWG(), "names")


@cache
def _frequencies() -> dawg.IntDAWG:
    return _read(dawg.IntDAWG(), "frequencies")


def _read(empty: _List, name: str) -> _List:
    """Python opens the file: the library would refuse a path that the locale cannot spell."""
    empty.frombytes((DATA / f"{name}.dawg").read_bytes())
    return empty


def is_word(form: str) -> bool:
    """Whether the lower-case `form` is a form of a Turkish word, with its circumflexes or without; names are none."""
    return form in words() or (not form.isascii() and form.translate(_CIRCUMFLEX) in words())


def beginnings(form: str) -> list[str]:
    """The words without circumflexes that a lower-case form begins with, the shortest first."""
    found: list[str] = words().prefixes(form)
    return found


def name(form: str) -> str | None:
    """How a lower-case form is written that bears a capital inside a sentence (isparta → Isparta, tbmm → TBMM)."""
    found = names().get(form)
    return found[0].decode() if found else None


def frequency(form: str) -> int:
    """How often the lower-case form stood in the sentences that were counted."""
    return int(_frequencies().get(form, 0))
