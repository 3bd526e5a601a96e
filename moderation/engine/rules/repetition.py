"""The same word over and over: a house clause, off until a publisher switches it on.

Turkish says things twice for good reasons (yavaş yavaş, sık sık), and three times when it means it.
"""

from collections.abc import Iterator

from moderation.engine.rule import Clause, Example, Match, Message, Rule
from moderation.engine.text import Span, Text, lower


def repetitions(text: Text, *, times: float) -> Iterator[Match]:
    """Each run of one word, said at least `times` times one after another."""
    words = [word for word in text.words if word.written.isalpha()]
    first = 0
    for position in range(1, len(words) + 1):
        if position < len(words) and lower(words[position].written) == lower(words[first].written):
            continue
        if position - first >= times:
            yield Match(Span(words[first].start, words[position - 1].end))
        first = position


RULE = Rule(
    __name__,
    clause=Clause.REPETITION,
    check=repetitions,
    message=Message(tr="Aynı sözcüğü art arda yinelemeyin.", en="Please do not repeat the same word over and over."),
    thresholds={"times": 4},
    violations=(Example("Bu ne «rezalet rezalet REZALET rezalet» ya."), Example("«İstifa, istifa, istifa, istifa»!")),
    acceptable=("Yavaş yavaş, sık sık geldik.", "Çok çok çok teşekkürler.", "İstifa! İstifa! İstifa!"),
)
