"""What the README shows is true."""

import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from moderation.engine.review import review
from moderation.engine.rule import Rule
from moderation.engine.rules import RULES

# Whoever tries what the README says has the shown rule in the folder, too.
OTHERS = [rule for rule in RULES if rule.name != "exclamation_runs"]

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture
def shown_rule() -> Rule:
    """The rule of the README, as if its file lay in the folder of rules."""
    [code] = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    module = ModuleType("moderation.engine.rules.exclamation_runs")
    exec(code, module.__dict__)
    rule: Rule = module.__dict__["RULE"]
    return rule


def test_the_rule_that_it_shows_finds_marks_and_mends_what_it_says(shown_rule: Rule) -> None:
    [example] = shown_rule.violations

    verdict = review(example.text, rules=[*OTHERS, shown_rule])

    assert [finding.span for finding in verdict.findings if finding.rule == "exclamation_runs"] == list(example.spans)
    assert verdict.corrected == example.fixed
    for text in shown_rule.acceptable:
        assert review(text, rules=[*OTHERS, shown_rule]).findings == ()


def test_the_line_that_it_feeds_the_engine_is_answered() -> None:
    [line] = re.findall(r"\$ echo '(.*)' \| \.venv/bin/python -m moderation\.engine", README)

    done = subprocess.run([sys.executable, "-m", "moderation.engine"], input=line, capture_output=True, text=True, check=True, cwd=ROOT)

    answer = json.loads(done.stdout)
    assert (answer["id"], answer["outcome"], answer["corrected"]) == (1, "correct", "Herkes burada mı?")
