"""The number of public comments beside each article is never another than a recount would find."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count

from comments import lifecycle
from comments.judging import Judgement
from comments.lifecycle import Actor, History, Move, Reasons, Step, moves
from comments.models import Article, Comment, Publication, Reader, Status
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON
from tests.comments.judgements import judgement

REASONS = Reasons(frozenset({Clause.SPELLING}))
# Where each move of an editor may lead from here.
_NEXT: dict[Status, list[tuple[Move, Status]]] = {
    Status.PENDING: [(moves.APPROVE, Status.APPROVED)] * 3 + [(moves.REJECT, Status.REJECTED)],
    Status.REJECTED: [(moves.APPROVE, Status.APPROVED)],
    Status.APPROVED: [(moves.REMOVE, Status.REMOVED)],
    Status.REMOVED: [(moves.APPROVE, Status.APPROVED)],
}


def steps(chance: Random, judged: Judgement, editor: User) -> Iterator[Step]:
    """A submission and three or more decisions after it."""
    status = Status.PENDING
    yield Step(moves.SUBMIT, status, Actor.policy(judged.policy_version), NOON, body="Güzel bir haber.", judgement=judged)
    for second in range(chance.randint(3, 5)):
        move, status = chance.choice(_NEXT[status])
        yield Step(move, status, Actor.by_editor(editor), NOON + timedelta(seconds=second), Reasons() if move is moves.APPROVE else REASONS)


def recounted() -> dict[int, int]:
    return dict(Comment.objects.published().values_list("article").annotate(Count("pk")).order_by())


def kept() -> dict[int, int]:
    return dict(Publication.objects.filter(comments__gt=0).values_list("article", "comments"))


def test_ten_thousand_moves_leave_the_numbers_that_a_recount_finds(article: Article, reader: Reader, editor: User) -> None:
    chance, judged = Random(3), judgement(article.site, "Güzel bir haber.")
    articles = [article, *(Article.objects.create(site=article.site, key=f"haber-{n}", title="Haber", published_at=NOON) for n in range(20))]
    made = 0

    while made < 10_000:
        histories = [
            History(articles[int(len(articles) * chance.random() ** 2)], reader, "Ayşe K.", tuple(steps(chance, judged, editor))) for _ in range(500)
        ]
        made += sum(len(history.steps) for history in histories)
        list(lifecycle.record(histories, batch=100))
        assert kept() == recounted()


def test_each_single_move_leaves_the_number_that_a_recount_finds(article: Article, reader: Reader, senior_editor: User) -> None:
    chance, judged = Random(5), judgement(article.site, "Güzel bir haber.")
    submission = next(steps(chance, judged, senior_editor))
    ids = [comment.pk for comment in lifecycle.record(History(article, reader, "Ayşe K.", (submission,)) for _ in range(5))]

    for second in range(100):
        comment = Comment.objects.select_related("article__site", "current_revision", "published_revision").get(pk=chance.choice(ids))
        told: dict[str, Any] = {"editor": senior_editor, "version": comment.version, "now": NOON + timedelta(seconds=second)}
        with suppress(lifecycle.MoveRefused):
            match chance.choice(["approve", "reject", "remove", "undo"]):
                case "approve":
                    lifecycle.approve(comment, **told)
                case "reject":
                    lifecycle.reject(comment, reasons=REASONS, **told)
                case "remove":
                    lifecycle.remove(comment, reasons=REASONS, **told)
                case _:
                    lifecycle.undo(comment, **told)
        assert kept() == recounted()


def test_the_mark_is_new_with_every_public_change_and_stays_with_all_others(article: Article, reader: Reader, editor: User) -> None:
    judged = judgement(article.site, "Güzel bir haber.")
    submission = next(steps(Random(1), judged, editor))
    first, second = lifecycle.record(History(article, reader, "Ayşe K.", (submission,)) for _ in range(2))
    lifecycle.approve(first, editor=editor, version=1, now=NOON)
    marks = [Publication.objects.get().mark]

    lifecycle.reject(second, editor=editor, version=1, reasons=REASONS, now=NOON)
    assert Publication.objects.get().mark == marks[0]

    lifecycle.edit(first, judged, version=2, body="Güzel bir haber.", now=NOON)
    lifecycle.erase(first, editor=editor, version=3, now=NOON)
    assert Publication.objects.get().mark != marks[0]
