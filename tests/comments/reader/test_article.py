"""The article page: what is read, what is said about it, and what stays hidden."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import lifecycle
from comments.lifecycle import Reasons
from comments.models import Article, Comment
from comments.reader.threads import PAGE
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.judgements import judgement
from tests.comments.reader.forms import address, text


def published(comment: Comment, editor: User, *, minutes: int = 0) -> Comment:
    lifecycle.approve(comment, editor=editor, version=comment.version, now=NOON + timedelta(minutes=minutes))
    return comment


def test_the_article_stands_on_its_page_with_the_notice_in_the_policys_own_words(client: Client, article: Article) -> None:
    Article.objects.update(
        summary="Üç yıl süren çalışma bitti.", body="Birinci paragraf.\n\nİkinci paragraf.", section="Gündem", author="Selin Akarsu"
    )

    page = text(client.get(address(article)))

    assert "Selin Akarsu" in page
    assert "<h1>Kent meydanı yayalara açıldı</h1>" in page
    assert "<p>Birinci paragraf.</p><p>İkinci paragraf.</p>" in page
    assert "Türkçe karakter kullanılmayan ve büyük harflerle yazılmış yorumlar onaylanmamaktadır." in page


def test_only_published_comments_are_shown(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    published(submitted("Yayımlanan yorum."), editor)
    submitted("Bekleyen yorum.")
    submitted("İade edilen yorum.", "correct")
    rejected = submitted("Reddedilen yorum.")
    lifecycle.reject(rejected, editor=editor, version=1, reasons=Reasons(clauses=frozenset({Clause.INSULTS})), now=NOON)

    page = text(client.get(address(article)))

    assert "Yayımlanan yorum." in page
    assert not re.search(r"Bekleyen|İade edilen|Reddedilen", page)
    assert '<span class="count">1</span>' in page


def test_an_edited_comment_shows_the_approved_text_until_the_new_one_is_decided(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    comment = published(submitted("İlk metin."), editor)
    lifecycle.edit(comment, judgement(article.site, "Yeni metin."), version=comment.version, body="Yeni metin.", now=NOON)

    page = text(client.get(address(article)))

    assert "İlk metin." in page
    assert "Yeni metin." not in page


def test_a_reply_stands_below_its_parent(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    parent = published(submitted("Soru."), editor)
    published(submitted("Yanıt.", parent=parent), editor, minutes=1)
    published(submitted("Başka konu."), editor, minutes=2)

    page = text(client.get(address(article)))

    assert page.index("Başka konu.") < page.index("Soru.") < page.index('<ol class="replies">') < page.index("Yanıt.")


def test_replies_to_replies_stand_below_them_and_one_that_is_gone_keeps_its_place_between(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    line = [published(submitted("Soru."), editor)]
    for number in range(1, 5):
        line.append(published(submitted(f"{number}. kat.", parent=line[-1]), editor, minutes=number))
    published(submitted("Sonradan gelen.", parent=line[0]), editor, minutes=9)
    for gone in line[1:3]:
        lifecycle.withdraw(gone, version=gone.version, now=NOON)

    page = text(client.get(address(article)))

    assert page.count('<ol class="replies">') == 4
    assert page.count("Bu yorumu yazarı geri çekti.") == 2
    assert page.index("Soru.") < page.index("geri çekti") < page.index("3. kat.") < page.index("4. kat.") < page.index("Sonradan gelen.")
    assert "1. kat." not in page


def test_a_thread_whose_last_visible_comment_is_far_down_is_shown_with_all_above_it(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    line = [published(submitted("Soru."), editor)]
    for number in range(1, 4):
        line.append(published(submitted(f"{number}. kat.", parent=line[-1]), editor, minutes=number))
    for gone in line[:3]:
        lifecycle.withdraw(gone, version=gone.version, now=NOON)

    page = text(client.get(address(article)))

    assert page.count("Bu yorumu yazarı geri çekti.") == 3
    assert "3. kat." in page


def test_where_replies_are_switched_off_none_is_offered(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    Site.objects.update(reply_depth=0)
    comment = published(submitted(), editor)

    page = text(client.get(f"{address(article)}?reply_to={comment.public_id}"))

    assert "Yanıtla" not in page
    assert '<input type="hidden" name="parent" value="">' in page


def test_a_withdrawn_comment_with_replies_leaves_its_place_but_neither_name_nor_text(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    parent = published(submitted("Çekilecek soru."), editor)
    published(submitted("Duran yanıt.", parent=parent), editor, minutes=1)
    lifecycle.withdraw(parent, version=parent.version, now=NOON)
    Comment.objects.filter(pk=parent.pk).update(author_name="Çekilen Ad")

    page = text(client.get(address(article)))

    assert "Bu yorumu yazarı geri çekti." in page
    assert "Duran yanıt." in page
    assert "Çekilecek soru." not in page
    assert "Çekilen Ad" not in page


def test_a_withdrawn_comment_without_replies_is_gone(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    comment = published(submitted(), editor)
    lifecycle.withdraw(comment, version=comment.version, now=NOON)

    page = text(client.get(address(article)))

    assert "geri çekti" not in page
    assert "Henüz yorum yapılmadı." in page


@pytest.fixture
def many(article: Article, editor: User, submitted: Submitted) -> list[Comment]:
    """Two pages and a half; every other pair shares its moment."""
    return [published(submitted(f"Yorum {number}."), editor, minutes=number // 2) for number in range(PAGE * 2 + PAGE // 2)]


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_paging_shows_every_comment_once_in_order(client: Client, article: Article, many: list[Comment], order: str) -> None:
    shown, link = [], f"{address(article)}?order={order}"
    while link:
        page = text(client.get(link))
        shown += [int(number) for number in re.findall(r"Yorum (\d+)\.", page)]
        following = re.search(r'href="([^"]*after=[^"]*)#comments"', page)
        link = following[1] if following else ""

    expected = list(range(len(many)))
    assert shown == (expected if order == "oldest" else expected[::-1])


def test_a_permalink_shows_the_page_that_the_comment_is_on(
    client: Client, article: Article, many: list[Comment], editor: User, submitted: Submitted
) -> None:
    reply = published(submitted("Geç gelen yanıt.", parent=many[0]), editor, minutes=90)

    first_page, linked = text(client.get(address(article))), text(client.get(f"{address(article)}?comment={reply.public_id}"))

    assert "Geç gelen yanıt." not in first_page
    assert f'id="comment-{reply.public_id}"' in linked
    assert "Yorum 0." in linked


SOUGHT = "Aradığınız yorum burada yok ya da artık yayında değil."


@pytest.mark.parametrize("sought", ["yok", "0", "'", "%00", str(uuid4()), "a" * 5000])
def test_who_follows_a_link_to_an_unknown_comment_is_told_so_above_the_article(client: Client, article: Article, sought: str) -> None:
    response = client.get(f"{address(article)}?comment={sought}")

    assert response.status_code == 200
    assert text(response).index(SOUGHT) < text(response).index("<h1>")


def test_a_link_to_what_is_not_public_says_the_same_whatever_became_of_it(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    withdrawn, waiting, shown = published(submitted("Geri çekilen."), editor), submitted("Bekleyen."), published(submitted("Duran."), editor)
    lifecycle.withdraw(withdrawn, version=2, now=NOON)

    pages = [text(client.get(f"{address(article)}?comment={comment.public_id}")) for comment in (withdrawn, waiting, shown)]

    assert [SOUGHT in page for page in pages] == [True, True, False]
    assert SOUGHT not in text(client.get(address(article)))


def test_a_link_to_what_stands_in_place_for_its_replies_is_told_there_and_not_above(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    withdrawn = published(submitted("Geri çekilen."), editor)
    published(submitted("Yanıt.", parent=withdrawn), editor)
    lifecycle.withdraw(withdrawn, version=2, now=NOON)

    page = text(client.get(f"{address(article)}?comment={withdrawn.public_id}"))

    assert "Bu yorumu yazarı geri çekti." in page
    assert SOUGHT not in page


def test_where_an_article_shows_no_comments_none_is_found(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    comment = published(submitted(), editor)
    Article.objects.update(mode=Article.Mode.CLOSED)

    assert SOUGHT in text(client.get(f"{address(article)}?comment={comment.public_id}"))


@pytest.mark.parametrize("after", ["yok", "0", "'", "%00", str(uuid4()), "a" * 5000])
def test_a_place_that_does_not_exist_is_the_first_page(client: Client, article: Article, many: list[Comment], after: str) -> None:
    response = client.get(f"{address(article)}?after={after}")

    assert response.status_code == 200
    assert f"Yorum {len(many) - 1}." in text(response)


def test_a_page_takes_as_many_queries_for_forty_comments_as_for_one(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    published(submitted("Tek yorum."), editor)
    client.get(address(article))
    with CaptureQueriesContext(connection) as for_one:
        client.get(address(article))

    for number in range(PAGE):
        parent = published(submitted(f"Soru {number}."), editor)
        published(submitted(f"Yanıt {number}.", parent=parent), editor)
    with CaptureQueriesContext(connection) as for_many:
        client.get(address(article))

    assert len(for_many) == len(for_one) <= 8


def test_markup_in_names_and_texts_is_shown_as_text(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    comment = submitted("<script>alert(1)</script><b>kalın</b>")
    Comment.objects.filter(pk=comment.pk).update(author_name="<img src=x onerror=alert(1)>")
    published(comment, editor)

    page = client.get(address(article)).content.decode()

    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_a_closed_article_shows_its_comments_and_a_sentence_in_place_of_the_form(
    client: Client, article: Article, editor: User, submitted: Submitted
) -> None:
    published(submitted("Eski yorum."), editor)
    Article.objects.update(closes_at=timezone.now() - timedelta(minutes=1))

    page = text(client.get(address(article)))

    assert "Eski yorum." in page
    assert "tarihinde yoruma kapandı." in page
    assert "<form" not in page
    assert "Yanıtla" not in page


def test_an_article_closed_altogether_shows_no_comments(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    published(submitted("Gizlenen yorum."), editor)
    Article.objects.update(mode=Article.Mode.CLOSED)

    assert "Gizlenen yorum." not in text(client.get(address(article)))
    assert "1 yorum" not in text(client.get("/"))


def test_an_open_article_has_one_form_that_posts(client: Client, article: Article) -> None:
    page = text(client.get(address(article)))

    assert len(re.findall(r'<form[^>]*method="post"', page)) == 1
    assert all(
        f'name="{field}"' in page for field in ("body", "name", "email", "csrfmiddlewaretoken", "token", "submission_id", "parent", "homepage")
    )


def test_the_page_holds_no_script_or_style_of_its_own(client: Client, article: Article) -> None:
    response = client.get(address(article))

    page = response.content.decode()
    assert not re.search(r"\son\w+=|style=|<style", page)
    executed = [tag for tag in re.findall(r"<script[^>]*>", page) if "application/" not in tag]
    assert executed
    assert all(tag.startswith('<script type="module" src="/static/') for tag in executed)
    assert response["Cache-Control"] == "private, no-cache"


def test_a_reply_link_names_whom_one_answers(client: Client, article: Article, editor: User, submitted: Submitted) -> None:
    comment = published(submitted("Cevabını bekleyen soru."), editor)

    page = text(client.get(f"{address(article)}?reply_to={comment.public_id}"))

    assert f'<input type="hidden" name="parent" value="{comment.public_id}">' in page
    assert "Yanıt yazın" in page


@pytest.mark.parametrize("reply_to", ["yok", str(uuid4())])
def test_a_reply_to_nothing_is_told_before_anything_is_written(client: Client, article: Article, reply_to: str) -> None:
    page = text(client.get(f"{address(article)}?reply_to={reply_to}"))

    assert "Yanıtlamak istediğiniz yorum artık yok." in page
    assert '<input type="hidden" name="parent" value="">' in page


@pytest.mark.parametrize("key", ["boyle-bir-haber-yok", "a" * 201, "%00", "ı", "a b"])
def test_an_article_that_does_not_exist_is_not_found_in_the_house_style(client: Client, site: object, key: str) -> None:
    response = client.get(f"/articles/{key}/")

    assert response.status_code == 404
    assert "Böyle bir sayfa yok" in text(response)
