"""What is shown of a verdict, to whom, and with which words marked."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from comments import receipts
from comments.judging import judge, verdict_of
from comments.marking import segments
from comments.models import Review
from comments.projections import ShownFinding, for_editor, for_writer
from moderation.engine.rule import Clause, Finding, Fix, Grade, Message, Outcome, Verdict
from moderation.engine.text import Span
from moderation.models import Site
from tests.comments.conftest import Submitted

MESSAGE = Message(tr="Bulgu", en="Finding")
TEXT = "Haber güzel. Yazan kaba biri! Herkez okusun."


def finding(clause: Clause, excerpt: str, outcome: Outcome, replacement: str | None = None) -> Finding:
    start = TEXT.index(excerpt)
    span = Span(start, start + len(excerpt))
    return Finding(clause.value, clause, span, Grade.CERTAIN, outcome, MESSAGE, Fix(span, replacement) if replacement else None, 0.9)


INSULT = finding(Clause.INSULTS, "kaba", Outcome.REJECT)
ANOTHER_INSULT = finding(Clause.INSULTS, "biri", Outcome.REJECT)
SUSPICION = finding(Clause.OFFENSIVE_ALLUSIONS, "Haber", Outcome.HOLD)
MISSPELLING = finding(Clause.SPELLING, "Herkez", Outcome.CORRECT, "Herkes")
VERDICT = Verdict(TEXT, (SUSPICION, INSULT, ANOTHER_INSULT, MISSPELLING), 1)


def test_an_editor_sees_every_finding_whole() -> None:
    shown = for_editor(VERDICT)

    assert [(f.rule, f.excerpt, f.score) for f in shown] == [
        ("offensive_allusions", "Haber", 0.9),
        ("insults", "kaba", 0.9),
        ("insults", "biri", 0.9),
        ("spelling", "Herkez", 0.9),
    ]


def test_a_writer_sees_no_suspicion_the_sentence_of_an_offence_once_and_his_misspelling_whole() -> None:
    offence, misspelling = for_writer(VERDICT)

    assert TEXT[offence.span.start : offence.span.end] == "Yazan kaba biri!"
    assert (offence.rule, offence.excerpt, offence.fix, offence.score) == (None, None, None, None)
    assert (misspelling.excerpt, misspelling.fix and misspelling.fix.replacement) == ("Herkez", "Herkes")


def test_marks_lose_no_letter_and_know_all_findings_on_one_word() -> None:
    shown = for_editor(VERDICT)

    marked = segments(TEXT, shown)

    assert "".join(segment.text for segment in marked) == TEXT
    assert [(s.text, [f.excerpt for f in s.findings]) for s in marked if s.findings] == [
        ("Haber", ["Haber"]),
        ("kaba", ["kaba"]),
        ("biri", ["biri"]),
        ("Herkez", ["Herkez"]),
    ]


@given(text=st.text(min_size=1), data=st.data())
def test_any_findings_on_any_text_are_marked_exactly_where_they_are(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.builds(lambda a, b: Span(min(a, b), max(a, b)), ends, ends)))
    findings = [ShownFinding(Clause.SPELLING, span, Outcome.PASS, Message(str(i), str(i))) for i, span in enumerate(spans)]

    marked = segments(text, findings)

    assert "".join(segment.text for segment in marked) == text
    assert all(segment.text for segment in marked)
    for shown in findings:
        assert "".join(segment.text for segment in marked if shown in segment.findings) == text[shown.span.start : shown.span.end]


def test_a_stored_verdict_reads_as_it_was_given(site: Site, submitted: Submitted, now: datetime) -> None:
    body = "Herkez biliyor ki BU HABER ÇOK GÜZEL OLMUŞ VE herkez okusun, salaksın!"
    given_verdict = judge(body, site).verdict
    comment = submitted(body)
    Review.objects.filter(revision__comment=comment).delete()
    judge(body, site).review_of(comment.current_revision, now=now).save()

    stored = Review.objects.select_related("revision", "policy_version").get(revision__comment=comment)

    assert given_verdict
    assert given_verdict.findings
    assert verdict_of(stored) == given_verdict


def test_a_finding_of_a_rule_that_is_no_more_still_has_a_reason(submitted: Submitted) -> None:
    comment = submitted("Herkez", "correct")
    review = Review.objects.get(revision__comment=comment)
    review.findings[0]["rule"] = "a_rule_of_last_year"

    verdict = verdict_of(review)

    assert verdict
    [finding] = verdict.findings

    assert finding.message.tr == "Yorumunuz imla kurallarına uymuyor."


def test_a_receipt_leads_to_its_comment_and_a_forged_one_nowhere(submitted: Submitted) -> None:
    comment, other = submitted(), submitted()
    token = receipts.token_for(comment)

    assert receipts.comment_id(token) == comment.public_id
    forged = token.replace(comment.public_id.hex, other.public_id.hex)
    for wrong in (forged, token[:-1], "", ".", "a.b", comment.public_id.hex, "ğ.ü", token + "\x00"):
        assert receipts.comment_id(wrong) is None
