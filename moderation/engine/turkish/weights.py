"""What was learnt from sentences: a weight for every feature of a choice, a signed byte each, found by the feature's hash."""

from array import array
from collections.abc import Iterable
from functools import cache
from zlib import crc32, decompress

from moderation.engine.turkish.dictionary import DATA

UNIT = 32  # of the stored weights are one natural logit


class Weights:
    """Weights in UNITs; features that were never seen share the places of others, which costs little and keeps the table small."""

    def __init__(self, table: "array[int]") -> None:
        """`table` holds signed bytes; its length is a power of two."""
        self._table = table
        self._mask = len(table) - 1

    def total(self, features: Iterable[str]) -> int:
        """The sum of the features' weights: how much they speak for what is asked."""
        table, mask = self._table, self._mask
        return sum([table[crc32(feature.encode()) & mask] for feature in features])


@cache
def learnt(name: str) -> Weights:
    """The weights that data/ holds under a name."""
    return Weights(array("b", decompress((DATA / f"{name}.weights").read_bytes())))
