"""The engine's command: one line in, one line out, whatever the line holds."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from moderation.engine import commandline, policy
from moderation.engine.rule import Clause, Grade, Outcome

SHOUTED = "ISPARTA'DA SU YOK ARTIK!"


def answer(*lines: bytes, jobs: int = 1, language: str = "tr") -> tuple[list[dict[str, Any]], int]:
    source, sink = io.BytesIO(b"".join(lines)), io.BytesIO()
    status = commandline.moderate(source, sink, policy=policy.DEFAULT, jobs=jobs, language="en" if language == "en" else "tr")
    return [json.loads(line) for line in sink.getvalue().splitlines()], status


def line(identifier: object, text: str) -> bytes:
    return json.dumps({"id": identifier, "text": text}, ensure_ascii=False).encode() + b"\n"


def run(*arguments: str, source: bytes, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "moderation.engine", *arguments]
    return subprocess.run(command, input=source, capture_output=True, env=os.environ | environment, check=False)


def test_a_shouted_comment_gets_a_finding_with_its_span_and_its_fix() -> None:
    (verdict,), status = answer(line(7, SHOUTED))

    assert status == 0
    assert (verdict["id"], verdict["outcome"]) == (7, "correct")
    assert verdict["corrected"] == "Isparta'da su yok artık!"
    (finding,) = verdict["findings"]
    assert finding == {
        "rule": "capital_letters",
        "clause": "capital_letters",
        "start": 0,
        "end": 23,
        "excerpt": "ISPARTA'DA SU YOK ARTIK",
        "outcome": "correct",
        "message": finding["message"],
        "score": None,
        "fix": {"start": 0, "end": 23, "replacement": "Isparta'da su yok artık"},
    }


def test_the_message_is_in_the_language_that_was_asked_for() -> None:
    (turkish,), _ = answer(line(1, SHOUTED), language="tr")
    (english,), _ = answer(line(1, SHOUTED), language="en")

    assert "harf" in turkish["findings"][0]["message"]
    assert "letters" in english["findings"][0]["message"]


@pytest.mark.parametrize("identifier", [None, 0, "a", 1.5, [1, {"b": 2}], {"nested": [None]}, True, "\ud800"])
def test_any_identifier_comes_back_as_it_was(identifier: object) -> None:
    (verdict,), status = answer(json.dumps({"id": identifier, "text": "Merhaba."}).encode())

    assert verdict["id"] == identifier
    assert status == 0


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"   ",
        b"{",
        b"[]",
        b"null",
        b'"Merhaba."',
        b'{"id": 1}',
        b'{"text": "Merhaba."}',
        b'{"id": 1, "text": 2}',
        b'{"id": NaN, "text": ""}',
        b'{"id": 1e999, "text": ""}',
        b'{"id": 1, "text": "\\ud800"}',
        b"\xff\xfe",
        b'{"id": 1, "text": "\xe7ok"}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_comment_is_told_so_and_the_others_are_answered(wrong: bytes) -> None:
    answers, status = answer(line("before", "Merhaba."), wrong + b"\n", line("after", "Merhaba."))

    assert status == 1
    assert [each["id"] for each in answers] == ["before", None, "after"]
    assert set(answers[1]) == {"id", "line", "error"}
    assert answers[1]["line"] == 2


def test_spans_count_code_points_of_the_composed_text() -> None:
    (verdict,), _ = answer(line(1, "👍🏽 Cu\u0308mle: " + SHOUTED))

    finding = next(each for each in verdict["findings"] if each["rule"] == "capital_letters")
    composed = "👍🏽 Cümle: " + SHOUTED
    assert composed[finding["start"] : finding["end"]] == finding["excerpt"] == "ISPARTA'DA SU YOK ARTIK"


def test_a_last_line_without_its_end_is_answered_and_no_line_gets_no_answer() -> None:
    assert answer() == ([], 0)
    assert [each["id"] for each in answer(line(1, "Bir.") + line(2, "İki.").rstrip())[0]] == [1, 2]


def test_a_line_longer_than_what_is_read_at_once_stays_one_line() -> None:
    long = "Bugün hava güzel. " * 10_000

    answers, status = answer(line(1, long), line(2, "Kısa."))

    assert status == 0
    assert [each["id"] for each in answers] == [1, 2]
    assert answers[0]["corrected"] == long


def test_many_processes_answer_in_the_order_of_the_lines() -> None:
    lines = [line(number, f"{number}. yorum: BU NE BİÇİM HABER " * 20) for number in range(300)]

    one, _ = answer(*lines)
    many, status = answer(*lines, b"[]\n", jobs=3)

    assert many[:-1] == one
    assert many[-1]["line"] == 301
    assert status == 1


def test_the_command_speaks_utf_8_whatever_the_locale() -> None:
    done = run(source=line("ğ", SHOUTED), LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert "artık" in done.stdout.decode()
    assert '"id": "ğ"' in done.stdout.decode()


def test_the_command_imports_no_django() -> None:
    program = "import sys, moderation.engine.commandline; print([name for name in sys.modules if name.partition('.')[0] in ('django', 'celery')])"

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert done.stdout.strip() == b"[]"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_line_is_answered_before_the_next_one_comes(jobs: str) -> None:
    command = [sys.executable, "-m", "moderation.engine", "--jobs", jobs]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for identifier in (1, 2):
            process.stdin.write(line(identifier, "Merhaba."))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == identifier


def test_the_command_falls_silent_when_nobody_reads_any_more() -> None:
    command = [sys.executable, "-m", "moderation.engine"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        _, complaint = process.communicate(line(1, "Merhaba."))

    assert process.returncode == 1
    assert complaint == b""


def test_a_policy_from_a_file_changes_what_follows(tmp_path: Path) -> None:
    stored = tmp_path / "policy.json"
    stored.write_text(json.dumps({"outcomes": {Clause.CAPITAL_LETTERS: {Grade.CERTAIN: Outcome.HOLD.word}}}))

    done = run("--policy", str(stored), source=line(1, SHOUTED))

    assert json.loads(done.stdout)["outcome"] == "hold"


@pytest.mark.parametrize("written", ["{", "[]", '{"notice": 5}', '{"colour": "red"}'])
def test_a_policy_that_cannot_be_read_stops_the_command_before_its_first_answer(tmp_path: Path, written: str) -> None:
    stored = tmp_path / "policy.json"
    stored.write_text(written)

    done = run("--policy", str(stored), source=line(1, SHOUTED))

    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize("arguments", [("--jobs", "0"), ("--jobs", "-1"), ("--jobs", "iki"), ("--language", "de"), ("--policy", "/nowhere")])
def test_an_option_that_makes_no_sense_is_refused(arguments: tuple[str, str]) -> None:
    assert run(*arguments, source=b"").returncode == 2
