"""The formats: each module reads an open file into entries, one at a time; `READERS` has them by name."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from comments.transfer.entries import Entry, Place, Refusal
from comments.transfer.formats import coral, disqus, isso, jsonl, wordpress, xtd

Item = Entry | Place | Refusal

READERS: Mapping[str, Callable[..., Iterator[Item]]] = MappingProxyType(
    {"jsonl": jsonl.read, "disqus": disqus.read, "wordpress": wordpress.read, "coral": coral.read, "isso": isso.read, "xtd": xtd.read}
)
