"""Records entries batch by batch. What is there already stays as it is, so an import that was broken off is taken up by running it again.

Each comment's public id follows from where it comes from and its id there; nothing else needs to be remembered.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO
from uuid import NAMESPACE_URL, UUID, uuid5

from comments import lifecycle, replying
from comments.lifecycle import History
from comments.models import Comment
from comments.transfer.entries import Broken, Entry, Place, Refusal, Unreadable
from comments.transfer.histories import Histories
from comments.transfer.places import Places
from comments.transfer.writers import Writers
from moderation.engine.text import UnreadableText
from moderation.models import Site

BATCH = 200
# Replies that stand before what they answer, each before the next: more rounds than any real discussion is deep.
MOST_ROUNDS = 50

Item = Entry | Place | Refusal


@dataclass
class Tally:
    """What has become of the file so far."""

    added: int = 0
    known: int = 0
    refused: int = 0
    articles: int = 0


@dataclass
class Import:
    """One file of one source into one title; `refuse` is told of everything that is not taken."""

    site: Site
    source: str
    now: datetime
    refuse: Callable[[Refusal], None]
    tally: Tally = field(default_factory=Tally)

    def __post_init__(self) -> None:
        self._places, self._writers = Places(self.site), Writers(self.site, self.source)
        self._histories = Histories(self.site, self.now)
        self._met: set[int] = set()

    def run(self, items: Iterable[Item]) -> Iterator[Tally]:
        """The tally after each batch that was committed. What `items` raises ends it, when all that was read before is committed."""
        with closing(_Later()) as later:
            remaining, failure = iter(items), None
            while batch := _batch(remaining):
                failure = next((item for item in batch if isinstance(item, Broken)), None)
                self._take([item for item in batch if not isinstance(item, Broken)], later)
                self.tally.articles = self._places.made
                yield self.tally
                if failure:
                    break
            yield from self._take_later(later)
            if failure:
                raise failure

    def _take_later(self, later: "_Later") -> Iterator[Tally]:
        """Replies whose parents had not been met: once more, as long as that finds any."""
        for _ in range(MOST_ROUNDS):
            before, again = self.tally.added + self.tally.refused, _Later()
            with closing(again):
                for batch in later.batches():
                    self._record(batch, again)
                    yield self.tally
                later.replace(again)
            if before == self.tally.added + self.tally.refused:
                break
        waiting = {entry.id for batch in later.batches() for entry in batch}
        for batch in later.batches():
            for entry in batch:
                why = "it answers itself, or comments answer each other in a circle" if entry.parent in waiting else "what it answers was not taken"
                self._refuse(Refusal(entry.id, why))
        yield self.tally

    def _take(self, items: Sequence[Item], later: "_Later") -> None:
        for item in items:
            if isinstance(item, Refusal):
                self._refuse(item)
            elif isinstance(item, Place):
                self._put(item)
        self._record([entry for entry in items if isinstance(entry, Entry) and self._is_first(entry)], later)

    def _put(self, place: Place) -> None:
        try:
            self._places.put(place)
        except (Unreadable, UnreadableText, UnicodeError) as error:
            self._refuse(Refusal(f"article {place.key}", str(error)))

    def _is_first(self, entry: Entry) -> bool:
        try:
            mark = hash(self._public_id(entry.id, entry.public_id))
        except UnicodeError:
            self._refuse(Refusal("", "its id cannot be read"))
            return False
        if mark in self._met:
            self._refuse(Refusal(entry.id, "the file has another comment with this id before it"))
            return False
        self._met.add(mark)
        return True

    def _record(self, entries: Sequence[Entry], later: "_Later") -> None:
        ids = {entry.id: self._public_id(entry.id, entry.public_id) for entry in entries}
        parents = {self._public_id(entry.parent) for entry in entries if entry.parent}
        known = Comment.objects.select_related(replying.LINEAGE).in_bulk([*ids.values(), *parents], field_name="public_id")
        missing = [entry for entry in entries if ids[entry.id] not in known]
        self.tally.known += len(entries) - len(missing)
        while missing:
            ready = [entry for entry in missing if not entry.parent or self._public_id(entry.parent) in known]
            missing = [entry for entry in missing if entry.parent and self._public_id(entry.parent) not in known]
            if not ready:
                break
            histories = [history for entry in ready if (history := self._history(entry, ids[entry.id], known))]
            recorded = list(lifecycle.record(histories, silently=True))
            self.tally.added += len(recorded)
            known.update((comment.public_id, comment) for comment in recorded)
        later.add(missing)

    def _history(self, entry: Entry, public_id: UUID, known: dict[UUID, Comment]) -> History | None:
        try:
            answered = known[self._public_id(entry.parent)] if entry.parent else None
            article = self._places.find(entry.place, answered)
            parent = answered and replying.place(answered, self.site)
            reader, name = self._writers.find(entry)
            return self._histories.make(entry, article=article, reader=reader, name=name, parent=parent, public_id=public_id)
        except (Unreadable, UnreadableText, UnicodeError) as error:
            self._refuse(Refusal(entry.id, str(error)))
            return None

    def _public_id(self, foreign: str, own: UUID | None = None) -> UUID:
        """Our own format brings its ids along."""
        if own or self.source == "jsonl":
            return own or _uuid(foreign)
        return uuid5(NAMESPACE_URL, f"mizan:{self.site.key}:{self.source}:{foreign}")

    def _refuse(self, refusal: Refusal) -> None:
        self.tally.refused += 1
        self.refuse(refusal)


class _Later:
    """Entries that wait, in a file of their own, since they may be many."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115  (closed by its owner)

    def add(self, entries: Sequence[Entry]) -> None:
        self._file.seek(0, 2)
        for entry in entries:
            pickle.dump(entry, self._file)

    def batches(self) -> Iterator[list[Entry]]:
        self._file.seek(0)
        while batch := list(islice(self._entries(), BATCH)):
            yield batch

    def replace(self, other: "_Later") -> None:
        self._file, other._file = other._file, self._file  # noqa: SLF001  (one of its own kind)

    def close(self) -> None:
        self._file.close()

    def _entries(self) -> Iterator[Entry]:
        while True:
            try:
                yield pickle.load(self._file)  # noqa: S301  (written above, in a file that has no name)
            except EOFError:
                return


def _batch(items: Iterator[Item]) -> list[Item | Broken]:
    """The next items, and behind them what reading them raised."""
    batch: list[Item | Broken] = []
    try:
        for item in islice(items, BATCH):
            batch.append(item)  # noqa: PERF402  (what came before an error counts)
    except Broken as error:
        batch.append(error)
    return batch


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid5(NAMESPACE_URL, typed)
