"""What editors make of a reader has its effect on his next comment: trust, moderation beforehand, mute, ban."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from comments import lifecycle, sanctions, submission, writers
from comments.models import Article, Comment, Reader, Sanction, Status
from comments.submission import Contribution, ReaderMuted
from moderation import versions
from moderation.models import Site
from tests.comments.conftest import make_editor

GOOD, FOUL = "Meydan çok güzel olmuş.", "Sen tam bir salaksın."


@pytest.fixture
def boss(db: None) -> User:
    return make_editor("hakan", "decide_comment", "sanction_reader")


@pytest.fixture
def trusted(reader: Reader, boss: User, now: datetime) -> Reader:
    sanctions.impose(reader, Sanction.Kind.TRUST, editor=boss, reason="Yıllardır yazar.", now=now - timedelta(days=1))
    return reader


@pytest.fixture
def lenient(site: Site) -> None:
    """The policy publishes what trusted readers write."""
    versions.enact(site, {"publishes_trusted": True})


def send(article: Article, reader: Reader, now: datetime, body: str = GOOD, *, as_is: bool = True) -> Comment:
    return submission.submit(article, reader, Contribution("Ayşe K.", body, uuid4(), as_is=as_is), now=now)


@pytest.mark.usefixtures("lenient")
def test_a_trusted_reader_is_published_by_the_policy_version_that_says_so(article: Article, trusted: Reader, now: datetime) -> None:
    comment = send(article, trusted, now)

    approval = comment.decisions.get(version=2)
    assert comment in Comment.objects.published()
    assert (approval.move, approval.actor_kind, approval.policy_version and approval.policy_version.number) == ("approve", "policy", 2)


def test_under_a_policy_that_does_not_say_so_trust_publishes_nothing(article: Article, trusted: Reader, now: datetime) -> None:
    assert send(article, trusted, now).status == Status.PENDING


@pytest.mark.usefixtures("lenient")
def test_who_is_not_trusted_waits_for_an_editor(article: Article, reader: Reader, now: datetime) -> None:
    assert send(article, reader, now).status == Status.PENDING


@pytest.mark.usefixtures("lenient")
def test_what_was_found_in_a_trusted_readers_text_is_judged_as_anybodys(article: Article, trusted: Reader, now: datetime) -> None:
    comment = send(article, trusted, now, FOUL, as_is=False)
    assert comment.status == Status.RETURNED

    writers.send(comment, version=1, body=GOOD, now=now)
    assert comment.status == Status.APPROVED


@pytest.mark.usefixtures("lenient")
def test_moderation_beforehand_overrides_trust(article: Article, trusted: Reader, boss: User, now: datetime) -> None:
    sanctions.impose(trusted, Sanction.Kind.PREMODERATE, editor=boss, reason="Son yorumları sert.", now=now)

    assert send(article, trusted, now).status == Status.PENDING


@pytest.mark.usefixtures("lenient")
def test_a_trusted_readers_edit_is_published_too(article: Article, trusted: Reader, now: datetime) -> None:
    comment = send(article, trusted, now)

    writers.send(comment, version=2, body="Meydan çok güzel olmuş, teşekkürler.", now=now + timedelta(minutes=1))

    assert (comment.status, comment.version) == (Status.APPROVED, 4)
    assert Comment.objects.published().get().published_revision == comment.revisions.get(number=2)


def test_who_is_muted_or_banned_sends_nothing_neither_anew_nor_again(article: Article, reader: Reader, boss: User, now: datetime) -> None:
    returned = send(article, reader, now, FOUL, as_is=False)
    mute = sanctions.impose(reader, Sanction.Kind.MUTE, editor=boss, reason="Hakaret.", now=now, until=now + timedelta(days=1))

    with pytest.raises(ReaderMuted):
        send(article, reader, now)
    with pytest.raises(ReaderMuted):
        writers.send(returned, version=1, body=GOOD, now=now)
    assert send(article, reader, now + timedelta(days=1)).status == Status.PENDING

    sanctions.impose(reader, Sanction.Kind.BAN, editor=boss, reason="Yine hakaret.", now=now)
    sanctions.lift(mute, editor=boss, now=now)
    with pytest.raises(ReaderMuted):
        send(article, reader, now + timedelta(days=400))
    assert Comment.objects.filter(reader=reader).exclude(pk=returned.pk).count() == 1


@pytest.mark.usefixtures("lenient")
def test_taking_back_what_the_policy_published_is_a_senior_editors(article: Article, trusted: Reader, senior_editor: User, now: datetime) -> None:
    comment = send(article, trusted, now)

    lifecycle.undo(comment, editor=senior_editor, version=2, now=now)

    assert comment.status == Status.PENDING


@pytest.mark.usefixtures("lenient")
def test_where_nothing_appears_without_an_editor_trust_waits_too(article: Article, trusted: Reader, now: datetime) -> None:
    article.mode = Article.Mode.PREMODERATED

    assert send(article, trusted, now).status == Status.PENDING
