"""What the compiled lists know: forms, names, letters given back, slips, endings, particles, languages."""

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import decompress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.text import Text, lower, upper
from moderation.engine.turkish import apostrophe, choice, compile_dictionary, dictionary, learn
from moderation.engine.turkish.alphabet import LETTERS, plain
from moderation.engine.turkish.capital import Place, bears_capital
from moderation.engine.turkish.context import Context, context
from moderation.engine.turkish.deasciify import Keyboard, cased_as, keyboard, possible, restored, spellings
from moderation.engine.turkish.formation import formed, is_formed
from moderation.engine.turkish.harmony import harmonised
from moderation.engine.turkish.language import is_turkish
from moderation.engine.turkish.particles import parted
from moderation.engine.turkish.prose import prose
from moderation.engine.turkish.slip import hardened, meant
from moderation.engine.turkish.weights import Weights

NOWHERE = Context("", "")
FORMS = st.text(LETTERS, min_size=1, max_size=15)


@pytest.mark.parametrize("form", ["ev", "evlerimizdeki", "geliyordum", "kâğıt", "kağıt", "hâlâ", "hala", "hükûmet", "hükümet", "güzelliğini"])
def test_forms_of_turkish_words_are_words(form: str) -> None:
    assert dictionary.is_word(form)


@pytest.mark.parametrize("form", ["", "herkez", "gelıyor", "guzel", "ısparta", "xyz", "ev evi", "geliyormusun"])
def test_what_is_no_form_of_a_word_is_none(form: str) -> None:
    assert not dictionary.is_word(form)


@pytest.mark.parametrize(("form", "way"), [("ısparta", "Isparta"), ("istanbul", "İstanbul"), ("tbmm", "TBMM"), ("türkiye", "Türkiye"), ("ev", None)])
def test_names_are_known_by_the_way_they_are_written(form: str, way: str | None) -> None:
    assert dictionary.name(form) == way


def test_common_forms_are_more_frequent_than_rare_ones() -> None:
    assert dictionary.frequency("bir") > dictionary.frequency("kitap") > dictionary.frequency("qqq") == 0


@pytest.mark.parametrize(
    ("written", "word", "tells"),
    [
        ("gormedim", "görmedim", Keyboard.PLAIN),
        ("Sagliga", "sağlığa", Keyboard.PLAIN),
        ("ISTANBUL", "istanbul", Keyboard.PLAIN),
        ("YAZİ", "yazı", Keyboard.PLAIN),
        ("ogretemeyız", "öğretemeyiz", Keyboard.PLAIN),
        ("güzel", "güzel", Keyboard.TURKISH),
        ("kitap", "kitap", Keyboard.EITHER),
        ("oldu", "oldu", Keyboard.EITHER),
    ],
)
def test_a_word_tells_of_its_keyboard_and_what_it_may_be(written: str, word: str, tells: Keyboard) -> None:
    assert (keyboard(written), possible(written)[0]) == (tells, word)


@pytest.mark.parametrize("written", ["Cambridge", "qwerty", "muvafakatını"])
def test_names_and_unknown_words_tell_nothing(written: str) -> None:
    assert keyboard(written) is Keyboard.EITHER


@given(FORMS)
def test_spellings_differ_in_turkish_letters_alone(form: str) -> None:
    assert all(plain(spelling) == plain(form) for spelling in spellings(form))


@given(FORMS)
def test_restored_words_keep_their_length_and_their_capitals(form: str) -> None:
    whole = restored(upper(form), NOWHERE)

    assert len(whole) == len(form)
    assert whole == upper(whole)


@given(FORMS, st.lists(st.booleans(), min_size=15, max_size=15))
def test_capitals_are_set_where_the_model_has_them(form: str, loud: list[bool]) -> None:
    model = "".join(upper(letter) if is_loud else letter for letter, is_loud in zip(form, loud, strict=False))

    assert cased_as(model, form) == model
    assert lower(cased_as(model, form)) == form


@pytest.mark.parametrize(("form", "word"), [("bilisayar", "bilgisayar"), ("güzedl", "güzel"), ("ilgniç", "ilginç"), ("haberlarde", "haberlerde")])
def test_a_slip_of_the_finger_leads_to_the_word_that_was_meant(form: str, word: str) -> None:
    assert meant(form) == word


@pytest.mark.parametrize("form", ["", "slm", "qwzxqwzx", "a" * 500])
def test_where_no_word_is_near_none_was_meant(form: str) -> None:
    assert meant(form) is None


@pytest.mark.parametrize(("form", "word"), [("yokdu", "yoktu"), ("kitapcı", "kitapçı"), ("evde", None), ("düşdü", "düştü")])
def test_endings_harden_behind_voiceless_consonants(form: str, word: str | None) -> None:
    assert hardened(form) == word


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("geliyormusun", "geliyor musun"),
        ("değilmi", "değil mi"),
        ("parasıda", "parası da"),
        ("olduğuda", "olduğu da"),
        ("biliyorki", "biliyor ki"),
        ("onbeş", "on beş"),
        ("yirmibeşinci", "yirmi beşinci"),
        ("farketmedim", "fark etmedim"),
        ("geldimde", "geldim de"),
        ("yaptımda", "yaptım da"),
    ],
)
def test_words_run_together_are_parted(form: str, parts: str) -> None:
    assert parted(form) == parts


@pytest.mark.parametrize(
    "form",
    ["evde", "pusuda", "kuğuda", "yenide", "bugünkü", "sanki", "onbaşı", "verilmemi", "affetmek", "kaybetti", "parasında", "herkes", "arkadaşımı"],
)
def test_words_that_are_one_are_left_whole(form: str) -> None:
    assert parted(form) is None


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Türkiyeden", "Türkiye'den"),
        ("Ankarada", "Ankara'da"),
        ("Ayşenin", "Ayşe'nin"),
        ("Avrupa'lı", "Avrupalı"),
        ("İstanbul’lular", "İstanbullular"),
        ("Türkiye'den", None),
        ("ABD'li", None),
        ("Türkler", None),
        ("Amerikalının", None),
        ("Denizde", None),
        ("türkiyeden", None),
        ("", None),
    ],
)
def test_names_and_their_endings_are_set_apart_or_joined(written: str, right: str | None) -> None:
    assert apostrophe.mended(written) == right


@pytest.mark.parametrize(
    ("form", "ending", "fitting"),
    [("ısparta", "li", "lı"), ("türkiye", "nin", "nin"), ("görmüş", "sin", "sün"), ("doğru", "miydi", "muydu"), ("van", "daki", "daki")],
)
def test_endings_follow_the_last_vowel(form: str, ending: str, fitting: str) -> None:
    assert harmonised(form, ending) == fitting


def test_addresses_handles_and_numbers_are_no_prose() -> None:
    text = Text("Bak: https://ornek.com/yazi ve ali@ornek.com, @okur #gündem ornek.com.tr 19.30'da 5G ya da bu.")

    assert [word.written for word in text.view(prose)] == ["Bak", "ve", "ya", "da", "bu"]


@pytest.mark.parametrize(
    "string", ["", "👍", "Harika!", "slm kanka nbr", "cok guzel bir yazi", "Herkez biliyorki yanlız kalmaz.", "The Guardian bunu da yazmış."]
)
def test_turkish_comments_are_turkish(string: str) -> None:
    assert is_turkish(Text(string))


@pytest.mark.parametrize("string", ["This is what the people want.", "Das ist nicht gut.", "Это правда.", "هذا خبر", "Ez ji te hez dikim."])
def test_comments_in_other_languages_are_not(string: str) -> None:
    assert not is_turkish(Text(string))


def test_the_recipe_makes_lists_of_a_dictionary_and_of_sentences(tmp_path: Path) -> None:
    (tmp_path / "index.aff").write_text("SET UTF-8\n\nSFX 7 N 1\nSFX 7 0 ler .\n\nSFX 9 N 1\nSFX 9 0 'nın .\n", encoding="utf-8")
    (tmp_path / "index.dic").write_text("3\nev/7\nkâğıt\nAnkara/9\n", encoding="utf-8")

    forms = compile_dictionary.expand(tmp_path)
    counts = compile_dictionary.count(["Bugün Ankara'nın havası güzel.", "Evler TBMM ile doldu.", "BUGÜN ANKARA GÜZEL"])

    assert forms == compile_dictionary.Forms(frozenset({"ev", "evler", "kâğıt"}), frozenset({"Ankara"}))
    assert counts.forms["ankara"] == 2
    assert compile_dictionary.known(forms, counts) == {"ev", "evler", "kağıt"}
    assert compile_dictionary.ways_of_writing(forms, counts) == {"ankara": "Ankara", "tbmm": "TBMM"}


def test_of_a_lexicon_only_names_are_kept_that_neither_dictionary_nor_sentences_hold(tmp_path: Path) -> None:
    kinds = {"Doğukan": "Prop", "Ev": "Prop", "Gül": "Prop", "Al": "Prop", "kanasta": "None", "Smith-Jones": "Prop"}
    lines = [f"{word}_Noun\t{word}\t{word}\tNoun\t{kind}\t-\t0\tnull" for word, kind in kinds.items()]
    (tmp_path / "lexicon.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    forms = compile_dictionary.Forms(frozenset({"ev"}), frozenset())

    names = [*compile_dictionary.names_of(tmp_path / "lexicon.csv")]
    ways = compile_dictionary.ways_of_writing(forms, compile_dictionary.count(["Bahçede gül açtı."]), names)

    assert names == ["Doğukan", "Gül"]
    assert ways == {"doğukan": "Doğukan"}


@pytest.mark.parametrize("form", ["barometreden", "pekmezliyi", "saksımız", "kağıt", "kâğıt", "istanbulda"])
def test_what_turkish_can_make_is_formed(form: str) -> None:
    assert is_formed(form)


@pytest.mark.parametrize("form", ["", "herkez", "gelıyor", "evlarimiz", "xyz", "ев", "ev evi"])
def test_what_it_cannot_is_not(form: str) -> None:
    assert not is_formed(form)


def test_of_several_ways_to_write_a_word_only_the_well_formed_are_left() -> None:
    assert set(formed(("y", "oö", "ğg", "u", "r", "m", "a", "m", "ıi", "sş"))) == {"yoğurmamış"}


@pytest.mark.parametrize(
    ("typed", "before", "after", "word"),
    [
        ("su", "", "anda", "şu"),
        ("su", "bardak", "icti", "su"),
        ("acik", "cok", "havada", "açık"),
        ("oldu", "nasil", "bu", "oldu"),
    ],
)
def test_what_stands_beside_a_word_chooses_its_letters(typed: str, before: str, after: str, word: str) -> None:
    assert restored(typed, Context(before, after)) == word


@pytest.mark.parametrize(
    ("stem", "typed", "ending"),
    [
        ("Isparta", "nin", "nın"),
        ("Türkiye", "nin", "nin"),
        ("ABD", "nin", "nin"),
        ("2011", "in", "in"),
        ("2010", "un", "un"),
        ("Ankara", "daki", "daki"),
    ],
)
def test_an_ending_sounds_as_the_name_before_it_is_spoken(stem: str, typed: str, ending: str) -> None:
    assert choice.ending(stem, typed) == ending


def test_letters_alone_restore_a_name_that_no_list_holds() -> None:
    assert choice.by_letters("gulbahceoglu") == "gülbahçeoğlu"


@pytest.mark.parametrize(
    ("form", "place", "capital"),
    [
        ("kupası", Place("dünya", "maçı", behind_capital=True), True),
        ("dünya", Place("bütün", "biliyor", behind_capital=False), False),
        ("oğlu", Place("mehmet", "geldi", behind_capital=False), False),
        ("kültür", Place("belediyenin", "merkezi", behind_capital=False, named_ahead=1), True),
    ],
)
def test_capitals_follow_their_neighbours(form: str, place: Place, *, capital: bool) -> None:
    assert bears_capital(form, place) is capital


def test_the_context_of_a_word_is_a_neighbour_or_the_mark_between() -> None:
    text = Text("Güzel ülkemin, dağları... çok yüksek")

    assert [context(text, text.words, at, at) for at in range(5)] == [
        Context("", "ulkemin"),
        Context("guzel", ","),
        Context(",", "."),
        Context(".", "yuksek"),
        Context("cok", ""),
    ]


def test_weights_are_learnt_from_sentences_and_packed() -> None:
    texts = [Text("Ali'nin evi de güzel."), Text("Kışın evde kaldık, Isparta'nın dağları karlıydı.")]
    table = learn.Table(12)

    table.learn(list(learn.ending_choices(table, texts)) * 20, rounds=3, step=0.3)
    weights = Weights(array("b", decompress(table.packed())))

    assert weights.total(choice.ending_features("Isparta", "nin")) > 0 > weights.total(choice.ending_features("Ali", "nin"))


@pytest.mark.parametrize("lesson", [lesson.choices for lesson in learn._LESSONS])
def test_every_lesson_finds_something_in_good_sentences(lesson: Callable[..., Iterator[learn.Choice]]) -> None:
    texts = [Text("Bugün Ankara'nın havası da çok açık."), Text("Evde su kalmadı, Ayşe de aldı.")]
    table = learn.Table(12)

    assert all(0 <= choice.right <= max(1, len(choice.alternatives) - 1) for choice in lesson(table, texts))
    assert list(lesson(table, texts))
