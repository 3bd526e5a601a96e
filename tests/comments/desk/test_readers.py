"""A reader's page, and what becomes of one who is muted or banned."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from comments import lifecycle, receipts, sanctions, submission, writers
from comments.lifecycle import Reasons
from comments.models import Article, Comment, Reader, ReaderNote, Sanction, Status
from comments.sanctions import AlreadyDone, NobodyThere, NotAllowed
from comments.submission import Contribution, ReaderMuted
from moderation.engine.rule import Clause
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.desk.conftest import QUEUE, signed_in
from tests.comments.reader import forms

WEEK = timedelta(days=7)
BAN, MUTE, TRUST, PREMODERATE = Sanction.Kind.BAN, Sanction.Kind.MUTE, Sanction.Kind.TRUST, Sanction.Kind.PREMODERATE


@pytest.fixture
def senior(db: None) -> User:
    return make_editor("nermin", "view_comment", "decide_comment", "sanction_reader")


def page_of(reader: Reader) -> str:
    return f"/admin/desk/readers/{reader.public_id}/"


def impose(client: Client, reader: Reader, **fields: object) -> Any:
    return client.post(f"{page_of(reader)}sanctions/", {"reason": "Aynı reklamı on kez gönderdi.", **fields})


def said(article: Article, reader: Reader, *, when: Any = NOON) -> Comment:
    return submission.submit(article, reader, Contribution("Ayşe K.", "Meydan çok güzel olmuş.", uuid4()), now=when)


# The record


def test_the_page_holds_the_record_the_decisions_the_reports_and_the_notes(desk: Client, editor: User, reader: Reader, submitted: Submitted) -> None:
    now = timezone.now()
    old, young = submitted(now=now - timedelta(days=60)), submitted(now=now - timedelta(days=1))
    lifecycle.approve(old, editor=editor, version=1, now=now)
    lifecycle.reject(young, editor=editor, version=1, now=now, reasons=Reasons(frozenset({Clause.INSULTS}), note="Kişiyi değil, işini yazın."))
    lifecycle.report(old, reader, reason="spelling", text="Yazım yanlışı var.", now=now)
    sanctions.write_note(reader, editor=editor, text="Belediyede çalışıyor.", now=now)

    page = desk.get(page_of(reader))

    assert page.status_code == 200
    assert [(span.days, span.sent) for span in page.context["spans"]] == [(30, 1), (90, 2), (None, 2)]
    shown = page.content.decode()
    for sentence in ("Kişiyi değil, işini yazın.", "Yazım yanlışı var.", "Belediyede çalışıyor.", "elif"):
        assert sentence in shown
    assert len(page.context["decisions"].entries) == 4


def test_every_decision_is_on_exactly_one_page(desk: Client, submitted: Submitted, reader: Reader) -> None:
    for number in range(60):
        submitted(f"{number}. yorum.", now=NOON + timedelta(minutes=number // 7))

    found, query = [], "?"
    while query:
        page = desk.get(page_of(reader) + query).context["decisions"]
        found += [entry.comment for entry in page.entries]
        query = f"?after={page.following}" if page.following else ""

    assert len(found) == len(set(found)) == 60


@pytest.mark.parametrize("after", ["x", "", "999999999", "9" * 30, "٣"])
def test_a_page_that_there_is_not_is_not_found(desk: Client, reader: Reader, after: str) -> None:
    assert desk.get(page_of(reader), {"after": after}).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_record(desk: Client, senior: User, submitted: Submitted, reader: Reader) -> None:
    client = signed_in(senior)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page_of(reader))
        return len(captured)

    submitted()
    sanctions.write_note(reader, editor=senior, text="İlk not.", now=NOON)
    sanctions.impose(reader, PREMODERATE, editor=senior, reason="Sık sık reklam.", now=NOON)
    few = queries()
    for number in range(12):
        submitted(f"{number}. yorum.")
        sanctions.write_note(reader, editor=senior, text=f"{number}. not.", now=NOON)
        sanctions.impose(reader, PREMODERATE, editor=senior, reason=f"{number}. neden.", now=NOON)

    assert queries() == few


def test_nobody_s_page_does_not_exist(desk: Client, site: Site) -> None:
    erased = Reader.objects.create(site=site, kind=Reader.Kind.ERASED)

    assert desk.get(page_of(erased)).status_code == 404
    assert desk.get("/admin/desk/readers/00000000-0000-4000-8000-000000000000/").status_code == 404


# Notes and sanctions


def test_a_note_is_kept_with_its_editor(desk: Client, editor: User, reader: Reader) -> None:
    assert desk.post(f"{page_of(reader)}notes/", {"text": "  Belediyede\r\nçalışıyor. "}).status_code == 303

    kept = ReaderNote.objects.get()
    assert (kept.text, kept.editor, kept.reader) == ("Belediyede\nçalışıyor.", editor, reader)


@pytest.mark.parametrize("text", ["", "   ", "a" * 2001])
def test_a_note_that_cannot_be_kept_is_refused_and_stays_in_the_form(desk: Client, reader: Reader, text: str) -> None:
    answer = desk.post(f"{page_of(reader)}notes/", {"text": text})

    assert answer.status_code == 400
    assert answer.context["note_form"].data["text"] == text
    assert not ReaderNote.objects.exists()


@pytest.mark.parametrize("kind", ["trust", "premoderate"])
def test_a_sanction_names_who_when_and_why(senior: User, reader: Reader, kind: str) -> None:
    assert impose(signed_in(senior), reader, kind=kind).status_code == 303

    row = Sanction.objects.get()
    assert (row.kind, row.imposed_by, row.reason, row.ended_at) == (kind, senior, "Aynı reklamı on kez gönderdi.", None)


def test_a_mute_ends_at_the_beginning_of_its_last_day(senior: User, reader: Reader) -> None:
    day = timezone.localdate() + WEEK

    impose(signed_in(senior), reader, kind="mute", until=day.isoformat())

    assert timezone.localtime(Sanction.objects.get().until).isoformat().startswith(f"{day.isoformat()}T00:00")


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "mute"},
        {"kind": "mute", "until": date(2020, 1, 1).isoformat()},
        {"kind": "mute", "until": "yarın"},
        {"kind": "trust", "reason": "  "},
        {"kind": "trust", "reason": "a" * 501},
        {"kind": "hapis"},
        {},
    ],
)
def test_a_sanction_without_what_it_needs_is_refused(senior: User, reader: Reader, fields: dict[str, str]) -> None:
    answer = impose(signed_in(senior), reader, **fields)

    assert answer.status_code == 400
    assert not Sanction.objects.exists()
    assert 'role="alert"' in answer.content.decode()


def test_a_ban_is_asked_about_once_more(senior: User, reader: Reader) -> None:
    client = signed_in(senior)

    asked = impose(client, reader, kind="ban")
    assert asked.status_code == 200
    assert "Aynı reklamı on kez gönderdi." in asked.content.decode()
    assert f'<a href="{page_of(reader)}">Vazgeç</a>' in asked.content.decode()
    assert f'<a href="{QUEUE}">Yorum masası</a>' in asked.content.decode()
    assert not Sanction.objects.exists()

    assert impose(client, reader, kind="ban", confirmed="on").status_code == 303
    assert Sanction.objects.get().kind == BAN


def test_who_lacks_the_right_sanctions_nobody(desk: Client, editor: User, senior: User, reader: Reader) -> None:
    standing = sanctions.impose(reader, BAN, editor=senior, reason="Reklam.", now=NOON)

    assert impose(desk, reader, kind="ban", confirmed="on").status_code == 403
    assert desk.post(f"{page_of(reader)}sanctions/{standing.pk}/lift/").status_code == 403
    assert "sanctions/" not in desk.get(page_of(reader)).content.decode()
    with pytest.raises(NotAllowed):
        sanctions.impose(reader, MUTE, editor=editor, reason="Reklam.", until=NOON + WEEK, now=NOON)
    with pytest.raises(NotAllowed):
        sanctions.lift(standing, editor=editor, now=NOON)
    assert Sanction.objects.get().ended_at is None


def test_who_may_only_look_writes_no_note(reader: Reader) -> None:
    looking = make_editor("stajyer", "view_comment")

    assert signed_in(looking).get(page_of(reader)).status_code == 200
    assert signed_in(looking).post(f"{page_of(reader)}notes/", {"text": "Not."}).status_code == 403
    with pytest.raises(NotAllowed):
        sanctions.write_note(reader, editor=looking, text="Not.", now=NOON)


def test_trust_ends_every_other_sanction_and_is_ended_by_any(senior: User, reader: Reader) -> None:
    def standing() -> set[str]:
        return set(sanctions.standing(reader, now=NOON).values_list("kind", flat=True))

    sanctions.impose(reader, MUTE, editor=senior, reason="Kavga.", until=NOON + WEEK, now=NOON)
    sanctions.impose(reader, PREMODERATE, editor=senior, reason="Kavga.", now=NOON)
    assert standing() == {"mute", "premoderate"}
    sanctions.impose(reader, TRUST, editor=senior, reason="Özür diledi.", now=NOON)
    assert standing() == {"trust"}
    sanctions.impose(reader, BAN, editor=senior, reason="Reklam.", now=NOON)
    assert standing() == {"ban"}
    assert Sanction.objects.count() == 4


def test_what_was_lifted_stays_on_the_record_and_is_lifted_once(senior: User, reader: Reader) -> None:
    ban, client = sanctions.impose(reader, BAN, editor=senior, reason="Reklam.", now=NOON), signed_in(senior)

    assert client.post(f"{page_of(reader)}sanctions/{ban.pk}/lift/").status_code == 303
    ban.refresh_from_db()
    assert ban.ended_by == senior
    assert "Reklam." in client.get(page_of(reader)).content.decode()
    with pytest.raises(AlreadyDone):
        sanctions.lift(ban, editor=senior, now=NOON)
    assert client.post(f"{page_of(reader)}sanctions/{ban.pk}/lift/").status_code == 303


def test_another_reader_s_sanction_is_not_found(senior: User, site: Site, reader: Reader) -> None:
    ban, other = sanctions.impose(reader, BAN, editor=senior, reason="Reklam.", now=NOON), Reader.objects.create(site=site, name="Can T.")

    assert signed_in(senior).post(f"{page_of(other)}sanctions/{ban.pk}/lift/").status_code == 404


def test_nobody_is_sanctioned(senior: User, site: Site) -> None:
    erased = Reader.objects.create(site=site, kind=Reader.Kind.ERASED)

    with pytest.raises(NobodyThere):
        sanctions.impose(erased, BAN, editor=senior, reason="Reklam.", now=NOON)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "mute"},
        {"kind": "mute", "until": NOON},
        {"kind": "ban", "until": NOON + WEEK},
        {"kind": "ban", "reason": ""},
        {"kind": "hapis"},
        {"kind": "ban", "ended_at": NOON + WEEK},
    ],
)
def test_the_database_refuses_a_sanction_that_makes_no_sense(senior: User, reader: Reader, fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        Sanction.objects.create(**{"reader": reader, "imposed_by": senior, "imposed_at": NOON, "reason": "Reklam.", **fields})


def test_the_database_refuses_an_end_without_its_time(senior: User, reader: Reader) -> None:
    with pytest.raises(IntegrityError):
        Sanction.objects.create(reader=reader, kind="ban", imposed_by=senior, imposed_at=NOON, reason="Reklam.", ended_by=senior)


def test_the_database_lets_no_sanction_of_a_kind_stand_twice(senior: User, reader: Reader) -> None:
    row = {"reader": reader, "kind": "ban", "imposed_by": senior, "imposed_at": NOON, "reason": "Reklam."}
    Sanction.objects.create(**row)

    with pytest.raises(IntegrityError):
        Sanction.objects.create(**row)


# What becomes of the reader


def test_a_muted_reader_may_write_again_when_the_time_is_over(senior: User, article: Article, reader: Reader) -> None:
    sanctions.impose(reader, MUTE, editor=senior, reason="Kavga.", until=NOON + WEEK, now=NOON)

    with pytest.raises(ReaderMuted):
        said(article, reader, when=NOON + WEEK - timedelta(seconds=1))
    assert said(article, reader, when=NOON + WEEK).status == Status.PENDING


def test_trust_and_moderation_beforehand_silence_nobody(senior: User, article: Article, reader: Reader) -> None:
    for week, kind in enumerate((TRUST, PREMODERATE)):
        sanctions.impose(reader, kind, editor=senior, reason="Deneme.", now=NOON)
        said(article, reader, when=NOON + week * WEEK)

    assert Comment.objects.filter(status=Status.PENDING).count() == 2


@pytest.mark.parametrize(
    ("language", "sentence"), [("tr", "29 Kasım 2026 15:00 tarihine kadar"), ("en", "You cannot comment until Nov. 29, 2026, 3 p.m.")]
)
def test_the_reader_is_told_in_his_language_how_long(senior: User, article: Article, reader: Reader, language: str, sentence: str) -> None:
    sanctions.impose(reader, MUTE, editor=senior, reason="Kavga.", until=NOON + WEEK, now=NOON)

    with translation.override(language), pytest.raises(ReaderMuted) as refused:
        said(article, reader)
    assert sentence in str(refused.value.message)
    assert "Kavga." not in str(refused.value.message)


def test_a_banned_reader_sends_nothing_again_and_edits_nothing(senior: User, submitted: Submitted, reader: Reader) -> None:
    returned, approved = submitted("Herkez burda.", "correct"), submitted()
    lifecycle.approve(approved, editor=senior, version=1, now=NOON)
    sanctions.impose(reader, BAN, editor=senior, reason="Reklam.", now=NOON)

    for comment in (returned, approved):
        with pytest.raises(ReaderMuted):
            writers.send(comment, version=comment.version, body="Herkes burada.", now=NOON)
    assert Comment.objects.get(pk=returned.pk).status == Status.RETURNED
    assert Comment.objects.get(pk=approved.pk).status == Status.APPROVED


def test_the_form_keeps_the_text_of_a_banned_reader_and_says_why_it_was_not_taken(senior: User, article: Article, client: Client) -> None:
    assert forms.send(client, article).status_code == 303
    sanctions.impose(Comment.objects.get().reader, BAN, editor=senior, reason="Reklam.", now=timezone.now())

    answer = forms.send(client, article, body="Bunu da yazmak isterdim.")

    assert answer.status_code == 422
    assert forms.in_textarea(answer) == "Bunu da yazmak isterdim."
    assert "Artık buraya yorum yazamazsınız" in forms.text(answer)
    assert Comment.objects.count() == 1


def test_the_receipt_of_a_banned_reader_keeps_his_correction_and_says_why_it_was_not_taken(
    senior: User, submitted: Submitted, client: Client
) -> None:
    comment = submitted("Herkez burda.", "correct")
    sanctions.impose(comment.reader, BAN, editor=senior, reason="Reklam.", now=NOON)

    answer = client.post(f"/receipts/{receipts.token_for(comment)}/revisions/", {"version": 1, "body": "Herkes burada."})

    assert answer.status_code == 422
    assert forms.in_textarea(answer) == "Herkes burada."
    assert "Artık buraya yorum yazamazsınız" in forms.text(answer)


def test_the_api_answers_a_banned_reader_with_not_allowed(senior: User, article: Article, client: Client) -> None:
    def send() -> Any:
        sent = {"body": "Meydan çok güzel olmuş.", "author": {"name": "Ayşe K."}}
        return client.post(f"/api/v1/articles/{article.key}/comments/", json.dumps(sent), content_type="application/json")

    assert send().status_code == 201
    sanctions.impose(Comment.objects.get().reader, BAN, editor=senior, reason="Reklam.", now=timezone.now())

    answer = send()

    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert Comment.objects.count() == 1
