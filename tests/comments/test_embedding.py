"""The widget's settings: origins as browsers write them, secrets shown once and kept sealed, by command and in the admin."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from comments import embedding, sealing
from comments.models import Embedding
from moderation.models import Site
from tests.comments.conftest import NOON, make_editor

DAY = timedelta(days=1)


def manage(*arguments: str) -> str:
    out = io.StringIO()
    call_command("embed", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.parametrize("origin", ["https://haber.example", "https://www.haber.example:8443", "http://localhost:8000", "http://[::1]:9000"])
def test_an_origin_is_kept_as_browsers_write_it(site: Site, origin: str) -> None:
    embedding.allow(site, [f"{origin}/"])

    assert embedding.origins() == (origin,)


@pytest.mark.parametrize(
    "word",
    [
        "haber.example",
        "*",
        "https://*.haber.example",
        "https://haber.example/yol",
        "https://haber.example;script-src",
        "https://a,b",
        "ftp://haber.example",
        "https://",
        "https://u:p@haber.example",
        "https://haber.example:port",
        "https://haber.example?q",
        "null",
        "https://HABER.example",
        "https://çarşı.example",
        "'self'",
        "data:",
        "https://[::1",
    ],
)
def test_what_is_no_origin_is_refused(site: Site, word: str) -> None:
    with pytest.raises(ValidationError):
        embedding.allow(site, [word])
    assert embedding.origins() == ()


def test_a_secret_is_kept_sealed(site: Site) -> None:
    secret = embedding.new_secret(site, now=NOON)

    assert embedding.current_secrets(site, now=NOON) == (secret,)
    assert secret not in str(Embedding.objects.values().get())


def test_the_secret_before_counts_for_the_overlap(site: Site) -> None:
    first = embedding.new_secret(site, now=NOON)
    second = embedding.new_secret(site, now=NOON, overlap=DAY)

    assert embedding.current_secrets(site, now=NOON + DAY / 2) == (second, first)
    assert embedding.current_secrets(site, now=NOON + DAY) == (second,)


def test_without_an_overlap_the_secret_before_counts_no_longer(site: Site) -> None:
    embedding.new_secret(site, now=NOON)
    second = embedding.new_secret(site, now=NOON)

    assert embedding.current_secrets(site, now=NOON) == (second,)


def test_secrets_outlive_a_change_of_the_services_own_key_while_the_old_one_counts(site: Site) -> None:
    with override_settings(SECRET_KEY="eski-anahtar"):
        secret = embedding.new_secret(site, now=NOON)

    with override_settings(SECRET_KEY="yeni-anahtar", SECRET_KEY_FALLBACKS=["eski-anahtar"]):
        assert embedding.current_secrets(site, now=NOON) == (secret,)
    with override_settings(SECRET_KEY="yeni-anahtar", SECRET_KEY_FALLBACKS=[]):
        assert embedding.current_secrets(site, now=NOON) == ()


def test_the_same_secret_is_never_sealed_alike() -> None:
    assert sealing.seal("giz") != sealing.seal("giz")


def test_the_command_allows_origins_and_makes_secrets(site: Site) -> None:
    assert manage("allow", "https://haber.example", "http://localhost:9000").split() == ["https://haber.example", "http://localhost:9000"]
    assert embedding.current_secrets(site, now=NOON) == ()
    made = manage("secret").strip()

    assert embedding.current_secrets(site, now=NOON) == (made,)
    assert manage("allow") == "Nobody may embed the comments.\n"


@pytest.mark.parametrize("arguments", [("allow", "haber.example"), ("secret", "--overlap-hours", "-1"), ("--site", "yok", "allow")])
def test_the_command_refuses_what_makes_no_sense(site: Site, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        manage(*arguments)


@pytest.fixture
def keeper(db: None) -> User:
    return make_editor("nermin", "view_embedding", "add_embedding", "change_embedding")


def test_in_the_admin_a_secret_is_shown_once(client: Client, site: Site, keeper: User) -> None:
    client.force_login(keeper)
    sent = {"site": site.pk, "origins": "https://haber.example", "makes_secret": "on"}

    page = client.post("/admin/comments/embedding/add/", sent, follow=True).content.decode()

    [secret] = embedding.current_secrets(site, now=NOON)
    assert secret in page
    row = Embedding.objects.get()
    assert secret not in client.get(f"/admin/comments/embedding/{row.pk}/change/").content.decode()
    client.post(f"/admin/comments/embedding/{row.pk}/change/", {"origins": "https://www.haber.example"})
    assert embedding.origins() == ("https://www.haber.example",)
    assert embedding.current_secrets(site, now=NOON) == (secret,)


def test_in_the_admin_what_is_no_origin_is_told(client: Client, site: Site, keeper: User) -> None:
    client.force_login(keeper)

    page = client.post("/admin/comments/embedding/add/", {"site": site.pk, "origins": "haber.example"})

    assert "“haber.example” geçerli bir adres değil" in page.content.decode()
    assert not Embedding.objects.exists()
