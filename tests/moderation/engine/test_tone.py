"""The learned score: what it hears, that it hears the same each time, and that the word lists speak before it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.engine import policy
from moderation.engine.manner import manners
from moderation.engine.review import review
from moderation.engine.rule import Grade, Outcome
from moderation.engine.rules.hostile_tone import RULE
from moderation.engine.text import Text
from moderation.engine.tone import BUCKETS, DATA, Tone, Weights, cut, neighbours, tone, voiced

FORMS = st.lists(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz'’xq", min_size=1, max_size=12), max_size=20)


def marked(string: str, score: float = RULE.thresholds["score"]) -> list[str]:
    text = Text(string)
    return [text[match.span] for match in RULE.check(text, score=score, words=1)]


def heard(string: str) -> float:
    text = Text(string)
    return tone().score([word.lower for word in text.view(voiced)], text.view(manners))


def weighing(**units: int) -> Tone:
    """A score that gives these words these units, and nothing to any other."""
    table = bytearray(BUCKETS)
    for form, unit in units.items():
        table[cut(form).buckets[0]] = unit
    return Tone(Weights(memoryview(bytes(table)).cast("b"), step=1.0, bias=0.0))


def test_a_hostile_tone_holds_and_never_rejects() -> None:
    verdict = review("Utanmadan bir de konuşuyorlar, yazıklar olsun böyle insanlara.")

    assert [(finding.rule, finding.outcome) for finding in verdict.findings] == [("hostile_tone", Outcome.HOLD)]
    assert verdict.findings[0].score is not None
    assert RULE.thresholds["score"] <= verdict.findings[0].score <= 1


def test_the_loudest_sentence_is_marked_and_not_its_neighbours() -> None:
    stretch = marked("Dün akşam haberi izledim. Utanmadan hâlâ yalan söylüyor bunlar. Bugün hava güzel.", score=0)[0]

    assert stretch in "Utanmadan hâlâ yalan söylüyor bunlar"


def test_nothing_is_heard_in_another_language() -> None:
    assert (
        marked("We took this ferry every summer when we were children, and it is wonderful news that it will be running again soon.", score=0) == []
    )


def test_the_threshold_is_the_policys() -> None:
    text = "Utanmadan bir de konuşuyorlar, yazıklar olsun böyle insanlara."
    deaf = policy.read({"thresholds": {"hostile_tone": {"score": 1.1}}})

    assert review(text, deaf).findings == ()


def test_where_a_word_list_speaks_the_score_is_silent() -> None:
    assert marked("Utanmadan bir de konuşuyorlar, yazıklar olsun bu salaklara.", score=0) == []
    assert marked("Utanmadan bir de konuşuyorlar, yazıklar olsun bu insanlara.", score=0) != []


@pytest.mark.parametrize("text", ["", "!!!", "@ayse https://ornek.com/salak #gundem", "12 345"])
def test_a_text_without_prose_has_no_tone(text: str) -> None:
    assert marked(text, score=0) == []


@pytest.mark.parametrize("text", ["Bu mal kaç lira", "İt dalaşı dün başladı"])
def test_no_word_decides_alone(text: str) -> None:
    assert heard(text) > 0.4
    assert marked(text, score=0.4) == []


@pytest.mark.parametrize("name", ["Eren Kurt", "Yavuz Güneş", "Eren Ş.", "Yavuz G."])
def test_a_readers_name_has_no_tone(name: str) -> None:
    assert review(name).findings == ()


def test_a_suspected_insult_is_certain_where_the_whole_text_is_hostile() -> None:
    mild, hostile = "Bu pislik nasıl temizlenecek acaba.", "Utanmadan yalan söylüyorsunuz, yazıklar olsun sizin gibi pisliklere!!!"

    assert [(finding.rule, finding.grade, finding.score) for finding in review(mild).findings] == [("insults", Grade.SUSPECTED, None)]
    assert [(finding.rule, finding.grade, finding.outcome) for finding in review(hostile).findings] == [("insults", Grade.CERTAIN, Outcome.REJECT)]
    assert review(hostile).findings[0].score == round(heard(hostile), 3)


def test_how_hostile_a_text_must_be_to_make_an_insult_certain_is_the_policys() -> None:
    text = "Utanmadan yalan söylüyorsunuz, yazıklar olsun sizin gibi pisliklere!!!"
    never = policy.read({"thresholds": {"insults": {"certain": 1.1}}})

    assert [finding.grade for finding in review(text, never).findings] == [Grade.SUSPECTED]


def test_a_hostile_text_makes_no_other_clause_certain() -> None:
    assert [finding.grade for finding in review("Utanmadan yalan söylüyorsunuz, Allah sizin belanızı versin, yazıklar olsun!!!").findings] == [
        Grade.SUSPECTED
    ]


def test_addresses_and_handles_weigh_nothing() -> None:
    plainly = "Bu haberi okudum, kararı yanlış buluyorum."

    assert heard(plainly) == heard(f"@KULLANICI {plainly} https://ornek.com/abc")


def test_nobody_is_hostile_by_whom_he_speaks_of() -> None:
    texts = map(Text, ("Kararı Ayten açıkladı, bekliyoruz.", "Kararı Hayriye'nin açıkladı, bekliyoruz.", "Kararı açıkladı, bekliyoruz."))

    assert len({tone().score([word.lower for word in text.view(voiced)]) for text in texts}) == 1


def test_fewer_words_than_the_policy_asks_for_have_no_tone() -> None:
    text = Text("Yazıklar olsun size")

    assert list(RULE.check(text, score=0, words=4)) == []
    assert list(RULE.check(text, score=0, words=3)) != []


def test_a_word_with_weight_moves_the_score_and_one_without_dilutes_it() -> None:
    weighed = weighing(kötü=50, iyi=206)  # one byte: 206 is 50 below nothing

    assert weighed.score(["iyi"]) < 0.5 < weighed.score(["kötü", "bir", "gün"]) < weighed.score(["kötü"])


def test_neighbours_count_in_their_order() -> None:
    assert neighbours("sen", "kimsi") != neighbours("kimsi", "sen")


def test_stretching_apostrophes_and_missing_turkish_letters_leave_the_stem() -> None:
    assert cut("güzeeeel").stem == cut("güzel").stem == cut("guzel").stem
    assert cut("ali'nin").stem == cut("alinin").stem


@given(FORMS)
def test_every_score_lies_between_nothing_and_certainty(forms: list[str]) -> None:
    assert 0 < tone().score(forms) < 1


@given(FORMS.filter(bool))
def test_every_word_has_its_loudness(forms: list[str]) -> None:
    assert len(tone().loudness(forms)) == len(forms)


def test_the_weights_are_one_small_file_with_their_origin_beside_it() -> None:
    told = Path(DATA / "tone.json").read_text(encoding="utf-8")

    assert (DATA / "tone.bin").stat().st_size == BUCKETS < 3_000_000
    assert "OffensEval-2020" in told
    assert "Açıkhack" in told


def test_what_was_edited_needs_more_to_be_hostile_than_what_was_dashed_off() -> None:
    assert heard("Bunu yapanlardan hesap sorulmalı, beklemeyelim.") < heard("bunu yapanlardan hesap sorulmalı beklemeyelim!!!")


@pytest.mark.parametrize(
    ("string", "signs"),
    [
        ("Karar, yarın açıklanacak.", {"3 words", "comma", "ends in a mark", "ends in a stop"}),
        ("sen nerdesiiin??", {"opens small", "question", "ends in a mark", "marks repeated", "stretched", "to you"}),
        ("@OKUR https://ornek.com/Yazi", set()),
        ("", set()),
    ],
)
def test_the_manner_of_a_text_is_told_by_its_signs(string: str, signs: set[str]) -> None:
    told = set(Text(string).view(manners))

    assert told - {"unknown", "some unknown", "more unknown", "half unknown"} == signs


@given(st.text(max_size=60))
def test_every_text_has_some_manner_or_none(string: str) -> None:
    assert len(set(Text(string).view(manners))) == len(Text(string).view(manners))
