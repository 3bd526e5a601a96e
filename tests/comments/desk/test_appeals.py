"""Appeals at the desk: what the card shows, and who may answer how."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Appeal, Comment
from tests.comments.conftest import Submitted
from tests.comments.desk.conftest import QUEUE, Decide, deciding, signed_in

PLEA = "Haberin konusu <b>tam</b> da bu."


@pytest.fixture
def appealed(submitted: Submitted, other_editor: User, now: datetime) -> Comment:
    """Refused by the other editor."""
    comment = submitted()
    lifecycle.reject(comment, editor=other_editor, version=1, reasons=Reasons(house_reasons=frozenset({"off_topic"})), now=now)
    lifecycle.open_appeal(comment, text=PLEA, now=now)
    return comment


def test_the_card_shows_what_the_writer_says_and_offers_both_answers(desk: Client, appealed: Comment) -> None:
    answer = desk.get(QUEUE, {"lane": "appeals"})

    assert "Haberin konusu &lt;b&gt;tam&lt;/b&gt; da bu." in answer.content.decode()
    assert [name for name, _ in answer.context["card"].buttons] == ["approve", "deny_appeal", "escalate"]


def test_who_refused_is_offered_no_answer_and_given_none(appealed: Comment, other_editor: User) -> None:
    own_desk = signed_in(other_editor)

    page = own_desk.get(QUEUE, {"lane": "appeals"})
    answers = [deciding(own_desk)(appealed, decision, note="Olmaz.").status_code for decision in ("approve", "deny_appeal")]

    assert [name for name, _ in page.context["card"].buttons] == ["escalate"]
    assert "itirazı başka bir editör yanıtlar" in page.content.decode()
    assert answers == [403, 403]
    assert Appeal.objects.get().closed_by is None


def test_an_appeal_is_denied_with_a_note_or_not_at_all(decide: Decide, appealed: Comment, editor: User) -> None:
    assert decide(appealed, "deny_appeal").status_code == 400

    assert decide(appealed, "deny_appeal", note="Haber belediyeyi anlatıyor.").status_code == 303
    denial = appealed.decisions.get(version=3)
    assert (denial.move, denial.editor, denial.note) == ("deny_appeal", editor, "Haber belediyeyi anlatıyor.")
    assert Appeal.objects.get().closed_by == denial
