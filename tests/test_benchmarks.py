"""The benchmarks ask what they say they ask, and write what they found where it belongs."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import corpora, demo, desk, engine, live_check, peers, report
from benchmarks.corpora import Corpus, Labelled
from benchmarks.http import Comparison, Result, table
from benchmarks.load import Pace, Question, WrongAnswer, pace
from tests.live_site import ROOT, LiveSite, serving


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(report, "DOCUMENT", tmp_path / "benchmarks.md")
    return report.DOCUMENT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveSite]:
    with serving(tmp_path_factory.mktemp("site"), WEB_PROCESSES="1", WEB_THREADS="1") as site:
        yield site


def test_a_section_is_written_anew_and_the_others_are_left_alone(document: Path) -> None:
    report.write("http", "old")
    report.write("engine", "of the engine")
    document.write_text(document.read_text(encoding="utf-8") + "By hand.\n", encoding="utf-8")

    report.write("http", "new")

    written = document.read_text(encoding="utf-8")
    assert "<!-- http begins -->\nnew\n<!-- http ends -->" in written
    assert "old" not in written
    assert written.index("new") < written.index("of the engine") < written.index("By hand.")


def test_make_bench_installs_its_libraries_where_it_measures() -> None:
    commands = subprocess.run(["make", "--dry-run", "bench"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    installs = re.search(r"pip install .*--python (\S+) --group bench", commands)
    assert installs
    assert f"{installs[1]} -m benchmarks.engine" in commands


def test_the_engine_is_scored_on_what_people_labelled_and_on_what_offends_nobody() -> None:
    corpus = Corpus((Labelled("a", offensive=True), Labelled("b", offensive=True), Labelled("c", offensive=False)), ("d", "e"), ("letters",))

    assert engine.scores(corpus, [True, True, False, False, True]) == (100.0, 50.0)
    assert engine.scores(corpus, [True, False, False, False, False]).macro_f1 == pytest.approx(100 * 2 / 3)


def test_the_texts_of_our_own_are_enough_and_no_two_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVAL_DATA", raising=False)
    corpus = corpora.read()

    assert len({each.text for each in corpus.labelled}) == len(corpus.labelled) > 500
    assert 0 < len(corpus.clean) < len(corpus.labelled)


def test_a_folder_of_texts_is_read_and_an_empty_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVAL_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="offence"):
        corpora.read()
    (tmp_path / "offence_mine.tsv").write_text('text\tlabel\n"Salaksın\t1\n', encoding="utf-8")
    (tmp_path / "clean_sentences.tsv").write_text("text\nGüzel.\n", encoding="utf-8")

    assert corpora.read()[:2] == ((Labelled('"Salaksın', offensive=True),), ("Güzel.",))


def test_the_engine_and_the_plain_list_are_asked_the_same_way() -> None:
    asked = {name: [peers.SUBJECTS[name]()(text) for text in ("Güzel haber", "bu salak", "s@l@ksın")] for name in ("mizan", "plain word list")}

    assert asked == {"mizan": [False, True, True], "plain word list": [False, True, False]}


def test_a_number_in_a_body_is_never_the_same() -> None:
    question = Question(80, "/", 201, "POST", body={"body": "{n}. yorum"})

    head, _, body = question.written(7).partition(b"\r\n\r\n")

    assert body == b'{"body": "7. yorum"}'
    assert f"Content-Length: {len(body)}".encode() in head


def test_the_ratio_is_the_median_of_the_rounds() -> None:
    comparison = Comparison("submit a comment", Question(1, "/"), Question(2, "/"), "one INSERT")
    rounds = [(10.0, 100.0), (30.0, 100.0), (90.0, 100.0)]
    result = Result(comparison, tuple(Pace(service, 1) for service, _ in rounds), tuple(Pace(bare, 1) for _, bare in rounds))

    assert "| submit a comment | one INSERT | 0.30 | 0.10 to 0.90 |" in table([result])


def test_the_desk_is_told_in_empty_pages_on_each_database() -> None:
    results = [desk.Result(desk.EMPTY, [10.0, 20.0, 10.0]), desk.Result("the first screen", [30.0, 40.0, 50.0])]

    told = desk.table([desk.Measured("PostgreSQL", 1_000_000, 20_000, results), desk.Measured("SQLite", 100_000, 2_000, results)])

    assert "| the first screen | 4.0 | 2.5 | 4.0 | 2.5 |" in told
    assert "SQLite with 100,000 comments of which 2,000 wait" in told


def test_answers_are_counted_and_a_wrong_one_ends_it(site: LiveSite) -> None:
    port = int(site.environment["PORT"])

    assert pace(Question(port, "/healthz"), 0.2).rate > 0
    with pytest.raises(WrongAnswer, match="404"):
        pace(Question(port, "/nowhere/"), 0.2)


def test_deep_pages_are_told_beside_the_first_ones() -> None:
    times = [10.0] * 50 + [99.0] * 400 + [11.0] * 50

    told = demo.told(300_000, 180.0, 12_000, times)

    assert "300,000 comments on 3,000 articles" in told
    assert "100,000 a minute" in told
    assert "pages 451 to 500 take 1.10 times as long as pages 1 to 50" in told


def test_the_live_check_is_asked_about_texts_of_three_hundred_characters_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EVAL_DATA", raising=False)

    texts = live_check.texts()

    assert len(texts) == len(set(texts)) > 100
    assert all(290 <= len(text) <= 300 for text in texts)


def test_the_ninety_ninth_percentile_is_told_beside_the_median() -> None:
    seconds = [number / 1000 for number in range(1, 100)]

    assert live_check.figures(seconds) == (50.0, 99.0)
