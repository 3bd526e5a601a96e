"""`manage.py moderate`: the engine's answers, under the policy version that the database holds."""

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from moderation import versions
from moderation.engine.commandline import as_json
from moderation.engine.review import review
from moderation.models import Site

SHOUTED = "BU KADAR DA OLMAZ ARTIK."

Moderate = Callable[..., tuple[int, list[dict[str, Any]]]]


@pytest.fixture
def moderate(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Moderate:
    """The exit status and the answers to these lines."""

    def run(*lines: object, **options: object) -> tuple[int, list[dict[str, Any]]]:
        written = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(written.encode()), encoding="utf-8"))
        with pytest.raises(SystemExit) as left:
            call_command("moderate", **options)
        assert isinstance(left.value.code, int)
        return left.value.code, [json.loads(line) for line in capsysbinary.readouterr().out.splitlines()]

    return run


def test_it_answers_as_the_engine_does_under_the_version_in_force(site: Site, moderate: Moderate) -> None:
    version = versions.enact(site, {"outcomes": {"capital_letters": {"certain": "reject"}}})

    status, answers = moderate({"id": "a", "text": SHOUTED}, {"id": 2, "text": "Merhaba."})

    assert status == 0
    assert answers == [
        {"id": "a", **as_json(review(SHOUTED, version.policy), "tr")},
        {"id": 2, **as_json(review("Merhaba.", version.policy), "tr")},
    ]
    assert answers[0]["outcome"] == "reject"


def test_an_older_version_can_be_asked(site: Site, moderate: Moderate) -> None:
    versions.enact(site, {"outcomes": {"capital_letters": {"certain": "reject"}}})

    _, [answer] = moderate({"id": 1, "text": SHOUTED}, policy=1)

    assert answer["outcome"] == "correct"


@pytest.mark.django_db(transaction=True)
def test_several_processes_answer_in_the_order_of_the_lines(site: Site, moderate: Moderate) -> None:
    _, answers = moderate(*({"id": number, "text": "Merhaba."} for number in range(5000)), jobs=2)

    assert [answer["id"] for answer in answers] == list(range(5000))


def test_another_sites_policy_can_be_asked(site: Site, moderate: Moderate) -> None:
    other = Site.objects.create(key="aksam", name="Akşam")
    versions.enact(other, {"outcomes": {"capital_letters": {"certain": "hold"}}})

    _, [answer] = moderate({"id": 1, "text": SHOUTED}, site="aksam")

    assert answer["outcome"] == "hold"


def test_messages_come_in_the_language_asked_for(site: Site, moderate: Moderate) -> None:
    _, [turkish] = moderate({"id": 1, "text": SHOUTED})
    _, [english] = moderate({"id": 1, "text": SHOUTED}, language="en")

    message = review(SHOUTED).findings[0].message
    assert [answer["findings"][0]["message"] for answer in (turkish, english)] == [message.tr, message.en]


def test_a_line_that_is_no_comment_is_answered_and_ends_in_status_one(site: Site, moderate: Moderate) -> None:
    status, answers = moderate({"id": 1}, {"id": 2, "text": "Merhaba."})

    assert status == 1
    assert (answers[0]["id"], answers[0]["line"]) == (None, 1)
    assert answers[1]["outcome"] == "pass"


@pytest.mark.parametrize(("option", "value"), [("policy", 7), ("policy", 0), ("site", "yok")])
def test_a_policy_that_there_is_not_is_said_so(site: Site, option: str, value: object) -> None:
    with pytest.raises(CommandError, match=str(value)):
        call_command("moderate", **{option: value})


def test_a_site_without_a_policy_in_force_is_said_so(db: None) -> None:
    Site.objects.create(key="taslak", name="Taslak")

    with pytest.raises(CommandError, match="in force"):
        call_command("moderate", site="taslak")
