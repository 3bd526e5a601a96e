"""From a form or a request to a stored comment: normalise, judge, store. Nothing is answered with success before the commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comments import closing, duplicates, lifecycle, replying, sanctions
from comments.client_address import Client
from comments.judging import Judgement, is_offensive, judge, judge_under
from comments.models import Article, Comment, Decision, Reader
from comments.trusting import publish_if_trusted
from moderation import versions
from moderation.engine.text import UnreadableText, is_blank, normalise

# What a decoder leaves where bytes were no UTF-8.
_REPLACEMENT_CHARACTER = "\ufffd"


class SubmissionRefused(Exception):
    """Nothing was stored. `code` is stable, `message` is for the reader, `field` is the form's field it belongs to."""

    code = ""
    message: str | Promise
    field = "body"


class BodyBlank(SubmissionRefused):
    code, message = "blank", _("Please write your comment.")


class BodyUnreadable(SubmissionRefused):
    code, message = "unreadable", _("Some characters of your comment could not be read. Please check it and send it again.")


class BodyTooLong(SubmissionRefused):
    code = "too_long"

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.message = _("Your comment is %(length)d characters long; at most %(limit)d are possible.") % {
            "length": length,
            "limit": settings.COMMENT_MAX_LENGTH,
        }


class CommentsClosed(SubmissionRefused):
    code, field = "comments_closed", ""

    def __init__(self, message: str | Promise = closing.CLOSED) -> None:
        super().__init__()
        self.message = message


class NameOffensive(SubmissionRefused):
    code, message, field = "offensive_name", _("Please choose another name: this one goes against the rules for comments."), "name"


class ReaderMuted(SubmissionRefused):
    """An editor muted or banned the reader; `until` is None for a ban."""

    code, field = "not_allowed", ""

    def __init__(self, until: datetime | None) -> None:
        super().__init__(until)
        self.message = _("You cannot comment here any more: the editors have banned you because of earlier comments.")
        if until:
            end = date_format(timezone.localtime(until), "DATETIME_FORMAT")
            self.message = _("You cannot comment until %(end)s: the editors have muted you because of earlier comments.") % {"end": end}


class UnknownParent(SubmissionRefused):
    code, message, field = "unknown_parent", _("The comment that you are replying to is no longer there."), "parent"


class RepliesClosed(SubmissionRefused):
    code, message, field = "replies_closed", _("Comments take no replies here."), "parent"


class AlreadySent(SubmissionRefused):
    """The same form was sent before with another text; `comment` is the one that it made."""

    code, message, field = (
        "already_sent",
        _("You have already sent a comment with this form. To send this text as another comment, send it once more."),
        "",
    )

    def __init__(self, comment: Comment) -> None:
        super().__init__(comment.public_id)
        self.comment = comment


class AlreadySaid(AlreadySent):
    """The reader sent just this text to just this article before; `comment` is the one that it made."""

    message = _("You have already sent this comment.")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a writer hands in; only its shape has been checked. `parent` is the public id of the comment replied to."""

    name: str
    body: str
    submission_id: UUID
    parent: UUID | None = None
    as_is: bool = False
    client: Client | None = None
    by_staff: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A contribution that may be stored, with what the policy says of it. `body` is normalised, `parent` what it will hang on."""

    article: Article
    contribution: Contribution
    body: str
    parent: Comment | None
    judgement: Judgement


def readable(raw: str) -> str:
    """The text as it will be stored. Raises BodyBlank, BodyUnreadable, BodyTooLong."""
    try:
        body = normalise(raw)
    except UnreadableText as error:
        raise BodyUnreadable from error
    if _REPLACEMENT_CHARACTER in body:
        raise BodyUnreadable
    if is_blank(body):
        raise BodyBlank
    if len(body) > settings.COMMENT_MAX_LENGTH:
        raise BodyTooLong(len(body))
    return body


def submit(article: Article, reader: Reader, contribution: Contribution, *, now: datetime) -> Comment:
    """The comment that this contribution made, now or when it was first sent (a double click). Raises SubmissionRefused."""
    body = readable(contribution.body)
    if sent := _sent_before(reader, contribution, body):
        return sent
    prepared = prepare(article, contribution, now=now)
    said = duplicates.own(article, reader, body, now=now)
    if said and said.submission_id == contribution.submission_id:
        return said
    if said:
        raise AlreadySaid(said)
    try:
        with transaction.atomic():
            return _enter(prepared, reader, is_own=False, now=now).comment
    except IntegrityError:
        if sent := _sent_before(reader, contribution, body):
            return sent
        raise


def prepare(article: Article, contribution: Contribution, *, now: datetime) -> Prepared:
    """All that needs neither reader nor transaction. Raises SubmissionRefused."""
    body = readable(contribution.body)
    if closed := closing.told(article, now=now):
        raise CommentsClosed(closed)
    policy = versions.active(article.site)
    if is_offensive(contribution.name, policy):
        raise NameOffensive
    return Prepared(article, contribution, body, _parent(article, contribution.parent), judge_under(policy, body))


def store(prepared: Prepared, reader: Reader, *, now: datetime, is_vouched_for: bool = False) -> Decision:
    """What the comment begins with; only inside a transaction. A text that was sent before is held, unless the site's own server vouches for its writer.

    Raises ReaderMuted, and IntegrityError where the reader's submission already made a comment.
    """
    said = None if is_vouched_for else duplicates.own(prepared.article, reader, prepared.body, now=now)
    return _enter(prepared, reader, is_own=bool(said), is_vouched_for=is_vouched_for, now=now)


def resubmit(comment: Comment, *, version: int, raw: str | None, now: datetime) -> Decision:
    """Send a returned comment again: with a new text, or, without one, as it is. Raises SubmissionRefused, lifecycle.MoveRefused."""
    check_voice(comment.reader, now=now)
    body = comment.current_revision.body if raw is None else readable(raw)
    judgement = judge(body, comment.article.site)
    decision = lifecycle.resubmit(comment, judgement, version=version, body=body, as_is=raw is None, now=now)
    return publish_if_trusted(comment, judgement, now=now) or decision


def check_voice(reader: Reader, *, now: datetime) -> None:
    """Raises ReaderMuted for a reader who may not write."""
    if sanction := sanctions.silenced(reader, now=now):
        raise ReaderMuted(sanction.until)


def _enter(prepared: Prepared, reader: Reader, *, is_own: bool, now: datetime, is_vouched_for: bool = False) -> Decision:
    """`is_own` says whether the reader sent this text before."""
    check_voice(reader, now=now)
    judgement = prepared.judgement
    if not is_vouched_for:
        judgement = duplicates.marked(judgement, prepared.body, is_own=is_own, now=now)
    draft = lifecycle.Draft(
        article=prepared.article,
        reader=reader,
        author_name=prepared.contribution.name,
        body=prepared.body,
        submission_id=prepared.contribution.submission_id,
        parent=prepared.parent,
        as_is=prepared.contribution.as_is,
        client=prepared.contribution.client,
        by_staff=prepared.contribution.by_staff,
    )
    decision = lifecycle.enter(draft, judgement, now=now)
    if not is_vouched_for:
        duplicates.remember(decision.comment, prepared.body, now=now)
    return publish_if_trusted(decision.comment, judgement, now=now) or decision


def _sent_before(reader: Reader, contribution: Contribution, body: str) -> Comment | None:
    comment = Comment.objects.filter(reader=reader, submission_id=contribution.submission_id).first()
    if comment and not comment.revisions.filter(number=1, body=body).exists():
        raise AlreadySent(comment)
    return comment


def _parent(article: Article, public_id: UUID | None) -> Comment | None:
    """What a reply to this comment hangs on. Raises UnknownParent, RepliesClosed."""
    if public_id is None:
        return None
    answered = Comment.objects.published().filter(article=article, public_id=public_id).select_related(replying.LINEAGE).first()
    if answered is None:
        raise UnknownParent
    parent = replying.place(answered, article.site)
    if parent is None:
        raise RepliesClosed
    return parent
