"""Who writes how much, where, when and with what end, on a site of any size: few articles and few readers have most of the comments."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from random import Random
from types import MappingProxyType
from typing import NamedTuple

from comments.demo.composing import Topic, Wording
from comments.demo.texts import DemoComment
from comments.models import Status

CHUNK = 4000
DAY = 24 * 60
WEEK = 7 * DAY

# Of a hundred comments; some of those that should wait are refused by the policy.
ENDS: Mapping[Status, float] = MappingProxyType(
    {
        Status.APPROVED: 79.8,
        Status.REJECTED: 10,
        Status.EXPIRED: 3,
        Status.PENDING: 2.2,
        Status.REMOVED: 2,
        Status.WITHDRAWN: 2,
        Status.RETURNED: 1,
    }
)
REPLIES = 0.25
CORRECTED = 0.1
OFFENDING: Mapping[Status, float] = MappingProxyType({Status.REJECTED: 0.7, Status.PENDING: 0.3, Status.RETURNED: 1, Status.EXPIRED: 1})

# Powers of Zipf's law: of ten thousand articles the busiest has a twentieth of all comments.
ARTICLES_SKEW = 0.85
READERS_SKEW = 0.7
COMMENTS_A_READER = 20

# In minutes.
TALK = 600
TO_DECIDE = 40
TO_CORRECT = 4

_INITIALS = "ABCÇDEFGHİKLMNOÖPRSŞTUÜVYZ"


class Place(NamedTuple):
    """An article, by its key, with its age in minutes and what may be said there."""

    article: str
    age: float
    topic: Topic


class Crowd:
    """The comments by their numbers: the same numbers give the same comments as long as the articles are the same."""

    def __init__(self, places: Sequence[Place], given_names: Sequence[str], comments: int) -> None:
        self.total, self.given_names = comments, given_names
        # Whether an article is busy has nothing to do with its age.
        self.places = Random(0).sample(places, len(places))  # noqa: S311  (variety, not secrecy)
        self.crowds = _by_zipf(len(places), ARTICLES_SKEW)
        self.readers = range(max(1, comments // COMMENTS_A_READER))
        self.diligence = _by_zipf(len(self.readers), READERS_SKEW)

    def chunks(self) -> Iterator[list[DemoComment]]:
        for first in range(0, self.total, CHUNK):
            yield self._chunk(range(first, min(first + CHUNK, self.total)))

    def _chunk(self, numbers: range) -> list[DemoComment]:
        """A reply answers a comment of the same chunk."""
        rng = Random(numbers.start)  # noqa: S311  (variety, not secrecy)
        chunk: list[DemoComment] = []
        answerable: list[tuple[DemoComment, Place]] = []
        for number in numbers:
            answered = answerable[int(len(answerable) * rng.random() ** 2)] if answerable and rng.random() < REPLIES else None
            place = answered[1] if answered else rng.choices(self.places, cum_weights=self.crowds)[0]
            comment = self._comment(number, place, answered and answered[0], rng)
            chunk.append(comment)
            if comment.status == Status.APPROVED and not answered and _published_ago(comment) > 0:
                answerable.append((comment, place))
        return chunk

    def _comment(self, number: int, place: Place, answered: DemoComment | None, rng: Random) -> DemoComment:
        since = _published_ago(answered) if answered else place.age
        end = _end(since, rng)
        [reader] = rng.choices(self.readers, cum_weights=self.diligence)
        wording = _wording(place.topic, end, rng)
        is_refused = end in (Status.REJECTED, Status.REMOVED)
        return DemoComment(
            id=f"crowd comment {number}",
            article=place.article,
            name=self._name(reader),
            minutes_ago=_minutes_ago(end, since, rng),
            status=end,
            body=wording.body,
            first_body=wording.first_body,
            reply_to=answered.id if answered else "",
            clauses=wording.offends if is_refused else (),
            reader=f"crowd reader {reader}",
            house_reasons=("off_topic",) if is_refused and not wording.offends else (),
            minutes_to_decide=min(rng.expovariate(1 / TO_DECIDE), DAY / 2),
        )

    def _name(self, reader: int) -> str:
        initial, given = divmod(reader, len(self.given_names))
        return f"{self.given_names[given]} {_INITIALS[initial % len(_INITIALS)]}."


def _by_zipf(count: int, power: float) -> list[float]:
    """Cumulative weights."""
    return list(accumulate(rank**-power for rank in range(1, count + 1)))


def _published_ago(comment: DemoComment) -> float:
    """In minutes, for one whose writer took the time to correct it."""
    return comment.minutes_ago - TO_CORRECT - comment.minutes_to_decide


def _end(since: float, rng: Random) -> Status:
    [end] = rng.choices(list(ENDS), list(ENDS.values()))
    return Status.RETURNED if end is Status.EXPIRED and since <= WEEK + DAY else end


def _minutes_ago(end: Status, since: float, rng: Random) -> float:
    """When it was written; what is talked of is talked of soon, but what waits was written lately."""
    match end:
        case Status.PENDING:
            return rng.uniform(0, min(since, 1.5 * DAY))
        case Status.RETURNED:
            return rng.uniform(0, min(since, WEEK))
        case Status.EXPIRED:
            return rng.uniform(WEEK + DAY, since)
    return since - min(rng.expovariate(1 / TALK), since * rng.random())


def _wording(topic: Topic, end: Status, rng: Random) -> Wording:
    if rng.random() < OFFENDING.get(end, 0):
        return rng.choice(topic.offending)
    return rng.choice(topic.corrected if end is Status.APPROVED and rng.random() < CORRECTED else topic.clean)
