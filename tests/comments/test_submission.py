"""From what a reader sends to what is stored."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from comments import judging, lifecycle, submission
from comments.models import Article, Comment, Reader, Review, Status
from comments.submission import Contribution
from moderation.engine.review import review
from moderation.engine.rule import Match
from moderation.engine.rules import RULES
from moderation.models import Site
from tests.comments.conftest import Submitted


def contribution(body: str = "Meydan çok güzel olmuş.", parent: UUID | None = None) -> Contribution:
    return Contribution("Ayşe K.", body, uuid4(), parent=parent)


def test_a_good_comment_waits_in_the_clean_lane_with_its_text_verdict_and_log(article: Article, reader: Reader, now: datetime) -> None:
    comment = submission.submit(article, reader, contribution(), now=now)

    stored = Comment.objects.select_related("current_revision__review").get()
    assert stored == comment
    assert (stored.status, stored.author_name, stored.current_revision.body) == (Status.PENDING, "Ayşe K.", "Meydan çok güzel olmuş.")
    assert (stored.current_revision.review.outcome, stored.current_revision.review.policy_version.number) == (0, 1)
    assert stored.current_revision.search_text == "meydan çok güzel olmuş."
    assert stored.decisions.get().event.due_at == now


def test_whether_the_reader_said_it_before_is_asked_once(article: Article, reader: Reader, now: datetime) -> None:
    with CaptureQueriesContext(connection) as asked:
        submission.submit(article, reader, contribution(), now=now)

    assert sum('"search_text" =' in query["sql"] for query in asked) == 1


def test_what_is_stored_is_normalised(article: Article, reader: Reader, now: datetime) -> None:
    comment = submission.submit(article, reader, contribution("  Gu\u0308zel\r\nbir\u202e \x00haber.\x07 \n"), now=now)

    assert comment.current_revision.body == "Güzel\nbir haber."


@pytest.mark.parametrize("body", ["", "   \n\t ", "\u200b\u200d\u00ad", "\u0301\u0301", "\u202e\u202c"])
def test_a_comment_without_a_visible_letter_is_asked_for_again(article: Article, reader: Reader, now: datetime, body: str) -> None:
    with pytest.raises(submission.BodyBlank):
        submission.submit(article, reader, contribution(body), now=now)


@pytest.mark.parametrize("body", ["Güzel \ud800 haber", "G\ufffdzel haber"])
def test_a_comment_that_arrived_damaged_is_asked_for_again(article: Article, reader: Reader, now: datetime, body: str) -> None:
    with pytest.raises(submission.BodyUnreadable):
        submission.submit(article, reader, contribution(body), now=now)


def test_the_limit_counts_code_points_of_the_text_as_stored(article: Article, reader: Reader, settings: Settings, now: datetime) -> None:
    settings.COMMENT_MAX_LENGTH = 5

    assert submission.submit(article, reader, contribution("  gu\u0308zel "), now=now).pk
    with pytest.raises(submission.BodyTooLong, match="6"):
        submission.submit(article, reader, contribution("güzel!"), now=now)


def test_ten_thousand_combining_marks_on_one_letter_are_cut_to_what_can_be_read(article: Article, reader: Reader, now: datetime) -> None:
    comment = submission.submit(article, reader, contribution("a" + "\u0336" * 10_000), now=now)

    assert comment.current_revision.body == "a" + "\u0336" * 4


@pytest.mark.parametrize(
    "closing",
    [{"comments_open": False}, {"mode": "read_only"}, {"mode": "closed"}, {"closes_at": timedelta(0)}, {"closes_at": timedelta(seconds=-1)}],
)
def test_a_closed_article_takes_no_comment(article: Article, reader: Reader, now: datetime, closing: dict[str, object]) -> None:
    for name, value in closing.items():
        setattr(article, name, now + value if isinstance(value, timedelta) else value)

    with pytest.raises(submission.CommentsClosed):
        submission.submit(article, reader, contribution(), now=now)


def test_a_double_click_makes_one_comment(article: Article, reader: Reader, now: datetime) -> None:
    sent = contribution()

    first = submission.submit(article, reader, sent, now=now)
    second = submission.submit(article, reader, sent, now=now)

    assert first == second
    assert Comment.objects.count() == 1


def test_the_same_form_with_another_text_says_so_and_names_the_first_comment(article: Article, reader: Reader, now: datetime) -> None:
    sent = contribution("Güzel bir haber.")
    first = submission.submit(article, reader, sent, now=now)

    with pytest.raises(submission.AlreadySent) as refusal:
        submission.submit(article, reader, replace(sent, body="Bir de şunu eklemek isterim."), now=now)

    assert refusal.value.comment == first


def test_a_name_that_insults_is_asked_for_again(article: Article, reader: Reader, now: datetime) -> None:
    with pytest.raises(submission.NameOffensive):
        submission.submit(article, reader, replace(contribution(), name="Hepiniz salaksınız"), now=now)

    assert not Comment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_make_one_comment(article: Article, reader: Reader, now: datetime) -> None:
    sent = contribution()

    def click(_: int) -> int:
        try:
            return submission.submit(article, reader, sent, now=now).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as browser:
        keys = set(browser.map(click, range(4)))

    assert len(keys) == Comment.objects.count() == 1


def test_a_reply_to_a_reply_hangs_on_the_thread(article: Article, reader: Reader, editor: User, submitted: Submitted, now: datetime) -> None:
    top = submitted()
    reply = submitted("Katılıyorum.", parent=top)
    for comment in (top, reply):
        lifecycle.approve(comment, editor=editor, version=1, now=now)

    answer = submission.submit(article, reader, contribution("Ben de.", parent=reply.public_id), now=now)

    assert answer.parent == top


@pytest.mark.parametrize(("depth", "place"), [(1, 0), (2, 1), (3, 2), (4, 3)])
def test_a_reply_hangs_on_the_nearest_comment_that_the_titles_depth_permits(
    article: Article, reader: Reader, editor: User, submitted: Submitted, now: datetime, depth: int, place: int
) -> None:
    Site.objects.update(reply_depth=depth)
    article.refresh_from_db()
    line = [submitted("Meydan çok güzel olmuş.")]
    for number in range(1, 5):
        line.append(submitted(f"{number}. yanıt.", parent=line[-1]))
    for comment in line:
        lifecycle.approve(comment, editor=editor, version=1, now=now)

    answer = submission.submit(article, reader, contribution("Ben de.", parent=line[-1].public_id), now=now)

    assert (answer.parent, answer.head) == (line[place], line[0])


@pytest.mark.parametrize("level", range(5))
def test_what_a_reply_hangs_on_is_asked_once_however_deep_it_goes(
    article: Article, submitted: Submitted, editor: User, now: datetime, level: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    line: list[Comment] = []
    for number in range(5):
        line.append(submitted(f"{number}. yanıt.", parent=line[-1] if line else None))
        lifecycle.approve(line[-1], editor=editor, version=1, now=now)

    with django_assert_num_queries(1):
        parent = submission._parent(article, line[level].public_id)

    assert parent == line[0]


def test_where_replies_are_switched_off_none_is_taken(article: Article, reader: Reader, editor: User, submitted: Submitted, now: datetime) -> None:
    Site.objects.update(reply_depth=0)
    article.refresh_from_db()
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    with pytest.raises(submission.RepliesClosed):
        submission.submit(article, reader, contribution(parent=comment.public_id), now=now)


def test_only_a_published_comment_of_the_same_article_is_replied_to(
    article: Article, reader: Reader, site: Site, editor: User, submitted: Submitted, now: datetime
) -> None:
    waiting, published = submitted(), submitted()
    lifecycle.approve(published, editor=editor, version=1, now=now)
    elsewhere = Article.objects.create(site=site, key="baska", title="Başka haber")

    for target, parent in ((article, waiting.public_id), (article, uuid4()), (elsewhere, published.public_id)):
        with pytest.raises(submission.UnknownParent):
            submission.submit(target, reader, contribution(parent=parent), now=now)


@pytest.mark.parametrize(("error", "failure"), [(TimeoutError, Review.Failure.TIMEOUT), (ZeroDivisionError, Review.Failure.ERROR)])
def test_a_rule_that_breaks_down_holds_the_comment_for_an_editor(
    article: Article, reader: Reader, now: datetime, monkeypatch: pytest.MonkeyPatch, error: type[Exception], failure: str
) -> None:
    def break_down(*_: object, **__: object) -> Iterator[Match]:
        raise error

    broken = replace(RULES[0], check=break_down)
    monkeypatch.setattr(judging, "review", partial(review, rules=[broken]))

    comment = submission.submit(article, reader, contribution(), now=now)

    assert (comment.status, comment.current_revision.review.failure) == (Status.PENDING, failure)


def test_a_corrected_text_becomes_a_revision_of_the_same_comment(article: Article, reader: Reader, submitted: Submitted, now: datetime) -> None:
    comment = submitted("meydan cok guzel olmus", "correct")

    submission.resubmit(comment, version=1, raw=" Meydan çok güzel olmuş. ", now=now)

    assert comment.status == Status.PENDING
    assert list(comment.revisions.values_list("number", "body")) == [(1, "meydan cok guzel olmus"), (2, "Meydan çok güzel olmuş.")]


def test_a_text_sent_as_it_is_says_so(submitted: Submitted, now: datetime) -> None:
    comment = submitted("meydan cok guzel olmus", "correct")

    submission.resubmit(comment, version=1, raw=None, now=now)

    assert comment.current_revision.as_is
    assert comment.current_revision.body == "meydan cok guzel olmus"


def test_a_refused_correction_changes_nothing(submitted: Submitted, now: datetime) -> None:
    comment = submitted("meydan cok guzel olmus", "correct")

    with pytest.raises(submission.BodyBlank):
        submission.resubmit(comment, version=1, raw=" ", now=now)

    assert Comment.objects.get(pk=comment.pk).status == Status.RETURNED
