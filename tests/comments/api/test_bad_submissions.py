"""Every field of a submission, wrong in every way: told at its field, all at once, and nothing is stored."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comments.api_keys import Scope
from comments.models import AnsweredRequest, Article, Comment, Reader
from moderation.models import Site
from tests.comments.api.calls import CLEAN, codes, document, key, post

PATH = "articles/kent-meydani/comments/"
AUTHOR = {"name": "Ayşe K."}
ID = "6f1c2f0e-8a41-4a3e-9f51-0d3f4a0b7c11"

WRONG: list[tuple[dict[str, Any], dict[str, list[str]]]] = [
    ({}, {"body": ["required"], "author": ["required"]}),
    ({"body": CLEAN}, {"author": ["required"]}),
    ({"body": None, "author": None}, {"body": ["null"], "author": ["null"]}),
    ({"body": 1, "author": AUTHOR}, {"body": ["invalid"]}),
    ({"body": True, "author": AUTHOR}, {"body": ["invalid"]}),
    ({"body": [CLEAN], "author": AUTHOR}, {"body": ["invalid"]}),
    ({"body": "", "author": AUTHOR}, {"body": ["blank"]}),
    ({"body": "\u200d\u2060", "author": AUTHOR}, {"body": ["blank"]}),
    ({"body": "ş" * 2001, "author": AUTHOR}, {"body": ["too_long"]}),
    ({"body": "Meydan\0", "author": AUTHOR}, {"body": ["unreadable"]}),
    ({"body": "Meydan \udc00", "author": AUTHOR}, {"body": ["unreadable"]}),
    ({"body": CLEAN, "author": "Ayşe"}, {"author": ["invalid"]}),
    ({"body": CLEAN, "author": [AUTHOR]}, {"author": ["invalid"]}),
    ({"body": CLEAN, "author": {}}, {"author.name": ["required"]}),
    ({"body": CLEAN, "author": {"name": ""}}, {"author.name": ["blank"]}),
    ({"body": CLEAN, "author": {"name": "\u2800"}}, {"author.name": ["blank"]}),
    ({"body": CLEAN, "author": {"name": None}}, {"author.name": ["null"]}),
    ({"body": CLEAN, "author": {"name": 7}}, {"author.name": ["invalid"]}),
    ({"body": CLEAN, "author": {"name": "a" * 61}}, {"author.name": ["max_length"]}),
    ({"body": CLEAN, "author": {"name": "Ayşe\u202e"}}, {"author.name": ["unreadable"]}),
    ({"body": CLEAN, "author": {"name": "Ayşe\n"}}, {"author.name": ["unreadable"]}),
    ({"body": CLEAN, "author": {"name": "Ay\0şe"}}, {"author.name": ["unreadable"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "email": "ayse"}}, {"author.email": ["invalid"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "email": 1}}, {"author.email": ["invalid"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "email": None}}, {"author.email": ["null"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "email": f"{'a' * 250}@b.tr"}}, {"author.email": ["max_length"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "phone": "555"}}, {"author.phone": ["unknown"]}),
    ({"body": CLEAN, "author": AUTHOR, "parent": "1"}, {"parent": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "parent": 1}, {"parent": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "parent": ""}, {"parent": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "parent": "\0"}, {"parent": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "parent": ID}, {"parent": ["unknown_parent"]}),
    ({"body": CLEAN, "author": AUTHOR, "as_is": "true"}, {"as_is": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "as_is": 1}, {"as_is": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "as_is": None}, {"as_is": ["null"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": "203.0.113.9"}, {"client": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {}}, {"client.address": ["required"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "203.0.113.999"}}, {"client.address": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": 1}}, {"client.address": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "::1", "port": 0}}, {"client.port": ["min_value"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "::1", "port": 65536}}, {"client.port": ["max_value"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "::1", "port": "80"}}, {"client.port": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "::1", "port": 80.0}}, {"client.port": ["invalid"]}),
    ({"body": CLEAN, "author": AUTHOR, "client": {"address": "::1", "host": "x"}}, {"client.host": ["unknown"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "subject": ""}}, {"author.subject": ["blank"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "subject": 17}}, {"author.subject": ["invalid"]}),
    ({"body": CLEAN, "author": {**AUTHOR, "subject": "a" * 201}}, {"author.subject": ["max_length"]}),
    (
        {"body": "", "author": {"name": "", "email": "x"}, "parent": 1, "as_is": 0, "status": "approved"},
        {
            "body": ["blank"],
            "author.name": ["blank"],
            "author.email": ["invalid"],
            "parent": ["invalid"],
            "as_is": ["invalid"],
            "status": ["unknown"],
        },
    ),
]


@pytest.mark.parametrize(("payload", "errors"), WRONG)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(
    client: Client, article: Article, site: Site, payload: object, errors: dict[str, list[str]]
) -> None:
    answer = post(client, PATH, payload, Authorization=key(site, Scope.SUBMIT), Idempotency_Key=ID)

    assert (answer.status_code, document(answer)["code"]) == (400, "invalid")
    assert codes(answer) == errors
    assert all(error["message"] for found in document(answer)["errors"].values() for error in found)
    assert not any(rows.exists() for rows in (Comment.objects, Reader.objects, AnsweredRequest.objects))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(["body", "author", "parent", "as_is", "client", "name", "x"])


class AnyJSON(TestCase):
    """Whatever is sent, it is either stored whole or refused whole, never a failure of ours."""

    @settings(max_examples=150)
    @given(JSON | st.dictionaries(FIELDS, JSON | st.dictionaries(st.sampled_from(["name", "email", "subject", "address", "port"]), JSON), max_size=6))
    def test_any_json_is_answered(self, payload: object) -> None:
        site, _ = Site.objects.get_or_create(key="default", defaults={"name": "Mizan"})
        Article.objects.get_or_create(site=site, key="kent-meydani", title="Kent meydanı")
        before = Comment.objects.count()

        answer = post(self.client, PATH, payload)

        assert answer.status_code in {201, 400, 403}
        assert Comment.objects.count() - before == (answer.status_code == 201)
