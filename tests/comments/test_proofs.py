"""Proof of work: a solution of our own puzzle counts once, and nothing else ever does."""

import base64
import json
from datetime import timedelta
from typing import Any

import altcha
import pytest
from django.utils import timezone

from comments import proofs

NOW = timezone.now()


@pytest.fixture(autouse=True)
def easy(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests work for little."""
    monkeypatch.setattr(proofs, "_EASIEST", 1)
    monkeypatch.setattr(proofs, "_PREFIX", "0")


def solved(*, load: float = 0) -> dict[str, Any]:
    challenge = proofs.challenge(load=load, now=NOW)
    solution = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    assert solution
    return {"challenge": challenge, "solution": solution.to_dict()}


def test_a_solution_counts_once(db: None) -> None:
    proof = proofs.encoded(solved())

    assert [proofs.accept(proof, now=NOW) for _ in range(3)] == [True, False, False]
    assert proofs.accept(proofs.encoded(solved()), now=NOW)


def test_a_solution_in_other_words_is_the_same_solution(db: None) -> None:
    made = solved()
    spelt = base64.b64encode(json.dumps(made, indent=4, sort_keys=True).encode()).decode()

    assert proofs.accept(proofs.encoded(made), now=NOW)
    assert not proofs.accept(spelt, now=NOW)


def test_a_solution_that_comes_too_late_does_not_count(db: None) -> None:
    assert not proofs.accept(proofs.encoded(solved()), now=NOW + proofs.LIFETIME + timedelta(seconds=1))


@pytest.mark.parametrize("change", ["counter", "cost", "expiresAt", "keyPrefix", "signature"])
def test_what_was_tampered_with_does_not_count(db: None, change: str) -> None:
    made = solved()
    match change:
        case "counter":
            made["solution"]["counter"] += 1
        case "signature":
            made["challenge"]["signature"] = "0" * 64
        case "keyPrefix":
            made["challenge"]["parameters"]["keyPrefix"] = ""
        case number:
            made["challenge"]["parameters"][number] += 1

    assert not proofs.accept(proofs.encoded(made), now=NOW)


@pytest.mark.parametrize(
    "rubbish", ["", "çöp", "e30=", "W10=", "bnVsbA==", base64.b64encode(b'{"challenge": 1, "solution": 2}').decode(), "A" * 5000]
)
def test_rubbish_does_not_count_and_breaks_nothing(db: None, rubbish: str) -> None:
    assert not proofs.accept(rubbish, now=NOW)


def test_the_puzzle_grows_with_the_load_up_to_a_limit() -> None:
    costs = [proofs.challenge(load=load, now=NOW)["parameters"]["cost"] for load in (0, 1, 3, 1_000_000)]

    assert costs == [1, 1, 3, 16_000]
