"""The receipt: where a comment stands, why, and what its writer may do."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.template.loader import get_template
from django.test import Client
from django.utils import timezone

from comments import embedding, lifecycle, receipts
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Status
from moderation import versions
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, Submitted
from tests.comments.reader.forms import Answer, in_textarea, send, text

SHOUTED = "MEYDAN ÇOK GÜZEL OLMUŞ, ELLERİNİZE SAĞLIK."
CALM = "Meydan çok güzel olmuş, ellerinize sağlık."


def receipt_of(comment: Comment) -> str:
    return f"/receipts/{receipts.token_for(comment)}/"


@pytest.fixture
def strict() -> Client:
    """A stranger's browser, without any cookie: the address alone must do."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def returned(client: Client, article: Article) -> Comment:
    """Judged by the real engine."""
    send(client, article, body=SHOUTED)
    comment = Comment.objects.get()
    assert comment.status == Status.RETURNED
    return comment


def corrected(response: Answer) -> dict[str, str]:
    """What the button «Düzeltilmiş metni kullan» posts."""
    found = re.search(r'name="version" value="(\d+)">\s*<input type="hidden" name="body" value="([^"]*)">', text(response))
    assert found, "the page offers no corrected text"
    return {"version": found[1], "body": found[2]}


@pytest.mark.parametrize("status", Status)
def test_every_status_has_its_part_of_the_receipt(status: Status) -> None:
    get_template(f"reader/receipt/{status}.html")


def test_a_returned_comment_shows_marks_reasons_corrections_and_three_ways(strict: Client, returned: Comment) -> None:
    page = text(strict.get(receipt_of(returned)))

    assert '<mark class="capital_letters">' in page
    assert '<a href="#finding-1">1</a>' in page
    assert 'id="finding-1"' in page
    assert "Büyük harfler" in page
    assert "<del>MEYDAN</del>" in page
    assert "<ins>Meydan</ins>" in page
    assert all(way in page for way in ("Düzeltilmiş metni kullan", "Kendim düzelteyim", "Bu haliyle gönder", "Yorumu geri çek"))


def test_the_corrected_text_is_sent_with_one_click(strict: Client, returned: Comment) -> None:
    posted = corrected(strict.get(receipt_of(returned)))

    response = strict.post(f"{receipt_of(returned)}revisions/", posted)

    returned.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, receipt_of(returned))
    assert posted["body"] == CALM
    assert (returned.status, returned.current_revision.body) == (Status.PENDING, CALM)


def test_two_clicks_send_it_once(strict: Client, returned: Comment) -> None:
    posted = corrected(strict.get(receipt_of(returned)))

    answers = [strict.post(f"{receipt_of(returned)}revisions/", posted) for _ in range(2)]

    assert [response.status_code for response in answers] == [303, 303]
    assert returned.revisions.count() == 2


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_text_may_be_sent_as_it_is(strict: Client, returned: Comment, clicks: int) -> None:
    answers = [strict.post(f"{receipt_of(returned)}revisions/", {"as_is": "1", "version": "1"}) for _ in range(clicks)]

    returned.refresh_from_db()
    assert {response.status_code for response in answers} == {303}
    assert returned.status == Status.PENDING
    assert (returned.current_revision.body, returned.current_revision.as_is) == (SHOUTED, True)
    assert "Yorumunuz editörde" in text(strict.get(receipt_of(returned)))


@pytest.mark.parametrize(("typed", "told"), [("", "Lütfen yorumunuzu yazın."), (" \u200b", "Lütfen yorumunuzu yazın."), ("a" * 2001, "en çok 2000")])
def test_a_correction_that_cannot_be_taken_stays_in_its_field(strict: Client, returned: Comment, typed: str, told: str) -> None:
    response = strict.post(f"{receipt_of(returned)}revisions/", {"body": typed, "version": "1"})

    assert response.status_code == 422
    assert told in text(response)
    assert in_textarea(response) == typed
    assert "<title>Hata: " in text(response)
    assert returned.revisions.count() == 1


@pytest.mark.parametrize("version", ["", "0", "7", "-1", "1.0", "çöp", "9" * 5000])
def test_a_stale_page_changes_nothing_and_keeps_the_text(strict: Client, returned: Comment, version: str) -> None:
    response = strict.post(f"{receipt_of(returned)}revisions/", {"body": "Yeni metin.", "version": version})

    assert response.status_code == 409
    assert "yorumunuzun durumu değişti" in text(response)
    assert in_textarea(response) == "Yeni metin."
    assert returned.revisions.count() == 1


def test_a_correction_that_comes_after_the_withdrawal_is_given_back(strict: Client, returned: Comment) -> None:
    lifecycle.withdraw(returned, version=1, now=timezone.now())

    response = strict.post(f"{receipt_of(returned)}revisions/", {"body": "Yeni metin.", "version": "1"})

    assert response.status_code == 409
    assert "Yorumunuzu geri çektiniz" in text(response)
    assert in_textarea(response) == "Yeni metin."


def test_an_offence_is_shown_as_a_sentence_with_its_reason_and_not_as_a_pattern(strict: Client, article: Article, submitted: Submitted) -> None:
    comment = submitted("Sen ne anlarsın. Meydan güzel.", "reject", now=timezone.now())

    page = text(strict.get(receipt_of(comment)))

    assert '<mark class="offence">Sen ne anlarsın.</mark>' in page
    assert "Hakaret" in page
    assert "bu haliyle yayımlanmaz" in page


def test_a_suspicion_is_the_editors_alone(strict: Client, article: Article, submitted: Submitted) -> None:
    comment = submitted("Sen ne anlarsın.", "hold")

    page = text(strict.get(receipt_of(comment)))

    assert "Yorumunuz editörde" in page
    assert "<mark" not in page
    assert "Hakaret" not in page


def test_the_policys_refusal_says_that_no_editor_has_read_the_comment(strict: Client, article: Article, submitted: Submitted) -> None:
    comment = submitted("Sen ne anlarsın.", "reject", as_is=True)

    page = text(strict.get(receipt_of(comment)))

    assert "Yorumunuz yayımlanmadı" in page
    assert "otomatik olarak verildi" in page
    assert "Yorumunuz bir kişiye ya da topluluğa hakaret içeriyor." in page


def test_an_editors_refusal_gives_clauses_house_reasons_and_note_but_no_name(
    strict: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    versions.enact(article.site, {"house_reasons": {"off_topic": {"tr": "Haberle ilgisiz", "en": "Not about the article"}}})
    comment = submitted()
    reasons = Reasons(clauses=frozenset({Clause.ATTACKS_ON_BELIEFS}), house_reasons=frozenset({"off_topic"}), note="Konuya\ndönelim.")
    lifecycle.reject(comment, editor=editor, version=1, reasons=reasons, now=timezone.now())

    page = text(strict.get(receipt_of(comment)))

    assert "Bu kararı, yorumunuzu okuyan bir editör verdi." in page
    assert "Yorumunuz bir inanca ya da inananlara saldırıyor." in page
    assert "Haberle ilgisiz" in page
    assert "Konuya\ndönelim." in page
    assert editor.username not in page


def test_a_house_reason_that_the_policy_no_longer_knows_is_still_told(strict: Client, article: Article, editor: User, submitted: Submitted) -> None:
    version = versions.enact(article.site, {"house_reasons": {"seasonal": {"tr": "Seçim yasağı", "en": "Election silence"}}})
    comment = submitted()
    lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(house_reasons=frozenset({"seasonal"})), now=timezone.now())
    versions.enact(version.site, {})

    assert "<strong>Diğer</strong>" in text(strict.get(receipt_of(comment)))


def test_an_editors_request_for_correction_shows_the_note_and_a_field(strict: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted("Geçen yıl da kapanmıştı.")
    lifecycle.request_correction(comment, editor=editor, version=1, reasons=Reasons(note="Hangi yılı kastediyorsunuz?"), now=timezone.now())

    response = strict.get(receipt_of(comment))

    assert "Editör sizden düzeltme istiyor" in text(response)
    assert "Hangi yılı kastediyorsunuz?" in text(response)
    assert in_textarea(response) == "Geçen yıl da kapanmıştı."


def test_after_an_undo_the_earlier_decision_explains(strict: Client, editor: User, submitted: Submitted) -> None:
    comment, now = submitted(), timezone.now()
    lifecycle.reject(comment, editor=editor, version=1, reasons=Reasons(clauses=frozenset({Clause.SPELLING}), note="İlk gerekçe."), now=now)
    lifecycle.approve(comment, editor=editor, version=2, now=now)
    lifecycle.undo(comment, editor=editor, version=3, now=now)

    page = text(strict.get(receipt_of(comment)))

    assert "Yorumunuz yayımlanmadı" in page
    assert "İlk gerekçe." in page


def test_a_published_comment_links_to_its_place_and_can_be_changed_for_five_minutes(
    strict: Client, client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now())
    link = f"/articles/{article.key}/?comment={comment.public_id}#comment-{comment.public_id}"

    page = text(strict.get(receipt_of(comment)))
    response = strict.post(f"{receipt_of(comment)}revisions/", {"body": "Meydan daha da güzel olmuş.", "version": "2"})

    comment.refresh_from_db()
    assert link in page
    assert "Metni değiştir" in page
    assert response.status_code == 303
    assert comment.status == Status.PENDING
    assert "O zamana kadar, daha önce onaylanan metin yayında kalır." in text(strict.get(receipt_of(comment)))
    assert "Meydan çok güzel olmuş." in text(client.get(f"/articles/{article.key}/"))


def test_a_change_that_comes_too_late_is_given_back(strict: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now() - lifecycle.EDIT_WINDOW - timedelta(seconds=1))

    response = strict.post(f"{receipt_of(comment)}revisions/", {"body": "Geç kalan metin.", "version": "2"})

    assert response.status_code == 409
    assert "bu süre geçti" in text(response)
    assert in_textarea(response) == "Geç kalan metin."
    assert "Metni değiştir" not in text(strict.get(receipt_of(comment)))


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_comment_is_withdrawn_once(strict: Client, submitted: Submitted, clicks: int) -> None:
    comment = submitted()

    answers = [strict.post(f"{receipt_of(comment)}withdraw/", {"version": "1"}) for _ in range(clicks)]

    comment.refresh_from_db()
    assert {response.status_code for response in answers} == {303}
    assert (comment.status, comment.version) == (Status.WITHDRAWN, 2)
    assert "Yorumunuzu geri çektiniz" in text(strict.get(receipt_of(comment)))


def test_a_withdrawal_from_a_stale_page_says_what_happened_meanwhile(strict: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now())

    response = strict.post(f"{receipt_of(comment)}withdraw/", {"version": "1"})

    comment.refresh_from_db()
    assert response.status_code == 409
    assert "yorumunuzun durumu değişti" in text(response)
    assert "Yorumunuz yayımlandı" in text(response)
    assert comment.status == Status.APPROVED


def test_a_removed_comment_says_so(strict: Client, editor: User, submitted: Submitted) -> None:
    comment, now = submitted(), timezone.now()
    lifecycle.approve(comment, editor=editor, version=1, now=now)
    lifecycle.remove(comment, editor=editor, version=2, reasons=Reasons(house_reasons=frozenset({"unlawful"})), now=now)

    page = text(strict.get(receipt_of(comment)))

    assert "Yorumunuz yayından kaldırıldı" in page
    assert "Hukuka aykırı" in page


def test_an_expired_comment_says_so(strict: Client, submitted: Submitted) -> None:
    comment = submitted("Meydan güzel.", "correct")
    lifecycle.expire(comment, now=comment.status_since + lifecycle.RETURNED_LIFETIME)

    assert "Yorumunuzun süresi doldu" in text(strict.get(receipt_of(comment)))


def test_an_erased_comment_holds_nothing_any_more(strict: Client, editor: User, submitted: Submitted) -> None:
    comment = submitted("Silinecek metin.", "correct")
    lifecycle.erase(comment, editor=editor, version=1, now=timezone.now())

    page = text(strict.get(receipt_of(comment)))

    assert "Yorumunuz silindi" in page
    assert "Silinecek metin." not in page
    assert "Ayşe" not in page


def test_a_comment_that_the_engine_could_not_judge_waits_like_any_other(strict: Client, submitted: Submitted) -> None:
    assert "Yorumunuz editörde" in text(strict.get(receipt_of(submitted("Meydan güzel.", "failed"))))


def test_nobody_keeps_or_finds_a_receipt_and_its_address_goes_nowhere(strict: Client, submitted: Submitted) -> None:
    comment = submitted()

    response = strict.get(receipt_of(comment))

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noindex" in response["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex">' in text(response)
    assert f'value="http://testserver{receipt_of(comment)}"' in text(response)


@pytest.mark.parametrize("token", ["x", "..", "%00", "a" * 3000, "%ED%A0%80", "00000000000000000000000000000000.imza"])
@pytest.mark.parametrize("ending", ["", "revisions/", "withdraw/"])
def test_an_invented_address_is_not_found(strict: Client, site: object, token: str, ending: str) -> None:
    response = strict.post(f"/receipts/{token}/{ending}", {"body": "Metnim."}) if ending else strict.get(f"/receipts/{token}/")

    assert response.status_code == 404
    assert in_textarea(response) == ("Metnim." if ending else "")


def test_markup_is_shown_as_text(strict: Client, submitted: Submitted) -> None:
    comment = submitted("<script>alert(1)</script> MEYDAN", "correct", "reject")

    page = strict.get(receipt_of(comment)).content.decode()

    assert "<script>" not in page
    assert not re.search(r"\son\w+=|style=", page)


def test_english_readers_get_english_reasons(strict: Client, article: Article, submitted: Submitted) -> None:
    strict.get("/language/en/")
    comment = submitted("Sen ne anlarsın.", "reject", as_is=True)

    page = text(strict.get(receipt_of(comment)))

    assert "Your comment was not published" in page
    assert "Your comment insults a person or a group." in page


def test_a_published_comment_is_shown_on_the_news_sites_page_and_inside_a_frame_within_it(
    strict: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    embedding.allow(article.site, ["https://www.haber.example"])
    Article.objects.update(url="https://www.haber.example/meydan")
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    token = receipts.token_for(comment)

    whole, framed = (text(strict.get(f"{room}/receipts/{token}/?language=tr&accent=%23aa0000")) for room in ("", "/embed"))

    assert f'href="https://www.haber.example/meydan#comment-{comment.public_id}"' in whole
    inside = f"/embed/kent-meydani/?language=tr&accent=%23aa0000&comment={comment.public_id}#comment-{comment.public_id}"
    assert f'href="{inside}"' in framed
