"""Editors who come by HTTP: signed in to the admin, or a server with its key."""

import json
from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from comments import api_keys
from comments.api_keys import Scope
from comments.models import Comment
from moderation.models import Site
from tests.comments.conftest import NOON


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def server(site: Site, *scopes: Scope) -> Client:
    """A client that shows a key with these scopes."""
    key = api_keys.make(site, "haber sitesi", scopes, now=NOON).key
    return Client(headers={"Authorization": f"Api-Key {key}"})


def decide(client: Client, comment: Comment, decision: str, **fields: Any) -> Any:
    """`version` is the comment's as the test's object has it, unless given."""
    document = {"decision": decision, "version": comment.version, **fields}
    return client.post(f"/api/v1/comments/{comment.public_id}/decisions/", json.dumps(document), content_type="application/json")


def problem(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    document: dict[str, Any] = json.loads(answer.content)
    assert document["status"] == answer.status_code
    return document
