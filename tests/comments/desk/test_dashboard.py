"""What the dashboard counts and draws."""

import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from comments import lifecycle, second_looks
from comments.desk import charts, figures
from comments.desk.charts import Column
from comments.desk.figures import Overturned, Returned
from comments.desk.precision import Precision, precision
from comments.lifecycle import Reasons
from comments.models import Comment, SecondLook
from comments.templatetags.around import breaking, lasting, share
from moderation.engine.rule import Clause
from tests.comments.conftest import NOON, Submitted, make_editor
from tests.comments.desk.conftest import signed_in
from tests.comments.judgements import judgement

PAGE = "/admin/desk/dashboard/"
LONG_AGO = NOON - timedelta(days=30)
MINUTE = timedelta(minutes=1)
INSULTS, SPELLING = Reasons(frozenset({Clause.INSULTS})), Reasons(frozenset({Clause.SPELLING}))
ALL_OF_THEM = (0.5, 0.9)


def times(since: datetime = LONG_AGO) -> tuple[timedelta | None, ...]:
    return figures.times_to_decision(ALL_OF_THEM, figures.outcomes(since=since), since=since)


# What is counted


def test_what_waits_is_counted_with_the_oldest(submitted: Submitted, editor: User) -> None:
    assert figures.waiting() == (0, None)
    lifecycle.approve(submitted(now=NOON - timedelta(days=3)), editor=editor, version=1, now=NOON)
    submitted(now=NOON - timedelta(hours=5))
    submitted()

    assert figures.waiting() == (2, NOON - timedelta(hours=5))


def test_half_and_nine_of_ten_are_decided_within_what_they_took(submitted: Submitted, editor: User) -> None:
    for minutes in (7, 1, 10, 3, 9, 2, 8, 5, 4, 6):
        lifecycle.approve(submitted(f"{minutes}. yorum."), editor=editor, version=1, now=NOON + minutes * MINUTE)

    assert times() == (5 * MINUTE, 9 * MINUTE)


def test_nothing_was_decided_in_no_time_at_all(submitted: Submitted) -> None:
    submitted()

    assert times() == (None, None)


def test_a_comment_that_was_sent_again_waits_from_then_on(submitted: Submitted, editor: User) -> None:
    comment = submitted("Herkez burda.", "correct")
    body = "Herkes burada."
    lifecycle.resubmit(comment, judgement(comment.article.site, body), version=1, body=body, as_is=False, now=NOON + 60 * MINUTE)
    lifecycle.approve(comment, editor=editor, version=2, now=NOON + 64 * MINUTE)

    assert times() == (4 * MINUTE, 4 * MINUTE)


def test_what_an_editor_corrected_waited_since_its_writer_sent_it(submitted: Submitted, editor: User) -> None:
    comment, body = submitted("Herkez burda."), "Herkes burada."
    lifecycle.approve(comment, editor=editor, version=1, now=NOON + 12 * MINUTE, body=body, judgement=judgement(comment.article.site, body))

    assert times() == (12 * MINUTE, 12 * MINUTE)


def test_every_hour_and_day_has_its_place_and_each_move_is_counted_in_its_own(submitted: Submitted, editor: User) -> None:
    late = submitted(now=NOON - 61 * MINUTE)
    submitted(now=NOON - timedelta(hours=3))
    lifecycle.approve(late, editor=editor, version=1, now=NOON - 59 * MINUTE)

    hours = figures.flow(timedelta(hours=1), since=timezone.localtime(NOON - timedelta(hours=4)), now=timezone.localtime(NOON))
    days = figures.flow(timedelta(days=1), since=timezone.localtime(NOON).replace(hour=0) - timedelta(days=2), now=timezone.localtime(NOON))

    assert [(hour.arrived, hour.decided) for hour in hours] == [(0, 0), (1, 0), (1, 0), (0, 1), (0, 0)]
    assert [(day.arrived, day.decided) for day in days] == [(0, 0), (0, 0), (2, 1)]


def test_a_day_begins_by_the_newsroom_s_clock(submitted: Submitted) -> None:
    submitted(now=datetime(2026, 11, 21, 20, 59, tzinfo=UTC))
    submitted("Gece yarısından sonra.", now=datetime(2026, 11, 21, 21, 0, tzinfo=UTC))

    days = figures.flow(timedelta(days=1), since=timezone.localtime(NOON).replace(hour=0) - timedelta(days=1), now=timezone.localtime(NOON))

    assert [day.arrived for day in days] == [1, 1]


def test_reasons_are_counted_the_most_frequent_first(submitted: Submitted, editor: User) -> None:
    for reasons in (SPELLING, INSULTS, Reasons(frozenset({Clause.INSULTS}), frozenset({"off_topic"}))):
        lifecycle.reject(submitted(), editor=editor, version=1, now=NOON, reasons=reasons)

    assert list(figures.clauses(since=LONG_AGO).items()) == [("insults", 2), ("off_topic", 1), ("spelling", 1)]
    assert figures.clauses(since=NOON + MINUTE) == {}


def test_returned_comments_are_corrected_sent_as_they_were_or_neither(submitted: Submitted, editor: User) -> None:
    def returned() -> Comment:
        return submitted("Herkez burda.", "correct")

    def again(comment: Comment, body: str, *, as_is: bool) -> None:
        lifecycle.resubmit(comment, judgement(comment.article.site, body), version=comment.version, body=body, as_is=as_is, now=NOON)

    returned()
    again(returned(), "Herkez burda.", as_is=True)
    twice = returned()
    again(twice, "Herkez burda.", as_is=True)
    lifecycle.request_correction(twice, editor=editor, version=2, reasons=SPELLING, now=NOON)
    again(twice, "Herkes burada.", as_is=False)

    assert figures.returned(since=LONG_AGO) == Returned(comments=4, corrected=1, as_is=2)


def test_a_decision_is_overturned_by_undoing_it_or_by_the_opposite(submitted: Submitted, editor: User, senior_editor: User) -> None:
    undone, removed, relented, by_policy, kept = submitted(), submitted(), submitted(), submitted("Rantçı bunlar.", "reject", as_is=True), submitted()
    lifecycle.approve(undone, editor=editor, version=1, now=NOON)
    lifecycle.undo(undone, editor=senior_editor, version=2, now=NOON)
    lifecycle.approve(removed, editor=editor, version=1, now=NOON)
    lifecycle.remove(removed, editor=senior_editor, version=2, reasons=INSULTS, now=NOON)
    lifecycle.reject(relented, editor=editor, version=1, reasons=INSULTS, now=NOON)
    lifecycle.approve(relented, editor=senior_editor, version=2, now=NOON)
    lifecycle.approve(by_policy, editor=editor, version=1, now=NOON)  # the policy's rejection, nobody's decision
    lifecycle.approve(kept, editor=editor, version=1, now=NOON)

    assert figures.overturned(figures.outcomes(since=LONG_AGO), since=LONG_AGO) == Overturned(decisions=7, undone=1, reversed=2)


def test_a_rule_was_right_where_editors_decided_for_its_clause(submitted: Submitted, editor: User) -> None:
    def found() -> Comment:
        return submitted("Rantçı bunlar.", "hold")

    lifecycle.reject(found(), editor=editor, version=1, reasons=INSULTS, now=NOON)
    lifecycle.reject(found(), editor=editor, version=1, reasons=SPELLING, now=NOON)
    lifecycle.approve(found(), editor=editor, version=1, now=NOON)
    undone = found()
    lifecycle.reject(undone, editor=editor, version=1, reasons=INSULTS, now=NOON)
    lifecycle.undo(undone, editor=editor, version=2, now=NOON)
    lifecycle.approve(submitted("Herkez burda.", "pass"), editor=editor, version=1, now=NOON)  # advice accuses nobody
    found()

    assert precision(since=LONG_AGO) == (Precision("insults", Clause.INSULTS, decided=3, confirmed=1),)
    assert precision(since=NOON + MINUTE) == ()


def test_several_findings_of_a_rule_in_a_text_count_once(submitted: Submitted, editor: User) -> None:
    comment = submitted("Rantçı bunlar.", "hold", "hold")
    lifecycle.reject(comment, editor=editor, version=1, reasons=INSULTS, now=NOON)

    assert precision(since=LONG_AGO) == (Precision("insults", Clause.INSULTS, decided=1, confirmed=1),)


# The page


def test_an_empty_desk_has_a_dashboard(desk: Client) -> None:
    page = desk.get(PAGE)

    assert page.status_code == 200
    assert "Henüz bir şey yok." in page.content.decode()


def test_what_has_just_come_has_waited_for_less_than_a_minute(desk: Client, submitted: Submitted) -> None:
    submitted(now=timezone.now())

    page = desk.get(PAGE)

    assert "<dd>bir dakikadan az</dd>" in page.content.decode()


def test_an_hour_that_ends_in_a_full_stop_ends_no_sentence(desk: Client) -> None:
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    page = desk.get(PAGE).content.decode()

    assert re.search(r"As it was at .+?, and of the last 30 days unless something else is said\.", page)


def test_the_number_of_queries_is_the_same_however_much_there_is(desk: Client, editor: User, other_editor: User, submitted: Submitted) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(PAGE).status_code == 200
        return len(captured)

    now = timezone.now()
    few = queries()
    for number in range(15):
        comment = submitted(f"{number}. yorum.", "hold", now=now - timedelta(hours=number))
        decision = lifecycle.reject(comment, editor=editor, version=1, reasons=(INSULTS, SPELLING)[number % 2], now=now)
        SecondLook.objects.create(decision=decision, editor=other_editor, answer="approve", answered_at=now)

    assert queries() == few <= 21


def test_each_chart_is_named_described_and_told_in_a_table(desk: Client, editor: User, submitted: Submitted) -> None:
    now = timezone.now()
    lifecycle.reject(submitted(now=now), editor=editor, version=1, reasons=INSULTS, now=now)

    shown = desk.get(PAGE).content.decode()

    drawings = re.findall(r"<svg viewBox.*?</svg>", shown, re.DOTALL)
    assert len(drawings) == shown.count("<summary>Sayılar") == 4
    for drawing in drawings:
        svg = ET.fromstring(drawing)
        names = svg.attrib["aria-labelledby"].split()
        assert svg.attrib["role"] == "img"
        assert [part.attrib["id"] for part in svg if part.tag in {"title", "desc"}] == names
        assert all(part.text for part in svg if part.tag in {"title", "desc", "text"})
        assert all(re.fullmatch(r"-?\d+", bar.attrib[name]) for bar in svg.iter("rect") for name in ("x", "y", "width", "height"))
    assert " style=" not in shown.partition("<main")[2]


def test_who_may_not_look_sees_no_dashboard(db: None) -> None:
    assert signed_in(make_editor("yabanci")).get(PAGE).status_code == 403


# Drawing


@example([(401, 400_001)])
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=60))
def test_bars_stand_inside_the_drawing_and_in_proportion(values: list[tuple[int, int]]) -> None:
    chart = charts.columns("x", "x", "x", [Column("", pair) for pair in values])

    flat = [value for pair in values for value in pair]
    assert len(chart.bars) == len(flat)
    for bar, value in zip(chart.bars, flat, strict=True):
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width
        assert 0 <= bar.y <= bar.y + bar.height <= chart.height
        assert (bar.height >= 10) if value else (bar.height == 0)
    tallest = max(chart.bars, key=lambda bar: bar.height, default=None)
    assert tallest is None or tallest.height == chart.bars[flat.index(max(flat))].height


@given(st.lists(st.integers(0, 10**6), max_size=30))
def test_rows_stand_below_one_another_inside_the_drawing(values: list[int]) -> None:
    chart = charts.rows("x", "x", "x", [(f"{number}. neden", value) for number, value in enumerate(values)])

    assert all((bar.width >= 10) if value else (bar.width == 0) for bar, value in zip(chart.bars, values, strict=True))
    tops = [bar.y for bar in chart.bars]
    assert tops == sorted(set(tops))
    assert all(bar.x + bar.width <= chart.width and bar.y + bar.height <= chart.height for bar in chart.bars)


@given(st.integers(0, 10**9))
def test_the_axis_ends_at_a_round_number_that_is_not_too_far(value: int) -> None:
    top = charts._round_up(value)

    assert value <= top <= max(2, value * 2.5)
    assert top % 2 == 0


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (None, "–"),
        (timedelta(seconds=59), "bir dakikadan az"),
        (timedelta(minutes=59, seconds=59), "59 dk"),
        (timedelta(hours=2, minutes=5), "2 sa 5 dk"),
        (timedelta(days=3, hours=4), "3 gün"),
    ],
)
def test_a_time_is_told_in_its_largest_units(time: timedelta | None, words: str) -> None:
    assert lasting(time) == words


def test_the_name_of_a_rule_goes_on_in_the_next_line_after_an_underscore() -> None:
    assert breaking("attacks_on_beliefs") == "attacks_<wbr>on_<wbr>beliefs"
    assert breaking("spelling") == "spelling"
    assert breaking("<b>_") == "&lt;b&gt;_<wbr>"


def test_a_share_is_a_percentage_and_of_nothing_none() -> None:
    assert [share(1, 3), share(0, 5), share(5, 5), share(0, 0)] == ["%33", "%0", "%100", "–"]


def test_second_looks_stand_on_the_dashboard(desk: Client, editor: User, other_editor: User, submitted: Submitted, settings: object) -> None:
    now = timezone.now()
    settings.SECOND_LOOK_SHARE = 1.0  # type: ignore[attr-defined]
    for number in range(4):
        comment = submitted(f"{number}. yorum.")
        decided = lifecycle.approve(comment, editor=editor, version=1, now=now)
        second_looks.answer(decided, other_editor, SecondLook.Answer.REJECT, INSULTS, now=now)

    shown = desk.get(PAGE)

    assert shown.context["figures"].agreement.looks == 4
    assert shown.context["figures"].agreement.kappa == 0
    assert "0,00" in shown.content.decode()
