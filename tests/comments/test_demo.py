"""`manage.py demo`: the newspaper that a newcomer sees."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from comments.models import Article, Comment, Decision, Event, Reader, Review, Status
from moderation.engine.policy import OFF
from moderation.engine.review import review as hold_against_the_policy
from moderation.engine.rule import Clause
from moderation.models import Site

pytestmark = pytest.mark.django_db


def demo(articles: int = 0, comments: int = 0) -> str:
    out = io.StringIO()
    call_command("demo", articles=articles, comments=comments, stdout=out)
    return out.getvalue()


def everything() -> list[list[object]]:
    tables = (User, Article, Reader, Comment, Decision, Event)
    return [list(table._default_manager.order_by("pk").values_list()) for table in tables]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite plans without statistics")
def test_postgresql_knows_at_once_what_came(site: Site) -> None:
    demo()

    with connection.cursor() as cursor:
        cursor.execute("SELECT most_common_vals::text FROM pg_stats WHERE tablename = 'comments_comment' AND attname = 'status'")
        [known] = cursor.fetchone()
    assert {"pending", "approved", "rejected"} <= set(known.strip("{}").split(","))


def test_it_shows_every_status_and_every_clause(site: Site) -> None:
    demo()

    assert Article.objects.count() >= 12
    assert Comment.objects.count() >= 200
    assert set(Comment.objects.values_list("status", flat=True)) == set(Status)
    found = {f["clause"] for findings in Comment.objects.values_list("revisions__review__findings", flat=True) for f in findings or []}
    assert found == set(Clause) - OFF


def test_running_it_twice_changes_nothing(site: Site) -> None:
    demo()
    before = everything()

    demo()

    assert everything() == before


def test_nothing_in_it_happens_in_the_future_and_every_version_has_its_decision(site: Site) -> None:
    demo(articles=20, comments=1500)

    assert not Decision.objects.filter(decided_at__gt=timezone.now()).exists()
    assert Decision.objects.count() == Event.objects.count() == sum(Comment.objects.values_list("version", flat=True))
    assert not Comment.objects.filter(submitted_at__lt=F("article__published_at")).exists()


def test_the_editor_s_password_is_made_up_and_shown_once(site: Site) -> None:
    shown = demo()

    password = shown.partition("password «")[2].partition("»")[0]
    assert User.objects.get(username="editor").check_password(password)
    assert "password «" not in demo()


def test_a_password_that_is_given_holds(site: Site, settings: Settings) -> None:
    settings.DEMO_EDITOR_PASSWORD = "uzun-bir-parola"

    demo()

    assert User.objects.get(username="editor").check_password("uzun-bir-parola")


def test_it_grows_by_as_many_articles_and_comments_as_are_asked_for(site: Site) -> None:
    demo()
    articles, comments = Article.objects.count(), Comment.objects.count()

    shown = demo(articles=20, comments=60)

    assert "20 articles and 60 comments added" in shown
    assert Article.objects.count() == articles + 20
    assert Comment.objects.count() == comments + 60
    assert Comment.objects.filter(article__key__startswith="okur-kosesi-").count() == 60


def test_growing_to_the_same_size_adds_nothing_and_to_a_greater_one_what_is_missing(site: Site) -> None:
    demo(articles=5, comments=30)
    before = everything()

    assert "0 articles and 0 comments added" in demo(articles=5, comments=30)
    assert everything() == before
    assert "2 articles and 15 comments added" in demo(articles=7, comments=45)


def test_without_generated_articles_the_crowd_comments_on_those_written_by_hand(site: Site) -> None:
    demo()
    articles, closed = Article.objects.count(), Comment.objects.filter(article__comments_open=False).count()

    demo(comments=30)

    assert Article.objects.count() == articles
    assert Comment.objects.filter(article__comments_open=False).count() == closed


def test_what_is_generated_was_judged_as_a_reader_s_comment_is(site: Site) -> None:
    demo(articles=5, comments=120)

    reviews = Review.objects.filter(revision__comment__article__key__startswith="okur-kosesi-").select_related("revision")
    assert len(reviews) >= 120
    assert all(review.outcome == hold_against_the_policy(review.revision.body).outcome for review in reviews)


def test_a_bar_grows_for_whoever_watches_a_terminal_and_for_nobody_else(site: Site) -> None:
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]

    call_command("demo", comments=8, stdout=terminal)

    assert f"{'█' * 40} 8 of 8 comments" in terminal.getvalue()
    assert "█" not in demo(comments=9)


def test_a_size_is_a_number_of_things(site: Site) -> None:
    with pytest.raises(CommandError, match="not a number of things"):
        call_command("demo", "--comments=-5")
