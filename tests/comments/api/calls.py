"""Calls as a news site's page or server would make them."""

import json
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import api_keys, lifecycle
from comments.api_keys import Scope
from comments.models import Comment
from moderation.models import Site
from tests.comments.conftest import NOON

CLEAN = "Meydan çok güzel olmuş."
MISSPELT = "Herkez vapuru bekliyordu."
CORRECTED = "Herkes vapuru bekliyordu."
INSULTING = "Gerçekten salaksın, okumadan yazmışsın."
SUSPECT = "Sonun Menderes gibi olacak, bekle."
SUBMISSION = {"body": CLEAN, "author": {"name": "Ayşe K."}}


def post(client: Client, path: str, payload: object = None, **headers: str) -> Any:
    """`payload` as JSON, bytes as they are, nothing for None; `_` in a header's name is `-`."""
    raw = payload if isinstance(payload, bytes) else json.dumps(payload)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(f"/api/v1/{path}", "" if payload is None else raw, content_type="application/json", headers=named)


def get(client: Client, path: str, **headers: str) -> Any:
    return client.get(f"/api/v1/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()})


def document(answer: Any) -> Any:
    """The answer's JSON; its status is the one that a problem says."""
    read = json.loads(answer.content)
    if answer["Content-Type"] == "application/problem+json":
        assert read["status"] == answer.status_code
    return read


def codes(answer: Any) -> dict[str, list[str]]:
    """What is wrong with each field, by code."""
    return {field: [error["code"] for error in errors] for field, errors in document(answer).get("errors", {}).items()}


def key(site: Site, *scopes: Scope) -> str:
    """The header Authorization of a new key."""
    return f"Api-Key {api_keys.make(site, f'haber sitesi {uuid4()}', scopes, now=NOON).key}"


def submit(client: Client, body: str = CLEAN, **more: object) -> Any:
    """What a submission to the article of the fixture made."""
    answer = post(client, "articles/kent-meydani/comments/", {**SUBMISSION, "body": body, **more})
    assert answer.status_code == 201
    return document(answer)


def publish(public_id: str, editor: User, *, now: datetime | None = None) -> None:
    """An editor approves the comment."""
    comment = Comment.objects.select_related("article__site", "current_revision", "published_revision").get(public_id=public_id)
    lifecycle.approve(comment, editor=editor, version=comment.version, now=now or timezone.now())
