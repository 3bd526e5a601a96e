"""The deliveries in the admin: shown to whoever may see them, tried again by whoever may change them."""

from datetime import datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Delivery, Reader
from tests.comments.conftest import Submitted, make_editor

LIST = "/admin/comments/delivery/"


@pytest.fixture
def given_up(submitted: Submitted, stranger: Reader, now: datetime) -> Delivery:
    submitted()
    Delivery.objects.update(state="dead", attempts=5, finished_at=now, last_error="SMTPServerDisconnected")
    return Delivery.objects.get()


def signed_in(client: Client, *permissions: str) -> User:
    user = make_editor("operator", *permissions)
    client.force_login(user)
    return user


def try_again(client: Client, delivery: Delivery) -> None:
    client.post(LIST, {"action": "try_again", "_selected_action": [delivery.pk]})
    delivery.refresh_from_db()


def test_what_was_given_up_is_found_with_its_error(client: Client, given_up: Delivery) -> None:
    signed_in(client, "view_delivery")

    assert "SMTPServerDisconnected" in client.get(f"{LIST}?state__exact=dead").content.decode()
    assert "SMTPServerDisconnected" not in client.get(f"{LIST}?state__exact=done").content.decode()
    assert client.get(f"{LIST}{given_up.pk}/change/").status_code == 200


def test_an_operator_tries_it_again(client: Client, given_up: Delivery) -> None:
    signed_in(client, "view_delivery", "change_delivery")

    try_again(client, given_up)

    assert (given_up.state, given_up.attempts) == ("waiting", 0)


def test_who_may_only_look_does_not_try_again(client: Client, given_up: Delivery) -> None:
    signed_in(client, "view_delivery")

    try_again(client, given_up)

    assert given_up.state == "dead"
