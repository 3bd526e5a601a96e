"""The OpenAPI document: valid, complete, served with a page to read it; and no answer to any caller is outside of it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

import jwt
import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case as AnyCase
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from comments import api_keys, lifecycle, receipts, sign_on
from comments.api import reading_urls, schema, writing_urls
from comments.api_keys import Scope
from comments.models import Article, Comment
from project.wsgi import application
from tests.comments.api.editors import signed_in
from tests.comments.conftest import NOON, Submitted

Case = AnyCase[Any]


def whole_requests(environ: Any, start_response: Any) -> list[bytes]:
    """The service as a web server calls it: the answer is closed when it has been read, which ends the request. Schemathesis leaves it open."""
    with closing(application(environ, start_response)) as answer:
        return list(answer)


CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
API = schemathesis.openapi.from_dict(schema.document())
API.app = whole_requests
OPERATIONS = {found.ok().label: found.ok() for found in API.get_all_operations() if isinstance(found, Ok)}
TOKEN = "t" * 32


@dataclass(frozen=True, slots=True)
class Caller:
    """What shows who is asking."""

    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def comment(submitted: Submitted, senior_editor: Any) -> Comment:
    """Published, with a reply that waits, so that there is something to read, to correct and to decide."""
    head = submitted("Meydan kimin için açıldı?")
    lifecycle.approve(head, editor=senior_editor, version=1, now=timezone.now())
    submitted("Herkes için.", "hold", "correct", as_is=True, parent=head)
    return head


@pytest.fixture
def _connection_is_kept() -> Iterator[None]:
    """As Django's own test client does: the end of a request does not end the test's transaction."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.fixture
def caller(request: pytest.FixtureRequest, comment: Comment, senior_editor: Any) -> Caller:
    if request.param == "site":
        key = api_keys.make(comment.article.site, "haber sitesi", list(Scope), now=NOON).key
        return Caller(headers={"Authorization": f"Api-Key {key}"})
    if request.param == "editor":
        session = signed_in(senior_editor).cookies["sessionid"].value
        return Caller(headers={"X-CSRFToken": TOKEN}, cookies={"sessionid": session, "csrftoken": TOKEN})
    if request.param == "user":
        secret = "haber-sitesinin-paylasilan-uzun-sirri"
        issuer = sign_on.trust(comment.article.site, "https://haber.example", "mizan", secret=secret)
        said = {"iss": issuer.issuer, "aud": issuer.audience, "sub": "okur-17", "name": "Ayşe Kaya", "exp": 4_102_444_800}
        return Caller(headers={"Authorization": f"Bearer {jwt.encode(said, secret)}"})
    return Caller(headers={"Receipt": receipts.token_for(comment)} if request.param == "writer" else {})


@pytest.mark.usefixtures("_connection_is_kept")
@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("caller", ["guest", "writer", "user", "site", "editor"], indirect=True)
def test_no_answer_is_outside_the_document(caller: Caller, comment: Comment, article: Article, operation: str) -> None:
    @settings(max_examples=12, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(asked(operation), st.sampled_from([True, True, True, False]))
    def ask(case: Case, about_what_there_is: bool) -> None:
        if about_what_there_is:
            name_what_there_is(case, article, Comment.objects.get(pk=comment.pk))
        case.call_and_validate(headers=dict(caller.headers), cookies=dict(caller.cookies), checks=CHECKS)

    ask()


def asked(operation: str) -> st.SearchStrategy[Case]:
    """Requests as the document permits them, and, less often, others."""
    permitted, others = (OPERATIONS[operation].as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))
    return st.one_of(permitted, permitted, others)


def name_what_there_is(case: Case, article: Article, comment: Comment) -> None:
    known: dict[str, Any] = {"key": article.key, "public_id": str(comment.public_id), "version": comment.version, "reason": "insults"}
    case.path_parameters = {name: known[name] for name in case.path_parameters}
    if isinstance(case.body, dict):
        case.body = {name: known.get(name, value) for name, value in case.body.items()}


def test_the_document_is_valid_and_made_without_a_warning() -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=StringIO())


def test_the_document_tells_every_address_of_the_api() -> None:
    told = set(schema.document()["paths"])
    undocumented = {"schema", "docs"}

    named = {pattern.name for urls in (reading_urls, writing_urls) for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}

    assert {operation["operationId"] for operations in schema.document()["paths"].values() for operation in operations.values()} >= {
        "comments",
        "submit",
        "queue",
        "decide",
    }
    assert len(told) == len(named - undocumented)


def test_anyone_may_read_the_document(client: Client) -> None:
    answer = client.get("/api/v1/schema/")

    document = json.loads(answer.content)
    assert answer.status_code == 200
    assert document["openapi"].startswith("3.1")
    assert set(document["components"]["securitySchemes"]) == {"key", "token", "session", "csrf", "receipt"}
    assert client.get("/api/v1/schema/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_page_of_the_document_loads_nothing_from_elsewhere_and_holds_no_script(client: Client) -> None:
    page = client.get("/api/v1/docs/").content.decode()

    assert 'data-schema="/api/v1/schema/"' in page
    assert "//" not in page.replace("<!doctype html>", "")
    assert page.count("<script") == page.count("<script src=") == 2
    assert "style=" not in page
    assert "<style" not in page
