"""Several editors at the same comments: each comment is decided once, and who was late is told."""

import os
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connection

from comments import lifecycle
from comments.lifecycle import Actor, History, Step, moves
from comments.models import Article, Comment, Decision, Reader, Status
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.desk.conftest import QUEUE, deciding, signed_in
from tests.comments.judgements import judgement

# RACE_COMMENTS=200 is a morning's queue, and takes half a minute.
COMMENTS = int(os.environ.get("RACE_COMMENTS", "32"))


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_decides_and_the_other_is_told(submitted: Submitted, editor: User, other_editor: User) -> None:
    comments = [submitted(f"{number}. yorum.") for number in range(6)]
    together = Barrier(2)

    def decide_all(user: User, decision: str) -> list[int]:
        decide = deciding(signed_in(user))
        statuses = []
        for comment in comments:
            together.wait(timeout=60)
            statuses.append(decide(comment, decision, clauses=["spelling"]).status_code)
        connection.close()
        return statuses

    with ThreadPoolExecutor(2) as desks:
        one, other = desks.map(decide_all, (editor, other_editor), ("approve", "reject"))

    assert [sorted(pair) for pair in zip(one, other, strict=True)] == [[303, 409]] * len(comments)
    assert Decision.objects.filter(version=2).count() == len(comments)
    assert set(Comment.objects.values_list("version", flat=True)) == {2}


@pytest.mark.django_db(transaction=True)
def test_eight_editors_on_one_lane_decide_each_comment_exactly_once(article: Article, reader: Reader) -> None:
    made = judgement(article.site, "Güzel bir haber.")
    waiting = Step(moves.SUBMIT, Status.PENDING, Actor.policy(made.policy_version), NOON, body="Güzel bir haber.", judgement=made)
    list(lifecycle.record(History(article, reader, "Ayşe K.", (waiting,)) for _ in range(COMMENTS)))
    editors = [make_editor(f"editor-{number}", "view_comment", "decide_comment") for number in range(8)]

    def work_through_the_queue(editor: User) -> Counter[int]:
        """From card to card as the desk leads, each claimed as its page would."""
        desk, answers = signed_in(editor), Counter[int]()
        while opened := re.search(r'<article class="card"[^>]* data-comment="([^"]+)"', desk.get(QUEUE).content.decode()):
            here: str | None = opened[1]
            while here:
                desk.post(f"{QUEUE}comments/{here}/claim/")
                answer = desk.post(f"{QUEUE}comments/{here}/decisions/?lane=clean", {"decision": "approve", "version": 1})
                answers[answer.status_code] += 1
                following = re.search(r"open=([0-9a-f-]+)", answer.headers.get("Location", ""))
                here = following[1] if following else None
        connection.close()
        return answers

    with ThreadPoolExecutor(8) as desks:
        answers = sum(desks.map(work_through_the_queue, editors), Counter[int]())

    assert answers[303] == COMMENTS
    assert set(answers) <= {303, 409}
    assert Decision.objects.filter(version=2, move="approve").count() == COMMENTS
    assert set(Comment.objects.values_list("version", "status")) == {(2, "approved")}
