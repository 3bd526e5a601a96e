"""Webhooks in the admin: made, tried, changed over and replayed by an administrator; seen without their secrets by others."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.delivery.webhooks import endpoints
from comments.models import WebhookEndpoint, WebhookMessage
from moderation.models import Site
from tests.comments.conftest import make_editor

LIST, LOG = "/admin/comments/webhookendpoint/", "/admin/comments/webhookmessage/"


@pytest.fixture
def administrator(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("yonetici"))
    return client


@pytest.fixture
def endpoint(site: Site) -> WebhookEndpoint:
    return WebhookEndpoint.objects.create(site=site, name="CMS", url="https://cms.example/kanca", kinds=["purge"], secret=endpoints.new_secret())


def form(site: Site, **changed: Any) -> dict[str, Any]:
    return {"name": "CMS", "site": site.pk, "url": "https://cms.example/kanca", "kinds": ["comment.approved", "purge"], **changed}


def act(client: Client, action: str, row: Any, where: str = LIST) -> str:
    answer = client.post(where, {"action": action, "_selected_action": [row.pk]}, follow=True)
    return answer.content.decode()


def test_a_webhook_is_made_with_a_secret_that_its_page_shows(administrator: Client, site: Site) -> None:
    administrator.post(f"{LIST}add/", form(site))

    made = WebhookEndpoint.objects.get()
    assert made.secret.startswith("whsec_")
    assert made.kinds == ["comment.approved", "purge"]
    assert made.secret in administrator.get(f"{LIST}{made.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "url", ["http://cms.example/", "https://user:parola@cms.example/", "https://haber.çok.example/", "ftp://cms.example/", "cms"]
)
def test_an_address_that_could_never_be_asked_is_refused(administrator: Client, site: Site, url: str) -> None:
    answer = administrator.post(f"{LIST}add/", form(site, url=url))

    assert answer.context["adminform"].form.errors.keys() == {"url"}
    assert not WebhookEndpoint.objects.exists()


def test_it_is_told_of_something_that_there_is(administrator: Client, site: Site) -> None:
    for kinds in ([], ["comment.invented"]):
        assert administrator.post(f"{LIST}add/", form(site, kinds=kinds)).context["adminform"].form.errors.keys() == {"kinds"}


def test_a_new_secret_leaves_the_old_one_for_three_days(administrator: Client, endpoint: WebhookEndpoint) -> None:
    act(administrator, "change_secret", endpoint)

    changed = WebhookEndpoint.objects.get()
    assert changed.previous_secret == endpoint.secret != changed.secret


def test_a_test_message_waits_to_be_sent(administrator: Client, endpoint: WebhookEndpoint) -> None:
    act(administrator, "send_a_test", endpoint)

    assert WebhookMessage.objects.get().kind == "test"


def test_one_that_was_given_up_is_enabled_again(administrator: Client, endpoint: WebhookEndpoint, now: datetime) -> None:
    WebhookEndpoint.objects.update(state="given_up", failures=12, failing_since=now)

    act(administrator, "enable", endpoint)

    enabled = WebhookEndpoint.objects.get()
    assert (enabled.state, enabled.failures, enabled.failing_since) == ("enabled", 0, None)
    act(administrator, "disable", endpoint)
    assert WebhookEndpoint.objects.get().state == "disabled"


def test_a_message_is_replayed_from_the_log(administrator: Client, endpoint: WebhookEndpoint, now: datetime) -> None:
    message = WebhookMessage.objects.create(
        endpoint=endpoint, kind="test", created_at=now, available_at=now, state="dead", attempts=10, finished_at=now, last_error="answered 500"
    )

    page = act(administrator, "replay", message, LOG)

    again = WebhookMessage.objects.get()
    assert (again.state, again.attempts, again.finished_at) == ("waiting", 0, None)
    assert "answered 500" in page


def test_who_may_only_look_sees_no_secret_and_replays_nothing(client: Client, endpoint: WebhookEndpoint, now: datetime) -> None:
    client.force_login(make_editor("bakan", "view_webhookendpoint", "view_webhookmessage"))
    message = WebhookMessage.objects.create(endpoint=endpoint, kind="test", created_at=now, available_at=now)

    shown = client.get(f"{LIST}{endpoint.pk}/change/")

    assert shown.status_code == 200
    assert endpoint.secret not in shown.content.decode()
    act(client, "replay", message, LOG)
    act(client, "change_secret", endpoint)
    assert WebhookEndpoint.objects.get().secret == endpoint.secret
