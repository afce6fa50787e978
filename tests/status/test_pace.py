"""Pace: actual ÷ expected progress along the landmarks, on the day of the reading (status.md#a-goal)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.status.assessment import GoalState

from .make import accounting, case, handbook, level, number, paper, state_of, value

HALF = value("half", "2017-04-11", "40")  # day 100 of the year, counted from 0


def on(goal: dict[str, Any], as_of: str, **settings: Any) -> GoalState:
    """The state of a seller's goal on a day."""
    return state_of(handbook({"ana": {"goals": [goal]}}, **settings), "ana/g", as_of)


def to_hundred(reading: str, day_of_it: str, *landmarks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A goal of 100 due on day 200 of the year, 20 July, with one reading."""
    return number((day_of_it, reading), due="2017-07-20", landmarks=list(landmarks), **more)


# Bands


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("ahead of the curve is on track", "45", "on-track"),
        case("on the curve is on track", "40", "on-track"),
        case("exactly 0.95 is on track", "38", "on-track"),
        case("a cent below 0.95 is at risk", "37.99", "at-risk"),
        case("exactly 0.75 is at risk", "30", "at-risk"),
        case("a cent below 0.75 is off track", "29.99", "off-track"),
        case("nothing at all is off track", "0", "off-track"),
        case("less than nothing is off track", "-5", "off-track"),
    ],
)
def test_pace_has_its_bands(reading: str, status: str) -> None:
    assert on(to_hundred(reading, "2017-04-11", HALF), "2017-04-11").status == status


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("exactly 0.9 is on track", "36", "on-track"),
        case("a cent below 0.9 is at risk", "35.99", "at-risk"),
        case("exactly 0.5 is at risk", "20", "at-risk"),
        case("a cent below 0.5 is off track", "19.99", "off-track"),
    ],
)
def test_the_handbook_sets_the_bands(reading: str, status: str) -> None:
    bands = {"on_track": "0.9", "at_risk": "0.5"}
    assert on(to_hundred(reading, "2017-04-11", HALF), "2017-04-11", pace=bands).status == status


# The curve


@pytest.mark.parametrize(
    ("day_of_it", "expected"),
    [
        case("at the start it is nothing", "2017-01-01", "0"),
        case("a quarter of the way to the landmark it is a quarter of it", "2017-01-26", "10"),
        case("on the landmark's day it is its value", "2017-04-11", "40"),
        case("the day after it follows the next line", "2017-04-12", "40.6"),
        case("halfway from the landmark to the end it is halfway between", "2017-05-31", "70"),
        case("the day before the end it is nearly the target", "2017-07-19", "99.4"),
        case("at the end it is the target", "2017-07-20", "100"),
        case("after the end it stays the target", "2017-12-31", "100"),
    ],
)
def test_the_curve_is_straight_from_landmark_to_landmark(day_of_it: str, expected: str) -> None:
    assert on(to_hundred("1", day_of_it, HALF), "2017-12-31").expected == Fraction(expected)


def test_a_goal_that_starts_slowly_as_agreed_is_not_called_slow() -> None:
    """A third of the time is over and 8 of 100 reached, as agreed: the landmarks are the curve, not the calendar."""
    slow = [value("a", "2017-03-02", "6"), value("b", "2017-04-11", "12")]
    assert on(to_hundred("8.9", "2017-03-22", *slow), "2017-03-22").status == "on-track"


@pytest.mark.parametrize(
    ("landmarks", "expected"),
    [
        case("without landmarks it is one line", [], "50"),
        case("a deliverable is not a corner", [paper("p", "2017-02-01")], "50"),
        case("the order in the file does not matter", [value("b", "2017-07-01", "90"), value("a", "2017-04-11", "40")], "40"),
        case("of two values on one day the one further along counts", [value("a", "2017-04-11", "40"), value("b", "2017-04-11", "60")], "60"),
        case("a landmark on the last day does not lower the target", [value("a", "2017-07-20", "80")], "50"),
    ],
)  # fmt: skip
def test_the_corners_of_the_curve(landmarks: list[dict[str, Any]], expected: str) -> None:
    assert on(to_hundred("1", "2017-04-11", *landmarks), "2017-04-11").expected == Fraction(expected)


def test_a_dropped_landmark_is_not_a_corner() -> None:
    goal = to_hundred("40", "2017-04-11", HALF, accountings=[accounting("half", "2017-04-12", "drop")])
    assert [on(goal, d).expected for d in ("2017-04-11", "2017-04-12")] == [40, 50]


@pytest.mark.parametrize(
    ("reading", "pace"),
    [
        case("at the start there is no progress", "60", "0"),
        case("on the curve it is one", "45", "1"),
        case("half of the way is half", "52.5", "0.5"),
        case("further down is more than one", "30", "2"),
        case("further up is less than nothing", "75", "-1"),
    ],
)
def test_progress_counts_from_where_the_number_starts(reading: str, pace: str) -> None:
    """From 60 down to 30; on day 100 of 200 the curve is at 45."""
    goal = number(("2017-04-11", reading), target="30", measure={"from": "60"}, due="2017-07-20")
    assert on(goal, "2017-04-11").pace == Fraction(pace)


def test_progress_up_counts_from_where_the_number_starts_too() -> None:
    goal = number(("2017-04-11", "70"), target="100", measure={"from": "60"}, due="2017-07-20")
    assert (on(goal, "2017-04-11").expected, on(goal, "2017-04-11").pace) == (Fraction(80), Fraction(1, 2))


@pytest.mark.parametrize(
    "as_of",
    [
        case("on the day of the reading", "2017-04-11"),
        case("a day later", "2017-04-12"),
        case("two months later", "2017-06-30"),
        case("after the end", "2017-12-31"),
    ],
)
def test_pace_is_taken_on_the_day_of_the_reading(as_of: str) -> None:
    """Missing readings look like missing readings, not like slow progress."""
    found = on(to_hundred("50", "2017-04-11"), as_of)
    assert found.pace == 1
    assert found.status == "on-track"


@pytest.mark.parametrize(
    ("as_of", "pace"),
    [
        case("the day before the newer reading the older one counts", "2017-05-30", "1"),
        case("from its day on the newer one counts", "2017-05-31", "0.8"),
    ],
)
def test_the_latest_reading_counts(as_of: str, pace: str) -> None:
    goal = number(("2017-05-31", "60"), ("2017-04-11", "50"), due="2017-07-20")
    assert on(goal, as_of).pace == Fraction(pace)


# Five percent


@pytest.mark.parametrize(
    ("day_of_it", "has_pace", "status"),
    [
        case("on the first day nothing is expected", "2017-01-01", False, "on-track"),
        case("at 4.5 percent there is no pace", "2017-01-10", False, "on-track"),
        case("at exactly 5 percent there is one", "2017-01-11", True, "off-track"),
    ],
)
def test_below_five_percent_of_expected_progress_there_is_no_pace(day_of_it: str, has_pace: bool, status: str) -> None:
    found = on(to_hundred("0", day_of_it), day_of_it)
    assert (found.pace is not None, found.status) == (has_pace, status)


@pytest.mark.parametrize(
    ("day_of_it", "has_pace"),
    [
        case("at 4.5 percent of the way down there is no pace", "2017-01-10", False),
        case("at exactly 5 percent of the way down there is one", "2017-01-11", True),
    ],
)
def test_five_percent_of_the_whole_way_count_and_not_of_the_target(day_of_it: str, has_pace: bool) -> None:
    goal = number((day_of_it, "60"), target="30", measure={"from": "60"}, due="2017-07-20")
    assert (on(goal, day_of_it).pace is not None) == has_pace


def test_five_percent_of_progress_count_and_not_of_time() -> None:
    late = value("late", "2017-04-11", "4")  # half of the time, 4 percent of the number
    assert on(to_hundred("0", "2017-04-11", late), "2017-04-11").status == "on-track"


@pytest.mark.parametrize(
    ("goal", "as_of"),
    [
        case("a number without a reading", number(landmarks=[HALF]), "2017-04-11"),
        case("landmark by landmark", {"landmarks": [paper("q2", "2017-06-30")]}, "2017-06-30"),
        case("a number that does not have to change", number(("2017-04-11", "5"), target="0"), "2017-04-11"),
    ],
)
def test_without_a_number_or_a_reading_there_is_no_pace(goal: dict[str, Any], as_of: str) -> None:
    assert on(goal, as_of).pace is None


def test_a_goal_without_a_number_is_on_track_until_a_landmark_is_missed() -> None:
    goal = {"landmarks": [paper("q1", "2017-03-31", "2017-03-31"), paper("q2", "2017-06-30")]}
    assert [on(goal, d).status for d in ("2017-07-03", "2017-07-04")] == ["on-track", "needs-accounting"]


# A level to hold


@pytest.mark.parametrize(
    ("hold", "reading", "pace", "status"),
    [
        case("at least: above it", "at_least", "60", "1.2", "on-track"),
        case("at least: the level itself", "at_least", "50", "1", "on-track"),
        case("at least: 0.95 of it", "at_least", "47.5", "0.95", "on-track"),
        case("at least: a cent below 0.95 of it", "at_least", "47.49", "0.9498", "at-risk"),
        case("at least: 0.75 of it", "at_least", "37.5", "0.75", "at-risk"),
        case("at least: a cent below 0.75 of it", "at_least", "37.49", "0.7498", "off-track"),
        case("at least: nothing", "at_least", "0", "0", "off-track"),
        case("at most: below it", "at_most", "40", "1.25", "on-track"),
        case("at most: the level itself", "at_most", "50", "1", "on-track"),
        case("at most: a quarter more", "at_most", "62.5", "0.8", "at-risk"),
        case("at most: twice as much", "at_most", "100", "0.5", "off-track"),
        case("at most: nothing at all is the best", "at_most", "0", "1", "on-track"),
    ],
)
def test_the_pace_of_a_level_is_how_close_it_is(hold: str, reading: str, pace: str, status: str) -> None:
    found = on(level(("2017-03-01", reading), hold=hold), "2017-03-01")
    assert (found.pace, found.status) == (Fraction(pace), status)


@pytest.mark.parametrize(
    ("day_of_it", "expected"),
    [
        case("before its first landmark that landmark's value", "2017-01-15", "40"),
        case("on the landmark's day its value", "2017-04-11", "40"),
        case("halfway to the end halfway between", "2017-05-31", "45"),
        case("at the end the target", "2017-07-20", "50"),
    ],
)
def test_the_curve_of_a_level_starts_at_its_first_corner(day_of_it: str, expected: str) -> None:
    assert on(level((day_of_it, "1"), landmarks=[HALF], due="2017-07-20"), "2017-07-20").expected == Fraction(expected)


def test_a_level_of_nothing_is_held_or_not() -> None:
    none_lost = [on(level(("2017-03-01", lost), target="0", hold="at_most"), "2017-03-01").pace for lost in ("0", "1")]
    assert none_lost == [1, 0]
