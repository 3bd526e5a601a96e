"""An editor at the desk."""

from collections.abc import Callable
from typing import Any, Protocol

import pytest
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Comment

QUEUE = "/admin/desk/"


def page_of(comment: Comment) -> str:
    return f"/admin/desk/comments/{comment.public_id}/"


class Decide(Protocol):
    def __call__(self, comment: Comment, decision: str, *, place: str = "", **fields: object) -> Any: ...


def signed_in(editor: User) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


def deciding(client: Client) -> Decide:
    """Posts a card's form; `version` is the comment's as the test's object has it, unless given."""

    def decide(comment: Comment, decision: str, *, place: str = "", **fields: object) -> Any:
        filled = {"decision": decision, "version": comment.version, **fields}
        present = {name: value for name, value in filled.items() if value is not None}
        return client.post(f"{page_of(comment)}decisions/{place}", present)

    return decide


@pytest.fixture
def decide(desk: Client) -> Decide:
    return deciding(desk)


@pytest.fixture
def unchanged() -> Callable[[Comment], bool]:
    def is_unchanged(comment: Comment) -> bool:
        now = Comment.objects.get(pk=comment.pk)
        return (now.status, now.version, now.decisions.count()) == (comment.status, comment.version, comment.version)

    return is_unchanged
