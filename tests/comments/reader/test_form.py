"""Whatever is wrong with a form is told in it, and what was typed stays."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from comments.models import Article, Comment, Reader
from tests.comments.conftest import Submitted
from tests.comments.reader.forms import A_WHILE, Answer, address, filled, hidden, in_textarea, post, send, text
from tests.comments.reader.test_article import published

TEXT = "Meydan güzel olmuş.\n\nBankların sayısı az <ama> yeter & artar."


def test_a_comment_lands_on_its_receipt(client: Client, article: Article) -> None:
    response = send(client, article, body=TEXT, name="  Ayşe   Kaya ", email="ayse@example.com")

    comment = Comment.objects.get()
    assert response.status_code == 303
    assert response["Location"].startswith("/receipts/")
    assert comment.current_revision.body == TEXT
    assert (comment.author_name, comment.reader.name, comment.reader.email) == ("Ayşe Kaya", "Ayşe Kaya", "ayse@example.com")
    assert comment.reader.email_confirmed_at is None


def test_the_next_form_remembers_the_name_and_never_the_address(client: Client, article: Article) -> None:
    send(client, article, name="Ayşe Kaya", email="ayse@example.com")

    response = client.get(address(article))

    assert hidden(response, "name") == "Ayşe Kaya"
    assert "ayse@example.com" not in text(response)


def test_a_reply_hangs_on_its_parent(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    parent = published(submitted(), editor)

    send(client, article, parent=str(parent.public_id))

    assert Comment.objects.filter(parent=parent).exists()


BAD_TEXTS = {
    "empty": ("", "Lütfen yorumunuzu yazın."),
    "spaces": (" \t\r\n\u00a0\u3000", "Lütfen yorumunuzu yazın."),
    "invisible": ("\u200b\u200d\u2060\ufeff", "Lütfen yorumunuzu yazın."),
    "controls": ("\x00\x01\u202e", "Lütfen yorumunuzu yazın."),
    "too long": ("Meydan güzel. " * 200, "en çok 2000 karakter olabilir. 799 karakter kısaltmanız gerekiyor."),
    "undecodable": ("Meydan g\ufffdzel.", "Yorumunuzdaki bazı karakterler okunamadı."),
}


@pytest.mark.parametrize(("typed", "told"), BAD_TEXTS.values(), ids=BAD_TEXTS)
def test_a_text_that_cannot_be_taken_stays_in_the_form_with_the_reason(client: Client, article: Article, typed: str, told: str) -> None:
    response = send(client, article, body=typed, name="Ayşe Kaya", email="ayse@example.com")

    page = text(response)
    assert response.status_code == 422
    assert told in page
    assert in_textarea(response) == typed
    assert (hidden(response, "name"), hidden(response, "email")) == ("Ayşe Kaya", "ayse@example.com")
    assert 'aria-describedby="body-error body-hint" aria-invalid="true"' in page
    assert '<a href="#body">' in page
    assert not Comment.objects.exists()
    assert not Reader.objects.exists()


BAD_NAMES = {
    "missing": ("", "Lütfen adınızı yazın."),
    "spaces": (" \u00a0 ", "Lütfen adınızı yazın."),
    "invisible letters": ("\u3164\u2800\u115f", "Lütfen adınızı yazın."),
    "marks without a letter": ("\u200d\ufe0f", "Lütfen adınızı yazın."),
    "too long": ("Ayşe" * 16, "Adınız çok uzun; en çok 60 karakter olabilir."),
    "NUL": ("Ay\x00şe", "Adınızda görünmeyen ya da okunamayan karakterler var."),
    "line end": ("Ayşe\r\nKaya", "Adınızda görünmeyen ya da okunamayan karakterler var."),
    "direction": ("Ayşe\u202eayaK", "Adınızda görünmeyen ya da okunamayan karakterler var."),
    "zero width": ("Ay\u200bşe", "Adınızda görünmeyen ya da okunamayan karakterler var."),
    "undecodable": ("Ay\ufffde", "Adınızda görünmeyen ya da okunamayan karakterler var."),
}


@pytest.mark.parametrize(("typed", "told"), BAD_NAMES.values(), ids=BAD_NAMES)
def test_a_name_that_cannot_be_taken_costs_nothing_else(client: Client, article: Article, typed: str, told: str) -> None:
    response = send(client, article, body=TEXT, name=typed)

    assert response.status_code == 422
    assert told in text(response)
    assert in_textarea(response) == TEXT
    assert 'aria-describedby="name-error name-hint" aria-invalid="true"' in text(response)
    assert not Comment.objects.exists()


@pytest.mark.parametrize("name", ["Ayşe K.", "İ", "Ümit Yaşar 🌷", "❤️ Deniz", "Şükrü-Can O’Neill", "آیدین", "山田"])
def test_any_name_that_can_be_read_is_taken(client: Client, article: Article, name: str) -> None:
    assert send(client, article, name=name).status_code == 303
    assert Comment.objects.get().author_name == name


@pytest.mark.parametrize("typed", ["ayse", "ayse@", "@example.com", "a b@example.com", "ayse@example.com\x00", "ayse@example.com, b@example.com"])
def test_a_bad_address_costs_nothing_else(client: Client, article: Article, typed: str) -> None:
    response = send(client, article, body=TEXT, name="Ayşe", email=typed)

    assert response.status_code == 422
    assert "Lütfen e-posta adresini denetleyin" in text(response)
    assert (in_textarea(response), hidden(response, "name")) == (TEXT, "Ayşe")


def test_everything_that_is_wrong_is_told_at_once(client: Client, article: Article) -> None:
    response = send(client, article, body="", name="", email="ayse")

    page = text(response)
    assert all(f'<a href="#{field}">' in page for field in ("body", "name", "email"))
    assert "<title>Hata: Kent meydanı yayalara açıldı" in page
    assert 'role="alert" tabindex="-1" autofocus' in page


def test_towers_of_marks_are_cut_down_and_taken(client: Client, article: Article) -> None:
    response = send(client, article, body="Meydan" + "\u0301" * 10_000 + " güzel.")

    comment = Comment.objects.get()
    assert response.status_code == 303
    assert len(comment.current_revision.body) < 30


def test_a_filled_honeypot_is_asked_again_and_the_next_try_goes_through(client: Client, article: Article) -> None:
    response = send(client, article, body=TEXT, homepage="http://example.com")

    assert response.status_code == 422
    assert in_textarea(response) == TEXT
    assert hidden(response, "homepage") == ""
    assert post(client, article, again(response)).status_code == 303


def again(response: Answer) -> dict[str, str]:
    """What a browser sends when the form that was shown is sent as it stands."""
    names = ("token", "submission_id", "parent", "name", "email", "homepage")
    return {"body": in_textarea(response), **{name: hidden(response, name) for name in names}}


@pytest.mark.parametrize("parent", ["çöp", "0", str(uuid4()), "\x00"])
def test_a_parent_that_is_none_is_told_and_the_next_try_stands_on_its_own(client: Client, article: Article, parent: str) -> None:
    response = send(client, article, body=TEXT, parent=parent)

    assert response.status_code == 422
    assert "Yanıtladığınız yorum artık yok." in text(response)
    assert in_textarea(response) == TEXT
    assert post(client, article, again(response)).status_code == 303
    assert Comment.objects.get().parent is None


def test_a_comment_of_another_article_is_no_parent(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    elsewhere = published(submitted(), editor)
    other = Article.objects.create(site=article.site, key="baska-haber", title="Başka haber")

    response = send(client, other, parent=str(elsewhere.public_id))

    assert response.status_code == 422
    assert "Yanıtladığınız yorum artık yok." in text(response)


def test_a_waiting_comment_is_no_parent(client: Client, article: Article, submitted: Submitted) -> None:
    response = send(client, article, parent=str(submitted().public_id))

    assert response.status_code == 422


UNTRUSTED = {
    "missing": {"token": ""},
    "forged": {"token": "WzEsMl0:xyz"},
    "of another submission": {"submission_id": str(uuid4())},
    "without a submission": {"submission_id": ""},
    "garbage for a submission": {"submission_id": "\x00çöp"},
}


@pytest.mark.parametrize("changed", UNTRUSTED.values(), ids=UNTRUSTED)
def test_a_token_that_is_not_ours_is_asked_again_with_a_new_one(client: Client, article: Article, changed: dict[str, str]) -> None:
    response = send(client, article, body=TEXT, **changed)

    assert response.status_code == 422
    assert "Formun sizden geldiğini doğrulayamadık." in text(response)
    assert in_textarea(response) == TEXT
    assert again(response)["token"] not in ("", changed.get("token"))
    assert not Comment.objects.exists()


def test_another_guests_token_is_not_taken(client: Client, article: Article) -> None:
    stolen = filled(Client(), article)
    client.get(address(article))

    assert post(client, article, stolen).status_code == 422
    assert not Comment.objects.exists()


def test_another_articles_token_is_not_taken(client: Client, article: Article) -> None:
    other = Article.objects.create(site=article.site, key="baska-haber", title="Başka haber")

    assert post(client, article, filled(client, other)).status_code == 422


def test_a_form_sent_too_quickly_is_asked_again_with_the_same_token(client: Client, article: Article) -> None:
    fields = filled(client, article, age=timedelta(), body=TEXT)

    response = post(client, article, fields)

    assert response.status_code == 422
    assert "Çok hızlı oldu." in text(response)
    assert again(response) == fields


def test_a_form_that_lay_open_for_hours_is_asked_again_with_a_new_token(client: Client, article: Article) -> None:
    fields = filled(client, article, age=timedelta(hours=2, seconds=1), body=TEXT)

    response = post(client, article, fields)

    assert response.status_code == 422
    assert "Bu sayfa uzun süredir açık duruyordu." in text(response)
    assert in_textarea(response) == TEXT
    assert again(response)["token"] != fields["token"]
    assert again(response)["submission_id"] != fields["submission_id"]


def test_a_form_is_good_for_almost_two_hours(client: Client, article: Article) -> None:
    assert post(client, article, filled(client, article, age=timedelta(hours=2) - A_WHILE)).status_code == 303


def test_a_closed_article_takes_no_comment_and_gives_the_text_back(client: Client, article: Article) -> None:
    fields = filled(client, article, body=TEXT)
    Article.objects.update(comments_open=False)

    response = post(client, article, fields)

    assert response.status_code == 409
    assert "Bu haber yoruma kapalı." in text(response)
    assert in_textarea(response) == TEXT
    assert not Comment.objects.exists()
    assert not Reader.objects.exists()


def test_a_form_sent_twice_makes_one_comment(client: Client, article: Article) -> None:
    fields = filled(client, article)

    first, second = post(client, article, fields), post(client, article, fields)

    assert first["Location"] == second["Location"]
    assert Comment.objects.count() == 1


def test_a_used_form_with_another_text_is_asked_again_and_points_to_the_first(client: Client, article: Article) -> None:
    fields = filled(client, article)
    first = post(client, article, fields)

    response = post(client, article, fields | {"body": TEXT})

    assert response.status_code == 422
    assert f'<a href="{first["Location"]}">' in text(response)
    assert in_textarea(response) == TEXT
    assert again(response)["submission_id"] != fields["submission_id"]
    assert Comment.objects.count() == 1


def test_markup_in_what_was_typed_is_shown_as_text(client: Client, article: Article) -> None:
    page = send(client, article, body="</textarea><script>alert(1)</script>", name='"><script>alert(2)</script>', email="x").content.decode()

    assert "<script>" not in page


def test_the_limit_is_the_settings(client: Client, article: Article) -> None:
    assert f"En çok {settings.COMMENT_MAX_LENGTH} karakter." in text(client.get(address(article)))
