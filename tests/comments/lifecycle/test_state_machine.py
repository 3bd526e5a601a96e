"""The lifecycle walked at random beside a model that knows only the design's table of moves."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Event, Objection, Reader, Report
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, make_editor
from tests.comments.judgements import FAILED, judgement

REASONS = Reasons(frozenset({Clause.SPELLING}))
OUTCOMES = st.sets(st.sampled_from(["pass", "correct", "hold", "reject", FAILED]))
EDITORS = st.sampled_from(["elif", "mert", "nermin"])

# Section 4 of the design, written down a second time on purpose.
MAY_LEAVE = {
    "approve": {"pending", "rejected", "removed"},
    "reject": {"pending"},
    "request_correction": {"pending"},
    "remove": {"approved"},
    "resubmit": {"returned"},
    "edit": {"approved"},
    "withdraw": {"returned", "pending", "approved", "rejected"},
    "expire": {"returned"},
    "erase": {"returned", "pending", "approved", "rejected", "removed", "withdrawn", "expired"},
}
LEADS_TO = {"approve": "approved", "reject": "rejected", "request_correction": "returned", "remove": "removed"}


@dataclass(frozen=True)
class Model:
    """What the table says that the comment is."""

    status: str
    version: int
    since: datetime
    text: str
    public_text: str | None = None
    nudge_left: bool = False


@dataclass(frozen=True)
class Undoable:
    editor: str
    at: datetime
    before: Model


def expected_status(outcomes: set[str], *, nudge: bool) -> str:
    if FAILED in outcomes:
        return "pending"
    if nudge and outcomes & {"correct", "reject"}:
        return "returned"
    return "rejected" if "reject" in outcomes else "pending"


class Walk(RuleBasedStateMachine):
    article: Article
    reader: Reader
    editors: dict[str, User]

    @initialize(outcomes=OUTCOMES, as_is=st.booleans())
    def submit(self, outcomes: set[str], as_is: bool) -> None:
        self.now = NOON
        draft = lifecycle.Draft(self.article, self.reader, "Ayşe K.", "Metin 1", uuid4(), as_is=as_is)
        self.comment = lifecycle.submit(draft, judgement(self.article.site, "Metin 1", *outcomes), now=self.now)
        self.model = Model(expected_status(outcomes, nudge=not as_is), 1, self.now, "Metin 1")
        self.undoable: Undoable | None = None

    def fresh(self) -> Comment:
        return Comment.objects.select_related("current_revision", "published_revision", "article", "reader").get(pk=self.comment.pk)

    def moved(self, status: str, *, text: str | None = None, public_text: str | None = None, nudge_left: bool = False) -> None:
        self.model = Model(status, self.model.version + 1, self.now, text or self.model.text, public_text, nudge_left)

    @rule(seconds=st.sampled_from([1, 11, 301, 604_801]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(move=st.sampled_from(sorted(LEADS_TO)), editor=EDITORS)
    def editor_decides(self, move: str, editor: str) -> None:
        reasons = {} if move == "approve" else {"reasons": REASONS}
        act = getattr(lifecycle, move)
        if self.model.status not in MAY_LEAVE[move]:
            with pytest.raises(lifecycle.WrongStatus):
                act(self.fresh(), editor=self.editors[editor], version=self.model.version, now=self.now, **reasons)
            return
        before = self.model
        act(self.fresh(), editor=self.editors[editor], version=before.version, now=self.now, **reasons)
        public = {"approve": before.text, "request_correction": before.public_text}.get(move)
        self.moved(LEADS_TO[move], public_text=public, nudge_left=move == "request_correction")
        self.undoable = Undoable(editor, self.now, before)

    @rule(editor=EDITORS)
    def editor_undoes(self, editor: str) -> None:
        def undo() -> None:
            lifecycle.undo(self.fresh(), editor=self.editors[editor], version=self.model.version, now=self.now)

        if self.undoable is None:
            with pytest.raises(lifecycle.WrongStatus):
                undo()
        elif editor == "nermin" or (editor == self.undoable.editor and self.now - self.undoable.at <= timedelta(seconds=10)):
            undo()
            before = self.undoable.before
            self.moved(before.status, text=before.text, public_text=before.public_text)
            self.undoable = None
        else:
            with pytest.raises(lifecycle.NotAllowed):
                undo()

    @rule(outcomes=OUTCOMES, as_is=st.booleans())
    def writer_resubmits(self, outcomes: set[str], as_is: bool) -> None:
        text = self.model.text if as_is else f"Metin {self.model.version + 1}"
        judged = judgement(self.article.site, text, *outcomes)
        if self.model.status not in MAY_LEAVE["resubmit"]:
            with pytest.raises(lifecycle.WrongStatus):
                lifecycle.resubmit(self.fresh(), judged, version=self.model.version, body=text, as_is=as_is, now=self.now)
            return
        lifecycle.resubmit(self.fresh(), judged, version=self.model.version, body=text, as_is=as_is, now=self.now)
        status = expected_status(outcomes, nudge=self.model.nudge_left and not as_is)
        self.moved(status, text=text, public_text=None if status == "rejected" else self.model.public_text)
        self.undoable = None

    @rule(outcomes=OUTCOMES)
    def writer_edits(self, outcomes: set[str]) -> None:
        text = f"Metin {self.model.version + 1}"

        def edit() -> None:
            lifecycle.edit(self.fresh(), judgement(self.article.site, text, *outcomes), version=self.model.version, body=text, now=self.now)

        if self.model.status not in MAY_LEAVE["edit"]:
            with pytest.raises(lifecycle.WrongStatus):
                edit()
        elif self.now - self.model.since > timedelta(minutes=5):
            with pytest.raises(lifecycle.EditWindowClosed):
                edit()
        else:
            edit()
            self.moved("pending", text=text, public_text=self.model.public_text)
            self.undoable = None

    @rule(reason=st.sampled_from(["insults", "unlawful"]))
    def reader_reports(self, reason: str) -> None:
        by = Reader.objects.create(site=self.article.site)
        if self.model.public_text is None:
            with pytest.raises(lifecycle.NotPublic):
                lifecycle.report(self.fresh(), by, reason=reason, text="", now=self.now)
        else:
            lifecycle.report(self.fresh(), by, reason=reason, text="", now=self.now)

    @rule(editor=EDITORS)
    def editor_dismisses_reports(self, editor: str) -> None:
        if self.model.public_text is not None and Report.objects.filter(comment=self.comment, closed_by=None).exists():
            lifecycle.dismiss_reports(self.fresh(), editor=self.editors[editor], version=self.model.version, now=self.now)
            self.model = replace(self.model, version=self.model.version + 1)
            self.undoable = None

    @rule()
    def writer_withdraws(self) -> None:
        if self.model.status in MAY_LEAVE["withdraw"]:
            lifecycle.withdraw(self.fresh(), version=self.model.version, now=self.now)
            self.moved("withdrawn")
            self.undoable = None
        else:
            with pytest.raises(lifecycle.WrongStatus):
                lifecycle.withdraw(self.fresh(), version=self.model.version, now=self.now)

    @rule()
    def time_runs_out(self) -> None:
        if self.model.status not in MAY_LEAVE["expire"]:
            with pytest.raises(lifecycle.WrongStatus):
                lifecycle.expire(self.fresh(), now=self.now)
        elif self.now - self.model.since < timedelta(days=7):
            with pytest.raises(lifecycle.NotYetExpired):
                lifecycle.expire(self.fresh(), now=self.now)
        else:
            lifecycle.expire(self.fresh(), now=self.now)
            self.moved("expired")
            self.undoable = None

    @rule()
    @precondition(lambda self: self.model.version > 4)
    def privacy_request(self) -> None:
        if self.model.status in MAY_LEAVE["erase"]:
            lifecycle.erase(self.fresh(), editor=None, version=self.model.version, now=self.now)
            self.moved("erased", text="")
            self.undoable = None
            self.model = Model("erased", self.model.version, self.now, "")
        else:
            with pytest.raises(lifecycle.WrongStatus):
                lifecycle.erase(self.fresh(), editor=None, version=self.model.version, now=self.now)

    @rule(move=st.sampled_from(["approve", "reject", "withdraw", "erase"]))
    @precondition(lambda self: self.model.version > 1)
    def somebody_acts_on_what_he_saw_before(self, move: str) -> None:
        seen: dict[str, Any] = {"version": self.model.version - 1, "now": self.now}
        by: dict[str, dict[str, Any]] = {"withdraw": {}, "erase": {"editor": None}, "reject": {"editor": self.editors["elif"], "reasons": REASONS}}
        with pytest.raises(lifecycle.StaleVersion):
            getattr(lifecycle, move)(self.fresh(), **seen, **by.get(move, {"editor": self.editors["elif"]}))

    @invariant()
    def the_row_is_what_the_model_says(self) -> None:
        row = self.fresh()
        public = row.published_revision and row.published_revision.body
        assert (row.status, row.version, row.current_revision.body, public) == (
            self.model.status,
            self.model.version,
            self.model.text,
            self.model.public_text,
        )

    @invariant()
    def what_the_queues_order_hangs_on_is_what_stands_beside_the_comment(self) -> None:
        row = self.fresh()
        reasons = set(Report.objects.filter(comment=row, closed_by=None).values_list("reason", flat=True))
        assert row.mildness == row.current_revision.review.mildness
        assert row.objection == (Objection.LEGAL_REPORT if "unlawful" in reasons else Objection.REPORT if reasons else Objection.NONE)

    @invariant()
    def the_public_sees_what_is_published_and_nothing_else(self) -> None:
        assert Comment.objects.published().filter(pk=self.comment.pk).exists() == (self.model.public_text is not None)

    @invariant()
    def the_log_is_a_chain_without_a_gap(self) -> None:
        decisions = list(self.comment.decisions.order_by("version"))
        assert [d.version for d in decisions] == list(range(1, self.model.version + 1))
        assert [d.from_status for d in decisions] == ["", *(d.to_status for d in decisions[:-1])]
        assert decisions[-1].to_status == self.model.status
        assert Event.objects.filter(decision__comment=self.comment).count() == len(decisions)


def test_any_walk_through_the_lifecycle_follows_the_table_of_moves(article: Article, reader: Reader) -> None:
    Walk.article, Walk.reader = article, reader
    Walk.editors = {
        "elif": make_editor("elif", "decide_comment"),
        "mert": make_editor("mert", "decide_comment"),
        "nermin": make_editor("nermin", "decide_comment", "overrule_decision"),
    }

    run_state_machine_as_test(Walk, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))
