"""The agreed curve as it was on each day: an adjustment changes what is ahead, never what was agreed before it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.model.settings import CatchUpBands
from goal_handbook.status.curve_history import CurveHistory, curve_history
from goal_handbook.status.pace import at_risk_between, pace_of
from goal_handbook.status.readings import Reading
from tests.status.make import accounting, adjustment, case, day, handbook, level, number, state_of, value

LAW = settings(max_examples=100, deadline=None, derandomize=True)
BANDS = CatchUpBands()
FIRST = datetime.date(2017, 1, 1)


def history(goal: dict[str, Any], as_of: str = "2017-12-31") -> CurveHistory:
    found = curve_history(state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of).goal)
    assert found
    return found


def days_and_values(paths: Any) -> list[list[tuple[str, float]]]:
    return [[(str(on), float(value)) for on, value in path] for path in paths]


#: 100 by the end of the year, until it became 60 on April 1; 365 days are a hundred.
ADJUSTED = number(target="60", adjustments=[adjustment("2017-04-01", ("target", "100", "60"))])


def test_without_an_adjustment_there_is_one_curve_and_nothing_to_remember() -> None:
    found = history(number(target="100", landmarks=[value("half", "2017-07-01", "40")]))
    assert days_and_values(found.agreed()) == [[("2017-01-01", 0), ("2017-07-01", 40), ("2017-12-31", 100)]]
    assert (found.changed_on, found.given_up(), found.replaced()) == ((), (), ())


def test_up_to_an_adjustment_the_curve_is_the_one_agreed_then_and_from_that_day_on_the_new_one() -> None:
    found = history(ADJUSTED)
    before, after = found.agreed()
    assert [str(on) for on, _ in before] == ["2017-01-01", "2017-04-01"]
    assert [str(on) for on, _ in after] == ["2017-04-01", "2017-12-31"]
    assert before[-1][1] == Fraction(100 * 90, 364)
    assert after[0][1] == Fraction(60 * 90, 364)
    assert found.on(day("2017-03-31")) == Fraction(100 * 89, 364)
    assert found.on(day("2017-04-01")) == Fraction(60 * 90, 364)


def test_a_replaced_curve_would_have_gone_on_from_the_adjustment_to_its_own_end() -> None:
    (path,) = history(ADJUSTED).given_up()
    assert [str(on) for on, _ in path] == ["2017-04-01", "2017-12-31"]
    assert path[-1][1] == 100


@pytest.mark.parametrize(
    ("more", "replaced"),
    [
        case(
            "a landmark that asks for less",
            {
                "landmarks": [value("half", "2017-07-01", "30")],
                "adjustments": [adjustment("2017-04-01", ("landmarks.half.value", "50", "30"))],
            },
            [("2017-07-01", 50)],
        ),
        case(
            "a landmark put off",
            {
                "landmarks": [value("half", "2017-08-01", "50")],
                "adjustments": [adjustment("2017-04-01", ("landmarks.half.due", "2017-07-01", "2017-08-01"))],
            },
            [("2017-07-01", 50)],
        ),
        case(
            "a landmark dropped by an adjustment",
            {
                "landmarks": [value("half", "2017-07-01", "50")],
                "adjustments": [adjustment("2017-04-01", ("landmarks.half", "agreed", "dropped"))],
            },
            [("2017-07-01", 50)],
        ),
        case(
            "a landmark dropped by an accounting",
            {
                "landmarks": [value("spring", "2017-03-01", "50")],
                "accountings": [accounting("spring", "2017-04-01", "drop")],
            },
            [("2017-03-01", 50)],
        ),
        case(
            "a new landmark replaces nothing",
            {
                "landmarks": [value("half", "2017-07-01", "20")],
                "adjustments": [adjustment("2017-04-01", ("landmarks.half", "none", "added"))],
            },
            [],
        ),
        case(
            "a target lowered twice is remembered twice",
            {
                "adjustments": [
                    adjustment("2017-04-01", ("target", "140", "120")),
                    adjustment("2017-05-01", ("target", "120", "100")),
                ]
            },
            [("2017-12-31", 120), ("2017-12-31", 140)],
        ),
    ],
)
def test_what_is_not_to_be_reached_any_more_is_remembered(
    more: dict[str, Any], replaced: list[tuple[str, int]]
) -> None:
    found = history(number(target="100", **more))
    assert [(str(old.due), int(old.value)) for old in found.replaced()] == replaced


@pytest.mark.parametrize("field", ["title", "why"])
def test_an_adjustment_of_anything_else_leaves_the_curve_alone(field: str) -> None:
    assert history(number(adjustments=[adjustment("2017-04-01", (field, "Old", "New"))])).changed_on == ()


def test_an_adjustment_dated_after_the_status_date_is_not_seen() -> None:
    found = history(ADJUSTED, "2017-03-31")
    assert found.changed_on == ()
    assert found.on(day("2017-12-31")) == 100


def test_what_was_agreed_in_another_unit_cannot_be_compared() -> None:
    found = history(number(adjustments=[adjustment("2017-04-01", ("unit", "calls", "deals"))]))
    assert found.on(day("2017-03-31")) is None
    assert [str(path[0][0]) for path in found.agreed()] == ["2017-04-01"]


def test_a_level_to_hold_is_agreed_from_the_goals_first_day() -> None:
    assert days_and_values(history(level()).agreed()) == [[("2017-01-01", 50), ("2017-12-31", 50)]]


def test_days_away_are_flat() -> None:
    away = [{"from": "2017-03-01", "to": "2017-04-30"}]
    book = handbook({"ana": {"goals": [number(prorate="yes")], "away": away}})
    found = curve_history(book.goals["ana/g"], book.owners["ana"].absences)
    assert found
    (path,) = days_and_values(found.agreed())
    assert [on for on, _ in path] == ["2017-01-01", "2017-02-28", "2017-04-30", "2017-12-31"]
    assert path[1][1] == path[2][1]


@st.composite
def adjusted(draw: st.DrawFn) -> tuple[dict[str, Any], datetime.date]:
    """A goal whose target and landmark were adjusted once, and the day of that."""
    on = datetime.date(2017, 1, 2) + datetime.timedelta(days=draw(st.integers(0, 362)))
    old, new, was, now = (str(draw(st.integers(10, 500))) for _ in range(4))
    changes = adjustment(str(on), ("target", old, new), ("landmarks.mid.value", was, now))
    return number(target=new, landmarks=[value("mid", "2017-06-30", now)], adjustments=[changes]), on


@LAW
@given(adjusted())
def test_no_adjustment_redraws_the_past(case: tuple[dict[str, Any], datetime.date]) -> None:
    """For each day before it, the chart of today says what the chart of the day before it said."""
    goal, on = case
    now, then = history(goal), history(goal, str(on - datetime.timedelta(days=1)))
    drawn = [point for path in now.agreed() for point in path if point[0] < on]
    assert drawn
    assert drawn == [(past, then.on(past)) for past, _ in drawn]
    assert now.on(FIRST) == then.on(FIRST)


@LAW
@given(adjusted(), st.integers(1, 363), st.integers(-100, 600))
def test_the_band_is_at_risk_where_the_status_is(
    case: tuple[dict[str, Any], datetime.date], days: int, reading: int
) -> None:
    goal, on = case[0], FIRST + datetime.timedelta(days=days)
    found = history(goal, str(on))
    version = found.versions[-1]
    between = at_risk_between(version.goal, version.curve, on, BANDS)
    pace = pace_of(version.goal, version.curve, Reading(on, Decimal(reading)), BANDS)
    assert pace
    if between is None or pace.catch_up is None:
        assert between is None or between[0] == between[1]
    else:
        assert (pace.band == "on-track") == (reading >= between[0])
        assert (pace.band == "off-track") == (reading < between[1])


@pytest.mark.parametrize(
    ("hold", "worse"), [("at_least", 47), ("at_most", 53)], ids=["below what is held", "above what is held"]
)
def test_a_level_is_at_risk_within_its_tolerance(hold: str, worse: int) -> None:
    found = history(level(hold=hold, measure={"tolerance": "3"}))
    (band,) = found.at_risk(BANDS, day("2017-06-30"))
    assert [str(point.day) for point in band] == ["2017-01-01", "2017-06-30"]
    assert {(int(point.better), int(point.worse)) for point in band} == {(50, worse)}


def test_no_reading_is_at_risk_before_a_twentieth_is_expected() -> None:
    (band,) = history(number()).at_risk(BANDS, day("2017-06-30"))
    assert band[0].day == day("2017-01-20")
    assert not history(number()).at_risk(BANDS, day("2017-01-19"))
