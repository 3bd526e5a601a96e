"""An appeal on the receipt: made once, answered by another editor, and told where it stands."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.lanes import in_lane
from comments.lifecycle import Reasons
from comments.models import Appeal, Comment
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.reader.forms import text
from tests.comments.reader.test_receipt import receipt_of

WORDS = "Bu bir alıntıydı, kimseye hakaret etmedim."


@pytest.fixture
def refused(submitted: Submitted, editor: User) -> Comment:
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(frozenset({Clause.INSULTS})), now=timezone.now())
    return comment


def appeal(client: Client, comment: Comment, words: str = WORDS) -> int:
    return client.post(f"{receipt_of(comment)}appeal/", {"text": words}).status_code


def test_a_refused_writer_may_appeal_and_only_once(client: Client, refused: Comment) -> None:
    assert "Bu karara itiraz edin" in text(client.get(receipt_of(refused)))

    assert appeal(client, refused) == 303

    page = text(client.get(receipt_of(refused)))
    assert "İtirazınız editörlerde" in page
    assert WORDS in page
    assert "Bu karara itiraz edin" not in page
    assert appeal(client, refused, "Bir daha.") == 303
    assert Appeal.objects.get().text == WORDS
    assert list(in_lane("appeals")) == [refused]


@pytest.mark.parametrize("words", ["", "  \u200b ", "a" * 2001])
def test_an_appeal_that_cannot_be_taken_keeps_its_words_and_says_why(client: Client, refused: Comment, words: str) -> None:
    response = client.post(f"{receipt_of(refused)}appeal/", {"text": words})

    page = text(response)
    assert response.status_code == 422
    assert '<a href="#text">' in page
    assert f">\n{words}</textarea>" in page
    assert not Appeal.objects.exists()


def test_the_answer_to_an_appeal_is_told_on_the_receipt(client: Client, refused: Comment, other_editor: User) -> None:
    appeal(client, refused)

    lifecycle.deny_appeal(refused, editor=other_editor, version=2, note="Alıntı değil, doğrudan hitap.", now=timezone.now())

    page = text(client.get(receipt_of(refused)))
    assert "İtirazınız kabul edilmedi" in page
    assert "Alıntı değil, doğrudan hitap." in page
    assert "Bu karara itiraz edin" not in page
    assert appeal(client, refused, "Bir daha.") == 303
    assert Appeal.objects.get().closed_by is not None


def test_what_was_not_refused_cannot_be_appealed_against(client: Client, submitted: Submitted) -> None:
    waiting = submitted()

    response = client.post(f"{receipt_of(waiting)}appeal/", {"text": WORDS})

    assert response.status_code == 409
    assert WORDS in text(response)
    assert not Appeal.objects.exists()
