import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine.rule import Grade
from moderation.engine.rules.insults import LEXICON as INSULT_WORDS
from moderation.engine.rules.insults import RULE as INSULTS
from moderation.engine.rules.swearing import LEXICON as SWEAR_WORDS
from moderation.engine.text import Text, upper
from moderation.engine.turkish.alphabet import plain
from moderation.engine.turkish.disguise import unstretched
from moderation.engine.turkish.readings import Readings
from tests.moderation.engine.lexicons import found

LOOK_ALIKES = str.maketrans("aeopcksiy", "аеорскѕіу")
LEET = str.maketrans("aeoiıst", "@3011$7")
SMALL_CAPITALS = str.maketrans("abdeklmnoprtuvyz", "ᴀʙᴅᴇᴋʟᴍɴᴏᴘʀᴛᴜᴠʏᴢ")
VOWELS = frozenset("aeıioöuü")


def starred(word: str) -> str:
    at = max(1, next(i for i, letter in enumerate(word) if letter in VOWELS))
    return word[:at] + "*" + word[at + 1 :]


def wide(word: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isascii() else letter for letter in word)


def bold(word: str) -> str:
    return "".join(chr(0x1D41A + ord(letter) - ord("a")) if "a" <= letter <= "z" else letter for letter in word)


def camel(word: str) -> str:
    return "".join(upper(letter) if at % 2 else letter for at, letter in enumerate(word))


DISGUISES: dict[str, Callable[[str], str]] = {
    "capitals": upper,
    "camel": camel,
    "no Turkish letters": plain,
    "letters apart": " ".join,
    "dots": ".".join,
    "hyphens": "-".join,
    "underscores": "_".join,
    "slashes": "/".join,
    "emoji": "😀".join,
    "stretched": lambda word: word[0] + word[1] * 3 + word[2:],
    "stretched at the end": lambda word: word + word[-1] * 4,
    "leet": lambda word: word[0] + word[1:].translate(LEET),
    "zero width": "\u200b".join,
    "soft hyphen": lambda word: word[:2] + "\u00ad" + word[2:],
    "look-alikes": lambda word: word.translate(LOOK_ALIKES),
    "small capitals": lambda word: word.translate(SMALL_CAPITALS),
    "star": starred,
    "full width": wide,
    "bold": bold,
    "struck through": lambda word: "".join(letter + "\u0336" for letter in word),
    "decomposed": lambda word: unicodedata.normalize("NFD", word),
}

PLAIN_CERTAIN = [
    (lexicon, entry.parts[0].stem)
    for lexicon in (INSULT_WORDS, SWEAR_WORDS)
    for entry in lexicon.entries
    if len(entry.parts) == 1 and entry.grade is Grade.CERTAIN and not (entry.aimed or entry.exact or entry.twins)
    if len(entry.parts[0].stem) > 4 and not VOWELS.isdisjoint(entry.parts[0].stem)
]


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_every_listed_word_in_disguise_is_found_and_marked_exactly(disguise: Callable[[str], str]) -> None:
    missed = {}
    for lexicon, word in PLAIN_CERTAIN:
        text = Text(f"Bence {disguise(word)}, öyle görünüyor.")
        spans = [text[match.span] for match in lexicon.matches(text)]
        if spans != [unicodedata.normalize("NFC", disguise(word))]:
            missed[word] = spans

    assert missed == {}


@pytest.mark.parametrize(
    "text",
    [
        "Saat 19.30'da 4x4 araçla 51K adım attık.",
        "E-posta adresim ali.veli@ornek.com, telefonum 0555 123 45 67.",
        "Al-sat yapanlar, git-gel derken bitti.",
        "K l a s i k müzik ve f i z i k dersi.",
        "A.M.K. adlı sanık ile S.İ.K. tutuklandı.",
        "Sonuç 3-0, 5'te 5 yaptık!!!",
        "Vatan sağ olsun,malum konu uzun.Kemal geldi.",
        "Fiyat yüzde 1,8 düşerek 11,05 liraya, 1.105,11 puana indi.",
        "Kendi yarattıkları ışık oyunları.",
        "Betimlemeler de.Size bahsettiğim konu de,yolları da bozuk.",
        "Dikkat!!! Maaallesef çoook üzüldüük.",
    ],
)
def test_signs_digits_and_separators_of_ordinary_writing_disguise_nothing(text: str) -> None:
    assert [text[m.span.start : m.span.end] for lexicon in (INSULT_WORDS, SWEAR_WORDS) for m in lexicon.matches(Text(text))] == []


def test_a_disguise_is_marked_without_the_punctuation_around_it() -> None:
    text = Text("(«s@l@k!»)")

    assert [text[match.span] for match in INSULTS.check(text, **INSULTS.thresholds)] == ["s@l@k"]


@pytest.mark.parametrize("text", ["Faiz yüzde 17'lik oldu.", "%17'lik artış", "(17’lik)", "Saat 17.17'lik sefer"])
def test_a_number_with_its_ending_is_no_disguised_word(text: str) -> None:
    assert found(text, "itlik") == []


def test_a_capital_i_may_be_either_letter() -> None:
    assert [reading.letters for reading in Text("ISI").view(Readings).words] == ["IsI"]


def test_a_word_stretched_without_end_is_still_found() -> None:
    text = Text("sal" + "a" * 5000 + "k!")

    assert [match.span for match in INSULTS.check(text, **INSULTS.thresholds)] == [(0, 5004)]


def test_a_stretched_word_is_guessed_at_without_its_stretching() -> None:
    assert [letters for letters, _ in unstretched("saaalak", 1)] == ["salak", "saalak", "salak"]
    assert unstretched("salak", 1) == ()


@given(st.text())
def test_every_reading_of_any_text_lies_within_it(string: str) -> None:
    text = Text(string)
    said = text.view(Readings)

    assert all(0 <= reading.start < reading.end <= len(text.string) for reading in (*said.words, *said.disguised))


@given(st.text(alphabet="sal@k4.*- \u200b\u0336Iİıi5$аſﬁ'!|o", max_size=60))
def test_no_garbage_raises(string: str) -> None:
    text = Text(string)

    assert all(text[match.span].strip() == text[match.span] != "" for match in INSULTS.check(text, **INSULTS.thresholds))
