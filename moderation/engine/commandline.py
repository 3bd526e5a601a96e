"""JSON Lines in, JSON Lines out: the engine for whoever has no web server at hand, and the half that `manage.py moderate` shares.

One line in is one line out, in the same order; a blank line is a line that names no text, and is answered as such.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from threading import Semaphore
from typing import BinaryIO, ClassVar, NamedTuple

from moderation.engine import policy as policies
from moderation.engine.policy import Policy, UnreadablePolicy
from moderation.engine.review import review
from moderation.engine.rule import Finding, Language, Verdict
from moderation.engine.text import UnreadableText

_STRICT, _READABLE = json.JSONEncoder(allow_nan=False), json.JSONEncoder(ensure_ascii=False)
_CHUNK = 1 << 16  # bytes: what one worker is given at a time


class _Batch(NamedTuple):
    """Lines that arrived together; `number` is the first one's, from 1."""

    number: int
    lines: list[bytes]


class _Answers(NamedTuple):
    """What is written for one batch, and whether every line of it was a text."""

    written: bytes
    all_read: bool


class _NotAComment(ValueError):
    """A line that is no object with an `id` and a `text`."""


class _Clerk:
    """Answers batches; one is made for the process, or one for each worker."""

    def __init__(self, policy: Policy, language: Language) -> None:
        self.policy, self.language = policy, language

    def answer(self, batch: _Batch) -> _Answers:
        answers = [self._answer(line, number) for number, line in enumerate(batch.lines, batch.number)]
        return _Answers(b"".join(_line(answer) for answer in answers), not any("error" in answer for answer in answers))

    def _answer(self, line: bytes, number: int) -> dict[str, object]:
        try:
            identifier, text = _read(line)
            return {"id": identifier, **as_json(review(text, self.policy), self.language)}
        except (_NotAComment, UnreadableText) as error:
            return {"id": None, "line": number, "error": str(error)}


def as_json(verdict: Verdict, language: Language) -> dict[str, object]:
    """A verdict as plain data: `outcome`, `findings`, `corrected`; spans count code points of the NFC text."""
    return {
        "outcome": verdict.outcome.word,
        "findings": [_finding(finding, verdict.text, language) for finding in verdict.findings],
        "corrected": verdict.corrected,
    }


def _finding(finding: Finding, text: str, language: Language) -> dict[str, object]:
    start, end = finding.span
    fix = finding.fix
    return {
        "rule": finding.rule,
        "clause": str(finding.clause),
        "start": start,
        "end": end,
        "excerpt": text[start:end],
        "outcome": finding.outcome.word,
        "message": finding.message.in_language(language),
        "score": finding.score,
        "fix": {"start": fix.span.start, "end": fix.span.end, "replacement": fix.replacement} if fix else None,
    }


def _read(line: bytes) -> tuple[object, str]:
    try:
        match json.loads(line.decode("utf-8-sig")):
            case {"id": identifier, "text": str(text)}:
                _STRICT.encode(identifier)
                return identifier, text
    except UnicodeDecodeError as error:
        raise _NotAComment("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise _NotAComment("the line is not JSON") from error
    raise _NotAComment('the line is not an object with "id" and "text"')


def _line(answer: dict[str, object]) -> bytes:
    """One line of UTF-8; an identifier's lone surrogates go back as the escapes that they came as."""
    return _READABLE.encode(answer).encode(errors="backslashreplace") + b"\n"


def _batches(source: BinaryIO) -> Iterator[_Batch]:
    """The lines that are there, as soon as they are: one at a time from a keyboard, many from a file."""
    number, pending = 1, list[bytes]()
    for chunk in iter(lambda: source.read1(_CHUNK), b""):  # type: ignore[attr-defined]  # every buffered reader has read1
        complete, newline, rest = chunk.rpartition(b"\n")
        if newline:
            lines = b"".join([*pending, complete]).split(b"\n")
            yield _Batch(number, lines)
            number, pending = number + len(lines), []
        pending.append(rest)
    if last := b"".join(pending):
        yield _Batch(number, [last])


class _Worker:
    """A process of its own, with what it knows for life."""

    clerk: ClassVar[_Clerk]

    @classmethod
    def employ(cls, clerk: _Clerk) -> None:
        cls.clerk = clerk

    @classmethod
    def answer(cls, batch: _Batch) -> _Answers:
        return cls.clerk.answer(batch)


def _spread(batches: Iterable[_Batch], clerk: _Clerk, jobs: int) -> Iterator[_Answers]:
    """Answers in order from `jobs` processes; only so much is read ahead as keeps them busy."""
    slots = Semaphore(4 * jobs)

    def admitted() -> Iterator[_Batch]:
        for batch in batches:
            slots.acquire()
            yield batch

    with get_context("fork").Pool(jobs, _Worker.employ, (clerk,)) as pool:  # forked: they share the dictionary's memory
        for answers in pool.imap(_Worker.answer, admitted()):
            slots.release()
            yield answers


def moderate(source: BinaryIO, sink: BinaryIO, *, policy: Policy, language: Language = "tr", jobs: int = 1) -> int:
    """Answer every line of `source` on `sink`; 0, or 1 when some line was no text."""
    clerk, batches = _Clerk(policy, language), _batches(source)
    all_read = True
    for answers in _spread(batches, clerk, jobs) if jobs > 1 else map(clerk.answer, batches):
        sink.write(answers.written)
        sink.flush()
        all_read = all_read and answers.all_read
    return 0 if all_read else 1


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every command shares which calls `moderate`: `jobs` and `language`."""
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes to spread the work over (default: 1)")
    parser.add_argument("--language", choices=("tr", "en"), default="tr", help="the messages' language (default: tr)")


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < 1:
        raise argparse.ArgumentTypeError(f"{written!r} is not a number of processes")
    return int(written)


def _policy(path: str) -> Policy:
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if not isinstance(data, dict):
            raise UnreadablePolicy("a policy is an object")
        return policies.read(data)
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{path}: {error}") from error


def main(arguments: Sequence[str]) -> int:
    """Run the command on standard input and output; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m moderation.engine", description='{"id": …, "text": "…"} a line in, a verdict a line out.')
    add_options(parser)
    parser.add_argument("--policy", type=_policy, default=policies.DEFAULT, metavar="FILE", help="a policy as JSON (default: the notice's own)")
    options = parser.parse_args(arguments)
    try:
        return moderate(sys.stdin.buffer, sys.stdout.buffer, policy=options.policy, language=options.language, jobs=options.jobs)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has had enough; leave in silence
        return 1
