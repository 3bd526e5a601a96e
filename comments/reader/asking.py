"""The form as a page shows it: empty for a first comment, or with everything that was typed and what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise

from comments import guests
from comments.models import Article, Comment, Reader
from comments.reader import threads, tokens
from comments.reader.forms import CommentForm, identifier
from comments.reader.tokens import Trust

KEPT_TOKENS = (Trust.GOOD, Trust.TOO_SOON)


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence on what is wrong, with the field it belongs to, "" for the form as a whole."""

    field: str
    message: str | Promise


@dataclass(frozen=True, slots=True)
class Asking:
    """`typed` holds the fields as they were typed, `parent` the comment replied to, `receipt` what this form sent before, `user` who is signed on.

    `wants_proof` asks the browser to work for what it sends.
    """

    typed: Mapping[str, str]
    parent: Comment | None
    token: str
    submission: str
    problems: tuple[Problem, ...] = ()
    receipt: str = ""
    user: Reader | None = None
    wants_proof: bool = False

    @property
    def limit(self) -> int:
        """Characters that a comment may have."""
        return int(settings.COMMENT_MAX_LENGTH)

    @property
    def at(self) -> dict[str, str | Promise]:
        """Each field's problem."""
        return {problem.field: problem.message for problem in self.problems}


def first(article: Article, guest: UUID, reply_to: str, *, now: datetime, user: Reader | None = None) -> Asking:
    """A form to be filled in; a guest who has written before finds his name in it."""
    reader = user or guests.reader(article.site, guest)
    token, submission = tokens.new(article, guest, now=now)
    return Asking({"name": reader.name if reader else ""}, _parent(article, reply_to), token, str(submission), user=user)


def again(form: CommentForm, problems: Iterable[Problem], *, spent: bool = False, receipt: str = "") -> Asking:
    """The form once more, with nothing lost; with a new token where the old one is spent or not to be trusted."""
    typed = {name: form.data.get(name, "") for name in ("name", "email", "body")}
    token, submission = form.data.get("token", ""), form.data.get("submission_id", "")
    if spent or form.trust not in KEPT_TOKENS:
        token, submission = tokens.new(form.article, form.guest, now=form.now)
    return Asking(typed, _parent(form.article, form.data.get("parent", "")), token, str(submission), tuple(problems), receipt, form.user)


def problems_of(form: CommentForm) -> tuple[Problem, ...]:
    """What is wrong with the form as a whole, then one thing for each field, in the order of the page."""
    whole = [Problem("", str(message)) for message in form.non_field_errors()]
    return (*whole, *(Problem(field, str(form.errors[field][0])) for field in form.fields if field in form.errors))


def _parent(article: Article, public_id: str) -> Comment | None:
    known = identifier(public_id)
    return threads.answerable(article, known) if known else None
