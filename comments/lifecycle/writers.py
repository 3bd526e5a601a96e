"""What a comment's writer may do: submit, resubmit, edit, withdraw. The policy judges every text."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from comments.client_address import Client
from comments.judging import Judgement
from comments.lifecycle import moves
from comments.lifecycle.actors import Actor
from comments.lifecycle.deciding import NotAllowed, add_revision, check_version, decide, decision_fields, event_logged
from comments.lifecycle.insertion import insert_together
from comments.lifecycle.items import close
from comments.lifecycle.standing import Standing, judged
from comments.models import ActorKind, Appeal, Article, ClientAddress, Comment, Decision, Event, Reader, Revision, Status
from moderation.engine.text import fold

EDIT_WINDOW = timedelta(minutes=5)


class EditWindowClosed(NotAllowed):
    """An approved comment is edited within five minutes of its approval, or not at all."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A new comment as its writer sent it; `body` is normalised. `as_is` skips the nudge."""

    article: Article
    reader: Reader
    author_name: str
    body: str
    submission_id: uuid.UUID
    parent: Comment | None = None
    as_is: bool = False
    client: Client | None = None
    by_staff: bool = False


@transaction.atomic
def submit(draft: Draft, judgement: Judgement, *, now: datetime) -> Comment:
    """Raises IntegrityError where the reader's submission already made a comment."""
    return enter(draft, judgement, now=now).comment


def enter(draft: Draft, judgement: Judgement, *, now: datetime) -> Decision:
    """As `submit`, and only inside a transaction: the decision that the comment begins with, in one message to the database."""
    new = Standing.new(now)
    target = judged(judgement.outcomes, nudge=not draft.as_is)
    revision = Revision(number=1, body=draft.body, search_text=fold(draft.body), as_is=draft.as_is, created_at=now)
    review = judgement.review_of(revision, now=now)
    after = new.after(moves.SUBMIT, target, by=ActorKind.POLICY, now=now, revision=revision)
    comment = Comment(
        submission_id=draft.submission_id,
        article=draft.article,
        head_id=draft.parent.head_key if draft.parent else None,
        parent=draft.parent,
        reader=draft.reader,
        author_name=draft.author_name,
        by_staff=draft.by_staff,
        submitted_at=now,
        **after.fields(),
    )
    revision.comment = comment
    told = decision_fields(moves.SUBMIT, new, after, Actor.policy(judgement.policy_version), now=now, note="")
    decision = Decision(comment=comment, **told)
    event = Event(decision=decision, created_at=now, due_at=now)
    insert_together(comment, revision, review, decision, event, *_client(comment, draft.client, now))
    event_logged.send(sender=Event, event=event)
    return decision


def _client(comment: Comment, client: Client | None, now: datetime) -> Iterator[ClientAddress]:
    """Nothing where no address is told, or none is to be kept."""
    if client and settings.CLIENT_ADDRESSES_KEPT_DAYS:
        yield ClientAddress(comment=comment, address=client.address, port=client.port, sent_at=now)


@transaction.atomic
def resubmit(comment: Comment, judgement: Judgement, *, version: int, body: str, as_is: bool, now: datetime) -> Decision:
    """A new revision of a returned comment, corrected or as it is. Raises StaleVersion, WrongStatus."""
    check_version(comment, version)
    before = Standing.of(comment)
    target = judged(judgement.outcomes, nudge=comment.nudge_left and not as_is)
    before.check(moves.RESUBMIT, target, by=ActorKind.POLICY)
    revision = add_revision(comment, judgement, body, now=now, as_is=as_is)
    after = before.after(moves.RESUBMIT, target, by=ActorKind.POLICY, now=now, revision=revision)
    return decide(moves.RESUBMIT, comment, after, Actor.policy(judgement.policy_version), now=now)


@transaction.atomic
def edit(comment: Comment, judgement: Judgement, *, version: int, body: str, now: datetime) -> Decision:
    """A new text for an approved comment, back to the queue. Raises StaleVersion, WrongStatus, EditWindowClosed."""
    check_version(comment, version)
    before = Standing.of(comment)
    if before.status == Status.APPROVED and now > comment.status_since + EDIT_WINDOW:
        raise EditWindowClosed
    before.check(moves.EDIT, Status.PENDING, by=ActorKind.WRITER)
    revision = add_revision(comment, judgement, body, now=now)
    after = before.after(moves.EDIT, Status.PENDING, by=ActorKind.WRITER, now=now, revision=revision)
    return decide(moves.EDIT, comment, after, Actor.writer(comment.reader), now=now)


@transaction.atomic
def withdraw(comment: Comment, *, version: int, now: datetime) -> Decision:
    """An appeal is withdrawn with it. Raises StaleVersion, WrongStatus."""
    check_version(comment, version)
    after = Standing.of(comment).after(moves.WITHDRAW, Status.WITHDRAWN, by=ActorKind.WRITER, now=now)
    return close(decide(moves.WITHDRAW, comment, after, Actor.writer(comment.reader), now=now), Appeal)
