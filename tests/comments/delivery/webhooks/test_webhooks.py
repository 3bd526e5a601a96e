"""Webhooks from an event to a receiver that verifies them, and what becomes of those that nobody takes."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from comments import lifecycle
from comments.delivery.sequencing import sequence
from comments.delivery.webhooks import endpoints, messages
from comments.delivery.webhooks.sending import QUEUE, deliver
from comments.lifecycle import Reasons
from comments.models import Article, Comment, WebhookEndpoint, WebhookMessage
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import Submitted
from tests.receiver import Receiver, never, receiving, status

DAYS = timedelta(days=1)
REASONS = Reasons(frozenset({Clause.INSULTS}))


@pytest.fixture(autouse=True)
def _trial(settings: Any) -> None:
    settings.TARGETS_MAY_BE_PRIVATE = True


@pytest.fixture
def now() -> datetime:
    """The real time, since receivers look at their clocks."""
    return timezone.now()


Told = Callable[..., WebhookEndpoint]


@pytest.fixture
def told(site: Site, now: datetime) -> Told:
    def told(receiver: Receiver, *kinds: str) -> WebhookEndpoint:
        chosen = list(kinds or messages.SUBJECTS)
        return WebhookEndpoint.objects.create(site=site, name="CMS", url=receiver.url, kinds=chosen, secret=endpoints.new_secret(), created_at=now)

    return told


def send(at: datetime) -> None:
    sequence(now=at)
    assert deliver(lambda: at)


def verified(receiver: Receiver, secret: str) -> list[Any]:
    """What a receiver with this secret reads of all that it got."""
    return [Webhook(secret).verify(received.body, dict(received.headers.items())) for received in receiver.received]


def states() -> list[tuple[str, int]]:
    return list(WebhookMessage.objects.order_by("pk").values_list("state", "attempts"))


def test_a_change_arrives_signed_and_says_nothing_of_the_reader(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        endpoint = told(receiver, "comment.submitted")
        comment = submitted("Gizli söz.", now=now)
        send(now)

    [message] = verified(receiver, endpoint.secret)
    assert message["type"] == "comment.submitted"
    assert message["data"] == {
        "position": 1,
        "comment_id": str(comment.public_id),
        "article": "kent-meydani",
        "status": "pending",
        "version": 1,
    }
    assert "Gizli" not in json.dumps(message, ensure_ascii=False)
    assert receiver.received[0].headers["webhook-id"] == str(WebhookMessage.objects.get().public_id)
    assert states() == [("done", 1)]


def test_another_secret_does_not_verify(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        told(receiver)
        submitted(now=now)
        send(now)

    with pytest.raises(WebhookVerificationError):
        verified(receiver, endpoints.new_secret())


def test_while_the_secret_is_changed_over_both_verify_and_afterwards_the_new_one_alone(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        endpoint = told(receiver)
        old = endpoint.secret
        endpoints.change_secret(endpoint, now=now - 2 * DAYS)
        submitted(now=now)
        send(now)
        assert verified(receiver, old) == verified(receiver, endpoint.secret)

        receiver.received.clear()
        WebhookEndpoint.objects.update(previous_until=now)
        submitted(now=now)
        send(now)

    assert verified(receiver, endpoint.secret)
    with pytest.raises(WebhookVerificationError):
        verified(receiver, old)


def test_an_endpoint_is_told_of_what_it_asked_for_on_its_own_title(submitted: Submitted, editor: User, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        endpoint = told(receiver, "comment.approved")
        WebhookEndpoint.objects.create(site=Site.objects.create(key="ilce", name="İlçe"), name="o", url=receiver.url, kinds=[], secret="whsec_AA==")
        lifecycle.approve(submitted(now=now), editor=editor, version=1, now=now)
        send(now + timedelta(seconds=10))

    assert [message["type"] for message in verified(receiver, endpoint.secret)] == ["comment.approved"]


def test_what_is_undone_within_ten_seconds_is_told_to_nobody(submitted: Submitted, editor: User, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        told(receiver, "comment.approved", "comment.decision_undone", "purge")
        comment = submitted(now=now)
        lifecycle.approve(comment, editor=editor, version=1, now=now)
        lifecycle.undo(comment, editor=editor, version=2, now=now + timedelta(seconds=4))
        for seconds in (5, 20):
            send(now + timedelta(seconds=seconds))

    assert receiver.received == []


def test_a_cache_is_told_which_addresses_changed_when_what_is_public_did(submitted: Submitted, editor: User, told: Told, now: datetime) -> None:
    Article.objects.update(url="https://haber.example/kent-meydani")
    with receiving(status(200)) as receiver:
        endpoint = told(receiver, "purge")
        comment = submitted(now=now)
        lifecycle.approve(comment, editor=editor, version=1, now=now)
        send(now + timedelta(seconds=10))
        [purge] = verified(receiver, endpoint.secret)
        lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=now + timedelta(seconds=11))
        send(now + timedelta(seconds=21))

    assert len(receiver.received) == 2
    assert purge["type"] == "purge"
    assert purge["data"]["article"] == "kent-meydani"
    assert purge["data"]["urls"][0] == "https://haber.example/kent-meydani"
    assert "http://127.0.0.1:8000/articles/kent-meydani/" in purge["data"]["urls"]
    assert "http://127.0.0.1:8000/api/v1/articles/kent-meydani/comments/" in purge["data"]["urls"]


def approved(submitted: Submitted, editor: User, now: datetime, number: int = 1) -> list[Comment]:
    """Comments that were published all at once."""
    comments = [submitted(f"{place}. söz.", now=now) for place in range(number)]
    for comment in comments:
        lifecycle.approve(comment, editor=editor, version=1, now=now)
    return comments


def purged(purge: Any) -> set[str]:
    """The ids of the comments whose own addresses a purge names."""
    return {url.rstrip("/").rpartition("/")[2] for url in purge["data"]["urls"] if "/api/v1/comments/" in url and "replies" not in url}


def test_a_burst_of_changes_to_an_article_is_one_purge_that_names_them_all(
    site: Site, submitted: Submitted, editor: User, told: Told, now: datetime
) -> None:
    other = Article.objects.create(site=site, key="baska", title="Başka haber")
    with receiving(status(200)) as receiver:
        endpoint = told(receiver, "purge")
        comments = approved(submitted, editor, now, 5)
        Comment.objects.filter(pk=comments[4].pk).update(article=other)
        send(now + timedelta(seconds=10))

    first, second = verified(receiver, endpoint.secret)
    assert (first["data"]["article"], second["data"]["article"]) == ("kent-meydani", "baska")
    assert purged(first) == {str(comment.public_id) for comment in comments[:4]}
    assert purged(second) == {str(comments[4].public_id)}


def test_changes_join_a_purge_that_waits_and_none_that_was_taken(submitted: Submitted, editor: User, told: Told, now: datetime) -> None:
    with receiving(status(500), status(200)) as receiver:
        endpoint = told(receiver, "purge")
        early = approved(submitted, editor, now)
        sequence(now=now + timedelta(seconds=10))
        early += approved(submitted, editor, now, 2)
        sequence(now=now + timedelta(seconds=10))
        assert WebhookMessage.objects.count() == 1
        assert deliver(lambda: now + timedelta(seconds=10))
        [late] = approved(submitted, editor, now)
        for seconds in (20, 40):
            send(now + timedelta(seconds=seconds))

    failed, *arrived = verified(receiver, endpoint.secret)
    assert failed in arrived
    assert [purged(purge) for purge in arrived if purge != failed] == [{str(late.public_id)}]
    assert purged(failed) == {str(comment.public_id) for comment in early}


def test_a_change_that_joins_a_purge_just_before_it_is_taken_is_told_by_it(submitted: Submitted, editor: User, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        told(receiver, "purge")
        comments = approved(submitted, editor, now)
        sequence(now=now + timedelta(seconds=10))
        found = WebhookMessage.objects.select_related(*QUEUE.shown_with).get()
        comments += approved(submitted, editor, now)
        sequence(now=now + timedelta(seconds=10))

    assert QUEUE.lease(found, now + timedelta(seconds=10))
    assert purged(messages.payload(found)) == {str(comment.public_id) for comment in comments}


def test_one_purge_tells_of_a_hundred_changes_at_most(
    submitted: Submitted, editor: User, told: Told, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "MOST_CHANGES", 3)
    with receiving(status(200)) as receiver:
        endpoint = told(receiver, "purge")
        comments = approved(submitted, editor, now, 8)
        send(now + timedelta(seconds=10))

    told_of = [purged(purge) for purge in verified(receiver, endpoint.secret)]
    assert [len(ids) for ids in told_of] == [3, 3, 2]
    assert set().union(*told_of) == {str(comment.public_id) for comment in comments}


@pytest.mark.parametrize("path", ["/articles/kent-meydani/", "/api/v1/articles/kent-meydani/comments/", "/api/v1/counts/?article=kent-meydani"])
def test_every_address_of_a_purge_exists(client: Any, submitted: Submitted, editor: User, path: str) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now())

    urls = [url.removeprefix("http://127.0.0.1:8000") for url in messages.public_urls(comment.article, [comment])]

    assert path in urls
    assert {client.get(url).status_code for url in urls} == {200}


def test_a_failure_is_tried_again_under_the_same_id_with_a_new_time(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(500, b"broken"), status(200)) as receiver:
        endpoint = told(receiver, "comment.submitted")
        submitted(now=now - timedelta(minutes=1))
        send(now - timedelta(minutes=1))
        assert WebhookMessage.objects.get().last_error == "answered 500 broken"
        assert WebhookEndpoint.objects.get().failures == 1
        send(now)

    first, second = receiver.received
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert len(verified(receiver, endpoint.secret)) == 2
    assert states() == [("done", 2)]
    assert WebhookEndpoint.objects.get().failures == 0


def test_ten_attempts_within_three_days_and_then_the_address_is_given_up(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(500)) as receiver:
        told(receiver, "comment.submitted")
        submitted(now=now)
        at, attempts = now, []
        while WebhookMessage.objects.filter(state="waiting").exists() or not WebhookMessage.objects.exists():
            send(at)
            attempts.append(at)
            at = max(WebhookMessage.objects.get().available_at, WebhookEndpoint.objects.get().resting_until or at)

    assert len(receiver.received) == len(attempts) == 10
    assert 2.4 * DAYS < attempts[-1] - attempts[0] < 3.9 * DAYS
    assert states() == [("dead", 10)]
    assert WebhookEndpoint.objects.get().state == "given_up"


def test_an_address_that_is_gone_is_told_nothing_any_more(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(410)) as receiver:
        told(receiver, "comment.submitted")
        submitted(now=now)
        send(now)
        submitted(now=now)
        send(now + DAYS)

    assert len(receiver.received) == 1
    assert WebhookEndpoint.objects.get().state == "gone"
    assert states() == [("dead", 1)]


def test_a_receiver_that_asks_for_a_pause_is_given_it(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(429, Retry_After="600")) as receiver:
        told(receiver, "comment.submitted")
        for _ in range(3):
            submitted(now=now)
        send(now)
        send(now + timedelta(seconds=599))
        assert len(receiver.received) == 1
        send(now + timedelta(seconds=601))

    assert len(receiver.received) == 2


def test_one_address_that_fails_keeps_no_other_waiting(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(500)) as broken, receiving(status(200)) as sound:
        told(broken, "comment.submitted")
        told(sound, "comment.submitted")
        for _ in range(3):
            submitted(now=now)
        send(now)

    assert (len(broken.received), len(sound.received)) == (1, 3)


def test_one_that_hangs_is_a_failure_like_any_other(submitted: Submitted, told: Told, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from comments.delivery.webhooks import posting

    monkeypatch.setattr(posting.post, "__kwdefaults__", {"seconds": 0.2})
    with receiving(never) as receiver:
        told(receiver, "comment.submitted")
        submitted(now=now)
        send(now)

    assert WebhookMessage.objects.get().last_error == "NoAnswer: no answer within 0.2 seconds"


def test_a_private_address_is_never_asked_unless_that_is_set(submitted: Submitted, told: Told, now: datetime, settings: Any) -> None:
    settings.TARGETS_MAY_BE_PRIVATE = False
    with receiving(status(200)) as receiver:
        told(receiver, "comment.submitted")
        WebhookEndpoint.objects.update(url=f"https://localhost:{receiver.port}/")
        submitted(now=now)
        send(now)

    assert receiver.received == []
    assert "which is not a public address" in WebhookMessage.objects.get().last_error


def test_the_last_error_is_kept_for_a_day_s_repetition_and_a_replay_begins_anew(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(410), status(200)) as receiver:
        told(receiver, "comment.submitted")
        submitted(now=now)
        send(now)
        endpoints.enable(WebhookEndpoint.objects.all())

        assert QUEUE.repeat(WebhookMessage.objects.all(), now=now) == 1
        send(now)

    assert states() == [("done", 1)]


def test_what_was_sent_long_ago_is_forgotten(submitted: Submitted, told: Told, now: datetime) -> None:
    with receiving(status(200)) as receiver:
        told(receiver, "comment.submitted")
        submitted(now=now)
        send(now)

    assert QUEUE.forget(now=now + 29 * DAYS) == 0
    assert QUEUE.forget(now=now + 30 * DAYS) == 1
