"""An editor corrects a comment and approves it, and writes notes that are ready."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from comments import lifecycle
from comments.desk.marks import changes
from comments.judging import Judgement
from comments.models import Article, CannedNote, Comment, Reader, Status
from moderation import versions
from moderation.engine.rule import Clause, Finding, Fix, Grade, Message, Outcome, Verdict
from moderation.engine.text import Span
from moderation.models import Site
from tests.comments.conftest import NOON, Submitted
from tests.comments.desk.conftest import Decide, page_of


def finding(start: int, end: int, replacement: str) -> Finding:
    span = Span(start, end)
    message = Message(tr="Bulgu", en="Finding")
    return Finding("spelling", Clause.SPELLING, span, Grade.CERTAIN, Outcome.CORRECT, message, Fix(span, replacement))


@pytest.fixture
def misspelt(article: Article, reader: Reader) -> Comment:
    body = "Herkez geldi, birşey olmadı."
    verdict = Verdict(body, (finding(0, 6, "Herkes"), finding(14, 20, "bir şey")), 1)
    draft = lifecycle.Draft(article, reader, "Ayşe K.", body, reader.public_id, as_is=True)
    return lifecycle.submit(draft, Judgement(versions.active(article.site), verdict), now=NOON)


def published(comment: Comment) -> str:
    now = Comment.objects.select_related("published_revision").get(pk=comment.pk)
    assert now.status == Status.APPROVED
    assert now.published_revision
    return now.published_revision.body


def test_the_editor_takes_single_corrections(decide: Decide, misspelt: Comment) -> None:
    assert decide(misspelt, "approve_fixed", fixes=["2"]).status_code == 303

    assert published(misspelt) == "Herkez geldi, bir şey olmadı."
    assert list(misspelt.revisions.values_list("number", "by_editor")) == [(1, False), (2, True)]


def test_the_editor_edits_the_text(decide: Decide, misspelt: Comment) -> None:
    assert decide(misspelt, "approve_edited", body="Herkes geldi,\r\nhiçbir şey olmadı. ").status_code == 303

    assert published(misspelt) == "Herkes geldi,\nhiçbir şey olmadı."


def test_a_text_left_as_it_is_makes_no_revision(decide: Decide, misspelt: Comment) -> None:
    assert decide(misspelt, "approve_edited", body="Herkez geldi, birşey olmadı.").status_code == 303

    assert misspelt.revisions.count() == 1


@pytest.mark.parametrize(
    ("decision", "fields", "told"),
    [
        ("approve_fixed", {}, "En az bir düzeltme seçin."),
        ("approve_fixed", {"fixes": ["3"]}, "Böyle bir düzeltme yok."),
        ("approve_fixed", {"fixes": ["bir"]}, "Böyle bir düzeltme yok."),
        ("approve_edited", {"body": " \n"}, "Lütfen"),
        ("approve_edited", {"body": "u" * 2001}, "2001"),
    ],
)
def test_what_is_no_correction_changes_nothing(decide: Decide, misspelt: Comment, decision: str, fields: dict[str, Any], told: str) -> None:
    answer = decide(misspelt, decision, **fields)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Comment.objects.get(pk=misspelt.pk).version == 1
    assert misspelt.revisions.count() == 1


def test_a_correction_of_what_somebody_else_decided_is_refused_and_kept(decide: Decide, misspelt: Comment, other_editor: User) -> None:
    lifecycle.reject(
        Comment.objects.get(pk=misspelt.pk),
        editor=other_editor,
        version=1,
        now=NOON,
        reasons=lifecycle.Reasons(clauses=frozenset({Clause.SPELLING})),
    )

    answer = decide(misspelt, "approve_edited", body="Herkes geldi.")

    assert answer.status_code == 409
    assert "Herkes geldi.</textarea>" in answer.content.decode()
    assert misspelt.revisions.count() == 1


def test_a_card_shows_the_corrections_as_a_difference(desk: Client, misspelt: Comment) -> None:
    page = desk.get(page_of(misspelt)).content.decode()

    assert "<del>Herkez</del><ins>Herkes</ins> geldi, <del>birşey</del><ins>bir şey</ins> olmadı." in page


def test_a_text_with_nothing_to_correct_has_no_difference() -> None:
    assert changes(Verdict("Herkes geldi.", (), 1)) == ()


@given(st.text(max_size=40), st.data())
def test_a_difference_holds_both_texts_whole(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    verdict = Verdict(text, tuple(finding(start, end, data.draw(st.text(max_size=5))) for start, end in spans), 1)

    difference = changes(verdict)

    if difference:
        assert "".join(change.gone for change in difference) == text
        assert "".join(change.come for change in difference) == verdict.corrected
    else:
        assert verdict.corrected == text


def test_a_note_that_is_ready_goes_before_what_is_typed(desk: Client, decide: Decide, submitted: Submitted, site: Site) -> None:
    comment = submitted()
    note = CannedNote.objects.create(site=site, house_reason="advertising", text="Reklam yayımlamıyoruz.")
    assert "Reklam: Reklam yayımlamıyoruz." in desk.get(page_of(comment)).content.decode()

    decide(comment, "reject", house_reasons=["advertising"], canned=str(note.pk), note="Teşekkürler.")

    assert comment.decisions.latest("version").note == "Reklam yayımlamıyoruz.\n\nTeşekkürler."


def test_a_note_of_another_title_is_not_to_be_had(decide: Decide, submitted: Submitted) -> None:
    comment = submitted()
    note = CannedNote.objects.create(site=Site.objects.create(key="ikinci", name="İkinci"), clause="spelling", text="Yazımı düzeltin.")

    assert decide(comment, "request_correction", canned=str(note.pk)).status_code == 400
    assert decide(comment, "request_correction", canned="yedi").status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"clause": "insults", "house_reason": "other"},
        {"clause": "politeness"},
        {"clause": "insults", "language": "de"},
        {"clause": "insults", "text": ""},
    ],
)
def test_the_database_keeps_only_notes_for_one_reason(site: Site, fields: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CannedNote.objects.create(**{"site": site, "text": "Lütfen düzeltin.", **fields})
