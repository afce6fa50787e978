"""Pace and catch-up: actual beside expected progress along the landmarks (status.md#a-goal)."""

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
        case("on the curve, with a factor of 1, is on track", "40", "on-track"),
        case("a cent below it is at risk", "39.99", "at-risk"),
        case("a rest that has to run 1.2 times as fast is at risk", "28", "at-risk"),
        case("a cent below that is off track", "27.99", "off-track"),
        case("nothing at all is off track", "0", "off-track"),
        case("less than nothing is off track", "-5", "off-track"),
    ],
)
def test_the_catch_up_factor_has_its_bands(reading: str, status: str) -> None:
    """60 of 100 remain on the curve at that day."""
    assert on(to_hundred(reading, "2017-04-11", HALF), "2017-04-11").status == status


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("exactly 1.1 is on track", "34", "on-track"),
        case("a cent below 1.1 is at risk", "33.99", "at-risk"),
        case("exactly 1.5 is at risk", "10", "at-risk"),
        case("a cent below 1.5 is off track", "9.99", "off-track"),
    ],
)
def test_the_handbook_sets_the_bands(reading: str, status: str) -> None:
    bands = {"on_track": "1.1", "at_risk": "1.5"}
    assert on(to_hundred(reading, "2017-04-11", HALF), "2017-04-11", catch_up=bands).status == status


@pytest.mark.parametrize(
    ("reading", "day_of_it", "catch_up"),
    [
        case("on the curve it is 1", "40", "2017-04-11", "1"),
        case("half of what was expected in the middle is half as much again", "20", "2017-04-11", "4/3"),
        case("the same gap weighs more later: 20 of 30 that remain", "50", "2017-05-31", "5/3"),
        case("ahead of the curve it is less than 1", "70", "2017-04-11", "1/2"),
        case("while less than 5 percent is expected there is none", "0", "2017-01-05", None),
        case("once everything is expected there is none", "90", "2017-07-20", None),
    ],
)
def test_the_catch_up_factor_is_what_remains_beside_what_was_to_remain(
    reading: str, day_of_it: str, catch_up: str | None
) -> None:
    found = on(to_hundred(reading, day_of_it, HALF), day_of_it).progress
    assert found
    assert found.catch_up == (Fraction(catch_up) if catch_up else None)


@pytest.mark.parametrize(
    ("reading", "status"), [case("at the target", "100", "achieved"), case("a cent short", "99.99", "off-track")]
)
def test_once_everything_is_expected_it_is_there_or_not(reading: str, status: str) -> None:
    assert on(to_hundred(reading, "2017-07-20"), "2017-07-20").status == status


def test_a_number_that_goes_down_catches_up_downwards() -> None:
    """From 60 to 30; on day 100 of 200 the curve is at 45, and 51 leaves 21 of 15 to go."""
    goal = number(("2017-04-11", "51"), target="30", measure={"from": "60"}, due="2017-07-20")
    found = on(goal, "2017-04-11").progress
    assert found
    assert (found.catch_up, found.band) == (Fraction(7, 5), "off-track")


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
    """A third of the time is over and 9 of 100 reached, as agreed: the landmarks are the curve, not the calendar."""
    slow = [value("a", "2017-03-02", "6"), value("b", "2017-04-11", "12")]
    assert on(to_hundred("9", "2017-03-22", *slow), "2017-03-22").status == "on-track"


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
    ("as_of", "status", "silent_since"),
    [
        case("on the day of the reading", "2017-04-11", "on-track", None),
        case("a day later", "2017-04-12", "on-track", None),
        case("a month later", "2017-05-11", "on-track", None),
        case("more than a month later it is old", "2017-05-12", "on-track", "2017-04-11"),
        case("after the end", "2017-12-31", "unreported", "2017-04-11"),
    ],
)
def test_pace_is_taken_on_the_day_of_the_reading(as_of: str, status: str, silent_since: str | None) -> None:
    """Missing readings look like missing readings, not like slow progress."""
    found = on(to_hundred("50", "2017-04-11"), as_of)
    assert (found.pace, found.status) == (Fraction(1), status)
    assert (str(found.silent_since) if found.silent_since else None) == silent_since


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
        case("at exactly 5 percent there is one", "2017-01-11", True, "at-risk"),
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
        case("at least: a cent below it, within the tolerance", "at_least", "49.99", "0.9998", "at-risk"),
        case("at least: off by the tolerance", "at_least", "48", "0.96", "at-risk"),
        case("at least: off by a cent more", "at_least", "47.99", "0.9598", "off-track"),
        case("at least: nothing", "at_least", "0", "0", "off-track"),
        case("at most: below it", "at_most", "40", "1.25", "on-track"),
        case("at most: the level itself", "at_most", "50", "1", "on-track"),
        case("at most: off by the tolerance", "at_most", "52", "25/26", "at-risk"),
        case("at most: off by more", "at_most", "62.5", "0.8", "off-track"),
        case("at most: nothing at all is the best", "at_most", "0", "1", "on-track"),
    ],
)
def test_a_level_is_held_or_off_by_its_own_unit(hold: str, reading: str, pace: str, status: str) -> None:
    found = on(level(("2017-03-01", reading), hold=hold, measure={"tolerance": "2"}), "2017-03-01")
    assert (found.pace, found.status) == (Fraction(pace), status)


def test_without_a_tolerance_a_level_is_held_or_not() -> None:
    assert on(level(("2017-03-01", "49.99")), "2017-03-01").status == "off-track"


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
