"""Spelling: what is surely wrong, what is only likely, and what is right however odd it looks."""

from pathlib import Path

import pytest

from moderation.engine.review import review
from moderation.engine.rule import Outcome
from moderation.engine.rules import spelling
from moderation.engine.rules.spelling import RULE
from moderation.engine.text import lower, upper
from moderation.engine.turkish import dictionary

LIST = Path(spelling.__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
PAIRS = [line.split(" → ") for line in LIST if line and not line.startswith("#")]


def corrected(string: str) -> str:
    return review(string, rules=[RULE]).corrected


def test_the_list_names_every_wrong_form_once_and_no_right_one() -> None:
    wrong = [pair[0] for pair in PAIRS]

    assert all(len(pair) == 2 for pair in PAIRS)
    assert len(wrong) == len(set(wrong))
    assert not set(wrong) & {lower(right) for _, right in PAIRS}
    assert all(form == lower(form).strip() for form in wrong)


def test_the_right_forms_of_the_list_are_left_alone() -> None:
    disturbed = {right: corrected(f"Bugün {right} dedim.") for _, right in PAIRS}

    assert {right: text for right, text in disturbed.items() if text != f"Bugün {right} dedim."} == {}


def test_what_newspapers_write_otherwise_than_the_guide_is_only_advised() -> None:
    verdict = review("Bu yıldönümünde buluştuk, günbatımında ayrıldık.", rules=[RULE])

    assert verdict.corrected == "Bu yıl dönümünde buluştuk, gün batımında ayrıldık."
    assert {finding.outcome for finding in verdict.findings} == {Outcome.PASS}


def test_an_advised_form_with_a_capital_is_somebodys_name() -> None:
    assert corrected("Bu akşam Dünyanın Günbatımı filmi var.") == "Bu akşam Dünyanın Günbatımı filmi var."


def test_no_list_of_spelling_contradicts_the_other() -> None:
    lines = Path(spelling.__file__).with_name("spelling_advice.txt").read_text(encoding="utf-8").splitlines()
    advised = dict(line.split(" → ") for line in lines if line and not line.startswith("#"))

    assert not advised.keys() & dict(PAIRS).keys()
    assert {right: text for right in advised.values() if (text := corrected(f"Bugün {right} dedim.")) != f"Bugün {right} dedim."} == {}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("farkettim", "fark ettim"),
        ("sevkedildi", "sevk edildi"),
        ("takipediyor", "takip ediyor"),
        ("yokolmuş", "yok olmuş"),
        ("hücumediyor", "hücum ediyor"),
    ],
)
def test_a_noun_and_the_verb_that_carries_it_are_two_words(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("herkezin", "herkesin"),
        ("orjinali", "orijinali"),
        ("yanlızca", "yalnızca"),
        ("birşeyler", "bir şeyler"),
        ("sürpizlere", "sürprizlere"),
        ("laboratuarda", "laboratuvarda"),
    ],
)
def test_a_known_wrong_form_is_mended_with_its_endings(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    ("wrong", "right"), [("herkez", "herkes"), ("Herkez", "Herkes"), ("HERKEZ", "HERKES"), ("Birşey", "Bir şey"), ("İnşaad", "İnşaat")]
)
def test_the_fix_keeps_the_case_of_what_was_written(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "string",
    [
        "Bende bir kitap var.",
        "Sende kalsın.",
        "Ta uzaklardan geldim.",
        "Ahmet de geldi, Ayşe de.",
        "1.000,50 lira; 3,5 ay... Olur mu, olmaz mı?",
        "www.ornek.com,sayfa ve a.b,c adresleri",
        "Dr. A.Kaya geldi.",
        "Boğaziçi'nde, Kadıköy'de, TBMM'de konuşuldu.",
        "Sanki biliyordu, hâlbuki kimse söylemedi; çünkü yoktu.",
    ],
)
def test_what_is_right_is_let_be(string: str) -> None:
    assert corrected(string) == string


def test_one_sure_mistake_in_a_short_comment_asks_for_correction_and_in_a_long_one_is_advice() -> None:
    long = "Yazıyı sonuna kadar okudum, herkez gibi ben de çok beğendim ve bütün arkadaşlarıma okumaları için gönderdim."

    assert review("Herkez gelsin.", rules=[RULE]).outcome is Outcome.CORRECT
    assert review(long, rules=[RULE]).outcome is Outcome.PASS
    assert len(review(long, rules=[RULE]).findings) == 1


def test_three_sure_mistakes_ask_for_correction_however_long_the_comment() -> None:
    filler = "Yazıyı sonuna kadar okudum ve çok beğendim. " * 10

    assert review(f"{filler} Herkez yanlız, malesef.", rules=[RULE]).outcome is Outcome.CORRECT


def test_what_is_only_likely_never_asks_for_correction() -> None:
    verdict = review("Bu bilisayar haberlarde ilgniç.", rules=[RULE])

    assert len(verdict.findings) == 3
    assert verdict.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("wrong", "right"), [("Fiyat ta arttı.", "Fiyat da arttı."), ("Ahmet te geldi.", "Ahmet de geldi."), ("AHMET TE GELDİ.", "AHMET DE GELDİ.")]
)
def test_the_word_de_never_hardens(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize("wrong", ["Herkez", "birşey", "geliyormusun", "Türkiyeden", "hiç bir"])
def test_a_mended_text_satisfies_the_rule_in_either_case(wrong: str) -> None:
    for string in (wrong, upper(wrong)):
        assert review(corrected(string), rules=[RULE]).findings == ()


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Bizde yaptık ama kimse görmedi.", "Biz de yaptık ama kimse görmedi."),
        ("Bunun sorumluları hakkın da soruşturma açılsın.", "Bunun sorumluları hakkında soruşturma açılsın."),
        ("Bir okur olarak düşüncelerimi ifa de ettim.", "Bir okur olarak düşüncelerimi ifade ettim."),
        ("Ali'ninde haberi yok.", "Ali'nin de haberi yok."),
        ("Dün Sivas' ta kar yağdı.", "Dün Sivas'ta kar yağdı."),
        ("Fenerbahçe 'nin maçı ertelendi.", "Fenerbahçe'nin maçı ertelendi."),
    ],
)
def test_what_stands_beside_tells_whether_de_is_a_word(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "string", ["Evde kimse yoktu.", "Siz de haklısınız, onlar da.", "Bu konuda bilgim yok.", "Şu 'Gel de gör' sözü hoşuma gitti.", "Oda çok soğuktu."]
)
def test_a_right_de_is_let_be(string: str) -> None:
    assert corrected(string) == string


@pytest.mark.parametrize(
    "string",
    [
        "Deniz de temiz değil artık, bu karar da yanlış.",
        "Belediye de sorumlu, bakanlık da.",
        "Vapur da gelsin, tramvay da.",
        "Otobüs de geç geliyor, dolmuş da.",
        "Su da kesildi, elektrik de.",
        "Hava da çok güzeldi.",
        "Fiyatlar da uçtu gitti.",
        "Gençler de iş bulamıyor.",
        "Mahkeme de karar verdi zaten.",
        "Bi de gazeteye yazmışlar.",
        "On kere de söylesem anlamıyorlar.",
        "Kızmak da bir hak.",
        "Herkes görsün: otobüs de geç geliyor.",
    ],
)
def test_what_a_short_comment_speaks_of_is_not_taken_for_a_place(string: str) -> None:
    assert corrected(string) == string


@pytest.mark.parametrize(("wrong", "right"), [("birşeymi", "bir şey mi"), ("yirmibirşey", "yirmi bir şey")])
def test_the_parts_of_a_parted_word_are_mended_too(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


@pytest.mark.parametrize(
    "string",
    [
        "Bu pandemide kimse eve kapanmadı, pandemiyi unutmayın.",
        "Haberi instagramdan gördüm, tweetlerini de okudum.",
        "Dün youtubedan izledim, tiktokta da varmış.",
        "Metrobüse binemedik, internetim de kesildi.",
        "Herkes akpli ya da chpli olmak zorunda mı?",
        "Rabbim kimseye yaşatmasın, hatrınız için susuyorum.",
        "Fetöcülerin oyunu bu, araftan çıkın artık.",
        "Bir dahaki sefere favlarım, ponçiğim.",
        "İban numaranı ver, ibanıma yolla derler; ikeadan aldım, fifaya şikâyet ettim.",
        "Senle konuştum, instamı ve linkedinimi buldun.",
    ],
)
def test_a_word_that_is_newer_than_the_dictionary_is_let_be_with_its_endings(string: str) -> None:
    assert review(string).findings == ()


def test_a_listed_mistake_is_not_taken_for_letters_that_are_missing() -> None:
    assert review("Düzelir inşaallah.").corrected == "Düzelir inşallah."


@pytest.mark.parametrize("form", ["barometreden", "alışkanlıktadır", "düğünümdeki", "yoğurmamış", "baklagille", "sökebilsek", "kazdırsaydı"])
def test_a_rare_form_of_a_good_word_is_let_be(form: str) -> None:
    assert corrected(f"Bugün {form} dedim.") == f"Bugün {form} dedim."


@pytest.mark.parametrize("form", ["denetmeden", "diretmeyeceği", "gözetmezlerdi", "ataşeden", "bahsetti", "affedersin"])
def test_a_word_that_only_ends_like_that_verb_is_let_be(form: str) -> None:
    assert corrected(f"Bugün {form} dedim.") == f"Bugün {form} dedim."


@pytest.mark.parametrize(("wrong", "right"), [("mikrafün", "mikrofon"), ("kolestorül", "kolesterol"), ("perfimöri", "parfümeri")])
def test_a_word_written_by_ear_is_found_by_its_sound(wrong: str, right: str) -> None:
    assert corrected(f"Bugün {wrong} dedim.") == f"Bugün {right} dedim."


def test_a_text_full_of_unknown_words_gets_advice_on_the_first_of_them_only() -> None:
    findings = review("Bu bir bilisayar. " * 100, rules=[RULE]).findings

    assert len(findings) == 20


def test_the_list_holds_nothing_that_a_newspaper_writes_often() -> None:
    common = {wrong for wrong, _ in PAIRS if " " not in wrong and dictionary.is_word(wrong) and dictionary.frequency(wrong) > 60}

    assert common == set()
