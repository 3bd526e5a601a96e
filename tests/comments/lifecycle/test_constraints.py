"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DataError, IntegrityError, transaction

from comments.models import ActorKind, Article, Comment, Decision, DecisionClause, Reader, Revision, Status
from moderation.models import PolicyVersion, Site
from tests.comments.conftest import Submitted


def refused(write: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "published"},
        {"version": 0},
        {"status": Status.APPROVED},
        {"status": Status.ERASED},
    ],
)
def test_a_comment_that_contradicts_itself(submitted: Submitted, fields: dict[str, Any]) -> None:
    comment = submitted()

    refused(lambda: Comment.objects.filter(pk=comment.pk).update(**fields))


@pytest.mark.parametrize("status", [Status.REJECTED, Status.REMOVED, Status.WITHDRAWN, Status.EXPIRED])
def test_a_refused_comment_that_is_public(submitted: Submitted, status: Status, now: datetime) -> None:
    comment = submitted()

    refused(lambda: Comment.objects.filter(pk=comment.pk).update(status=status, published_revision=comment.current_revision, published_at=now))


def test_a_comment_that_replies_to_itself(submitted: Submitted) -> None:
    head = submitted()
    reply = submitted(parent=head)

    refused(lambda: Comment.objects.filter(pk=reply.pk).update(parent=reply))
    refused(lambda: Comment.objects.filter(pk=reply.pk).update(head=reply))


def test_a_reply_without_a_thread_and_a_thread_without_a_reply(submitted: Submitted) -> None:
    head = submitted()
    reply = submitted(parent=head)

    refused(lambda: Comment.objects.filter(pk=reply.pk).update(head=None))
    refused(lambda: Comment.objects.filter(pk=reply.pk).update(parent=None))


def test_two_comments_from_one_submission(submitted: Submitted) -> None:
    one, other = submitted(), submitted()

    refused(lambda: Comment.objects.filter(pk=other.pk).update(submission_id=one.submission_id))


def test_an_empty_text_that_was_not_erased(submitted: Submitted) -> None:
    refused(lambda: Revision.objects.filter(comment=submitted()).update(body=""))


def test_two_decisions_that_make_one_version(submitted: Submitted, now: datetime) -> None:
    comment = submitted()

    refused(
        lambda: Decision.objects.create(
            comment=comment, version=1, move="submit", to_status="pending", revision=comment.current_revision, actor_kind="system", decided_at=now
        )
    )


def test_a_decision_for_a_move_that_there_is_not(submitted: Submitted) -> None:
    refused(lambda: Decision.objects.filter(comment=submitted()).update(move="publish"))


@pytest.mark.parametrize("kind", ActorKind)
def test_a_decision_that_names_no_actor_or_two(submitted: Submitted, editor: User, site: Site, now: datetime, kind: ActorKind) -> None:
    comment = submitted()
    decision = {"comment": comment, "version": 2, "move": "approve", "from_status": "pending", "to_status": "approved", "decided_at": now}
    two = {"editor": editor, "policy_version": PolicyVersion.objects.get(site=site)}

    refused(lambda: Decision.objects.create(**decision, revision=comment.current_revision, actor_kind=kind, **two))
    if kind != ActorKind.SYSTEM:
        refused(lambda: Decision.objects.create(**decision, revision=comment.current_revision, actor_kind=kind))


@pytest.mark.parametrize("row", [{}, {"clause": "manners"}, {"clause": "spelling", "house_reason": "other"}])
def test_a_decision_clause_that_is_none_or_both(submitted: Submitted, row: dict[str, str]) -> None:
    decision = submitted().decisions.get()

    refused(lambda: DecisionClause.objects.create(decision=decision, **row))


@pytest.mark.parametrize("key", ["", "boş luk", "şehir", "a/b", "a\n", "a" * 201])
def test_an_article_whose_key_is_not_one(site: Site, key: str) -> None:
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Article.objects.create(site=site, key=key, title="Başlık")


def test_two_active_policies_for_one_site(site: Site) -> None:
    refused(lambda: PolicyVersion.objects.create(site=site, number=2, is_active=True))


def test_a_user_without_an_issuer_and_a_guest_with_one(site: Site) -> None:
    refused(lambda: Reader.objects.create(site=site, kind=Reader.Kind.USER, subject="42"))
    refused(lambda: Reader.objects.create(site=site, kind=Reader.Kind.GUEST, issuer="https://gazete.example", subject="42"))
