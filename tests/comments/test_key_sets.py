"""Public keys that an issuer publishes at an address: fetched with care, kept for a while, and asked for anew when one is missing."""

import json
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from comments import key_sets, sign_on
from comments.models import SignOn
from moderation.models import Site
from tests.comments.conftest import make_editor
from tests.comments.test_sign_on import AUDIENCE, ISSUER, jwks, private_key, token
from tests.receiver import Answering, Receiver, a_gigabyte, never, receiving, status


def published(*keys: int, **more: object) -> Answering:
    """Answers with the public halves; each key's id is its number."""
    document = {"keys": [{**jwks(private_key(number))["keys"][0], "kid": str(number), **more} for number in keys]}
    return status(200, json.dumps(document).encode())


def by(number: int) -> str:
    """A token signed with this private key."""
    return token(private_key(number), "RS256", {"kid": str(number)})


@pytest.fixture
def _trial(settings: Any) -> None:
    settings.TARGETS_MAY_BE_PRIVATE = True


def trusted(site: Site, issuer: Receiver) -> SignOn:
    return sign_on.trust(site, ISSUER, AUDIENCE, keys_url=issuer.url)


def later(**elapsed: int) -> None:
    """As if so much time had passed since the keys were asked for and fetched."""
    row = SignOn.objects.get()
    row.keys_fetched_at = row.keys_fetched_at and row.keys_fetched_at - timedelta(**elapsed)
    row.keys_asked_at = row.keys_asked_at and row.keys_asked_at - timedelta(**elapsed)
    row.save()


def is_taken(given: str, site: Site) -> bool:
    try:
        sign_on.reader(given, site)
    except sign_on.NotSignedOn:
        return False
    return True


@pytest.mark.usefixtures("_trial")
def test_keys_are_fetched_once_and_kept(site: Site) -> None:
    with receiving(published(0)) as issuer:
        trusted(site, issuer)

        assert is_taken(by(0), site)
        assert is_taken(by(0), site)
        assert len(issuer.received) == 1


@pytest.mark.usefixtures("_trial")
def test_a_key_that_is_new_is_fetched_when_the_first_token_names_it(site: Site) -> None:
    with receiving(published(0), published(1)) as issuer:
        trusted(site, issuer)

        assert is_taken(by(1), site)
        assert not is_taken(by(0), site)


@pytest.mark.usefixtures("_trial")
def test_tokens_with_keys_that_there_are_not_ask_the_issuer_once_a_minute(site: Site) -> None:
    with receiving(published(0)) as issuer:
        trusted(site, issuer)

        assert not any(is_taken(by(1), site) for _ in range(5))
        assert len(issuer.received) == 2
        later(seconds=61)
        assert not is_taken(by(1), site)
        assert len(issuer.received) == 3
        assert is_taken(by(0), site)


@pytest.mark.usefixtures("_trial")
def test_a_key_that_the_issuer_took_back_counts_for_an_hour_at_most(site: Site) -> None:
    with receiving(published(0, 1), published(1)) as issuer:
        trusted(site, issuer)
        later(minutes=59)
        assert is_taken(by(0), site)
        later(minutes=2)

        assert not is_taken(by(0), site)
        assert is_taken(by(1), site)


@pytest.mark.usefixtures("_trial")
def test_an_issuer_that_is_away_is_believed_for_a_day_and_then_no_longer(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with receiving(published(0), status(503)) as issuer:
        trusted(site, issuer)
        later(hours=23)
        assert is_taken(by(0), site)
        assert "were not renewed" in caplog.text
        later(hours=2)

        assert not is_taken(by(0), site)


@pytest.mark.usefixtures("_trial")
def test_what_is_no_list_of_keys_any_more_replaces_nothing(site: Site) -> None:
    with receiving(published(0), status(200, b"[]")) as issuer:
        trusted(site, issuer)
        later(hours=2)

        assert is_taken(by(0), site)


@pytest.mark.usefixtures("_trial")
def test_keys_for_other_uses_beside_them_are_passed_over(site: Site) -> None:
    good, sealing = jwks(private_key(0))["keys"][0], {**jwks(private_key(1))["keys"][0], "kid": "1", "use": "enc", "alg": "RSA-OAEP"}
    with receiving(status(200, json.dumps({"keys": [sealing, {"kty": "EC", "kid": "2"}, good]}).encode())) as issuer:
        trusted(site, issuer)

    assert is_taken(by(0), site)
    assert not is_taken(by(1), site)


@pytest.mark.usefixtures("_trial")
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(status(404), id="nothing there"),
        pytest.param(status(302, Location="http://127.0.0.1/"), id="elsewhere"),
        pytest.param(status(200, b"<html>"), id="no JSON"),
        pytest.param(status(200, b'{"keys": [1]}'), id="no keys"),
        pytest.param(status(200, b'{"keys": []}'), id="none"),
        pytest.param(status(200, b"[" * 60_000), id="nested"),
        pytest.param(a_gigabyte(200), id="a gigabyte"),
    ],
)
def test_an_address_without_keys_is_not_trusted(site: Site, answer: Answering) -> None:
    with receiving(answer) as issuer, pytest.raises(ValidationError):
        trusted(site, issuer)

    assert not SignOn.objects.exists()


@pytest.mark.usefixtures("_trial")
def test_an_issuer_that_hangs_is_left_when_the_time_is_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_sets, "SECONDS", 0.2)

    with receiving(never) as issuer, pytest.raises(ValidationError, match=r"0\.2"):
        trusted(site, issuer)


@pytest.mark.parametrize("address", ["http://haber.example/jwks.json", "https://127.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest"])
def test_keys_are_fetched_over_https_and_never_from_our_own_network(site: Site, address: str) -> None:
    with pytest.raises(ValidationError):
        sign_on.trust(site, ISSUER, AUDIENCE, keys_url=address)


@pytest.mark.usefixtures("_trial")
def test_the_command_and_the_admin_take_the_address(site: Site, client: Client) -> None:
    client.force_login(make_editor("nermin", "view_signon", "add_signon", "change_signon"))
    sent = {"site": site.pk, "issuer": ISSUER, "audience": AUDIENCE, "algorithm": "RS256", "keys": "null"}

    with receiving(published(0)) as issuer:
        call_command("sign_on", "trust", ISSUER, AUDIENCE, "--jwks-url", issuer.url)
        assert is_taken(by(0), site)
        SignOn.objects.all().delete()
        client.post("/admin/comments/signon/add/", {**sent, "keys_url": issuer.url})

    assert is_taken(by(0), site)


@pytest.mark.usefixtures("_trial")
def test_the_admin_tells_why_keys_could_not_be_fetched(site: Site, client: Client) -> None:
    client.force_login(make_editor("nermin", "view_signon", "add_signon", "change_signon"))
    sent = {"site": site.pk, "issuer": ISSUER, "audience": AUDIENCE, "algorithm": "RS256", "keys": "null"}

    with receiving(status(404)) as issuer:
        page = client.post("/admin/comments/signon/add/", {**sent, "keys_url": issuer.url}).content.decode()

    assert "answered 404" in page
    assert not SignOn.objects.exists()


@pytest.mark.usefixtures("_trial")
def test_the_database_refuses_a_shared_secret_beside_an_address(site: Site) -> None:
    with receiving(published(0)) as issuer:
        trusted(site, issuer)

    with pytest.raises(IntegrityError), transaction.atomic():
        SignOn.objects.update(algorithm="HS256", keys=None, sealed_secret="x")
