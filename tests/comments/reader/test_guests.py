"""A guest is one browser."""

from django.test import Client
from django.utils import timezone

from comments import guests
from comments.models import Article, Reader
from tests.comments.reader.forms import address, guest_of, send


def test_the_first_page_gives_a_cookie_that_no_script_reads_and_no_other_site_sends(client: Client, article: Article) -> None:
    cookie = client.get("/").cookies[guests.COOKIE]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not Reader.objects.exists()


def test_a_guest_stays_the_same(client: Client, article: Article) -> None:
    client.get("/")
    known = guest_of(client)

    response = client.get(address(article))

    assert guests.COOKIE not in response.cookies
    assert guest_of(client) == known


def test_a_forged_cookie_is_nobody(client: Client, article: Article) -> None:
    client.cookies[guests.COOKIE] = "0" * 32

    assert guests.COOKIE in client.get("/").cookies


def test_a_guest_becomes_a_reader_with_the_first_comment(client: Client, article: Article) -> None:
    send(client, article)
    send(client, article, name="Ayşe Kaya")

    reader = Reader.objects.get()
    assert reader.public_id == guest_of(client)
    assert (reader.kind, reader.name) == (Reader.Kind.GUEST, "Ayşe Kaya")


def test_a_new_address_is_not_a_confirmed_one(client: Client, article: Article) -> None:
    send(client, article, email="ayse@example.com")
    Reader.objects.update(email_confirmed_at=timezone.now())

    send(client, article, email="")
    assert Reader.objects.get().email_confirmed_at
    send(client, article, email="fatma@example.com")
    assert Reader.objects.get().email_confirmed_at is None


def test_machines_and_editors_are_no_guests(client: Client, site: object) -> None:
    assert guests.COOKIE not in client.get("/admin/login/").cookies
