"""What a mail says and does not say."""

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail import EmailMessage

from comments import embedding, lifecycle, receipts
from comments.delivery import mails
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Delivery, Reader
from moderation.engine.rule import Clause
from tests.comments.conftest import Submitted, make_editor
from tests.comments.judgements import judgement

BODY = "Meydan çok güzel olmuş."
NOTE = "Lütfen kişilere değil görüşlere yanıt verin."
REASONS = Reasons(frozenset({Clause.INSULTS}), frozenset({"off_topic"}), NOTE)


@pytest.fixture(autouse=True)
def public_url(settings: Any) -> None:
    settings.PUBLIC_URL = "https://yorum.example.com"


def decided(comment: Comment, move: str, editor: User, now: datetime) -> None:
    """Brings a waiting comment to where the move leads."""
    match move:
        case "approve":
            lifecycle.approve(comment, editor=editor, version=1, now=now)
        case "approve as corrected":
            corrected = judgement(comment.article.site, "Meydan güzel olmuş.")
            lifecycle.approve(comment, editor=editor, version=1, now=now, body="Meydan güzel olmuş.", judgement=corrected)
        case "reject":
            lifecycle.reject(comment, editor=editor, version=1, reasons=REASONS, now=now)
        case "request_correction":
            lifecycle.request_correction(comment, editor=editor, version=1, reasons=REASONS, now=now)
        case "remove":
            lifecycle.approve(comment, editor=editor, version=1, now=now)
            lifecycle.remove(comment, editor=editor, version=2, reasons=REASONS, now=now)
        case "deny_appeal":
            lifecycle.reject(comment, editor=other_than(editor), version=1, reasons=REASONS, now=now)
            lifecycle.open_appeal(comment, text="Bu bir alıntıydı.", now=now)
            lifecycle.deny_appeal(comment, editor=editor, version=2, note=NOTE, now=now)
        case "expire":
            lifecycle.request_correction(comment, editor=editor, version=1, reasons=REASONS, now=now)
            lifecycle.expire(comment, now=now + lifecycle.RETURNED_LIFETIME)


def other_than(editor: User) -> User:
    return make_editor(f"{editor.username}-2", "decide_comment")


def last_mail(now: datetime) -> EmailMessage:
    return mails.mail(Delivery.objects.select_related(*mails_need).latest("pk"), now=now)


mails_need = ("event__decision__comment__article__site", "event__decision__comment__reader")

TOLD = {
    "approve": ("Yorumunuz yayımlandı", "Yorumunuz yayımlandı.", "Your comment is published"),
    "approve as corrected": ("Yorumunuz yayımlandı", "düzeltme yaptı", "Your comment is published"),
    "reject": ("Yorumunuz yayımlanmadı", "bir editör verdi", "Your comment was not published"),
    "request_correction": ("Editör sizden düzeltme istiyor", "düzeltme yapmanızı istiyor", "An editor asks you for a correction"),
    "remove": ("Yorumunuz yayından kaldırıldı", "yayından kaldırıldı", "Your comment was removed"),
    "deny_appeal": ("İtirazınız kabul edilmedi", "Başka bir editör yorumunuza yeniden baktı", "Your appeal was denied"),
    "expire": ("Yorumunuzun süresi doldu", "yedi gün içinde düzeltilmedi", "Your comment has expired"),
}


@pytest.mark.parametrize("move", TOLD)
def test_each_change_is_told_in_plain_words_with_the_way_to_its_page(
    move: str, submitted: Submitted, writer: Reader, editor: User, now: datetime
) -> None:
    comment = submitted(BODY)

    decided(comment, move, editor, now)

    mail = last_mail(now)
    subject, sentence, _ = TOLD[move]
    assert mail.subject == subject
    assert sentence in mail.body
    assert comment.article.title in mail.body
    assert f"https://yorum.example.com/receipts/{receipts.token_for(comment)}/" in mail.body


def test_an_appeal_against_the_policys_refusal_was_answered_by_an_editor_not_by_another_one(
    submitted: Submitted, writer: Reader, editor: User, now: datetime
) -> None:
    comment = submitted(BODY, "reject", as_is=True)
    lifecycle.open_appeal(comment, text="Bu bir alıntıydı.", now=now)

    lifecycle.deny_appeal(comment, editor=editor, version=1, note=NOTE, now=now)

    assert "Bir editör yorumunuzu inceledi; yorumunuz yayımlanmıyor." in last_mail(now).body


def test_an_approval_taken_back_leaves_a_refusal_that_an_editor_has_read(submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    comment = submitted(BODY, "reject", as_is=True)
    lifecycle.approve(comment, editor=editor, version=1, now=now)

    lifecycle.undo(comment, editor=editor, version=2, now=now)

    body = last_mail(now).body
    assert "otomatik olarak verildi." in body
    assert "okumadı" not in body


@pytest.mark.parametrize("move", TOLD)
def test_an_english_article_is_written_about_in_english(
    move: str, submitted: Submitted, writer: Reader, editor: User, article: Article, now: datetime
) -> None:
    article.language = "en"
    article.save()

    decided(submitted(BODY), move, editor, now)

    mail = last_mail(now)
    assert mail.subject == TOLD[move][2]
    assert "Your comment’s page:" in mail.body


@pytest.mark.parametrize("move", TOLD)
def test_no_mail_holds_the_text_or_an_editors_name(move: str, submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    User.objects.update(first_name="Elif", last_name="Korkmaz")

    decided(submitted(BODY), move, editor, now)

    source = last_mail(now).message().as_bytes().decode()
    for secret in (BODY, "Meydan güzel olmuş.", "elif", "Elif", "Korkmaz"):
        assert secret not in source


@pytest.mark.parametrize("move", ["reject", "request_correction", "remove"])
def test_reasons_and_the_editors_note_are_told(move: str, submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    decided(submitted(BODY), move, editor, now)

    body = last_mail(now).body
    assert "- Hakaret: " in body
    assert "- Konu dışı\n" in body
    assert NOTE in body


def test_a_title_with_signs_of_markup_is_written_as_it_is(
    submitted: Submitted, writer: Reader, editor: User, article: Article, now: datetime
) -> None:
    article.title = 'İzmir\'de "deniz & güneş" <yeni>'
    article.save()

    decided(submitted(BODY), "approve", editor, now)

    assert article.title in last_mail(now).body


def test_the_question_to_a_stranger_holds_no_word_that_another_chose(submitted: Submitted, stranger: Reader, now: datetime) -> None:
    stranger.name = "Ucuz tatil burada"
    stranger.save()
    submitted(BODY)

    mail = last_mail(now)

    source = f"{mail.subject} {mail.body}"
    assert "Ucuz" not in source
    assert "Ayşe" not in source
    assert BODY not in source
    assert "https://yorum.example.com/addresses/" in mail.body
    assert "Bağlantı 7 gün geçerlidir." in mail.body


def test_every_mail_says_that_a_machine_sent_it_and_carries_its_own_id(submitted: Submitted, stranger: Reader, now: datetime) -> None:
    submitted(BODY)

    message = last_mail(now).message()

    event = Delivery.objects.get().event
    assert message["Message-ID"] == f"<{event.public_id}.confirmation@yorum.example.com>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_restored_rejection_tells_its_reasons_again(submitted: Submitted, writer: Reader, editor: User, senior_editor: User, now: datetime) -> None:
    comment = submitted(BODY)
    lifecycle.reject(comment, editor=editor, version=1, reasons=REASONS, now=now)
    lifecycle.approve(comment, editor=editor, version=2, now=now)

    lifecycle.undo(comment, editor=senior_editor, version=3, now=now)

    body = last_mail(now).body
    assert "Size bildirdiğimiz karar geri alındı. Yorumunuz yayımlanmadı." in body
    assert "- Hakaret: " in body


@pytest.mark.parametrize(
    ("allowed", "url", "place"),
    [
        (["https://www.haber.example"], "https://www.haber.example/meydan?a=1#ust", "https://www.haber.example/meydan?a=1#comment-{id}"),
        (["https://spor.example"], "https://www.haber.example/meydan", "https://yorum.example.com/articles/kent-meydani/?comment={id}#comment-{id}"),
        (["https://www.haber.example"], "", "https://yorum.example.com/articles/kent-meydani/?comment={id}#comment-{id}"),
    ],
)
def test_a_published_comment_is_linked_where_its_readers_read_it(
    article: Article, submitted: Submitted, writer: Reader, editor: User, now: datetime, allowed: list[str], url: str, place: str
) -> None:
    """On the news site's own page, where that may show the comments in a frame."""
    embedding.allow(article.site, allowed)
    Article.objects.update(url=url)
    comment = submitted()
    decided(comment, "approve", editor, now)

    assert f"\n{place.format(id=comment.public_id)}\n" in str(last_mail(now).body)


def test_a_refused_comment_is_linked_nowhere_but_at_its_receipt(submitted: Submitted, writer: Reader, editor: User, now: datetime) -> None:
    comment = submitted()
    decided(comment, "reject", editor, now)

    assert f"#comment-{comment.public_id}" not in str(last_mail(now).body)
