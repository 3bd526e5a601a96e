"""Letter case, normalising, words and sentences: one reading of a text, in one system of coordinates."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.text import Span, Text, UnreadableText, alphabetical, capitalise, fold, is_blank, lower, normalise, upper
from moderation.engine.turkish.alphabet import LETTERS

TURKISH = st.text(LETTERS + "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZâîû '’.,!?…\n0123456789")
ANYTHING = st.one_of(TURKISH, st.text())


@given(ANYTHING)
def test_lower_case_and_capitals_never_change_the_length(string: str) -> None:
    assert len(lower(string)) == len(upper(string)) == len(fold(unicodedata.normalize("NFC", string))) == len(string)


@given(st.text(LETTERS))
def test_turkish_letters_survive_the_way_up_and_down(string: str) -> None:
    assert lower(upper(string)) == string


@given(ANYTHING)
def test_lower_case_is_final(string: str) -> None:
    assert lower(lower(string)) == lower(string)


@pytest.mark.parametrize(("small", "capital"), [("ısı", "ISI"), ("iyi", "İYİ"), ("sıkı", "SIKI"), ("şöför", "ŞÖFÖR"), ("straße", "STRAßE")])
def test_the_dot_stays_where_it_belongs(small: str, capital: str) -> None:
    assert upper(small) == capital
    assert lower(capital) == small


def test_only_the_first_letter_is_made_a_capital() -> None:
    assert capitalise("istanbul'da TBMM") == "İstanbul'da TBMM"
    assert capitalise("") == ""


def test_words_are_sorted_as_the_alphabet_goes() -> None:
    in_order = ["Cam", "Cüz", "çam", "Dünya", "Hız", "ılık", "Işık", "İnci", "ok", "Oya", "öç", "Saz", "Şah", "tay", "Uzun", "üç", "Van"]

    assert sorted({*in_order}, key=alphabetical) == in_order


def test_folding_forgets_case_circumflex_and_how_letters_were_composed() -> None:
    assert fold("HÂLÂ") == fold("hala") == fold("ha\u0302la\u0302")
    assert fold("SIK") != fold("SİK")


@given(ANYTHING)
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = normalise(raw)

    assert normalise(once) == once


@given(ANYTHING)
def test_what_is_normalised_is_composed_and_has_no_edges_and_no_control_characters(raw: str) -> None:
    string = normalise(raw)

    assert unicodedata.is_normalized("NFC", string)
    assert string == string.strip()
    assert not any(unicodedata.category(letter) == "Cc" for letter in string if letter not in "\n\t")
    assert not set("\u202a\u202e\u2066\u2069\u200f\u061c\u2028\u2029\r") & set(string)


def test_lines_may_end_as_they_like() -> None:
    assert normalise("bir\r\niki\rüç\u2028dört\x85beş") == "bir\niki\nüç\ndört\nbeş"


def test_a_tower_of_marks_is_cut_to_four() -> None:
    assert len(normalise("x" + "\u0336" * 50)) == 5


@pytest.mark.parametrize("raw", ["\ud800", "iyi \udfff akşamlar"])
def test_lone_surrogates_are_no_text(raw: str) -> None:
    with pytest.raises(UnreadableText):
        Text(raw)
    with pytest.raises(UnreadableText):
        normalise(raw)


@pytest.mark.parametrize("string", ["", " \n\t", "\u200b\u200d\ufeff", "\u3164" * 0 + "\u00ad"])
def test_what_leaves_no_ink_is_blank(string: str) -> None:
    assert is_blank(string)


@pytest.mark.parametrize("string", ["a", "?", "👍", "5", "  ğ "])
def test_what_leaves_ink_is_not_blank(string: str) -> None:
    assert not is_blank(string)


@given(ANYTHING)
def test_words_stand_in_order_and_where_they_say(string: str) -> None:
    text = Text(string)

    assert all(text[word.span] == word.written and lower(word.written) == word.lower for word in text.words)
    assert all(one.end <= other.start for one, other in pairwise(text.words))


@given(ANYTHING)
def test_every_word_stands_in_one_sentence(string: str) -> None:
    text = Text(string)

    assert all(sum(sentence.overlaps(word.span) for sentence in text.sentences) == 1 for word in text.words)


def test_an_ending_behind_an_apostrophe_belongs_to_its_word() -> None:
    assert [word.written for word in Text("Isparta'da, Ankara’ya gittik.").words] == ["Isparta'da", "Ankara’ya", "gittik"]


def test_sentences_end_at_their_marks_and_not_at_numbers_or_initials() -> None:
    text = Text("Saat 19.30'da geldi. A. Kaya 3. oldu! Öyle mi?.. Evet\nson")

    assert [text[span] for span in text.sentences] == ["Saat 19.30'da geldi.", "A. Kaya 3. oldu!", "Öyle mi?..", "Evet", "son"]


def test_the_sentences_around_a_span_reach_from_the_first_to_the_last() -> None:
    text = Text("Bir geldi. İki gitti. Üç kaldı.")

    assert text[text.sentences_around(Span(13, 14))] == "İki gitti."
    assert text[text.sentences_around(Span(5, 14))] == "Bir geldi. İki gitti."


def test_a_view_is_read_once() -> None:
    read: list[Text] = []
    text = Text("Merhaba.")

    def reading(of: Text) -> int:
        read.append(of)
        return len(of.string)

    assert text.view(reading) == text.view(reading) == 8
    assert read == [text]
