"""An entry's stages as a history that the lifecycle takes, each text held against the policy in force."""

import re
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User

from comments.judging import Judgement, judge_under
from comments.lifecycle import Actor, History, MoveRefused, Reasons, Step
from comments.lifecycle.moves import MOVES, UNDO, Move
from comments.lifecycle.standing import Standing
from comments.models import ActorKind, Article, Comment, Reader, Revision, Status
from comments.transfer.entries import Entry, Stage, Unreadable
from moderation import versions
from moderation.engine.rule import Clause, Verdict
from moderation.engine.text import is_blank, normalise
from moderation.models import Site

ACCOUNT = "import"
LONGEST_BODY = 20_000
_HOUSE_REASON = re.compile(r"[a-z0-9_]{1,30}")
_MOVES: Mapping[str, Move] = {move.name: move for move in MOVES if move is not UNDO}


class Histories:
    """What editors decided elsewhere is recorded under an account of its own, which nobody can sign in to."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._now, self._policy = now, versions.active(site)
        account, is_new = User.objects.get_or_create(username=ACCOUNT, defaults={"is_active": False})
        if is_new:
            account.set_unusable_password()
            account.save(update_fields=["password"])
        self._editor = Actor.by_editor(account)

    def make(self, entry: Entry, *, article: Article, reader: Reader, name: str, parent: Comment | None, public_id: UUID) -> History:
        """Raises Unreadable."""
        erased = bool(entry.stages) and entry.stages[-1].to == Status.ERASED
        steps = tuple(self._step(stage, reader, number=number, erased=erased) for number, stage in enumerate(entry.stages))
        self._check(steps)
        return History(article, reader, name, steps, parent, public_id)

    def _step(self, stage: Stage, reader: Reader, *, number: int, erased: bool) -> Step:
        try:
            move, target = _MOVES[stage.move], Status(stage.to)
            actor = self._actor(ActorKind(stage.by), reader)
            reasons = Reasons(
                frozenset(map(Clause, stage.clauses)), frozenset(map(str, stage.house_reasons)), "" if erased else normalise(stage.note)
            )
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise Unreadable(f"its history names something that there is not: {error}") from error
        if not all(_HOUSE_REASON.fullmatch(reason) for reason in reasons.house_reasons):
            raise Unreadable("a house reason is a name of a-z, 0-9 and _")
        body = "" if erased else _body(stage.body, needed=number == 0)
        judgement = self._judged(body) if body or number == 0 else None
        return Step(move, target, actor, stage.at, reasons, body, judgement, stage.as_is, stage.by_editor)

    def _actor(self, kind: ActorKind, reader: Reader) -> Actor:
        match kind:
            case ActorKind.POLICY:
                return Actor.policy(self._policy)
            case ActorKind.WRITER:
                return Actor.writer(reader)
            case ActorKind.SYSTEM:
                return Actor.system()
            case _:
                return self._editor

    def _judged(self, body: str) -> Judgement:
        return judge_under(self._policy, body) if body else Judgement(self._policy, Verdict("", (), self._policy.number))

    def _check(self, steps: tuple[Step, ...]) -> None:
        """What the bulk door would refuse, it would refuse with the whole batch."""
        if not steps:
            raise Unreadable("it has no history")
        standing, last = Standing.new(steps[0].at), steps[0].at
        for step in steps:
            if not last <= step.at <= self._now:
                raise Unreadable("its times are in the future, or not in order")
            try:
                revision = step.judgement.review_of(Revision(), now=step.at).revision if step.judgement else None
                standing = standing.after(step.move, step.target, by=step.actor.kind, now=step.at, revision=revision)
            except MoveRefused as error:
                raise Unreadable(str(error)) from error
            last = step.at


def _body(given: object, *, needed: bool) -> str:
    if not isinstance(given, str):
        raise Unreadable("its text is none")
    body = normalise(given)
    if needed and is_blank(body):
        raise Unreadable("it has no text")
    if len(body) > LONGEST_BODY:
        raise Unreadable(f"its text is longer than {LONGEST_BODY} characters")
    return body
