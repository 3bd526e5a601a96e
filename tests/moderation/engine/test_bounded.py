"""No text is dear: the lines of the engine that run for it are counted, so that nothing here depends on how busy the machine is."""

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation.engine.review import review

LENGTH = 400  # code points
GOOD = (
    "Belediye yeni parkı hafta sonu açıyor; çocuklar sevinecek, büyükler de gölgede çay içecek. Bakanın açıklamasına katılmıyorum, çünkü "
    "rakamlar başka bir şey söylüyor. Kiralar bu kadar artarken gençler nasıl ev tutsun? Öğretmenimiz emekli oldu, kendisine uzun bir ömür "
    "dileriz. Yağmur yağınca yollar göle dönüyor, önlem alınmalı. Sahildeki çay bahçesi kapanmış, orada çok anımız vardı. Hastanede randevu beklemek zor."
)[:LENGTH]
PIECES = ("salak", "siktir", "orospu", "amk", "allah", "ulan", "sen", "de", "ki", "mi", "HERKEZ", "cok", "guzel", "ISPARTA", "www.a.com", "@biri")
SIGNS = "1!|@4q0$5iI*wsSaAkKlLrRş. ,'’-_/\n\u200b\u0336аео😀"


def lines_run(string: str) -> int:
    """How many lines of the engine run to review a text of which nothing is remembered."""
    _forget()
    count = 0

    def traced(frame: FrameType, event: str, _argument: object) -> Callable[..., Any] | None:
        nonlocal count
        count += event == "line"
        return traced if "moderation" in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        review(string)
    finally:
        sys.settrace(before)
    return count


def _forget() -> None:
    for memo in _memos():
        memo.cache_clear()  # type: ignore[attr-defined]  # every memo has it


def _memos() -> Iterator[object]:
    """The memos that hold what readers wrote; small ones and those without a limit hold the engine's own data."""
    modules = [module for name, module in sys.modules.items() if name.startswith("moderation.engine")]
    for each in (value for module in modules for value in vars(module).values()):
        if hasattr(each, "cache_parameters") and (each.cache_parameters()["maxsize"] or 0) >= 1 << 10:
            yield each


@pytest.fixture(scope="module")
def usual() -> int:
    review(GOOD)
    return lines_run(GOOD)


@settings(max_examples=40)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(alphabet=SIGNS, min_size=1, max_size=40)), min_size=1, max_size=40))
def test_no_text_costs_twenty_times_what_a_good_sentence_costs(usual: int, pieces: list[str]) -> None:
    text = " ".join(pieces)

    assert lines_run((f"{text} " * LENGTH)[:LENGTH]) <= 20 * usual


@pytest.mark.parametrize(
    "stretch", ["*" * 26 + "bcdrmnk ", "s*****ler ", "o*o*o*o*o ", "1!|*", "cgiosucgiosucgiosucgiosu ", "b.c.d.r.m.n.k ", "w" * 69 + " "]
)
def test_runs_of_signs_that_may_be_any_letter_are_no_dearer(usual: int, stretch: str) -> None:
    assert lines_run((stretch * LENGTH)[:LENGTH]) <= 20 * usual


@pytest.mark.usefixtures("usual")  # what is read once for all texts is no cost of the first
@pytest.mark.parametrize(
    "text",
    [GOOD, "BU NE BİÇİM YOL ya, ", "sen salaksın ulan, ", "herkez yanlız geldi. ", "cok guzel bir haber, ", "a ,b ,c ,", "s*l*k ", "allah din "],
)
def test_what_a_text_costs_grows_with_its_length_and_no_faster(text: str) -> None:
    short, long = (text * 1_000)[:1_000], (text * 8_000)[:8_000]

    assert lines_run(long) <= 10 * lines_run(short)
