"""The histories that the demo's comments would have had, written through the lifecycle's bulk door. What is there already stays as it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.models import User

from comments import lifecycle
from comments.demo.crowd import TO_CORRECT
from comments.demo.texts import DemoComment
from comments.judging import Judgement, judge_under
from comments.lifecycle import Actor, History, Reasons, Step, moves
from comments.lifecycle.standing import judged
from comments.models import Article, Comment, Reader, Status
from moderation import versions
from moderation.engine.rule import Clause
from moderation.models import Site

_TO_CORRECT = timedelta(minutes=TO_CORRECT)
_TO_REMOVE = timedelta(minutes=25)
_IDS = uuid5(NAMESPACE_URL, "mizan:demo")


def identity(name: str) -> UUID:
    """The public id of the demo's reader or comment of this name, the same on every machine: so it is seeded once."""
    return uuid5(_IDS, name)


class Newsroom:
    """The policy, which judges each distinct text once, the one editor, and the readers who have written so far."""

    def __init__(self, site: Site, account: User, now: datetime, *, silently: bool = False) -> None:
        self.site, self.now, self.silently = site, now, silently
        self.editor = Actor.by_editor(account)
        self.policy = versions.active(site)
        self.readers: dict[str, Reader] = {}
        self.judgements: dict[str, Judgement] = {}

    def fill(self, articles: Mapping[str, Article], comments: Sequence[DemoComment]) -> int:
        """How many comments were missing and are there now. One that is answered is among them, or was there before."""
        known = _recorded(comments)
        missing = [demo for demo in comments if identity(demo.id) not in known]
        self._welcome(missing)
        added = []
        for is_reply in (False, True):
            histories = (self._history(demo, articles, known) for demo in missing if bool(demo.reply_to) is is_reply)
            added += list(lifecycle.record(histories, silently=self.silently))
            known.update((comment.public_id, comment) for comment in added)
        for demo in missing:
            if demo.status == Status.ERASED:
                comment = known[identity(demo.id)]
                lifecycle.erase(comment, editor=None, version=comment.version, now=self.now)
        return len(added)

    def _welcome(self, comments: Sequence[DemoComment]) -> None:
        """Makes the readers who were never seen before."""
        written = {demo.writer: demo for demo in comments if demo.writer not in self.readers}
        known = Reader.objects.in_bulk([identity(writer) for writer in written], field_name="public_id")
        new = {
            writer: Reader(site=self.site, public_id=identity(writer), name=demo.name, created_at=self._time(demo))
            for writer, demo in written.items()
            if identity(writer) not in known
        }
        Reader.objects.bulk_create(new.values())
        self.readers |= {writer: known.get(identity(writer)) or new[writer] for writer in written}

    def _time(self, demo: DemoComment) -> datetime:
        return self.now - timedelta(minutes=demo.minutes_ago)

    def _history(self, demo: DemoComment, articles: Mapping[str, Article], known: Mapping[UUID, Comment]) -> History:
        parent = known[identity(demo.reply_to)] if demo.reply_to else None
        return History(articles[demo.article], self.readers[demo.writer], demo.name, tuple(self._steps(demo)), parent, identity(demo.id))

    def _steps(self, demo: DemoComment) -> Iterator[Step]:
        arrived = list(self._arrival(demo, self._time(demo)))
        yield from arrived
        yield from self._afterwards(demo, arrived[-1])

    def _arrival(self, demo: DemoComment, at: datetime) -> Iterator[Step]:
        """The texts, as far as the writer would have taken them: nudged once, then corrected or as they are."""
        first = self._text(moves.SUBMIT, demo.first_body or demo.body, at, nudge=True)
        yield first
        if first.target == Status.RETURNED and demo.status not in (Status.RETURNED, Status.EXPIRED):
            yield self._text(moves.RESUBMIT, demo.body, min(at + _TO_CORRECT, self.now), nudge=False, as_is=not demo.first_body)

    def _text(self, move: moves.Move, body: str, at: datetime, *, nudge: bool, as_is: bool = False) -> Step:
        judgement = self.judgements.get(body) or self.judgements.setdefault(body, judge_under(self.policy, body))
        return Step(move, judged(judgement.outcomes, nudge=nudge), Actor.policy(self.policy), at, body=body, judgement=judgement, as_is=as_is)

    def _afterwards(self, demo: DemoComment, last: Step) -> Iterator[Step]:
        to_decide = timedelta(minutes=demo.minutes_to_decide)
        at = min(last.at + to_decide, self.now)
        reasons = Reasons(frozenset(Clause(clause) for clause in demo.clauses), frozenset(demo.house_reasons), demo.note)
        approval = Step(moves.APPROVE, Status.APPROVED, self.editor, at)
        match demo.status:
            case Status.APPROVED | Status.ERASED:
                yield approval
            case Status.REJECTED if last.target == Status.PENDING:
                yield Step(moves.REJECT, Status.REJECTED, self.editor, at, reasons)
            case Status.REMOVED:
                yield approval
                yield Step(moves.REMOVE, Status.REMOVED, self.editor, min(at + _TO_REMOVE, self.now), reasons)
            case Status.WITHDRAWN:
                yield Step(moves.WITHDRAW, Status.WITHDRAWN, Actor.writer(self.readers[demo.writer]), at)
            case Status.RETURNED | Status.EXPIRED if last.target == Status.PENDING:
                yield Step(moves.REQUEST_CORRECTION, Status.RETURNED, self.editor, at, reasons)
        if demo.status == Status.EXPIRED:
            yield Step(moves.EXPIRE, Status.EXPIRED, Actor.system(), last.at + lifecycle.RETURNED_LIFETIME + to_decide)


def _recorded(comments: Sequence[DemoComment]) -> dict[UUID, Comment]:
    """Those of the comments, and of the ones that they answer, which are there already."""
    names = {demo.id for demo in comments} | {demo.reply_to for demo in comments if demo.reply_to}
    return Comment.objects.in_bulk([identity(name) for name in names], field_name="public_id")
