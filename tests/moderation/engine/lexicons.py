"""What the tests of word lists share: a list written in the test itself, and what it finds."""

from moderation.engine.lexicon import Lexicon
from moderation.engine.rule import Grade
from moderation.engine.text import Text
from moderation.engine.word_list import parse


def lexicon(*lines: str) -> Lexicon:
    return Lexicon(parse("\n".join(lines), source="test.txt"))


def found(text: str, *lines: str) -> list[str]:
    """What a list of these lines marks in the text."""
    read = Text(text)
    return [read[match.span] for match in lexicon(*lines).matches(read)]


def grades(text: str, *lines: str) -> list[Grade]:
    return [match.grade for match in lexicon(*lines).matches(Text(text))]
