import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.turkish.alphabet import LETTERS
from moderation.engine.turkish.suffixes import Inflected, alternants, inflections, softens_by_itself, sound_of


def explained(stem: str, word: str, *, verb: bool = False, softens: bool | None = None, drops: bool = False) -> tuple[Inflected, ...]:
    """How the word is the stem with endings, by whichever shape of the stem fits."""
    softening = (softens_by_itself(stem) and not verb) if softens is None else softens
    shapes = alternants(stem, verb=verb, softens=softening, drops=drops)
    return tuple(way for letters, sound in shapes if word.startswith(letters) for way in inflections(word, len(letters), sound, verb=verb))


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        ("kitap", "kitap kitaplar kitapları kitabı kitabın kitabımızdan kitapsız kitaplık kitapçılar kitapmış kitapta kitaptan kitapla"),
        ("ağaç", "ağaç ağacı ağacın ağaçta ağaçlarımız ağaççık"),
        ("kanat", "kanat kanadı kanatlı kanatlarıyla"),
        ("çocuk", "çocuk çocuğu çocuğun çocuklarınız çocukça çocuksun çocukluk çocukluğun çocuklaşma"),
        ("renk", "renk renkli renkler"),
        ("araba", "araba arabayı arabanın arabası arabasına arabalarımızdaki arabaydı arabaymış"),
        ("göz", "göz gözü gözün gözlük gözlüğüm gözlerinizdeki gözsüz"),
        ("kuş", "kuş kuşun kuşlarsınız kuşmuşsunuz kuşçu"),
        ("ev", "ev evim evimiz eviniz evde evden evlerine evsiniz evdeki"),
        ("usta", "usta ustasın ustasınız ustadır ustaysa ustamısın"),
    ],
)
def test_a_noun_takes_its_endings_in_harmony(stem: str, words: str) -> None:
    assert [word for word in words.split() if not explained(stem, word)] == []


@pytest.mark.parametrize(
    ("stem", "words"),
    [
        (
            "gel",
            "gel gelir geliyor geliyorsun gelmiş gelmişsiniz gelecek geleceğim gelme gelmeyin gelsin gelseydi gelince gelerek gelip gelmek gelemem",
        ),
        ("koş", "koştu koştum koştular koşuyorlar koşarsınız koşmuyor koşan koşanların koştuğunda koşturuyor koşalım koşsana koşayım koşucam"),
        ("başla", "başla başlıyor başlıyo başlar başlamadan başlayın başlayacağız"),
        ("söyle", "söylüyor söylenir söylettiler söyleyin"),
    ],
)
def test_a_verb_takes_its_endings_in_harmony(stem: str, words: str) -> None:
    assert [word for word in words.split() if not explained(stem, word, verb=True)] == []


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("kitap", "kitaplerim"),
        ("top", "tobu"),
        ("kuş", "kuşin"),
        ("ev", "evlar"),
        ("ev", "evrak"),
        ("at", "atlet"),
        ("kol", "kolonya"),
        ("çocuk", "çocuğ"),
    ],
)
def test_what_breaks_harmony_or_is_another_word_is_not_explained(stem: str, word: str) -> None:
    assert explained(stem, word) == ()


def test_endings_typed_without_turkish_letters_are_endings_but_never_the_other_way() -> None:
    assert explained("çocuk", "çocuklarin")
    assert not explained("ev", "evın")


def test_a_verb_that_softens_and_a_noun_that_drops_its_vowel_are_explained_where_the_list_says_so() -> None:
    assert explained("git", "gidiyor", verb=True, softens=True)
    assert not explained("git", "gidiyor", verb=True)
    assert explained("burun", "burnu", drops=True)
    assert not explained("burun", "burnu")


@pytest.mark.parametrize("word", ["ustasın", "ustasınız", "ustaydın", "ustamısınız", "ustaysan"])
def test_the_second_person_is_heard(word: str) -> None:
    assert any(way.second_person for way in explained("usta", word))


@pytest.mark.parametrize("word", ["usta", "ustalar", "ustanın", "ustayım", "ustadır", "ustaymış"])
def test_other_persons_are_not_taken_for_the_second(word: str) -> None:
    assert not any(way.second_person for way in explained("usta", word))


@pytest.mark.parametrize("word", ["ustayım", "ustayız", "ustaydık", "ustamıyım", "ustam"])
def test_the_first_person_is_heard(word: str) -> None:
    assert any(way.first_person for way in explained("usta", word))


def test_many_are_told_from_one() -> None:
    assert all(way.plural for way in explained("usta", "ustaların"))
    assert not any(way.plural for way in explained("usta", "ustanın"))


@given(st.text(alphabet=LETTERS, min_size=1, max_size=8), st.text(alphabet=LETTERS + "I*", max_size=30))
def test_any_stem_with_any_letters_after_it_is_walked_through_without_an_error(stem: str, rest: str) -> None:
    ways = inflections(stem + rest, len(stem), sound_of(stem), verb=False)

    assert all(way.bare is (not rest) for way in ways)


@given(st.text(alphabet=LETTERS, min_size=1, max_size=8), st.booleans())
def test_a_stem_alone_is_always_a_bare_word(stem: str, verb: bool) -> None:
    assert inflections(stem, len(stem), sound_of(stem), verb=verb) == (Inflected(bare=True, second_person=False),)
