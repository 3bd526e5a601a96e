from pathlib import Path

import pytest

from moderation.engine.lexicon import Lexicon
from moderation.engine.review import review
from moderation.engine.rule import Grade, Outcome
from moderation.engine.word_list import UnreadableWordList, parse
from tests.moderation.engine.lexicons import found, grades

LISTS = sorted(Path("moderation/engine/rules").glob("*.txt"))


@pytest.mark.parametrize("text", ["salak", "Salağı", "salaklara", "salaksınız", "Salakmış", "salaklığın"])
def test_an_entry_is_found_with_its_endings(text: str) -> None:
    assert found(f"Bence {text}.", "salak") == [text]


def test_the_whole_word_is_marked_with_its_endings_and_without_punctuation() -> None:
    assert found("Bu «salaklarınızdan», bıktık!", "salak") == ["salaklarınızdan"]


def test_an_entry_inside_another_word_is_not_found() -> None:
    assert found("Çakıl taşı, kasalak, masal.", "alak", "kıl", "sal") == []


def test_letters_typed_plain_are_understood_but_turkish_letters_are_never_taken_for_plain_ones() -> None:
    assert found("serefsiz herif", "şerefsiz") == ["serefsiz"]
    assert found("kıl tüy yün", "kil") == []


def test_a_plain_word_that_is_good_turkish_itself_is_left_alone() -> None:
    assert found("Oldukça kuru bir yıl oldu.", "öl-") == []


def test_a_phrase_is_found_parted_joined_and_with_or_without_circumflex() -> None:
    assert found("geri zekâlılar, gerizekalı, GERİ ZEKALI", "geri zekâlı") == ["geri zekâlılar", "gerizekalı", "GERİ ZEKALI"]


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert found("Gelmem geri. Zekalı insanlar geldi.", "geri zekalı") == []


def test_up_to_three_words_may_stand_in_a_gap() -> None:
    entry = "allah … belanı versin | form: fixed"

    assert found("Allah senin belanı versin", entry) == ["Allah senin belanı versin"]
    assert found("Allah bin kere daha senin belanı versin", entry) == []


def test_a_word_inside_a_phrase_takes_endings_where_the_list_says_so() -> None:
    assert found("Köpekler gibi havlıyorlar", "köpek+ gibi havla-") == ["Köpekler gibi havlıyorlar"]
    assert found("Köpekler gibi havlıyorlar", "köpek gibi havla-") == []


def test_a_fixed_entry_takes_no_endings() -> None:
    assert found("defol, defolu mal", "defol | form: fixed") == ["defol"]


def test_innocent_neighbours_are_left_alone_however_they_are_typed() -> None:
    assert found("Şebekeye bak, sebeke çöktü, ŞEBEKE", "şebek | not: şebeke") == []
    assert found("Şebeğe bak", "şebek | not: şebeke") == ["Şebeğe"]


def test_an_innocent_twin_makes_a_finding_doubtful_only_in_a_text_without_turkish_letters() -> None:
    entry = "ısır- | twin: isir-"

    assert grades("Yine isirdi beni", "isir- | twin: ısır-") == [Grade.SUSPECTED]
    assert grades("Çok isirdi beni", "isir- | twin: ısır-") == [Grade.CERTAIN]
    assert found("ISIRDI BENİ", "isir- | twin: ısır-") == []
    assert grades("Isırdı beni", entry) == [Grade.CERTAIN]


def test_exact_letters_are_not_read_from_plain_ones_nor_small_ones_from_capitals() -> None:
    assert found("bon bon, bön, b*n", "bön | letters: exact") == ["bön", "b*n"]
    assert found("TBMM, tbmm", "tbmm | letters: small") == ["tbmm"]


def test_of_two_entries_the_longer_speaks() -> None:
    assert grades("Bu bir aptallık", "aptal", "aptallık | grade: slight") == [Grade.SLIGHT]
    assert found("kuş beyinli herif", "kuş", "kuş beyinli") == ["kuş beyinli"]


@pytest.mark.parametrize(
    "text",
    [
        "Malsın",
        "sen mal mısın ya",
        "Ulan mal!",
        "sen tam bir malsın",
        "mal herif",
        "Siz mal mısınız",
        "sen ne kadar da malsın",
        "malmısın",
        "m.a.l.s.ı.n",
    ],
)
def test_an_ambiguous_word_counts_when_it_is_said_to_someone(text: str) -> None:
    assert grades(text, "mal | when: aimed") == [Grade.CERTAIN]


@pytest.mark.parametrize("text", ["Tam bir mal", "mal adamlar", "Bunlar mal!", "Mal!"])
def test_an_ambiguous_word_is_suspected_when_it_is_perhaps_said_of_someone(text: str) -> None:
    assert grades(text, "mal | when: aimed") == [Grade.SUSPECTED]


@pytest.mark.parametrize(
    "text",
    [
        "Mal bildirimi verdi",
        "Malı mülkü var",
        "Mallar geldi",
        "Bu mal kaça?",
        "Sen mal beyanı verdin mi?",
        "Mal, mülk, para",
        "Malın fiyatı arttı",
        "Mal dolu bir depo",
        "Mal karısına kaldı",
        "Mal birisine satıldı",
    ],
)
def test_an_ambiguous_word_is_harmless_otherwise(text: str) -> None:
    assert found(text, "mal | when: aimed") == []


@pytest.mark.parametrize("text", ["Salaksın", "bu salaklar", "salak herif", "Sen ne salaksın", "Hepsi salak", "o salağın işi"])
def test_a_word_that_is_surer_when_aimed_is_certain_where_someone_is_meant(text: str) -> None:
    assert grades(text, "salak | sure: aimed") == [Grade.CERTAIN]


@pytest.mark.parametrize("text", ["salak bir fikirdi", "Çok salakça yazılmış bir senaryo"])
def test_a_word_that_is_surer_when_aimed_is_suspected_otherwise(text: str) -> None:
    assert grades(text, "salak | sure: aimed") == [Grade.SUSPECTED]


@pytest.mark.parametrize(
    "text", ["Kimse salak değil, herkes görüyor.", "Bizi salak yerine koyuyor.", "Kendimi salak gibi hissettim.", "İçimdeki salak yine kandı."]
)
def test_what_is_denied_or_said_of_oneself_is_only_suspected(text: str) -> None:
    assert grades(text, "salak") == [Grade.SUSPECTED]


@pytest.mark.parametrize("text", ["Salağım ben", "biz de salakmışız", "Bana salak dedi", "salak diyenler çıktı", "salak demek yakışmaz"])
def test_who_speaks_of_himself_or_tells_what_others_said_is_only_suspected(text: str) -> None:
    assert grades(text, "salak") == [Grade.SUSPECTED]


@pytest.mark.parametrize("text", ["Salağım ben", "Bana salak dedi", "Kimse salak değil, herkes görüyor."])
def test_a_word_that_offends_in_any_mouth_stays_certain_there(text: str) -> None:
    assert grades(text, "salak | when: always") == [Grade.CERTAIN]


def test_a_starred_line_tells_of_the_entries_below_what_they_do_not_tell_themselves() -> None:
    entries = parse("hödük\n* | when: always  # herkes için\nsalak\nmal | when: aimed\ndallama | grade: suspected", source="words.txt")

    assert [(entry.term, entry.always, entry.aimed, entry.grade) for entry in entries] == [
        ("hödük", False, False, Grade.CERTAIN),
        ("salak", True, False, Grade.CERTAIN),
        ("mal", False, True, Grade.CERTAIN),
        ("dallama", True, False, Grade.SUSPECTED),
    ]


def test_dropped_vowels_a_gap_and_a_word_stuck_to_it_are_guessed_at_and_never_certain() -> None:
    assert grades("Hep böyle ptrsl işler", "patırsal") == [Grade.SUSPECTED]
    assert grades("Ne patır sal işmiş", "patırsal") == [Grade.SUSPECTED]
    assert grades("patırsaladam geldi", "patırsal") == [Grade.SUSPECTED]


@pytest.mark.parametrize("text", ["Ne alçak tı", "Al çaktı çiviyi", "Su bitmez", "kitaplıkadam"])
def test_two_words_in_common_use_are_never_read_as_one(text: str) -> None:
    assert found(text, "alçak | when: aimed", "subitmez | grade: suspected", "çaktı") == (["çaktı"] if "çaktı" in text else [])


def test_blank_lines_and_comments_are_no_entries() -> None:
    assert [entry.term for entry in parse("# başlık\n\nsalak  # neden\n", source="test.txt")] == ["salak"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("salak | colour: red", "no property is called 'colour'"),
        ("salak | grade: sure", "'grade' may be certain, slight, suspected, not 'sure'"),
        ("salak | not:", "'not' wants a word after it"),
        ("salak | softens: yes", "'softens' may be written alone, not 'yes'"),
        ("| grade: slight", "an entry begins and ends with a word"),
        ("… gibi", "an entry begins and ends with a word"),
        ("s4lak", "'s4lak' is not written in letters"),
        ("-", "'-' is not written in letters"),
        ("tamam", "tamam stands on line 1 already"),
    ],
)
def test_a_line_that_is_no_entry_is_refused_with_file_line_and_reason(line: str, reason: str) -> None:
    with pytest.raises(UnreadableWordList) as refused:
        tuple(parse(f"tamam\n{line}", source="words.txt"))

    assert str(refused.value).startswith("words.txt, line 2: ")
    assert reason in str(refused.value)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_list_of_the_house_is_readable(path: Path) -> None:
    if path.name.startswith("spelling"):
        return
    assert Lexicon.read(path).entries


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Siz boksunuz", Outcome.REJECT),
        ("Sen boksun", Outcome.REJECT),
        ("boksun tarihi, boksa başladı, boksörümüz kazandı, boksu seviyorum", Outcome.PASS),
        ("Koyun sürüsü yaylaya çıktı.", Outcome.PASS),
        ("Eşref Bitlis'in anısına", Outcome.PASS),
        ("Zavallı adam ne yapsın.", Outcome.PASS),
        ("Sokaklar pislik içinde.", Outcome.PASS),
        ("İnsan görünümlü robot üretildi.", Outcome.PASS),
        ("Suyun içine sıçan düşmüş, kurbağa içine sıçradı.", Outcome.PASS),
        ("Mağara adamları et yerdi.", Outcome.PASS),
        ("Bu asalaklar kimin parasını yiyor?", Outcome.HOLD),
    ],
)
def test_the_houses_lists_know_an_offence_from_its_innocent_neighbours(text: str, outcome: Outcome) -> None:
    assert max((each.outcome for each in review(text).findings if each.rule in {path.stem for path in LISTS}), default=Outcome.PASS) is outcome
