"""What the desk shows: lanes, cards, pages, and in how many queries."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import lifecycle
from comments.desk.marks import Piece
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader
from comments.templatetags.desk import age, ago
from moderation.engine.rule import Clause, Outcome
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.desk.conftest import QUEUE, Decide, page_of
from tests.comments.judgements import FAILED, judgement


def shown(desk: Client, query: str = "") -> list[Comment]:
    return [line.comment for line in desk.get(QUEUE + query).context["lines"]]


def test_each_lane_shows_what_belongs_to_it_and_counts_it(desk: Client, submitted: Submitted, editor: User) -> None:
    clean = submitted("Meydan çok güzel olmuş.")
    flagged = submitted("Rantçı bunlar.", "hold")
    rejected = submitted("Rantçı bunlar.", "reject", as_is=True)
    reported = submitted("Emeği geçenlere teşekkürler.")
    lifecycle.approve(reported, editor=editor, version=1, now=NOON)
    lifecycle.report(reported, reported.reader, reason="insults", text="", now=NOON)
    escalated = submitted("Hukuka sorulacak bir söz.", "hold")
    lifecycle.escalate(escalated, editor=editor, version=1, now=NOON)

    appealed = submitted("Bir daha bakılacak söz.", "reject", as_is=True, now=NOON + timedelta(minutes=1))
    lifecycle.open_appeal(appealed, text="Lütfen bir daha bakın.", now=NOON)

    page = desk.get(QUEUE, {"lane": "all"})

    assert shown(desk) == shown(desk, "?lane=clean") == [clean]
    assert shown(desk, "?lane=flagged") == [flagged]
    assert shown(desk, "?lane=auto_rejected") == [rejected, appealed]
    assert shown(desk, "?lane=reported") == [reported]
    assert shown(desk, "?lane=escalated") == [escalated]
    assert shown(desk, "?lane=appeals") == [appealed]
    assert [line.comment for line in page.context["lines"]] == [reported, appealed, flagged, escalated, clean, rejected]
    assert [tab.count for tab in page.context["tabs"]] == [1, 1, 1, 1, 1, 2, 6]


def test_a_text_that_was_not_reviewed_is_flagged_and_says_so(desk: Client, submitted: Submitted) -> None:
    submitted("Meydan çok güzel olmuş.", FAILED)

    page = desk.get(QUEUE, {"lane": "flagged"}).content.decode()

    assert "Denetlenemedi: Kural motoru hata verdi" in page


@pytest.mark.parametrize(
    ("passed", "in_the_list", "on_the_card"),
    [
        (timedelta(), "az önce", "az önce"),
        (timedelta(seconds=59), "az önce", "az önce"),
        (timedelta(minutes=1), "1\xa0dakika", "1\xa0dakika önce"),
        (timedelta(hours=5, minutes=7), "5\xa0saat", "5\xa0saat önce"),
    ],
)
def test_what_came_less_than_a_minute_ago_came_just_now(passed: timedelta, in_the_list: str, on_the_card: str) -> None:
    assert age(NOON, NOON + passed) == in_the_list
    assert ago(NOON, NOON + passed) == on_the_card


def test_a_comment_that_has_just_come_says_so_in_the_list_and_on_its_card(desk: Client, submitted: Submitted) -> None:
    submitted(now=timezone.now())

    page = desk.get(QUEUE).content.decode()

    assert page.count("az önce") == 2
    assert "0\xa0dakika" not in page


def test_the_oldest_comes_first_unless_the_editor_wants_the_newest(desk: Client, submitted: Submitted) -> None:
    young, old = submitted("İkinci yorum."), submitted("Birinci yorum.", now=NOON - timedelta(hours=1))

    assert shown(desk) == [old, young]
    assert shown(desk, "?order=newest") == [young, old]


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_the_pages_of_a_lane_hold_every_comment_once(desk: Client, submitted: Submitted, order: str) -> None:
    comments = [submitted(f"{number}. yorum.", now=NOON + timedelta(minutes=number // 3)) for number in range(45)]

    found, query = [], f"?order={order}"
    while query:
        page = desk.get(QUEUE + query)
        found += [line.comment for line in page.context["lines"]]
        query = f"?{page.context['following'].query}" if page.context["following"] else ""

    assert found == (comments if order == "oldest" else comments[::-1])


def test_a_page_goes_on_where_the_last_one_ended_though_its_last_comment_was_decided(desk: Client, editor: User, submitted: Submitted) -> None:
    comments = [submitted(f"{number}. yorum.", now=NOON + timedelta(minutes=number)) for number in range(22)]
    following = desk.get(QUEUE).context["following"]

    lifecycle.approve(comments[19], editor=editor, version=1, now=NOON)

    assert shown(desk, f"?{following.query}") == comments[20:]


def test_what_readers_call_unlawful_comes_before_all_else_that_they_report(desk: Client, submitted: Submitted, editor: User, decide: Decide) -> None:
    comments = [submitted(f"{number}. yorum.", now=NOON + timedelta(minutes=number)) for number in range(4)]
    for comment, reason in zip(comments, ("insults", "unlawful", "off_topic", "personal_data"), strict=True):
        lifecycle.approve(comment, editor=editor, version=1, now=NOON)
        lifecycle.report(comment, comment.reader, reason=reason, text="", now=NOON)
    insult, unlawful, off_topic, personal = comments

    assert shown(desk, "?lane=reported") == [unlawful, personal, insult, off_topic]
    answer = decide(unlawful, "remove", place="?lane=reported", house_reasons=["unlawful"])
    assert f"open={personal.public_id}" in answer["Location"]


def test_where_lanes_mix_the_oldest_comes_first_within_what_cannot_wait(desk: Client, submitted: Submitted, editor: User) -> None:
    def published(minute: int, *reasons: str) -> Comment:
        comment = submitted(f"{minute}. yorum.", now=NOON + timedelta(minutes=minute))
        lifecycle.approve(comment, editor=editor, version=1, now=NOON)
        for reason in reasons:
            reader = Reader.objects.create(site=comment.article.site)
            lifecycle.report(comment, reader, reason=reason, text="", now=NOON)
        return comment

    done = published(0)
    clean, young_clean = submitted("Güzel."), submitted("Ne güzel.", now=NOON + timedelta(hours=1))
    flagged, young_flagged = submitted("Rantçı.", "hold", now=NOON + timedelta(minutes=1)), submitted("?", FAILED, now=NOON + timedelta(minutes=2))
    reported, young_reported = published(3, "insults"), published(4, "off_topic", "insults")
    legal, young_legal = published(5, "insults", "unlawful"), published(6, "personal_data", "off_topic")
    order = [legal, young_legal, reported, young_reported, flagged, young_flagged, clean, young_clean, done]

    assert shown(desk, "?lane=all") == order
    assert [shown(desk, f"?lane=all&after={one.public_id}") for one in order] == [order[place:] for place in range(1, 10)]
    assert shown(desk, "?lane=all&order=gravest")[4:8] == [flagged, young_flagged, clean, young_clean]
    lifecycle.dismiss_reports(Comment.objects.get(pk=legal.pk), editor=editor, version=2, now=NOON)
    assert shown(desk, "?lane=all")[-2:] == [done, legal]


def test_articles_in_one_language_can_be_looked_at_alone(desk: Client, submitted: Submitted, article: Article) -> None:
    comment = submitted()

    assert shown(desk, "?language=tr") == [comment]
    assert shown(desk, "?language=en") == []


def test_one_article_can_be_looked_at_alone(desk: Client, submitted: Submitted, article: Article) -> None:
    comment = submitted()
    Article.objects.create(site=article.site, key="baska", title="Başka bir haber")

    assert shown(desk, f"?article={article.key}") == [comment]
    assert shown(desk, "?article=baska") == []


@pytest.mark.parametrize("query", ["?lane=hepsi", "?order=yan", "?after=7", "?after=00000000-0000-4000-8000-000000000000", "?article=%00"])
def test_a_place_that_there_is_not_is_not_found(desk: Client, site: Site, query: str) -> None:
    assert desk.get(QUEUE + query).status_code == 404


def test_a_card_marks_the_findings_and_numbers_them(desk: Client, submitted: Submitted) -> None:
    comment = submitted("Rantçı bunlar.", "hold", "correct", as_is=True)

    card = desk.get(QUEUE, {"lane": "flagged"}).context["card"]
    page = desk.get(QUEUE, {"lane": "flagged"}).content.decode()

    assert [(piece.text, piece.ending) for piece in card.pieces] == [("R", (1, 2)), ("antçı bunlar.", ())]
    assert f'<a class="number" href="#finding-{comment.public_id}-2">' in page
    assert f'id="finding-{comment.public_id}-2"' in page


@pytest.mark.parametrize(
    ("marked", "before_the_end", "end"),
    [
        ("birşey", "birş", "ey"),
        ("bir şey!..", "bir ş", "ey!.."),
        ("R", "", "R"),
        ("a ", "a ", ""),
        ("olmaz!!!!!!!!", "olmaz!!!!!!!!", ""),
        ("👍🏽", "👍🏽", ""),
        ("cafe\u0301", "ca", "fe\u0301"),
    ],
)
def test_a_number_stays_with_the_last_letters_of_its_word(marked: str, before_the_end: str, end: str) -> None:
    piece = Piece(marked, Outcome.HOLD, (1,))

    assert (piece.before_the_end, piece.end) == (before_the_end, end)


def test_a_card_says_where_readers_still_see_an_earlier_text(desk: Client, submitted: Submitted, editor: User) -> None:
    comment, said = submitted("Meydan çok güzel olmuş."), "okurlar hâlâ önceki metni görüyor"
    assert said not in desk.get(page_of(comment)).content.decode()
    lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    assert said not in desk.get(page_of(comment)).content.decode()

    lifecycle.edit(comment, judgement(comment.article.site, "Meydan güzel olmuş."), version=2, body="Meydan güzel olmuş.", now=NOON)
    assert said in desk.get(page_of(comment)).content.decode()

    lifecycle.approve(comment, editor=editor, version=3, now=NOON)
    assert said not in desk.get(page_of(comment)).content.decode()


def test_the_clauses_that_the_policy_found_are_chosen_already(desk: Client, submitted: Submitted) -> None:
    submitted("Rantçı bunlar.", "hold", "pass", as_is=True)

    card = desk.get(QUEUE, {"lane": "flagged"}).context["card"]

    assert [choice.value for choice in card.choices.clauses if choice.checked] == [Clause.INSULTS]
    assert len(card.choices.clauses) == len(Clause)


def test_a_card_offers_only_what_the_status_allows(desk: Client, submitted: Submitted, other_editor: User) -> None:
    pending, approved = submitted(), submitted("Emeği geçenlere teşekkürler.")
    lifecycle.approve(approved, editor=other_editor, version=1, now=NOON)
    rejected = submitted("Rantçı bunlar.", "reject", as_is=True)

    cards = [desk.get(page_of(comment)).context["card"] for comment in (pending, approved, rejected)]

    buttons = {card.comment: [name for name, _ in card.buttons] for card in cards}
    assert buttons == {pending: ["approve", "reject", "request_correction", "escalate"], approved: ["remove"], rejected: ["approve"]}


def test_a_reported_comment_shows_what_readers_object_to_and_how_many(desk: Client, site: Site, submitted: Submitted, editor: User) -> None:
    comment = submitted("Meydan çok güzel olmuş.")
    lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    for number, (reason, text) in enumerate([("off_topic", ""), ("insults", "Bana <b>söylüyor</b>."), ("insults", "")]):
        reader = Reader.objects.create(site=site, name=f"{number}. okur")
        lifecycle.report(comment, reader, reason=reason, text=text, now=NOON)

    answer = desk.get(QUEUE, {"lane": "reported"})

    card = answer.context["card"]
    assert [tuple(objection) for objection in card.objections] == [("Hakaret", 2, ("Bana <b>söylüyor</b>.",)), ("Konu dışı", 1, ())]
    assert [name for name, _ in card.buttons] == ["remove", "dismiss_reports", "escalate"]
    assert "Bana &lt;b&gt;söylüyor&lt;/b&gt;." in answer.content.decode()


def test_what_was_left_to_a_senior_editor_is_not_left_once_more(desk: Client, submitted: Submitted, editor: User) -> None:
    comment = submitted()
    lifecycle.escalate(comment, editor=editor, version=1, now=NOON)

    card = desk.get(QUEUE, {"lane": "escalated"}).context["card"]

    assert [name for name, _ in card.buttons] == ["approve", "reject", "request_correction"]


def test_a_card_tells_the_readers_record_and_its_last_decisions(desk: Client, submitted: Submitted, editor: User) -> None:
    for number in range(14):
        comment = submitted(f"{number}. yorum.")
        if number % 2:
            lifecycle.reject(comment, editor=editor, version=1, now=NOON, reasons=Reasons(clauses=frozenset({Clause.SPELLING})))
        else:
            lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    waiting = submitted("Bir yorum daha.")

    card = desk.get(page_of(waiting)).context["card"]

    assert (card.record.approved, card.record.rejected, card.record.withdrawn) == (7, 7, 0)
    assert len(card.lately) == 10
    assert {entry.reasons for entry in card.lately} == {(), ("İmla kuralları",)}


def test_a_decision_that_was_taken_back_is_not_on_the_record(desk: Client, submitted: Submitted, editor: User) -> None:
    comment, waiting = submitted("Birinci yorum."), submitted("İkinci yorum.")
    lifecycle.approve(comment, editor=editor, version=1, now=NOON)
    lifecycle.undo(comment, editor=editor, version=2, now=NOON)

    assert desk.get(page_of(waiting)).context["card"].lately == ()


def test_a_comments_own_page_tells_its_earlier_texts_and_its_whole_history(desk: Client, submitted: Submitted) -> None:
    comment = submitted("meydan güzel olmuş.", "correct")
    corrected = "Meydan güzel olmuş."
    lifecycle.resubmit(comment, judgement(comment.article.site, corrected), version=1, body=corrected, as_is=False, now=NOON)

    card = desk.get(page_of(comment)).context["card"]

    assert [revision.body for revision in card.earlier] == ["meydan güzel olmuş."]
    assert [entry.what for entry in card.history] == ["Yeniden gönderildi", "Gönderildi"]


def test_a_reply_stands_below_what_it_answers(desk: Client, submitted: Submitted, editor: User) -> None:
    parent = submitted("Meydan kimin için açıldı?")
    lifecycle.approve(parent, editor=editor, version=1, now=NOON)
    submitted("Herkes için.", parent=parent)

    assert "Meydan kimin için açıldı?" in desk.get(QUEUE).content.decode()


def test_what_readers_write_is_never_markup(desk: Client, submitted: Submitted) -> None:
    comment = submitted("<script>alert(1)</script> & <b>kalın</b>", "hold")
    Comment.objects.filter(pk=comment.pk).update(author_name="<img src=x>")

    page = desk.get(QUEUE, {"lane": "flagged"}).content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;kalın&lt;/b&gt;" in page
    assert "&lt;img src=x&gt;" in page


def test_the_number_of_queries_does_not_grow_with_the_cards(desk: Client, submitted: Submitted, editor: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(QUEUE, {"lane": "all"}).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        parent = submitted(f"{number}. yorum.", "hold", now=NOON + timedelta(minutes=number))
        lifecycle.approve(parent, editor=editor, version=1, now=NOON)
        submitted(f"{number}. yanıt.", parent=parent)

    add(1)
    queries()  # the first look lays the claim that later ones renew
    few = queries()
    for number in range(2, 10):
        add(number)

    assert queries() == few


def test_an_editors_steps_cost_few_queries(desk: Client, submitted: Submitted) -> None:
    comments = [submitted(f"{number}. yorum.", now=NOON + timedelta(minutes=number)) for number in range(3)]

    def queries(address: str, part: str = "") -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(address, headers={"HX-Request": "true", "Desk-Part": part} if part else {}).status_code == 200
        return len(captured)

    decided = {"decision": "approve", "version": "1"}
    with CaptureQueriesContext(connection) as captured:
        answer = desk.post(f"{page_of(comments[0])}decisions/?lane=clean", decided, headers={"HX-Request": "true"})

    assert answer["HX-Push-Url"] == f"{QUEUE}?lane=clean&open={comments[1].public_id}"
    assert f'data-comment="{comments[1].public_id}"' in answer.content.decode()
    assert len(captured) <= 32
    assert queries(QUEUE) <= 20
    assert queries(f"{QUEUE}?open={comments[1].public_id}", "card") <= 15
    assert queries(f"{QUEUE}news/?since=2026-11-22T12:00:00Z") <= 8


def test_while_words_are_looked_for_only_the_lane_that_is_shown_is_counted(desk: Client, submitted: Submitted) -> None:
    submitted("Meydan çok güzel olmuş.")

    tabs = desk.get(QUEUE, {"q": "MEYDAN"}).context["tabs"]

    assert [tab.shown for tab in tabs] == ["1", "", "", "", "", "", ""]


def test_the_desk_speaks_english_to_who_chose_it(desk: Client, submitted: Submitted) -> None:
    submitted("Rantçı bunlar.", "hold")
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = desk.get(QUEUE, {"lane": "flagged"}).content.decode()

    assert '<html lang="en"' in page
    assert "Ask for a correction" in page
    assert "Düzeltme iste" not in page


def test_no_page_of_the_desk_holds_a_script_or_a_style_of_its_own(desk: Client, submitted: Submitted) -> None:
    comment = submitted("Rantçı bunlar.", "hold")

    for page in (desk.get(QUEUE, {"lane": "flagged"}), desk.get(page_of(comment))):
        text = page.content.decode()
        assert "<script>" not in text
        assert "<style" not in text
        assert " style=" not in text
        assert "onclick" not in text
