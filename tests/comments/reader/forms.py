"""The form under an article, filled in as a browser would send it."""

import re
from datetime import timedelta
from html import unescape
from typing import Protocol
from uuid import UUID

from django.test import Client, RequestFactory
from django.utils import timezone

from comments import guests
from comments.models import Article
from comments.reader import tokens

A_WHILE = timedelta(seconds=30)


class Answer(Protocol):
    """What the test client answers."""

    status_code: int
    content: bytes

    def __getitem__(self, header: str, /) -> str: ...


def address(article: Article) -> str:
    return f"/articles/{article.key}/"


def guest_of(client: Client) -> UUID:
    """The id in the cookie that the client was given."""
    request = RequestFactory().get("/")
    request.COOKIES = {guests.COOKIE: client.cookies[guests.COOKIE].value}
    return guests.guest_id(request)


def filled(client: Client, article: Article, *, age: timedelta = A_WHILE, **typed: str) -> dict[str, str]:
    """The fields of a form that the client was given `age` ago; what is typed replaces what stands there."""
    if guests.COOKIE not in client.cookies:
        client.get(address(article))
    token, submission = tokens.new(article, guest_of(client), now=timezone.now() - age)
    fields = {"body": "Meydan çok güzel olmuş.", "name": "Ayşe K.", "email": "", "parent": "", "homepage": ""}
    return fields | {"token": token, "submission_id": str(submission)} | typed


def send(client: Client, article: Article, **typed: str) -> Answer:
    return post(client, article, filled(client, article) | typed)


def post(client: Client, article: Article, fields: dict[str, str]) -> Answer:
    return client.post(address(article), fields)


def text(response: Answer) -> str:
    """The page as a reader has it before him, without what it tells programs."""
    return unescape(re.sub(r'<script type="application/ld\+json">.*?</script>', "", response.content.decode()))


def in_textarea(response: Answer) -> str:
    """What stands in the page's text field; browsers drop the line end after the tag."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def hidden(response: Answer, name: str) -> str:
    """The value of the page's input called `name`."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', response.content.decode())
    assert found, f"the page has no input {name}"
    return unescape(found[1])
