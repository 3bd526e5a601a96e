"""Comments typed without Turkish letters, wholly or in part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.review import review
from moderation.engine.rule import Clause, Finding, Outcome
from moderation.engine.rules.turkish_characters import RULE
from moderation.engine.turkish.alphabet import plain

SENTENCES = (
    "Bu ülkede yaşamak gittikçe güçleşiyor.",
    "Öğretmenlerimize teşekkür etmeyi unutmayalım.",
    "Yağmur yağınca İstanbul'da trafik durdu.",
    "Çocuklarımızın geleceği için çalışıyoruz.",
    "Güneşli bir günde şarkı söyleyerek yürüdük.",
)


def found(string: str) -> list[Finding]:
    return [finding for finding in review(string, rules=[RULE]).findings if finding.clause is Clause.TURKISH_CHARACTERS]


@given(st.lists(st.sampled_from(SENTENCES), min_size=1).map(" ".join))
def test_what_was_typed_with_its_letters_is_left_alone(string: str) -> None:
    assert found(string) == []


@given(st.lists(st.sampled_from(SENTENCES), min_size=1).map(" ".join))
def test_what_was_typed_without_them_gets_them_back(string: str) -> None:
    verdict = review(plain(string), rules=[RULE])

    assert verdict.outcome is Outcome.CORRECT
    assert verdict.corrected == string


def test_one_stretch_is_one_finding_however_long() -> None:
    assert len(found(plain(" ".join(SENTENCES * 5)))) == 1


def test_a_sure_turkish_letter_ends_the_stretch() -> None:
    verdict = review("Hic dusunmedim ama öyle olmus iste.", rules=[RULE])

    assert [verdict.text[finding.span.start : finding.span.end] for finding in verdict.findings] == ["Hic dusunmedim", "olmus iste"]


def test_one_slip_in_a_long_comment_is_advice() -> None:
    (finding,) = found("Yazının tamamını okudum ve söylenenlerin hepsine katılıyorum ama sonunu hic beğenmedim, keşke biraz daha kısa olsaydı.")

    assert finding.outcome is Outcome.PASS
    assert finding.fix


def test_a_word_that_is_good_either_way_is_restored_among_words_that_are_not() -> None:
    assert review("Bugun acil bir is cikti.", rules=[RULE]).corrected == "Bugün acil bir iş çıktı."
    assert found("Olan oldu bir kere, bu kadar.") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Bunu siz mi yaptiniz, dogru mu?", "Bunu siz mi yaptınız, doğru mu?"), ("Dun gordun mu, guzel miydi?", "Dün gördün mü, güzel miydi?")],
)
def test_the_particle_of_the_question_follows_its_word(typed: str, meant: str) -> None:
    assert review(typed, rules=[RULE]).corrected == meant


def test_endings_behind_an_apostrophe_follow_their_name() -> None:
    assert review("Turkiye'nin ve Isparta'nin guzelligi baskadir.", rules=[RULE]).corrected == "Türkiye'nin ve Isparta'nın güzelliği başkadır."


@pytest.mark.parametrize(
    "string", ["ISID ve PKK haberi", "New York'ta Cambridge mezunu Smith konuştu.", "www.guzelsozler.com adresine @cokguzel yazmış."]
)
def test_names_acronyms_and_addresses_are_no_evidence(string: str) -> None:
    assert found(string) == []


def test_capitals_from_an_english_keyboard_get_their_dots() -> None:
    assert review("BU NE BICIM HABER ARKADASLAR", rules=[RULE]).corrected == "BU NE BİÇİM HABER ARKADAŞLAR"
