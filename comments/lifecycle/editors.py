"""What an editor may do. Every decision carries the version that the editor saw; a stale one is refused."""

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.models import User
from django.db import transaction

from comments.judging import Judgement
from comments.lifecycle import moves
from comments.lifecycle.actors import Actor, Editor
from comments.lifecycle.appealing import NoAppeal, check_answerer
from comments.lifecycle.deciding import UNDO_WINDOW, NotAllowed, Reasons, add_revision, check_version, decide
from comments.lifecycle.items import ITEMS, close, reopen
from comments.lifecycle.moves import Move
from comments.lifecycle.standing import MoveRefused, Standing, WrongStatus
from comments.models import ActorKind, ApiKey, Appeal, ClientAddress, Comment, Decision, Escalation, Reader, Report, Review, Revision, Status
from moderation import versions


class ReasonMissing(MoveRefused):
    """To reject or remove takes at least one clause or house reason of the policy in force."""


@transaction.atomic
def approve(
    comment: Comment, *, editor: Editor, version: int, now: datetime, note: str = "", body: str = "", judgement: Judgement | None = None
) -> Decision:
    """As it stands, or, with `body` and its judgement, as the editor corrected it. Raises StaleVersion, WrongStatus, NotAllowed."""
    _check(comment, editor, version)
    before, actor = Standing.of(comment), Actor.by_editor(editor)
    check_answerer(comment, actor)
    before.check(moves.APPROVE, Status.APPROVED, by=actor.kind)
    corrected = add_revision(comment, judgement, body, now=now, by_editor=True) if judgement else None
    after = before.after(moves.APPROVE, Status.APPROVED, by=actor.kind, now=now, revision=corrected)
    decision = decide(moves.APPROVE, comment, after, actor, now=now, reasons=Reasons(note=note))
    # Only against a refusal is there an appeal.
    return close(decision, Escalation, *([Appeal] if before.status == Status.REJECTED else []))


def reject(comment: Comment, *, editor: Editor, version: int, reasons: Reasons, now: datetime) -> Decision:
    """Raises StaleVersion, WrongStatus, NotAllowed, ReasonMissing."""
    _check_reasons(comment, reasons)
    return _decide(moves.REJECT, Status.REJECTED, comment, editor=editor, version=version, now=now, reasons=reasons)


def remove(comment: Comment, *, editor: Editor, version: int, reasons: Reasons, now: datetime) -> Decision:
    """Raises StaleVersion, WrongStatus, NotAllowed, ReasonMissing."""
    _check_reasons(comment, reasons)
    return _decide(moves.REMOVE, Status.REMOVED, comment, editor=editor, version=version, now=now, reasons=reasons)


def request_correction(comment: Comment, *, editor: Editor, version: int, reasons: Reasons, now: datetime) -> Decision:
    """Back to the writer with a note or clauses. Raises StaleVersion, WrongStatus, NotAllowed."""
    return _decide(moves.REQUEST_CORRECTION, Status.RETURNED, comment, editor=editor, version=version, now=now, reasons=reasons)


@transaction.atomic
def undo(comment: Comment, *, editor: Editor, version: int, now: datetime) -> Decision:
    """Take the last decision back, as a decision of its own; what it closed is open again. Raises StaleVersion, WrongStatus, NotAllowed."""
    _check(comment, editor, version)
    last = Decision.objects.select_related("published_before", "revision__review").get(comment=comment, version=version)
    after = Standing.of(comment).before(last, _text_before(last), now=now)
    actor = Actor.by_editor(editor)
    own_and_fresh = (last.editor, last.api_key) == (actor.editor, actor.api_key) and now <= last.decided_at + UNDO_WINDOW
    if not own_and_fresh and not _is_senior(editor):
        raise NotAllowed("an editor takes back his own decision within ten seconds; a senior editor any, at any time")
    decision = decide(moves.UNDO, comment, after, actor, now=now, undoes=last)
    reopen(last)
    # Where the refusal itself is taken back there is nothing left to appeal against.
    return close(decision, Appeal) if last.to_status == Status.REJECTED else decision


@transaction.atomic
def escalate(comment: Comment, *, editor: Editor, version: int, now: datetime, note: str = "") -> Decision:
    """Leave the comment to a senior editor; it keeps its status. Raises StaleVersion, WrongStatus, NotAllowed."""
    decision = _beside(moves.ESCALATE, comment, editor=editor, version=version, now=now, note=note)
    if not Escalation.objects.filter(comment=comment, closed_by=None).exists():
        Escalation.objects.create(comment=comment, opened_by=decision)
    return decision


@transaction.atomic
def dismiss_reports(comment: Comment, *, editor: Editor, version: int, now: datetime, note: str = "") -> Decision:
    """The reported comment stays. Raises StaleVersion, NotAllowed, and WrongStatus where no report is open."""
    _check(comment, editor, version)
    if not Report.objects.filter(comment=comment, closed_by=None).exists():
        raise WrongStatus(moves.DISMISS_REPORTS, comment.status)
    return close(_beside(moves.DISMISS_REPORTS, comment, editor=editor, version=version, now=now, note=note), Report, Escalation)


@transaction.atomic
def deny_appeal(comment: Comment, *, editor: Editor, version: int, now: datetime, note: str = "") -> Decision:
    """The rejected comment stays so; the note is for its writer. Raises StaleVersion, WrongStatus, NotAllowed, NoAppeal."""
    _check(comment, editor, version)
    if check_answerer(comment, Actor.by_editor(editor)) is None:
        raise NoAppeal
    return close(_beside(moves.DENY_APPEAL, comment, editor=editor, version=version, now=now, note=note), Appeal, Escalation)


@transaction.atomic
def erase(comment: Comment, *, editor: Editor | None, version: int, now: datetime) -> Decision:
    """Text and identity are gone for good; without an editor it is retention's doing. Raises StaleVersion, WrongStatus, NotAllowed."""
    if editor:
        _check_right(comment, editor)
    check_version(comment, version)
    actor = Actor.by_editor(editor) if editor else Actor.system()
    after = Standing.of(comment).after(moves.ERASE, Status.ERASED, by=actor.kind, now=now)
    comment.author_name, comment.submission_id = "", uuid4()
    comment.reader, _ = Reader.objects.get_or_create(site=comment.article.site, kind=Reader.Kind.ERASED)
    decision = decide(moves.ERASE, comment, after, actor, now=now, changes=("author_name", "submission_id", "reader"))
    Review.objects.filter(revision__comment=comment).update(findings=[])
    Revision.objects.filter(comment=comment).update(body="", search_text="", erased_at=now)
    Decision.objects.filter(comment=comment).update(note="")
    Decision.objects.filter(comment=comment, actor_kind=ActorKind.WRITER).update(reader=comment.reader)
    close(decision, *ITEMS)
    Report.objects.filter(comment=comment).update(text="")
    ClientAddress.objects.filter(comment=comment).delete()
    Appeal.objects.filter(comment=comment).update(text="")
    return decision


@transaction.atomic
def _decide(move: Move, target: Status, comment: Comment, *, editor: Editor, version: int, now: datetime, reasons: Reasons) -> Decision:
    _check(comment, editor, version)
    actor = Actor.by_editor(editor)
    after = Standing.of(comment).after(move, target, by=actor.kind, now=now)
    decision = decide(move, comment, after, actor, now=now, reasons=reasons)
    return close(decision, Escalation, *([Report] if move is moves.REMOVE else []))


def _beside(move: Move, comment: Comment, *, editor: Editor, version: int, now: datetime, note: str) -> Decision:
    _check(comment, editor, version)
    actor = Actor.by_editor(editor)
    return decide(move, comment, Standing.of(comment).beside(move, by=actor.kind), actor, now=now, reasons=Reasons(note=note))


def _check(comment: Comment, editor: Editor, version: int) -> None:
    _check_right(comment, editor)
    check_version(comment, version)


def _check_right(comment: Comment, editor: Editor) -> None:
    if isinstance(editor, ApiKey):
        may = editor.may_moderate and editor.site_id == comment.article.site_id
    else:
        may = editor.has_perm("comments.decide_comment")
    if not may:
        raise NotAllowed("only editors decide on comments")


def _text_before(decision: Decision) -> Revision:
    """An editor's correction is undone with the approval that it came with; every other text was there before the decision."""
    if not decision.revision.by_editor:
        return decision.revision
    return Decision.objects.select_related("revision__review").get(comment=decision.comment_id, version=decision.version - 1).revision


def _is_senior(editor: Editor) -> bool:
    return isinstance(editor, User) and editor.has_perm("comments.overrule_decision")


def _check_reasons(comment: Comment, reasons: Reasons) -> None:
    known = versions.active(comment.article.site).policy.house_reasons
    if not reasons or not reasons.house_reasons <= set(known):
        raise ReasonMissing("at least one clause, or one of the policy's house reasons, goes with this decision")
