"""What the title's comments are written as: each module gives a file part by part, and says how many parts there will be."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from comments.transfer.exports import coral, disqus, elsewhere, jsonl, wordpress
from moderation.models import Site


class Export(NamedTuple):
    """`size` counts articles and comments, if nothing is written meanwhile; `parts` are a few more or less."""

    parts: Callable[[Site], Iterator[bytes]]
    size: Callable[[Site], int]


EXPORTS: Mapping[str, Export] = MappingProxyType(
    {
        "jsonl": Export(jsonl.lines, jsonl.size),
        "disqus": Export(disqus.parts, elsewhere.size),
        "wordpress": Export(wordpress.parts, elsewhere.size),
        "coral": Export(coral.lines, elsewhere.size),
    }
)
