"""Reading a policy: what differs from the default is told, whatever makes no sense is named."""

import pytest

from moderation.engine import policy
from moderation.engine.policy import DEFAULT, NOTICE, OUTCOMES, UnreadablePolicy
from moderation.engine.review import review
from moderation.engine.rule import Clause, Grade, Outcome


def test_an_empty_policy_is_the_default() -> None:
    assert policy.read({}) == DEFAULT


def test_a_policy_keeps_its_number() -> None:
    assert policy.read({}, number=4).number == 4
    assert review("Merhaba.", policy.read({}, number=4)).policy == 4


def test_what_a_policy_does_not_name_follows_the_default() -> None:
    read = policy.read({"outcomes": {"spelling": {"certain": "hold"}}, "notice": {"en": "Be kind."}})

    assert read.outcomes[Clause.SPELLING] == {**OUTCOMES[Clause.SPELLING], Grade.CERTAIN: Outcome.HOLD}
    assert read.outcomes[Clause.INSULTS] == OUTCOMES[Clause.INSULTS]
    assert (read.notice.tr, read.notice.en) == (NOTICE.tr, "Be kind.")
    assert read.thresholds == {}


def test_every_clause_has_an_outcome_for_every_grade_and_a_text() -> None:
    assert set(OUTCOMES) == set(policy.CLAUSES) == set(Clause)
    assert all(set(row) == set(Grade) for row in OUTCOMES.values())


def test_a_threshold_reaches_its_rule() -> None:
    text = "Maç bitti, hakem yine SAHNEDEYDİ ARTIK YETER, yazık oldu hepimize."
    lenient = policy.read({"thresholds": {"capital_letters": {"words": 4}}})

    assert review(text).outcome is Outcome.CORRECT
    assert review(text, lenient).findings == ()


def test_a_threshold_of_an_unknown_rule_changes_nothing() -> None:
    other = policy.read({"thresholds": {"no_such_rule": {"words": 4}, "capital_letters": {"no_such_number": 1}}})

    assert review("BU NE BİÇİM HABER", other).findings == review("BU NE BİÇİM HABER").findings


@pytest.mark.parametrize(
    ("data", "part"),
    [
        ({"colour": "red"}, "colour"),
        ({"notice": "Be kind."}, "notice"),
        ({"notice": {"de": "Seid nett."}}, "notice"),
        ({"notice": {"tr": 5}}, "notice"),
        ({"outcomes": []}, "outcomes"),
        ({"outcomes": {"rudeness": {}}}, "rudeness"),
        ({"outcomes": {"spelling": "hold"}}, "outcomes.spelling"),
        ({"outcomes": {"spelling": {"doubtful": "hold"}}}, "doubtful"),
        ({"outcomes": {"spelling": {"certain": "burn"}}}, "burn"),
        ({"outcomes": {"spelling": {"certain": 2}}}, "outcomes.spelling"),
        ({"outcomes": {"spelling": {"certain": None}}}, "outcomes.spelling"),
        ({"thresholds": 3}, "thresholds"),
        ({"thresholds": {"spelling": 3}}, "thresholds.spelling"),
        ({"thresholds": {"spelling": {"share": "much"}}}, "thresholds.spelling"),
        ({"thresholds": {"spelling": {"share": True}}}, "thresholds.spelling"),
        ({"thresholds": {"spelling": {"share": None}}}, "thresholds.spelling"),
        ({"thresholds": {"spelling": {"share": float("nan")}}}, "thresholds.spelling"),
        ({"thresholds": {"spelling": {"share": float("inf")}}}, "thresholds.spelling"),
    ],
)
def test_what_is_no_policy_is_refused_by_name(data: dict[str, object], part: str) -> None:
    with pytest.raises(UnreadablePolicy, match=part):
        policy.read(data)


def test_a_house_clause_is_held_against_nobody_until_it_is_switched_on() -> None:
    shouting = "İstifa, istifa, istifa, istifa, bir daha istifa."

    assert review(shouting).findings == ()
    switched = policy.read({"clauses": {"repetition": True, "links": False}})
    assert [finding.clause for finding in review(shouting, switched).findings] == [Clause.REPETITION]
    assert review("Ayrıntısı www.ornek.com adresinde.", switched).findings == ()
    assert [finding.outcome for finding in review("Ayrıntısı www.ornek.com adresinde.").findings] == [Outcome.HOLD]


@pytest.mark.parametrize("stored", [{"clauses": {"manners": True}}, {"clauses": {"links": "on"}}, {"clauses": ["links"]}])
def test_what_switches_no_clause_is_refused(stored: dict[str, object]) -> None:
    with pytest.raises(policy.UnreadablePolicy, match="clauses"):
        policy.read(stored)
