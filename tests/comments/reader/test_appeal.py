"""An appeal on the receipt: made once, answered by another editor, and told where it stands."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle
from comments.lanes import in_lane
from comments.lifecycle import Reasons
from comments.models import Appeal, Article, Comment
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted
from tests.comments.judgements import judgement
from tests.comments.reader.forms import text
from tests.comments.reader.test_receipt import receipt_of

WORDS = "Bu bir alıntıydı, kimseye hakaret etmedim."
INSULT = "Sen bir salaksın."


@pytest.fixture
def refused(submitted: Submitted, editor: User) -> Comment:
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(frozenset({Clause.INSULTS})), now=timezone.now())
    return comment


@pytest.fixture
def refused_by_the_policy(submitted: Submitted) -> Comment:
    return submitted(INSULT, "reject", as_is=True)


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


def test_the_policys_refusal_is_appealed_to_an_editor_not_to_another_one(client: Client, refused_by_the_policy: Comment) -> None:
    told = text(client.get(receipt_of(refused_by_the_policy)))
    appeal(client, refused_by_the_policy)
    waiting = text(client.get(receipt_of(refused_by_the_policy)))

    assert "yorumunuzu bir editör okumadı" in told
    assert "Yorumunuzu bir editör okuyacak ve size yanıt verecek." in told
    assert "Yorumunuzu bir editör okuyacak. Yanıtı bu sayfada bulacaksınız." in waiting
    assert "başka bir editör" not in told + waiting


def test_once_an_editor_has_answered_nobody_says_that_none_has_read_it(client: Client, refused_by_the_policy: Comment, editor: User) -> None:
    appeal(client, refused_by_the_policy)

    lifecycle.deny_appeal(refused_by_the_policy, editor=editor, version=1, note="Doğrudan hitap.", now=timezone.now())

    page = text(client.get(receipt_of(refused_by_the_policy)))
    assert "Bu karar yorum kurallarına göre otomatik olarak verildi." in page
    assert "Bir editör yorumunuzu inceledi; yorumunuz yayımlanmıyor." in page
    assert "okumadı" not in page
    assert "aşka bir editör" not in page


def test_what_an_editor_asked_to_correct_and_was_sent_as_it_is_has_been_read(
    client: Client, article: Article, submitted: Submitted, editor: User
) -> None:
    comment, found = submitted(INSULT), judgement(article.site, INSULT, "reject")
    lifecycle.request_correction(comment, editor=editor, version=1, reasons=Reasons(note="Kişilere değil, görüşlere."), now=timezone.now())
    lifecycle.resubmit(comment, found, version=2, body=INSULT, as_is=True, now=timezone.now())

    page = text(client.get(receipt_of(comment)))

    assert "otomatik olarak verildi." in page
    assert "okumadı" not in page


def test_what_was_not_refused_cannot_be_appealed_against(client: Client, submitted: Submitted) -> None:
    waiting = submitted()

    response = client.post(f"{receipt_of(waiting)}appeal/", {"text": WORDS})

    assert response.status_code == 409
    assert WORDS in text(response)
    assert not Appeal.objects.exists()
