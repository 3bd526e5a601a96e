"""Keys: shown once, kept as a digest, refused when expired or revoked; by command and in the admin."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from comments import api_keys
from comments.api_keys import Scope
from comments.models import ApiKey
from moderation.models import Site
from tests.comments.conftest import NOON, make_editor


def manage(*arguments: str) -> str:
    out = io.StringIO()
    call_command("api_key", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_a_key_is_found_and_only_its_digest_is_kept(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ, Scope.SUBMIT], now=NOON)

    found = api_keys.find(made.key, now=NOON)

    assert found == made.row
    assert api_keys.scopes(made.row) == {Scope.READ, Scope.SUBMIT}
    assert made.key.startswith(made.row.prefix)
    assert len(made.row.prefix) < len(made.key) / 2
    assert made.key not in str(ApiKey.objects.values().get())


def test_no_two_keys_are_the_same(site: Site) -> None:
    assert len({api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON).key for _ in range(50)}) == 50


def test_part_of_a_key_is_no_key(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)

    assert [api_keys.find(tried, now=NOON) for tried in ("", made.row.prefix, made.row.digest, made.key[:-1], f"{made.key} ")] == [None] * 5


def test_an_expired_key_is_no_key(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON, expires_at=NOON + timedelta(days=1))

    assert api_keys.find(made.key, now=NOON + timedelta(hours=23))
    assert api_keys.find(made.key, now=NOON + timedelta(days=1)) is None


def test_revoking_a_key_again_changes_nothing(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)

    for hours in (0, 1):
        api_keys.revoke(made.row, now=NOON + timedelta(hours=hours))

    assert ApiKey.objects.get().revoked_at == NOON


def test_the_command_makes_lists_and_revokes_a_key(site: Site) -> None:
    key = manage("create", "haber sitesi", "--scope", "read", "--scope", "submit", "--expires", "2099-01-01T00:00+03:00").strip()
    made = ApiKey.objects.get()

    assert api_keys.find(key, now=NOON) == made
    assert manage("list").split("\t") == [made.prefix, "valid", "read,submit", "default", "haber sitesi\n"]
    manage("revoke", made.prefix)
    assert manage("list").split("\t")[1] == "refused"
    assert api_keys.find(key, now=NOON) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("create", "haber sitesi"),
        ("create", "", "--scope", "read"),
        ("create", "haber sitesi", "--scope", "everything"),
        ("create", "haber sitesi", "--scope", "read", "--site", "yok"),
        ("create", "haber sitesi", "--scope", "read", "--expires", "2099-01-01T00:00"),
        ("create", "haber sitesi", "--scope", "read", "--expires", "yarın"),
        ("revoke", "mizan_000000"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(site: Site, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        manage(*arguments)
    assert not ApiKey.objects.exists()


@pytest.fixture
def keeper(db: None) -> User:
    return make_editor("nermin", "view_apikey", "add_apikey", "change_apikey")


def test_in_the_admin_a_key_is_shown_once(client: Client, site: Site, keeper: User) -> None:
    client.force_login(keeper)
    page = client.post("/admin/comments/apikey/add/", {"name": "haber sitesi", "site": site.pk, "may_submit": "on"}, follow=True)

    made = ApiKey.objects.get()
    assert made.created_by == keeper
    assert api_keys.scopes(made) == {Scope.SUBMIT}
    [told] = [word for word in page.content.decode().replace("<", " ").split() if word.startswith(made.prefix) and word != made.prefix]
    assert api_keys.find(told, now=timezone.now()) == made
    assert told not in client.get("/admin/comments/apikey/", follow=True).content.decode()


def test_in_the_admin_a_key_that_may_do_nothing_is_not_made(client: Client, site: Site, keeper: User) -> None:
    client.force_login(keeper)

    page = client.post("/admin/comments/apikey/add/", {"name": "haber sitesi", "site": site.pk})

    assert page.status_code == 200
    assert not ApiKey.objects.exists()


def test_in_the_admin_a_key_is_revoked_and_neither_changed_nor_deleted(client: Client, site: Site, keeper: User) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON).row
    client.force_login(keeper)
    chosen = {"action": "revoke", "_selected_action": [made.pk]}

    assert client.post(f"/admin/comments/apikey/{made.pk}/change/", {"name": "başka"}).status_code == 403
    assert client.post(f"/admin/comments/apikey/{made.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post("/admin/comments/apikey/", chosen)

    made.refresh_from_db()
    assert made.name == "haber sitesi"
    assert made.revoked_at


def test_whoever_may_only_look_revokes_nothing(client: Client, site: Site, keeper: User) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON).row
    keeper.user_permissions.set(Permission.objects.filter(codename="view_apikey"))
    client.force_login(keeper)

    client.post("/admin/comments/apikey/", {"action": "revoke", "_selected_action": [made.pk]})

    made.refresh_from_db()
    assert made.revoked_at is None


DAY = timedelta(days=1)


def test_a_rotated_key_is_the_same_caller_under_both_keys_for_the_overlap(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)

    new = api_keys.rotate(made.row, now=NOON, overlap=DAY)

    assert api_keys.find(made.key, now=NOON + DAY / 2) == api_keys.find(new, now=NOON + DAY / 2) == made.row
    assert api_keys.find(made.key, now=NOON + DAY) is None
    assert api_keys.find(new, now=NOON + DAY) == made.row
    assert new not in str(ApiKey.objects.values().get())


def test_rotated_twice_the_first_key_counts_no_longer(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)
    second = api_keys.rotate(made.row, now=NOON, overlap=DAY)
    api_keys.rotate(ApiKey.objects.get(), now=NOON, overlap=DAY)

    assert api_keys.find(made.key, now=NOON) is None
    assert api_keys.find(second, now=NOON) == made.row


def test_a_revoked_key_takes_the_one_before_along(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)
    new = api_keys.rotate(made.row, now=NOON, overlap=DAY)

    api_keys.revoke(made.row, now=NOON)

    assert api_keys.find(made.key, now=NOON) is api_keys.find(new, now=NOON) is None


@pytest.mark.parametrize("change", [{"revoked_at": NOON}, {"expires_at": NOON}, {"digest": "0" * 64}])
def test_a_key_that_counts_no_longer_or_was_rotated_meanwhile_is_not_rotated(site: Site, change: dict[str, object]) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)
    ApiKey.objects.update(**change)

    with pytest.raises(api_keys.KeyRefused):
        api_keys.rotate(made.row, now=NOON, overlap=DAY)


def test_the_command_rotates_a_key(site: Site) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)

    new = manage("rotate", made.row.prefix, "--overlap-hours", "1").strip()

    assert api_keys.find(made.key, now=timezone.now()) == api_keys.find(new, now=timezone.now()) == made.row
    api_keys.revoke(made.row, now=NOON)
    for arguments in (("rotate", "mizan_yok"), ("rotate", ApiKey.objects.get().prefix), ("rotate", made.row.prefix, "--overlap-hours", "-1")):
        with pytest.raises(CommandError):
            manage(*arguments)


def test_in_the_admin_a_rotated_key_is_shown_once(client: Client, site: Site, keeper: User) -> None:
    made = api_keys.make(site, "haber sitesi", [Scope.READ], now=NOON)
    client.force_login(keeper)
    chosen = {"action": "rotate", "_selected_action": [made.row.pk]}

    page = client.post("/admin/comments/apikey/", chosen, follow=True).content.decode()

    row = ApiKey.objects.get()
    [told] = [word for word in page.replace("<", " ").split() if word.startswith(row.prefix) and word != row.prefix]
    assert api_keys.find(told, now=timezone.now()) == api_keys.find(made.key, now=timezone.now()) == row
    api_keys.revoke(row, now=NOON)
    assert "yenilenmedi" in client.post("/admin/comments/apikey/", chosen, follow=True).content.decode()
