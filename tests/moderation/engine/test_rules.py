"""Every rule is tried on its own examples, and on everything that any rule calls acceptable."""

import pytest

from moderation.engine.policy import OFF
from moderation.engine.review import CORRECTIONS, review
from moderation.engine.rule import Example, Grade, Match, Rule
from moderation.engine.rules import RULES
from moderation.engine.text import Text

VIOLATIONS = [pytest.param(rule, example, id=f"{rule.name}: {example.text}") for rule in RULES for example in rule.violations]
FIXED = [pytest.param(rule, example, id=f"{rule.name}: {example.text}") for rule in RULES for example in rule.violations if example.fixed is not None]
ACCEPTABLE = [pytest.param(rule, text, id=f"{rule.name}: {text}") for rule in RULES for text in rule.acceptable]


def matches(rule: Rule, string: str) -> list[Match]:
    return list(rule.check(Text(string), **rule.thresholds))


def test_rules_are_found_and_their_names_are_unique() -> None:
    names = [rule.name for rule in RULES]

    assert {"insults", "swearing", "offensive_allusions", "attacks_on_beliefs"} <= set(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_states_what_it_objects_to_and_what_it_lets_pass(rule: Rule) -> None:
    assert rule.violations
    assert rule.acceptable


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_speaks_turkish_and_english(rule: Rule) -> None:
    assert rule.message.tr.strip()
    assert rule.message.en.strip()
    assert rule.message.tr != rule.message.en


@pytest.mark.parametrize(("rule", "example"), VIOLATIONS)
def test_a_rule_marks_exactly_what_its_example_marks(rule: Rule, example: Example) -> None:
    found = matches(rule, example.text)

    assert tuple(match.span for match in found) == example.spans


@pytest.mark.parametrize(("rule", "example"), FIXED)
def test_the_fixes_of_an_example_give_the_text_that_it_states(rule: Rule, example: Example) -> None:
    assert review(example.text).corrected == example.fixed


@pytest.mark.parametrize(("rule", "example"), FIXED)
def test_a_rule_is_silent_on_what_it_has_mended(rule: Rule, example: Example) -> None:
    assert example.fixed is not None
    assert matches(rule, example.fixed) == []


@pytest.mark.parametrize(("rule", "example"), VIOLATIONS)
def test_orthographic_rules_mend_and_offence_rules_do_not(rule: Rule, example: Example) -> None:
    assert (example.fixed is not None) == (rule.clause in CORRECTIONS)
    assert all(match.fix is None for match in matches(rule, example.text) if rule.clause not in CORRECTIONS)


@pytest.mark.parametrize(("rule", "text"), ACCEPTABLE)
def test_a_rule_is_silent_on_what_it_calls_acceptable(rule: Rule, text: str) -> None:
    assert matches(rule, text) == []


@pytest.mark.parametrize(("rule", "text"), ACCEPTABLE)
def test_no_rule_objects_to_what_another_accepts(rule: Rule, text: str) -> None:
    found = [(other.name, match) for other in RULES if other.clause not in OFF for match in matches(other, text)]
    objections = [(name, text[match.span.start : match.span.end]) for name, match in found if match.grade is not Grade.SLIGHT]

    assert objections == []
