"""What editors do at the desk, and what becomes of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from comments import lifecycle, receipts
from comments.lifecycle import Reasons
from comments.models import Comment, Decision, Status
from moderation import versions
from tests.comments.conftest import Submitted
from tests.comments.desk.conftest import QUEUE, Decide, deciding, page_of, signed_in
from tests.comments.judgements import judgement

Unchanged = Callable[[Comment], bool]


def now_of(comment: Comment) -> Comment:
    return Comment.objects.get(pk=comment.pk)


def last_decision(comment: Comment) -> Decision:
    return Decision.objects.filter(comment=comment).latest("version")


def reasons_of(comment: Comment) -> set[str]:
    return {str(row) for row in last_decision(comment).clauses.all()}


def test_an_approved_comment_is_public_and_the_editor_is_told(desk: Client, decide: Decide, editor: User, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(comment, "approve", place="?lane=clean")

    assert answer.status_code == 303
    assert comment in Comment.objects.published()
    assert last_decision(comment).editor == editor
    assert "Yorum onaylandı." in desk.get(answer["Location"]).content.decode()


def test_after_a_decision_the_next_card_is_what_one_sees_first(desk: Client, decide: Decide, submitted: Submitted) -> None:
    first, second, third = (submitted(f"{number}. yorum.") for number in ("Birinci", "İkinci", "Üçüncü"))

    assert decide(second, "approve", place="?lane=clean")["Location"] == f"{QUEUE}?lane=clean&open={third.public_id}#card"
    assert decide(third, "approve", place="?lane=clean")["Location"] == f"{QUEUE}?lane=clean"
    assert decide(first, "approve", place="?lane=all")["Location"] == f"{QUEUE}?lane=all&open={second.public_id}#card"


def test_a_decision_on_a_comments_own_page_comes_back_to_it(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()

    assert decide(comment, "approve")["Location"] == page_of(comment)


def test_a_rejection_keeps_its_clauses_house_reasons_and_note(decide: Decide, submitted: Submitted) -> None:
    comment = submitted("Ucuz depo satılır.", "hold")

    answer = decide(comment, "reject", clauses=["insults", "spelling"], house_reasons=["advertising"], note="Reklam yayımlamıyoruz.")

    assert answer.status_code == 303
    assert now_of(comment).status == Status.REJECTED
    assert reasons_of(comment) == {"insults", "spelling", "advertising"}
    assert last_decision(comment).note == "Reklam yayımlamıyoruz."


def test_a_house_reason_of_the_publishers_own_can_be_chosen(desk: Client, decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    versions.enact(comment.article.site, {"house_reasons": {"election": {"tr": "Seçim yasağı", "en": "Election silence"}}})

    assert "Seçim yasağı" in desk.get(page_of(comment)).content.decode()
    assert decide(comment, "reject", house_reasons=["election"]).status_code == 303
    assert "Seçim yasağı" in desk.get(page_of(comment)).content.decode()


def test_a_correction_can_be_asked_for_with_a_note_alone(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(comment, "request_correction", note="Hangi meydan olduğunu yazar mısınız?")

    assert answer.status_code == 303
    assert now_of(comment).status == Status.RETURNED


def test_an_approval_takes_the_note_and_leaves_the_chosen_clauses(decide: Decide, submitted: Submitted) -> None:
    comment = submitted("Rantçı bunlar.", "hold")

    decide(comment, "approve", clauses=["insults"], note="Bu kez yayımlıyoruz.")

    assert reasons_of(comment) == set()
    assert last_decision(comment).note == "Bu kez yayımlıyoruz."


def test_a_published_comment_can_be_removed_for_a_reason(decide: Decide, submitted: Submitted, other_editor: User) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=other_editor, version=1, now=timezone.now())

    assert decide(comment, "remove").status_code == 400
    assert decide(comment, "remove", house_reasons=["unlawful"]).status_code == 303
    assert now_of(comment).status == Status.REMOVED


def test_a_comment_is_left_to_a_senior_editor_with_a_note_that_no_writer_sees(
    desk: Client, client: Client, decide: Decide, submitted: Submitted
) -> None:
    comment = submitted("Rantçı bunlar.", "hold")

    answer = decide(comment, "escalate", place="?lane=flagged", clauses=["insults"], note="Hukuka soralım.")

    assert answer.status_code == 303
    assert "Yorum kıdemli editöre bırakıldı." in desk.get(answer["Location"]).content.decode()
    assert now_of(comment).status == Status.PENDING
    assert "Hukuka soralım." in desk.get(page_of(comment)).content.decode()
    assert "Hukuka soralım." not in client.get(f"/receipts/{receipts.token_for(comment)}/").content.decode()


def test_reports_are_dismissed_and_the_comment_stays_published(decide: Decide, submitted: Submitted, other_editor: User) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=other_editor, version=1, now=timezone.now())
    lifecycle.report(comment, comment.reader, reason="insults", text="", now=timezone.now())

    assert decide(comment, "dismiss_reports").status_code == 303

    assert now_of(comment).status == Status.APPROVED
    assert not comment.reports.filter(closed_by=None).exists()


def test_an_editor_takes_his_own_decision_back_while_it_is_fresh(desk: Client, decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    page = desk.get(decide(comment, "approve", place="?lane=clean")["Location"])
    fresh = page.context["fresh"]

    answer = decide(comment, "undo", place="?lane=clean", version=fresh.version)
    after = desk.get(answer["Location"])

    assert fresh.comment == comment
    assert answer["Location"] == f"{QUEUE}?lane=clean&open={comment.public_id}#card"
    assert now_of(comment).status == Status.PENDING
    assert "Karar geri alındı." in after.content.decode()
    assert after.context["fresh"] is None


def test_only_what_was_done_last_is_offered_for_undoing(desk: Client, decide: Decide, submitted: Submitted) -> None:
    earlier, later = submitted("Birinci yorum."), submitted("İkinci yorum.")
    decide(earlier, "approve")
    decide(later, "approve")
    assert desk.get(QUEUE).context["fresh"].comment == later

    decide(later, "undo", version=2)

    assert desk.get(QUEUE).context["fresh"] is None


def test_an_old_decision_is_taken_back_by_a_senior_editor_only(desk: Client, submitted: Submitted, editor: User, senior_editor: User) -> None:
    comment = submitted()
    lifecycle.approve(comment, editor=editor, version=1, now=timezone.now() - timedelta(seconds=11))
    assert desk.get(QUEUE).context["fresh"] is None

    refused = deciding(desk)(comment, "undo")
    assert refused.status_code == 403
    assert "kıdemli bir editör" in refused.content.decode()
    assert now_of(comment).status == Status.APPROVED

    assert deciding(signed_in(senior_editor))(comment, "undo").status_code == 303
    assert now_of(comment).status == Status.PENDING


def test_a_stale_decision_is_refused_and_tells_who_was_first(decide: Decide, submitted: Submitted, other_editor: User) -> None:
    comment = submitted("Meydan çok güzel olmuş.")
    User.objects.filter(pk=other_editor.pk).update(first_name="Mert", last_name="Demirel")
    lifecycle.reject(
        Comment.objects.get(pk=comment.pk),
        editor=other_editor,
        version=1,
        now=timezone.now(),
        reasons=Reasons(house_reasons=frozenset({"off_topic"})),
    )
    waiting = submitted("Başka bir yorum.")

    answer = decide(comment, "reject", place="?lane=clean", clauses=["capital_letters"], note="Bağırmadan yazar mısınız?")
    page = answer.content.decode()

    assert answer.status_code == 409
    assert [line.comment for line in answer.context["lines"]] == [comment, waiting]
    assert "Mert Demirel" in page
    assert "Reddedildi" in page
    assert "Konu dışı" in page
    assert "yayımlanmadı" in page
    assert "Bağırmadan yazar mısınız?" in page
    assert [choice.value for choice in answer.context["card"].choices.clauses if choice.checked] == ["capital_letters"]
    assert now_of(comment).version == 2


def test_what_was_typed_survives_though_no_decision_is_left_to_make(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    lifecycle.withdraw(Comment.objects.get(pk=comment.pk), version=1, now=timezone.now())

    answer = decide(comment, "reject", clauses=["spelling"], note="Bir daha okur musunuz?")

    assert answer.status_code == 409
    assert answer.context["card"].buttons == ()
    assert "Bir daha okur musunuz?" in answer.content.decode()
    assert "Yazar bu arada yorumunu geri çekti." in answer.content.decode()
    assert "Kararınız kaydedilmedi." in answer.content.decode()


def test_an_edit_that_comes_before_a_removal_is_told_as_the_writers(decide: Decide, submitted: Submitted, other_editor: User) -> None:
    comment, now = submitted(), timezone.now()
    lifecycle.approve(comment, editor=other_editor, version=1, now=now)
    seen, body = Comment.objects.get(pk=comment.pk), "Meydan güzel olmuş."
    lifecycle.edit(comment, judgement(comment.article.site, body), version=2, body=body, now=now)

    page = decide(seen, "remove", clauses=["insults"]).content.decode()

    assert "Yazar bu arada yorumunu değiştirdi." in page
    assert now_of(comment).version == 3


@pytest.mark.parametrize(
    ("decision", "fields", "told"),
    [
        ("reject", {}, "En az bir gerekçe seçin."),
        ("request_correction", {"note": None}, "Neyin düzeltileceğini belirtin"),
        ("reject", {"clauses": ["spelling", "politeness"]}, "Kurallarda böyle bir madde yok."),
        ("reject", {"house_reasons": ["dislike"]}, "Kurallarda böyle bir gerekçe yok."),
        ("publish", {}, "Böyle bir karar yok."),
        ("", {}, "Bir karar seçin."),
        ("approve", {"version": None}, "Yorumun hangi hâline baktığınız anlaşılamadı."),
        ("approve", {"version": "bir"}, "Yorumun hangi hâline baktığınız anlaşılamadı."),
        ("approve", {"version": "0"}, "Yorumun hangi hâline baktığınız anlaşılamadı."),
        ("approve", {"version": "9" * 5000}, "Yorumun hangi hâline baktığınız anlaşılamadı."),
        ("approve", {"note": "u" * 2001}, "2000"),
        ("approve", {"note": "Not\0"}, "Boş karakter"),
    ],
)
def test_a_form_that_is_no_decision_changes_nothing_and_says_why(
    decide: Decide, submitted: Submitted, unchanged: Unchanged, decision: str, fields: dict[str, object], told: str
) -> None:
    comment = submitted()

    answer = decide(comment, decision, place="?lane=clean", **{"note": "Notum duruyor.", **fields})

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert answer.context["card"].refusal.sentences
    assert unchanged(comment)


def test_what_was_typed_survives_a_mistake(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()

    answer = decide(comment, "publish", place="?lane=clean", clauses=["swearing"], house_reasons=["other"], note="Notum duruyor.")
    card = answer.context["card"]

    assert card.choices.chosen == ("Küfür", "Diğer")
    assert "Notum duruyor.</textarea>" in answer.content.decode()


def test_a_version_from_the_future_is_stale(decide: Decide, submitted: Submitted, unchanged: Unchanged) -> None:
    comment = submitted()

    assert decide(comment, "approve", version=99).status_code == 409
    assert unchanged(comment)


def test_a_decision_that_the_status_does_not_allow_is_refused(decide: Decide, submitted: Submitted, unchanged: Unchanged) -> None:
    comment = submitted()

    for decision in ("remove", "undo"):
        answer = decide(comment, decision, house_reasons=["other"])
        assert answer.status_code == 409
        assert "Yorumun şimdiki durumunda bu karar verilemez." in answer.content.decode()
    assert unchanged(comment)


def test_an_erased_comment_is_shown_without_text_or_buttons(desk: Client, submitted: Submitted, editor: User) -> None:
    comment = submitted("Adım ve sokağım burada yazılı.")
    lifecycle.erase(Comment.objects.get(pk=comment.pk), editor=editor, version=1, now=timezone.now())

    page = desk.get(page_of(comment))

    assert page.status_code == 200
    assert "sokağım" not in page.content.decode()
    assert page.context["card"].buttons == ()


def test_a_note_is_normalised_like_every_text(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()

    decide(comment, "approve", note="Tes\u202eekku\u0308rler.\r\n")

    assert last_decision(comment).note == "Tesekkürler."


def test_a_decision_without_its_csrf_token_is_refused(editor: User, submitted: Submitted, unchanged: Unchanged) -> None:
    comment = submitted()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)

    assert client.post(f"{page_of(comment)}decisions/", {"decision": "approve", "version": 1}).status_code == 403
    assert unchanged(comment)


def test_refusals_are_told_in_english_to_who_chose_it(desk: Client, decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "Choose at least one reason." in decide(comment, "reject").content.decode()
