"""When something breaks, the reader gets his text back."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection
from django.test import Client

from comments.models import Article, Comment
from comments.reader import article as article_page
from moderation.models import Site
from tests.comments.reader.forms import address, filled, hidden, in_textarea, text

TEXT = "Meydan güzel olmuş.\n\nBankların sayısı az & yetmez."
URLENCODED = "application/x-www-form-urlencoded"
BOUNDARY = "sinir"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture
def strict() -> Client:
    """A browser that is checked for forged requests, and sees what a reader would see."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def encoded(client: Client, article: Article, **typed: str) -> str:
    fields = filled(client, article) | typed
    return urlencode(fields | {"csrfmiddlewaretoken": client.cookies["csrftoken"].value})


def test_an_honest_form_passes_the_check(strict: Client, article: Article) -> None:
    response = strict.post(address(article), encoded(strict, article), content_type=URLENCODED)

    assert response.status_code == 303


def test_a_form_without_its_csrf_token_is_shown_again_and_then_goes_through(strict: Client, article: Article) -> None:
    fields = filled(strict, article, body=TEXT, name="Ayşe Kaya")

    response = strict.post(address(article), fields)

    assert response.status_code == 403
    assert "çerezlere izin verip" in text(response)
    assert (in_textarea(response), hidden(response, "name")) == (TEXT, "Ayşe Kaya")
    assert not Comment.objects.exists()


def test_a_browser_without_cookies_keeps_its_text(article: Article) -> None:
    fields = filled(Client(), article, body=TEXT)

    response = Client(enforce_csrf_checks=True).post(address(article), fields)

    assert response.status_code == 403
    assert in_textarea(response) == TEXT


@pytest.mark.parametrize("raw", [b"Meydan g\xfczel", b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf"])
def test_bytes_that_are_no_text_are_told_in_the_form(strict: Client, article: Article, raw: bytes) -> None:
    body = encoded(strict, article, body="METİN").encode()
    percent = "".join(f"%{byte:02X}" for byte in raw).encode()

    response = strict.post(address(article), body.replace(b"MET%C4%B0N", percent), content_type=URLENCODED)

    assert response.status_code == 422
    assert "Yorumunuzdaki bazı karakterler okunamadı." in text(response)
    assert in_textarea(response) == raw.decode("utf-8", "replace")


@pytest.mark.parametrize("charset", ["hex", "utf-7", "utf-16", "idna", "iso-8859-9", "yok"])
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART])
def test_a_form_is_utf_8_whatever_its_header_says(strict: Client, article: Article, content_type: str, charset: str) -> None:
    fields = filled(strict, article, body=TEXT) | {"csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    body = urlencode(fields) if content_type == URLENCODED else multipart(fields)

    response = strict.generic("POST", address(article), body.encode(), content_type=f"{content_type}; charset={charset}")

    assert response.status_code == 303
    comment = Comment.objects.get()
    assert comment.current_revision.body == TEXT


def multipart(fields: dict[str, str]) -> str:
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]
    return "".join([*parts, f"--{BOUNDARY}--\r\n"])


def test_too_many_fields_cost_nobody_his_text(strict: Client, article: Article) -> None:
    body = encoded(strict, article, body=TEXT) + "&x=1" * settings.DATA_UPLOAD_MAX_NUMBER_FIELDS

    response = strict.post(address(article), body, content_type=URLENCODED)

    assert response.status_code == 400
    assert "okunamadı" in text(response)
    assert in_textarea(response) == TEXT


@pytest.mark.parametrize(
    ("content_type", "spoil"),
    [
        ("multipart/form-data", lambda body: body),
        (f"multipart/form-data; boundary={'x' * 300}", lambda body: body),
        (MULTIPART, lambda body: body.replace("\r\n\r\n", "\r\nContent-Transfer-Encoding: base64\r\n\r\n", 1).replace("TOKEN", "%%%")),
    ],
    ids=["no boundary", "endless boundary", "broken base64"],
)
def test_a_malformed_form_costs_nobody_his_text(strict: Client, article: Article, content_type: str, spoil: Callable[[str], str]) -> None:
    body = spoil(multipart({"first": "TOKEN", **filled(strict, article, body=TEXT)}))

    response = strict.post(address(article), body, content_type=content_type)

    assert response.status_code in {400, 403}
    assert in_textarea(response) == TEXT


@pytest.mark.parametrize("body", ["", "&&&==", "--sinir", "\x00" * 50, 'name="body"', 'name="body"\r\n\r\n'])
@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART, "text/plain", "application/json", "çöp", ""])
def test_no_garbage_breaks_the_page(strict: Client, article: Article, content_type: str, body: str) -> None:
    strict.get(address(article))

    assert strict.post(address(article), body, content_type=content_type).status_code in {400, 403}


@pytest.mark.parametrize("content_type", [URLENCODED, MULTIPART])
def test_a_post_beyond_all_bounds_is_too_much(strict: Client, article: Article, content_type: str) -> None:
    response = strict.post(address(article), "body=" + "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE, content_type=content_type)

    assert response.status_code == 413
    assert "Lütfen kısaltıp yeniden gönderin." in text(response)


@pytest.mark.parametrize("key", ["yok", "yok~", "b" * 300, "%00"])
def test_a_post_to_an_article_that_does_not_exist_gives_the_text_back(client: Client, site: Site, key: str) -> None:
    response = client.post(f"/articles/{key}/", {"body": TEXT})

    assert response.status_code == 404
    assert in_textarea(response) == TEXT


def test_a_post_to_such_an_article_from_elsewhere_gives_the_text_back_too(strict: Client, site: Site) -> None:
    response = strict.post("/articles/yok/", {"body": TEXT})

    assert response.status_code == 403
    assert in_textarea(response) == TEXT


Broken = Callable[..., object]


def no_database(*_: object) -> object:
    raise OperationalError("the database has gone")


def no_writing(execute: Broken, sql: str, *rest: object) -> object:
    if sql.startswith(("INSERT", "EXECUTE INSERT")):
        raise OperationalError("the database has gone")
    return execute(sql, *rest)


@pytest.mark.parametrize("fault", [no_database, no_writing])
def test_a_lost_database_gives_the_text_back(strict: Client, article: Article, fault: Broken) -> None:
    body = encoded(strict, article, body=TEXT)

    with connection.execute_wrapper(fault):
        response = strict.post(address(article), body, content_type=URLENCODED)

    assert response.status_code == 503
    assert response["Retry-After"]
    assert "Hiçbir şey kaydedilmedi." in text(response)
    assert in_textarea(response) == TEXT


@pytest.mark.parametrize("path", ["/", "/articles/kent-meydani/", "/yok/", "/receipts/yok/"])
def test_pages_without_a_database_say_so(strict: Client, article: Article, path: str) -> None:
    with connection.execute_wrapper(no_database):
        response = strict.get(path)

    assert response.status_code in {404, 503}
    assert "Mizan" in text(response)


def test_a_fault_of_our_own_gives_the_text_back(strict: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def fault(*_: object) -> None:
        raise DatabaseError("a column is missing")

    monkeypatch.setattr(article_page, "_submitted", fault)

    response = strict.post(address(article), encoded(strict, article, body=TEXT), content_type=URLENCODED)

    assert response.status_code == 500
    assert "Bizden kaynaklanan bir aksaklık oldu" in text(response)
    assert in_textarea(response) == TEXT
