"""What a writer sees of a verdict: nothing of his text is lost, and what is proposed is what would be sent."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from comments.reader.correction import Correction, Stretch, correction
from moderation.engine.policy import DEFAULT
from moderation.engine.review import review
from moderation.engine.rule import Clause, Finding, Fix, Grade, Message, Outcome, Verdict
from moderation.engine.text import Span

REASON = Message(tr="Gerekçe", en="Reason")


def finding(start: int, end: int, *, clause: Clause = Clause.SPELLING, outcome: Outcome = Outcome.CORRECT, new: str | None = None) -> Finding:
    fix = None if new is None else Fix(Span(start, end), new)
    return Finding("kural", clause, Span(start, end), Grade.CERTAIN, outcome, REASON, fix)


def shown(text: str, *findings: Finding) -> Correction:
    return correction(Verdict(text, findings, None))


def test_findings_with_one_reason_stand_together_the_gravest_first() -> None:
    seen = shown(
        "herşey güzel. Sen sus.",
        finding(0, 6, new="her şey"),
        finding(7, 12, outcome=Outcome.PASS, new="Güzel"),
        finding(14, 17, clause=Clause.INSULTS, outcome=Outcome.REJECT),
    )

    assert [(objection.clause, objection.is_advice) for objection in seen.objections] == [
        (Clause.INSULTS, False),
        (Clause.SPELLING, False),
        (Clause.SPELLING, True),
    ]
    assert seen.is_refused


def test_a_fix_is_told_word_by_word() -> None:
    seen = shown("Bu kararin arkasindayiz dostlar", finding(3, 31, clause=Clause.TURKISH_CHARACTERS, new="kararın arkasındayız dostlar"))

    changes = seen.objections[0].findings[0].changes
    assert [tuple(change) for change in changes] == [("kararin", "kararın"), ("arkasindayiz", "arkasındayız")]
    assert [piece.text for piece in seen.preview if piece.is_new] == ["kararın", "arkasındayız"]


def test_a_fix_that_parts_or_joins_words_is_told_as_a_whole() -> None:
    seen = shown("herşey yolunda", finding(0, 6, new="her şey"))

    assert seen.objections[0].findings[0].changes == (("herşey", "her şey"),)
    assert seen.corrected == "her şey yolunda"


@pytest.mark.parametrize(
    ("text", "corrected", "changes"),
    [
        ("dusuyor, degil", "düşüyor, değil", [("dusuyor", "düşüyor"), ("degil", "değil")]),
        ("(lutfen)! «Bugun» guzel...", "(lütfen)! «Bugün» güzel...", [("lutfen", "lütfen"), ("Bugun", "Bugün"), ("guzel", "güzel")]),
        ("tc. geldi", "T.C. geldi", [("tc.", "T.C.")]),
        ("geldi,, ...", "geldi, …", [("geldi,,", "geldi,"), ("...", "…")]),
    ],
)
def test_punctuation_that_stays_is_no_part_of_a_change(text: str, corrected: str, changes: list[tuple[str, str]]) -> None:
    seen = shown(text, finding(0, len(text), clause=Clause.TURKISH_CHARACTERS, new=corrected))

    assert [tuple(change) for change in seen.objections[0].findings[0].changes] == changes
    assert [piece.text for piece in seen.preview if piece.is_new] == [new for _, new in changes]
    assert "".join(piece.text for piece in seen.preview) == corrected


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("PAHALI; bu", ["PAHALI", ";¹", " bu"]),
        ("PAHALI", ["PAHALI¹"]),
        ("PAHALI !!!", ["PAHALI¹", " !!!"]),
        ("PAHALI.com", ["PAHALI¹", ".com"]),
        ("(PAHALI).»", ["(", "PAHALI", ").»¹"]),
    ],
)
def test_a_number_does_not_part_a_word_from_its_punctuation(text: str, stretches: list[str]) -> None:
    start = text.index("PAHALI")

    seen = shown(text, finding(start, start + 6))

    assert [stretch.text + "¹" * len(stretch.ending) for stretch in seen.marked] == stretches


def test_a_number_does_not_go_behind_what_another_finding_is_about() -> None:
    seen = shown("PAHALI!!!", finding(0, 6), finding(6, 9))

    assert [(stretch.text, stretch.ending) for stretch in seen.marked] == [("PAHALI", (1,)), ("!!!", (2,))]


def test_where_no_fix_changes_anything_no_corrected_text_is_offered() -> None:
    assert shown("Meydan güzel.", finding(0, 6), finding(7, 12, new="güzel")).corrected == ""


def test_the_gravest_finding_gives_the_mark() -> None:
    seen = shown("Sen herşey mi", finding(4, 10, new="her şey"), finding(0, 13, clause=Clause.SWEARING, outcome=Outcome.REJECT))

    assert {stretch.mark for stretch in seen.marked} == {"offence"}


@given(some.text(alphabet=some.sampled_from("aIİışğ SEÇİM herkes birşey\n.,!"), max_size=60))
def test_nothing_is_lost_or_invented(text: str) -> None:
    verdict = review(text, DEFAULT)

    seen = correction(verdict)

    behind_one_another = pairwise((Stretch("", "", ()), *seen.marked))
    assert "".join(stretch.text for stretch in seen.marked) == verdict.text
    assert "".join(piece.text for piece in seen.preview) == (seen.corrected or verdict.text)
    assert all(stretch.mark or (before.mark and not any(map(str.isalnum, stretch.text))) for before, stretch in behind_one_another if stretch.ending)
    assert sorted(number for stretch in seen.marked for number in stretch.ending) == sorted(
        found.number for objection in seen.objections for found in objection.findings
    )
