"""The way out of the mails: a link in each, a button of the mail program's own, and the way back."""

from datetime import datetime
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import lifecycle
from comments.delivery import addresses
from comments.models import Article, Comment, Reader, StoppedAddress
from tests.comments.conftest import Submitted
from tests.comments.delivery.conftest import ADDRESS, Deliver, later, states
from tests.comments.reader.forms import send

Mails = list[EmailMessage]
PUBLIC_URL = "https://yorum.example.com"


@pytest.fixture(autouse=True)
def public_url(settings: Any) -> None:
    settings.PUBLIC_URL = PUBLIC_URL


def link(reader: Reader) -> str:
    return reverse("addresses:stop", args=[addresses.stopping_token_for(reader.email)])


def is_stopped() -> bool:
    return addresses.is_stopped(ADDRESS)


@pytest.fixture
def news(submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails) -> EmailMessage:
    lifecycle.approve(submitted(), editor=editor, version=1, now=now)
    deliver(later(now, minutes=1))
    return mailoutbox[0]


@pytest.fixture
def question(submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails) -> EmailMessage:
    submitted()
    deliver(now)
    return mailoutbox[0]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["news", "question"])
def test_the_last_line_of_each_mail_and_its_headers_lead_to_where_it_stops(kind: str, request: pytest.FixtureRequest, client: Client) -> None:
    mail: EmailMessage = request.getfixturevalue(kind)
    *_, last = str(mail.body).splitlines()

    message = message_from_bytes(mail.message().as_bytes(), policy=policy.default)
    assert message["List-Unsubscribe"].strip() == f"<{last}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert last.startswith(f"{PUBLIC_URL}/addresses/stop/")
    assert client.post(last.removeprefix(PUBLIC_URL)).status_code == 303
    assert is_stopped()


def test_a_mail_program_stops_the_mails_without_cookies_and_is_not_sent_elsewhere(writer: Reader) -> None:
    client = Client(enforce_csrf_checks=True)

    for content in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b"):
        StoppedAddress.objects.all().delete()
        multipart = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n'
        body = multipart if "multipart" in content else "List-Unsubscribe=One-Click"
        answer = client.post(link(writer), body, content_type=content)

        assert (answer.status_code, answer.content) == (204, b"")
        assert is_stopped()


def test_opening_the_link_changes_nothing_and_its_button_stops(client: Client, writer: Reader) -> None:
    page = client.get(link(writer))
    assert page.status_code == 200
    assert not is_stopped()

    answer = client.post(link(writer), follow=True)
    assert answer.redirect_chain == [(link(writer), 303)]
    assert "Size artık e‑posta göndermiyoruz" in answer.content.decode()
    assert is_stopped()


def test_stopping_twice_changes_nothing(client: Client, writer: Reader) -> None:
    client.post(link(writer))
    first = addresses.stopped_at(addresses.digest_of(ADDRESS))

    client.post(link(writer))

    assert addresses.stopped_at(addresses.digest_of(ADDRESS)) == first is not None


def test_what_is_due_already_is_not_sent_any_more(
    client: Client, submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    client.post(link(writer))
    deliver(later(now, minutes=10))

    assert states(comment) == [("writer", "spared")]
    assert not mailoutbox


def test_a_question_that_is_due_already_is_not_asked_any_more(
    client: Client, submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    comment = submitted()

    client.post(link(stranger))
    deliver(now)

    assert states(comment) == [("confirmation", "spared")]
    assert not mailoutbox


def test_from_then_on_nothing_is_prepared_either(client: Client, submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    client.post(link(writer))
    writer.refresh_from_db()

    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    assert states(comment) == []


def test_whoever_gives_the_address_again_it_is_not_asked_about_and_another_one_is(client: Client, article: Article) -> None:
    send(client, article, email=ADDRESS)
    client.post(link(Reader.objects.get()))

    send(client, article, body="Ben de öyle düşünüyorum.", email=ADDRESS)
    send(client, article, body="Emeği geçenlere teşekkürler.", email="")
    send(client, article, body="Umarım böyle sürer.", email="fatma@example.com")
    send(client, article, body="Meydan şimdi daha ferah.", email=ADDRESS)
    send(Client(), article, body="Ağaçlar da dikilmiş.", email="Ayse@Example.COM")

    made = [states(comment) for comment in Comment.objects.order_by("pk")]
    assert made == [[("confirmation", "waiting")], [], [], [("confirmation", "waiting")], [], []]


def test_the_mails_of_every_reader_who_confirmed_the_address_stop(
    client: Client, submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    at_the_office = Reader.objects.create(site=writer.site, name="Ayşe K.", email=ADDRESS, email_confirmed_at=now)
    comment = submitted()
    comment.reader = at_the_office
    comment.save()
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    client.post(link(writer))
    deliver(later(now, minutes=1))

    assert not mailoutbox


def test_the_page_leads_back_to_the_mails(
    client: Client, submitted: Submitted, writer: Reader, editor: User, now: datetime, deliver: Deliver, mailoutbox: Mails
) -> None:
    page = client.post(link(writer), follow=True).content.decode()
    assert '<button class="button" type="submit" name="again" value="1">' in page

    answer = client.post(link(writer), {"again": "1"}, follow=True)
    lifecycle.approve(submitted(), editor=editor, version=1, now=now)
    deliver(later(now, minutes=1))

    assert "Size bir daha e-posta göndermeyelim mi?" in answer.content.decode()
    assert [mail.to for mail in mailoutbox] == [[ADDRESS]]


def test_who_confirms_the_address_after_he_stopped_the_mails_wants_them_again(client: Client, stranger: Reader) -> None:
    client.post(link(stranger))

    client.post(f"/addresses/{addresses.token_for(stranger, now=timezone.now())}/")

    assert not is_stopped()
    assert addresses.is_written_to(Reader.objects.get())


def test_a_link_stops_its_own_address_even_when_the_reader_has_given_another_since(client: Client, writer: Reader) -> None:
    earlier = link(writer)
    writer.email = "baska@example.com"
    writer.save()

    client.post(earlier)

    assert is_stopped()
    assert addresses.is_written_to(writer)


@pytest.mark.parametrize("token", ["x", "a.b.c", "WyIiLCIiXQ.forged"])
def test_a_forged_link_is_refused(token: str, client: Client, writer: Reader) -> None:
    assert client.post(f"/addresses/stop/{token}/").status_code == 410
    assert not is_stopped()


def test_no_link_does_what_the_other_is_for(client: Client, writer: Reader) -> None:
    confirming, stopping = addresses.token_for(writer, now=timezone.now()), addresses.stopping_token_for(writer.email)

    assert client.post(f"/addresses/stop/{confirming}/").status_code == 410
    assert client.post(f"/addresses/{stopping}/").status_code == 410
    assert not is_stopped()


def test_a_link_holds_when_the_secret_key_has_changed_until_the_earlier_one_is_taken_out(client: Client, writer: Reader, settings: Any) -> None:
    earlier = link(writer)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "an-altogether-other-key-for-this-test-alone"

    assert client.get(earlier).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(earlier).status_code == 410


def test_over_plain_http_no_mail_program_is_asked_to_post(
    submitted: Submitted, stranger: Reader, now: datetime, deliver: Deliver, mailoutbox: Mails, settings: Any
) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    submitted()

    deliver(now)

    message = mailoutbox[0].message()
    assert message["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/addresses/stop/")
    assert "List-Unsubscribe-Post" not in message


def test_the_link_does_not_show_the_address_and_its_page_is_kept_nowhere(client: Client, writer: Reader) -> None:
    page = client.get(link(writer))

    assert "ayse" not in link(writer)
    assert (page["Cache-Control"], page["Referrer-Policy"], page["X-Robots-Tag"]) == ("no-store", "no-referrer", "noindex")


def test_the_page_is_english_for_whoever_chose_english(client: Client, writer: Reader) -> None:
    client.get("/language/en/")

    assert "Send me no more mails" in client.get(link(writer)).content.decode()
    assert "Write to me again" in client.post(link(writer), follow=True).content.decode()
