"""New comments from the demo's own sentences: a few thousand texts, so that a million comments need only a few thousand reviews."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter
from random import Random
from typing import NamedTuple

from comments.demo.texts import DemoComment
from comments.models import Status
from moderation.engine.text import Text

CLEAN_A_TOPIC = 240
VARIANTS = 8
_SENTENCES = (1, 2, 3, 4)
_HOW_OFTEN = (35, 35, 20, 10)


class Wording(NamedTuple):
    """A text; what was sent before it was corrected; the clauses that it offends as it stands."""

    body: str
    first_body: str = ""
    offends: tuple[str, ...] = ()


class Topic(NamedTuple):
    """What may be said under the article with this key and others like it. Each kind of text is there."""

    key: str
    clean: tuple[Wording, ...]
    corrected: tuple[Wording, ...]
    offending: tuple[Wording, ...]


def topics(comments: Iterable[DemoComment]) -> tuple[Topic, ...]:
    """One for each article that the comments speak of; the same texts every time."""
    rng, article = Random(0), attrgetter("article")  # noqa: S311  (variety, not secrecy)
    ordered = sorted(comments, key=article)
    bare = [_topic(key, list(group), rng) for key, group in groupby(ordered, article)]
    # Where nobody has offended yet, readers offend as they do elsewhere.
    corrected = tuple(wording for topic in bare for wording in topic.corrected)
    offending = tuple(wording for topic in bare for wording in topic.offending)
    return tuple(topic._replace(corrected=topic.corrected or corrected, offending=topic.offending or offending) for topic in bare)


def _topic(key: str, comments: Sequence[DemoComment], rng: Random) -> Topic:
    clean = [comment for comment in comments if comment.status == Status.APPROVED and not comment.first_body]
    sentences = [text[span] for comment in clean for text in [Text(comment.body)] for span in text.sentences]
    return Topic(
        key,
        tuple(dict.fromkeys(Wording(_some(sentences, rng)) for _ in range(CLEAN_A_TOPIC))),
        tuple(_corrected(comment, sentence) for comment in comments if comment.first_body for sentence in rng.sample(sentences, VARIANTS)),
        tuple(_offending(comment, sentence) for comment in comments if comment.offends for sentence in rng.sample(sentences, VARIANTS)),
    )


def _some(sentences: Sequence[str], rng: Random) -> str:
    [length] = rng.choices(_SENTENCES, _HOW_OFTEN)
    return " ".join(rng.sample(sentences, length))


def _corrected(comment: DemoComment, sentence: str) -> Wording:
    return Wording(f"{comment.body} {sentence}", f"{comment.first_body} {sentence}")


def _offending(comment: DemoComment, sentence: str) -> Wording:
    return Wording(f"{sentence} {comment.body}", offends=comment.offends)
