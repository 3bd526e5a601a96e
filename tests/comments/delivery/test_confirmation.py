"""The page that confirms an address: only its button does, only for seven days, only for the address that the link was sent to."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from comments.delivery import addresses, sending
from comments.models import Reader
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import ADDRESS


def link(reader: Reader, *, age: timedelta = timedelta()) -> str:
    return f"/addresses/{addresses.token_for(reader, now=timezone.now() - age)}/"


def is_confirmed() -> bool:
    return Reader.objects.get().email_confirmed_at is not None


def test_opening_the_link_changes_nothing_and_its_button_confirms(client: Client, stranger: Reader) -> None:
    address = link(stranger)

    page = client.get(address)
    assert page.status_code == 200
    assert ADDRESS in page.content.decode()
    assert not is_confirmed()

    answer = client.post(address)
    assert (answer.status_code, answer["Location"]) == (303, address)
    assert is_confirmed()
    assert "Adresiniz onaylandı" in client.get(address).content.decode()


def test_the_link_in_the_mail_is_the_one_that_confirms(
    client: Client, submitted: Submitted, stranger: Reader, mailoutbox: list[EmailMessage]
) -> None:
    submitted()
    sending.deliver(timezone.now)
    [address, _stopping] = [line for line in str(mailoutbox[0].body).splitlines() if "/addresses/" in line]

    client.post(address.removeprefix("http://127.0.0.1:8000"))

    assert is_confirmed()


def test_confirming_twice_changes_nothing(client: Client, stranger: Reader) -> None:
    client.post(link(stranger))
    first = Reader.objects.get().email_confirmed_at

    assert client.post(link(stranger)).status_code == 303
    assert Reader.objects.get().email_confirmed_at == first


@pytest.mark.parametrize("method", ["get", "post"])
def test_after_seven_days_it_no_longer_holds(method: str, client: Client, stranger: Reader) -> None:
    last_minute, too_late = link(stranger, age=timedelta(days=7, minutes=-1)), link(stranger, age=timedelta(days=7, minutes=1))

    assert client.get(last_minute).status_code == 200
    assert getattr(client, method)(too_late).status_code == 410
    assert not is_confirmed()


def test_a_link_for_an_earlier_address_confirms_no_other(client: Client, stranger: Reader) -> None:
    earlier = link(stranger)
    stranger.email = "baska@example.com"
    stranger.save()

    assert client.post(earlier).status_code == 410
    assert not is_confirmed()


@pytest.mark.parametrize("token", ["x", "a.b.c", "WyIiLCIiLDBd.forged"])
def test_a_forged_link_is_refused(token: str, client: Client, stranger: Reader) -> None:
    assert client.post(f"/addresses/{token}/").status_code == 410


def test_a_link_cut_short_is_refused(client: Client, stranger: Reader) -> None:
    address = link(stranger)

    assert client.post(address[:-3] + "/").status_code == 410
    assert not is_confirmed()


def test_the_link_does_not_show_the_address_and_its_page_is_kept_nowhere(client: Client, stranger: Reader) -> None:
    address = link(stranger)

    page = client.get(address)

    assert "ayse" not in address
    assert (page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-store", "no-referrer", "noindex")


def test_the_page_is_english_for_whoever_chose_english(client: Client, stranger: Reader) -> None:
    client.get("/language/en/")

    assert "Yes, this is my address" in client.get(link(stranger)).content.decode()


def test_an_erased_readers_link_no_longer_holds(client: Client, stranger: Reader) -> None:
    address = link(stranger)
    Reader.objects.update(email="", name="")

    assert client.post(address).status_code == 410
