"""What the title's comments are written as: each module gives a file part by part, or fills it, and says how many parts there will be."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from comments.transfer.exports import coral, disqus, elsewhere, isso, jsonl, wordpress, xtd
from moderation.models import Site


class Export(NamedTuple):
    """`size` counts articles and comments, if nothing is written meanwhile; `write` tells of each when it is in the file, and may tell of a few more or less."""

    write: Callable[..., Iterator[object]]
    size: Callable[[Site], int]


def _behind_one_another(parts: Callable[..., Iterator[bytes]]) -> Callable[..., Iterator[object]]:
    def write(site: Site, file: Path, **told: Any) -> Iterator[object]:
        with file.open("wb") as out:
            yield from map(out.write, parts(site, **told))

    return write


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "jsonl": Export(_behind_one_another(jsonl.lines), jsonl.size),
        "disqus": Export(_behind_one_another(disqus.parts), elsewhere.size),
        "wordpress": Export(_behind_one_another(wordpress.parts), elsewhere.size),
        "coral": Export(_behind_one_another(coral.lines), elsewhere.size),
        "isso": Export(isso.write, elsewhere.size),
        "xtd": Export(_behind_one_another(xtd.lines), elsewhere.size),
    }
)
