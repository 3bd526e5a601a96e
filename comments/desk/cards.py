"""One comment with all that an editor needs to decide on it, gathered in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.functional import Promise

from comments import claims
from comments.deciding import NOTE_MAX_LENGTH, TAKING_REASONS
from comments.desk import beside
from comments.desk.access import DECIDE
from comments.desk.ages import urgency
from comments.desk.beside import Beside
from comments.desk.deciding import BUTTONS, CORRECTIONS, Situation, offered
from comments.desk.history import Entry, entries, entry, house_reason_name
from comments.desk.marks import Change, Piece, Remark, changes, pieces, remarks
from comments.desk.reasons import Choices, Filled, choices
from comments.desk.records import logs
from comments.desk.refusals import Refusal
from comments.desk.reports import Objection, objections
from comments.judging import verdict_of
from comments.lifecycle import Actor
from comments.lifecycle.appealing import is_own_refusal
from comments.models import CannedNote, Comment, Decision, Review, Revision
from comments.records import Record, records
from comments.wording import clause_name
from moderation import versions
from moderation.engine.policy import Policy

WITH_ALL = ("article__site", "reader", "current_revision__review__policy_version")
# An article's own text may be long, and is not shown.
UNREAD = ("article__body", "article__summary")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A decision that was refused: what had been filled in, and why it was not made."""

    comment: Comment
    filled: Filled
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Sitting:
    """An editor at the desk, now; `made` is the decision that he has just made, `attempt` the one that was refused."""

    editor: User
    now: datetime
    attempt: Attempt | None = None
    made: Decision | None = None

    def attempt_on(self, comment: Comment) -> Attempt | None:
        return self.attempt if self.attempt and self.attempt.comment.pk == comment.pk else None

    def buttons(self, comment: Comment, last: Decision, open_items: Beside) -> tuple[tuple[str, str], ...]:
        if not self.editor.has_perm(DECIDE):
            return ()
        situation = Situation(last, bool(open_items.reports), bool(open_items.escalations), open_items.appeal)
        return tuple((name, str(BUTTONS[name])) for name in offered(comment, situation, self.editor, now=self.now))


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows; `buttons` are the decisions that may be made, by name, none for who may only look."""

    comment: Comment
    text: Revision
    review: Review
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...]
    changes: tuple[Change, ...]
    objections: tuple[Objection, ...]
    beside: Beside
    is_own_refusal: bool
    record: Record
    lately: tuple[Entry, ...]
    earlier: tuple[Revision, ...]
    history: tuple[Entry, ...]
    choices: Choices
    buttons: tuple[tuple[str, str], ...]
    filled: Filled
    refusal: Refusal | None
    canned: tuple[tuple[CannedNote, str], ...]
    urgency: str
    holder: str

    @property
    def corrections(self) -> Mapping[str, Promise]:
        """The ways to approve a corrected text, where it may be approved and there is one."""
        return CORRECTIONS if self.text.body and any(name == "approve" for name, _label in self.buttons) else {}

    @property
    def is_public_as_it_was(self) -> bool:
        """Whether readers see an earlier text while this one waits."""
        return self.comment.published_revision_id not in {None, self.text.pk}

    @property
    def edited(self) -> str:
        """What the editor begins with who edits the text: what he had typed, or the writer's own text."""
        return self.filled.body if self.filled.body is not None else self.text.body

    @property
    def fixable(self) -> tuple[tuple[Remark, bool], ...]:
        """The findings that bring a fix, and whether it is chosen: all are, until the editor says otherwise."""
        chosen = self.filled.fixes
        return tuple((remark, chosen is None or str(remark.number) in chosen) for remark in self.remarks if remark.finding.fix)

    @property
    def takes_reasons(self) -> bool:
        return any(name in TAKING_REASONS for name, _label in self.buttons)

    @property
    def takes_a_note(self) -> bool:
        return self.takes_reasons or any(name == "deny_appeal" for name, _label in self.buttons)

    @property
    def note_limit(self) -> int:
        return NOTE_MAX_LENGTH

    @property
    def answered_to(self) -> Revision | None:
        parent = self.comment.parent
        return (parent.published_revision or parent.current_revision) if parent else None


def with_all(*, now: datetime) -> QuerySet[Comment]:
    """Comments with what a card needs of them."""
    return beside.with_flags(Comment.objects.select_related(*WITH_ALL).defer(*UNREAD), now=now)


def card(comment: Comment, sitting: Sitting, *, holder: User | None = None) -> Card:
    """Of a comment `with_all`; `holder` is who looks at it now."""
    policy, log, open_items = versions.active(comment.article.site).policy, logs(comment), beside.beside(comment, now=sitting.now)
    text = comment.current_revision
    verdict = verdict_of(text.review)
    marked = remarks(verdict) if verdict else ()
    attempt = sitting.attempt_on(comment)
    filled = attempt.filled if attempt else Filled.by_policy(verdict)
    appeal = open_items.appeal
    return Card(
        comment=comment,
        text=text,
        review=text.review,
        pieces=pieces(text.body, marked),
        remarks=marked,
        changes=changes(verdict) if verdict else (),
        objections=objections(open_items.reports, policy),
        beside=open_items,
        is_own_refusal=appeal is not None and is_own_refusal(appeal, Actor.by_editor(sitting.editor)),
        record=records([comment.reader])[comment.reader_id],
        lately=tuple(entry(decision, policy) for decision in log.lately),
        earlier=tuple(comment.revisions.exclude(pk=text.pk).order_by("number")) if comment.version > 1 else (),
        history=entries(log.own, policy),
        choices=choices(policy, verdict, filled),
        buttons=sitting.buttons(comment, max(log.own, key=lambda decision: decision.version), open_items),
        filled=filled,
        refusal=attempt.refusal if attempt else None,
        canned=tuple((note, _reason_of(note, policy)) for note in CannedNote.objects.filter(site=comment.article.site_id)),
        urgency=urgency(comment, now=sitting.now),
        holder=claims.name_of(holder) if holder and holder != sitting.editor else "",
    )


def _reason_of(note: CannedNote, policy: Policy) -> str:
    return clause_name(note.clause) if note.clause else house_reason_name(note.house_reason, policy)
