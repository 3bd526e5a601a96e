"""A comment that says next to nothing: a house clause, off until a publisher switches it on."""

from collections.abc import Iterator

from moderation.engine.rule import Clause, Example, Match, Message, Rule
from moderation.engine.text import Span, Text


def too_short(text: Text, *, words: float) -> Iterator[Match]:
    """The whole comment, where it has fewer than `words` words; one without any is a sign, not a text."""
    if 0 < len(text.words) < words:
        yield Match(Span(text.words[0].start, text.words[-1].end))


RULE = Rule(
    __name__,
    clause=Clause.TOO_SHORT,
    check=too_short,
    message=Message(
        tr="Yorumunuz çok kısa; ne düşündüğünüzü birkaç sözcükle yazın.", en="Your comment is very short; say in a few words what you think."
    ),
    thresholds={"words": 2},
    violations=(Example("«Evet»!"), Example("«ok»")),
    acceptable=("Çok doğru.", "👏👏👏"),
)
