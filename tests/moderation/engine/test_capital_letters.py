"""Shouted comments, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.review import review
from moderation.engine.rules.capital_letters import RULE
from moderation.engine.text import upper

SENTENCES = (
    "Isparta'da su yok artık!",
    "TBMM bugün toplandı mı?",
    "Ankara'ya giden tren yine rötar yaptı.",
    "Kimse halkın derdini düşünmüyor.",
    "ABD'nin kararı bizi ilgilendirmez.",
)


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map(" ".join))
def test_a_calm_comment_is_left_alone(string: str) -> None:
    assert review(string, rules=[RULE]).findings == ()


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8).map(" ".join))
def test_a_shouted_comment_is_calmed(string: str) -> None:
    verdict = review(upper(string), rules=[RULE])

    assert len(verdict.findings) == 1
    assert verdict.corrected == string


@pytest.mark.parametrize(
    "string",
    [
        "BRAVO!",
        "Ben ASLA kabul etmem.",
        "CHP, AKP, MHP ve HDP anlaştı.",
        "Mustafa Kemal ATATÜRK ile İsmet İNÖNÜ konuştu.",
        "TRT 1 HD yayını kesildi.",
        "III. Selim ile IV. Murat",
        "A B C D E",
        "5 10 15 20",
        "THIS IS WHAT THE PEOPLE WANT",
        "",
    ],
)
def test_what_only_looks_loud_is_let_be(string: str) -> None:
    assert review(string, rules=[RULE]).findings == ()


def test_the_loud_run_alone_is_marked() -> None:
    verdict = review("Maç bitti, HAKEM YİNE SAHNEDEYDİ, yazık.", rules=[RULE])

    assert [verdict.text[finding.span.start : finding.span.end] for finding in verdict.findings] == ["HAKEM YİNE SAHNEDEYDİ"]


def test_speech_opens_with_a_capital_and_who_spoke_goes_on_small() -> None:
    verdict = review('BAKAN DEDİ Kİ: "BU SON OLACAK!" DEDİ VE GİTTİ.', rules=[RULE])

    assert verdict.corrected == 'Bakan dedi ki: "Bu son olacak!" dedi ve gitti.'


def test_numbers_inside_a_run_stay_as_they_are() -> None:
    assert review("2023'DE 5 LİRA OLAN EKMEK ŞİMDİ 15 LİRA", rules=[RULE]).corrected == "2023'de 5 lira olan ekmek şimdi 15 lira"


@pytest.mark.parametrize(
    "string",
    [
        "SU KESİNTİSİ SÜRECEK Belediye bugün böyle dedi.",
        "YETER ARTIK BU REZALET! Belediye dün akşam yaptığı açıklamada arızanın hafta sonuna kadar giderileceğini duyurdu.",
        "YETER ARTIK BU REZALET belediye dün akşam yaptığı açıklamada arızanın hafta sonuna kadar giderileceğini duyurdu.",
    ],
)
def test_a_shout_before_a_few_words_a_mark_or_a_small_letter_is_no_heading(string: str) -> None:
    assert review(string, rules=[RULE]).findings


def test_the_letters_of_an_abbreviation_with_stops_keep_their_capitals() -> None:
    assert review("BU HEYKEL M.Ö. ÜÇÜNCÜ YÜZYILDAN KALMA, T.C. DEVLETİ KORUYOR", rules=[RULE]).corrected == (
        "Bu heykel M.Ö. üçüncü yüzyıldan kalma, T.C. devleti koruyor"
    )
