"""Who is asking: a key that counts, an editor's session with its token, or nobody who is known."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import api_keys
from comments.api_keys import Scope
from comments.models import ApiKey, Comment
from moderation.models import Site
from tests.comments.api.calls import CLEAN, document, key, post
from tests.comments.conftest import Submitted


def test_a_key_that_counts_is_known(client: Client, site: Site) -> None:
    assert post(client, "check/", {"text": CLEAN}, Authorization=key(site, Scope.READ)).status_code == 200


@pytest.mark.parametrize(
    "header", ["Api-Key", "Api-Key ", "Api-Key mizan_0000", "Bearer abc.def.ghi", "Basic ZWxpZjpwYXJvbGE=", "mizan_0000", "", "Api-Key ığü"]
)
def test_whoever_names_himself_and_is_not_known_is_refused(client: Client, site: Site, header: str) -> None:
    answer = post(client, "check/", {"text": CLEAN}, Authorization=header)

    assert (answer.status_code, document(answer)["code"]) == (401, "not_authenticated")
    assert answer["WWW-Authenticate"] == "Api-Key, Bearer"


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}])
def test_a_revoked_or_expired_key_is_refused(client: Client, site: Site, change: dict[str, object]) -> None:
    header = key(site, *Scope)
    ApiKey.objects.update(**change)

    assert post(client, "check/", {"text": CLEAN}, Authorization=header).status_code == 401


def test_a_key_is_refused_from_when_it_is_revoked(client: Client, site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=timezone.now())
    header = f"Api-Key {made.key}"
    before = post(client, "check/", {"text": CLEAN}, Authorization=header)

    api_keys.revoke(made.row, now=timezone.now())

    assert (before.status_code, post(client, "check/", {"text": CLEAN}, Authorization=header).status_code) == (200, 401)


def test_an_editor_shows_the_token_of_his_session(editor: User, submitted: Submitted) -> None:
    comment, browser = submitted(), Client(enforce_csrf_checks=True)
    browser.force_login(editor)
    token = _token(browser)
    path, decision = f"comments/{comment.public_id}/decisions/", {"decision": "approve", "version": 1}

    without, forged, right = (post(browser, path, decision, **headers) for headers in ({}, {"X_CSRFToken": "x" * 32}, {"X_CSRFToken": token}))

    assert [(answer.status_code, document(answer).get("code")) for answer in (without, forged)] == [(403, "not_allowed")] * 2
    assert right.status_code == 201
    assert Comment.objects.get().version == 2


def test_a_session_asks_for_no_token_where_it_counts_for_nothing(editor: User, site: Site) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    assert post(browser, "check/", {"text": CLEAN}).status_code == 200


def test_an_editor_who_was_let_go_is_nobody(editor: User, client: Client, submitted: Submitted) -> None:
    comment = submitted()
    client.force_login(editor)
    User.objects.update(is_active=False)

    answer = post(client, f"comments/{comment.public_id}/decisions/", {"decision": "approve", "version": 1})

    assert (answer.status_code, document(answer)["code"]) == (401, "not_authenticated")


def _token(browser: Client) -> str:
    browser.get("/admin/")
    return str(browser.cookies["csrftoken"].value)
