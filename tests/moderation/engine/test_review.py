"""A review tells everything at once, and its fixes can all be made."""

import gc
import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.commandline import as_json
from moderation.engine.review import CORRECTIONS, review
from moderation.engine.rule import Clause, Outcome, Verdict, apply
from moderation.engine.rules import RULES
from moderation.engine.text import Text, UnreadableText, upper
from moderation.engine.turkish.alphabet import plain

WORDS = [
    *("ben", "sen", "bende", "yada", "geliyor", "geliyormusun", "herkez", "yanlız", "birşey", "hiç", "bir", "şey", "cok", "guzel", "güzel"),
    *("acik", "açık", "oldu", "öldü", "Türkiyeden", "Isparta'da", "Avrupa'lı", "TBMM", "ABD'nin", "SAHNEDEYDİ", "BU", "NE", "BİÇİM", "haber"),
    *("onbeş", "yirmi", "19.30'da", "parasıda", "kitap", "ta", "te", "ki", "de", ",", ".", "!", "?", "…", "\n", "bilisayar", "müdür", "hâlâ"),
]
TURKISH = st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join)
TYPED = st.one_of(
    TURKISH, TURKISH.map(upper), TURKISH.map(plain), TURKISH.map(lambda text: plain(upper(text))), TURKISH.map(lambda t: t.replace(" ", ""))
)
GARBAGE = st.text(st.characters(exclude_categories=["Cs"]))
TEXTS = st.one_of(TYPED, GARBAGE, st.tuples(TYPED, GARBAGE, TYPED).map("".join))


def fixes(verdict: Verdict) -> list[tuple[int, int]]:
    return sorted((finding.fix.span.start, finding.fix.span.end) for finding in verdict.findings if finding.fix)


@given(TEXTS)
def test_fixes_of_one_text_never_overlap(string: str) -> None:
    spans = fixes(review(string))

    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(TEXTS)
def test_every_finding_lies_in_the_text_and_every_fix_changes_it(string: str) -> None:
    verdict = review(string)

    assert all(0 <= finding.span.start < finding.span.end <= len(verdict.text) for finding in verdict.findings)
    assert all(verdict.text[f.fix.span.start : f.fix.span.end] != f.fix.replacement for f in verdict.findings if f.fix)


@given(TEXTS)
def test_the_corrected_text_leaves_nothing_to_correct(string: str) -> None:
    corrected = review(review(string).corrected)

    assert [finding for finding in corrected.findings if finding.clause in CORRECTIONS and finding.outcome > Outcome.PASS] == []


@given(TEXTS)
def test_findings_stand_in_the_order_of_the_text(string: str) -> None:
    findings = review(string).findings

    assert list(findings) == sorted(findings, key=lambda finding: finding.span)


@given(TEXTS)
def test_the_same_text_gets_the_same_verdict(string: str) -> None:
    assert review(string) == review(string)


@given(TEXTS)
def test_a_verdict_as_json_slices_the_text_and_makes_the_corrected_one(string: str) -> None:
    verdict = review(string)
    told = json.loads(json.dumps(as_json(verdict, "en")))

    assert all(verdict.text[each["start"] : each["end"]] == each["excerpt"] for each in told["findings"])
    assert told["corrected"] == apply(verdict.text, (finding.fix for finding in verdict.findings if finding.fix))
    assert told["outcome"] in ("pass", "correct", "hold", "reject")


@given(TEXTS)
def test_a_text_that_is_not_composed_is_judged_as_the_composed_one(string: str) -> None:
    assert review(string).text == Text(string).string


def test_a_word_that_breaks_three_clauses_gets_one_fix_that_mends_all() -> None:
    verdict = review("HERKEZ COK UZGUN YANLIZ KALDI")

    assert verdict.corrected == "Herkes çok üzgün yalnız kaldı"
    assert {finding.clause for finding in verdict.findings} == {Clause.SPELLING, Clause.TURKISH_CHARACTERS, Clause.CAPITAL_LETTERS}


def test_all_is_told_at_once() -> None:
    verdict = review("Herkez cok kizgin, BU NE BİÇİM İŞ böyle!")

    assert {finding.clause for finding in verdict.findings} == {Clause.SPELLING, Clause.TURKISH_CHARACTERS, Clause.CAPITAL_LETTERS}
    assert verdict.corrected == "Herkes çok kızgın, bu ne biçim iş böyle!"


def test_advice_counts_against_nobody() -> None:
    verdict = review("Bu uzun yorumda yalnızca bir tane bilisayar sözcüğü yanlış yazılmış, gerisi doğru.")

    assert [finding.outcome for finding in verdict.findings] == [Outcome.PASS]
    assert verdict.outcome is Outcome.PASS


@pytest.mark.parametrize(
    "text", ["This is not what the people of this country want.", "Это неправильно, товарищи.", "هذا خبر جيد", "Ez ji te hez dikim û ji bo te dijîm."]
)
def test_a_text_in_another_language_gets_no_advice_on_turkish(text: str) -> None:
    assert [finding for finding in review(text).findings if finding.clause in CORRECTIONS] == []


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(UnreadableText):
        review("\ud800")


def garbage(texts: list[str]) -> int:
    """How much reviewing these texts leaves that only the garbage collector frees."""
    gc.collect()
    gc.disable()
    try:
        for text in texts:
            as_json(review(text), "tr")
        return gc.collect()
    finally:
        gc.enable()


def test_a_review_leaves_nothing_that_only_the_garbage_collector_could_free() -> None:
    texts = [text for rule in RULES for text in (*rule.acceptable, *(example.text for example in rule.violations))]
    garbage(texts)  # of what is read once, when a rule first needs it

    assert garbage(texts) == 0


@pytest.mark.parametrize(
    "text", ["Bana siktir git dedi, ben de sustum.", "Ne boktan adamsın sen.", "Bu geri zekâlılara laf anlatılmaz.", "Ulan aptal!"]
)
def test_swearing_in_any_mouth_and_insults_that_are_aimed_are_rejected(text: str) -> None:
    assert review(text).outcome is Outcome.REJECT


@pytest.mark.parametrize(
    "text", ["Her şey boka sardı yine.", "Koca kitap boktan çıktı.", "Böyle bir aşağılık oyun görülmedi.", "Yobaz bir kafayla bu iş yürümez."]
)
def test_coarse_words_of_things_and_what_only_an_editor_can_tell_are_held(text: str) -> None:
    assert review(text).outcome is Outcome.HOLD
