"""The (!) promise: what readers may report a published comment for, and what became of a report."""

from collections.abc import Mapping
from enum import StrEnum

from comments.lifecycle.moves import DISMISS_REPORTS
from comments.models import Comment, Reader, Report, Status
from moderation import versions
from moderation.engine.policy import CLAUSES
from moderation.engine.rule import OFFENCES, Clause, Message
from moderation.models import Site

MOST_CHARACTERS = 2000


class Answer(StrEnum):
    """Where a report stands; `OVER` is for a comment that went without an editor's doing."""

    WAITING = "waiting"
    REMOVED = "removed"
    STAYS = "stays"
    OVER = "over"


def reasons(site: Site) -> Mapping[str, Message]:
    """All that counts as a reason, by key: every clause, then the house reasons of the policy in force."""
    clauses: dict[str, Message] = {clause.value: text.name for clause, text in CLAUSES.items()}
    return clauses | dict(versions.active(site).policy.house_reasons)


def offered(site: Site) -> Mapping[str, Message]:
    """The reasons that a reader is asked to choose from: how others spell is no matter for a complaint."""
    unasked = {clause.value for clause in Clause if clause not in OFFENCES}
    return {key: name for key, name in reasons(site).items() if key not in unasked}


def made_by(reader: Reader | None, comment: Comment) -> Report | None:
    return Report.objects.filter(comment=comment, reader=reader).select_related("comment", "closed_by").first() if reader else None


def answer(report: Report) -> Answer:
    """What an editor answered; a comment that is no longer public leaves nothing to answer."""
    if report.closed_by and report.closed_by.move == DISMISS_REPORTS.name:
        return Answer.STAYS
    if report.comment.status == Status.REMOVED:
        return Answer.REMOVED
    return Answer.WAITING if report.comment.published_revision_id and not report.closed_by else Answer.OVER
