"""What stands beside a word, as far as choosing between two readings of it goes."""

from collections.abc import Sequence
from typing import NamedTuple

from moderation.engine.text import Text, Word
from moderation.engine.turkish.alphabet import plain


class Context(NamedTuple):
    """The words before and behind, lower-case and without Turkish letters; a mark stands for the words beyond it, nothing for the text's ends."""

    before: str
    after: str


def context(text: Text, words: Sequence[Word], first: int, last: int) -> Context:
    """What is beside the stretch from the first to the last of `words`, told by their indices."""
    start = words[first - 1].end if first else 0
    end = words[last + 1].start if last + 1 < len(words) else len(text.string)
    ahead, behind = text.string[start : words[first].start].strip(), text.string[words[last].end : end].strip()
    before = ahead[-1:] or (plain(words[first - 1].lower) if first else "")
    return Context(before, behind[:1] or (plain(words[last + 1].lower) if last + 1 < len(words) else ""))
