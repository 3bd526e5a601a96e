"""Charts as plain SVG: where each bar and each word stands. Colours are the style sheet's, the numbers stand in a table beside.

Units are tenths of a pixel at the chart's natural size, whole numbers, since a page in Turkish would write 1.5 as 1,5.
"""

from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 3600
_LEFT, _RIGHT, _TOP, _FOOT = 320, 20, 120, 180
_PLOT_HEIGHT = 1200
_HALF_A_MARK = 180
_ROW, _BAR, _TEXT_OVER_BAR = 420, 160, 50
# A pixel: what is little beside the rest is not nothing.
_THINNEST = 10


class Bar(NamedTuple):
    x: int
    y: int
    width: int
    height: int
    series: int


class Label(NamedTuple):
    """`anchor` is SVG's: which side of the text stands at x."""

    x: int
    y: int
    text: str
    anchor: str = "start"


class Chart(NamedTuple):
    """`name` is unique on the page; `description` says in a sentence what a glance would."""

    name: str
    title: str
    description: str
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    lines: tuple[int, ...] = ()
    width: int = WIDTH


class Column(NamedTuple):
    """One place on the horizontal axis; without a `mark` nothing is written under it."""

    mark: str
    values: tuple[int, ...]


def columns(name: str, title: str, description: str, given: Sequence[Column]) -> Chart:
    """Bars side by side, one for each value of a column, the axis from 0 to the next round number."""
    most = _round_up(max((value for column in given for value in column.values), default=0))
    foot = _TOP + _PLOT_HEIGHT
    slot = (WIDTH - _LEFT - _RIGHT) / max(1, len(given))
    bars = [bar for number, column in enumerate(given) for bar in _standing(column, _LEFT + number * slot, slot, most)]
    marks = [_mark(column.mark, round(_LEFT + (number + 0.5) * slot), foot + 140) for number, column in enumerate(given) if column.mark]
    scale = [Label(_LEFT - 50, foot - _PLOT_HEIGHT * part // 2 + 35, str(most * part // 2), "end") for part in range(3)]
    lines = tuple(foot - _PLOT_HEIGHT * part // 2 for part in range(3))
    return Chart(name, title, description, foot + _FOOT, tuple(bars), (*scale, *marks), lines)


def rows(name: str, title: str, description: str, given: Sequence[tuple[str, int]]) -> Chart:
    """Bars below one another, each under its name and before its number."""
    most = max((value for _name, value in given), default=0) or 1
    bars, labels = [], []
    for number, (text, value) in enumerate(given):
        top = number * _ROW
        width = _long(WIDTH - 500, value, most)
        bars.append(Bar(0, top + _ROW - _BAR - _TEXT_OVER_BAR, width, _BAR, 0))
        labels += [Label(0, top + 150, text), Label(width + 50, top + _ROW - _TEXT_OVER_BAR - 40, str(value))]
    return Chart(name, title, description, max(1, len(given)) * _ROW, tuple(bars), tuple(labels))


def _mark(text: str, x: int, y: int) -> Label:
    """Under the middle of its column, unless it would reach beyond the drawing."""
    return Label(WIDTH, y, text, "end") if x + _HALF_A_MARK > WIDTH else Label(x, y, text, "middle")


def _standing(column: Column, left: float, slot: float, most: int) -> list[Bar]:
    thickness = slot * 0.8 / len(column.values)
    bars = []
    for series, value in enumerate(column.values):
        height = _long(_PLOT_HEIGHT, value, most)
        x = left + slot * 0.1 + series * thickness
        bars.append(Bar(round(x), _TOP + _PLOT_HEIGHT - height, max(1, round(thickness)), height, series))
    return bars


def _long(whole: int, value: int, most: int) -> int:
    return max(_THINNEST, round(whole * value / most)) if value else 0


def _round_up(value: int) -> int:
    """To 2, 4, 10, 20, 40, 100, …, whose halves are whole."""
    step = 1
    while True:
        for factor in (2, 4, 10):
            if value <= factor * step:
                return factor * step
        step *= 10
