"""A landmark's status: every row of the table on both sides of its boundary (status.md#a-landmark).

By default `due_soon_days` is 14, `grace_days` 3, `accounting_days` 14; the landmark is due on 30 June
2017 and asks for 50 of 100 deals. So it is upcoming to 15 June, due soon from 16 June to 3 July, and judged from 4 July.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.status.landmark import LandmarkState

from .make import accounting, adjustment, case, day, handbook, level, number, paper, state_of, value

FIFTY = value("q2", "2017-06-30", "50")
PAPER = paper("q2", "2017-06-30")


def landmark(goal: dict[str, Any], as_of: str, **settings: Any) -> LandmarkState:
    """The landmark `q2` of a seller's goal on a day."""
    state = state_of(handbook({"ana": {"goals": [goal]}}, **settings), "ana/g", as_of)
    return next(s for s in state.landmarks if s.landmark.id == "q2")


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        case("fifteen days before its day it is upcoming", [], "2017-06-15", "upcoming"),
        case("fourteen days before its day it is due soon", [], "2017-06-16", "due-soon"),
        case("on its day it is due soon", [], "2017-06-30", "due-soon"),
        case("on the last day of grace it is due soon", [], "2017-07-03", "due-soon"),
        case("the day after grace nobody knows", [], "2017-07-04", "unreported"),
        case("half a year later still nobody knows", [], "2017-12-31", "unreported"),
        case("a reading the day before its day leaves it unknown", [("2017-06-29", "40")], "2017-07-04", "unreported"),
        case("a reading on its day falls short", [("2017-06-30", "40")], "2017-07-04", "missed"),
        case("a reading within grace falls short", [("2017-07-03", "40")], "2017-07-04", "missed"),
        case("a reading that falls short is not a miss within grace", [("2017-06-30", "40")], "2017-07-03", "due-soon"),
        case("a reading that falls short is not a miss ahead of time", [("2017-06-15", "40")], "2017-06-15", "upcoming"),
        case("a later reading falls short", [("2017-08-01", "40")], "2017-08-01", "missed"),
        case("the day before that reading nobody knew", [("2017-08-01", "40")], "2017-07-31", "unreported"),
        case("a cent below the value is not the value", [("2017-06-30", "49.99")], "2017-07-04", "missed"),
        case("the value itself is enough", [("2017-06-30", "50")], "2017-07-04", "met"),
        case("more than the value is enough", [("2017-06-30", "50.01")], "2017-07-04", "met"),
        case("ahead of time it is met at once", [("2017-02-01", "50")], "2017-02-01", "met"),
        case("ahead of time it is not met the day before", [("2017-02-01", "50")], "2017-01-31", "upcoming"),
        case("a reading on the last day of grace is in time", [("2017-07-03", "50")], "2017-07-03", "met"),
        case("a reading the day after grace is late", [("2017-07-04", "50")], "2017-07-04", "met-late"),
        case("before a late reading it is not met", [("2017-07-04", "50")], "2017-07-03", "due-soon"),
        case("short in time and reached later is late", [("2017-06-30", "40"), ("2017-09-01", "50")], "2017-09-01", "met-late"),
        case("the day before it is missed", [("2017-06-30", "40"), ("2017-09-01", "50")], "2017-08-31", "missed"),
        case("met ahead of time and fallen back by its day is a miss", [("2017-02-01", "50"), ("2017-06-30", "40")], "2017-07-04", "missed"),
        case("what falls after its day stays met", [("2017-06-30", "50"), ("2017-08-31", "40")], "2017-08-31", "met"),
        case("what was sold within grace is late where its day has a reading", [("2017-06-30", "40"), ("2017-07-02", "50")], "2017-07-02", "met-late"),
        case("the first reading within grace stands in for its day", [("2017-07-01", "40"), ("2017-07-03", "50")], "2017-07-03", "met-late"),
        case("what falls after it was met late too", [("2017-08-01", "50"), ("2017-09-01", "40")], "2017-09-01", "met-late"),
    ],
)  # fmt: skip
def test_a_number_to_reach(readings: list[tuple[str, str]], as_of: str, status: str) -> None:
    assert landmark(number(*readings, landmarks=[FIFTY]), as_of).status == status


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("a cent above the value is not low enough", "50.01", "missed"),
        case("the value itself is low enough", "50", "met"),
        case("below the value is low enough", "49.99", "met"),
    ],
)
def test_a_number_that_goes_down_is_met_from_above(reading: str, status: str) -> None:
    goal = number(("2017-06-30", reading), target="30", measure={"from": "60"}, landmarks=[FIFTY])
    assert landmark(goal, "2017-07-04").status == status


@pytest.mark.parametrize(
    ("settings", "as_of", "status"),
    [
        case("a week of notice begins seven days before", {"due_soon_days": "7"}, "2017-06-23", "due-soon"),
        case("a week of notice does not begin eight days before", {"due_soon_days": "7"}, "2017-06-22", "upcoming"),
        case("without notice it is due soon on its day", {"due_soon_days": "0"}, "2017-06-30", "due-soon"),
        case("without notice it is upcoming the day before", {"due_soon_days": "0"}, "2017-06-29", "upcoming"),
        case("without grace it is due soon on its day", {"grace_days": "0"}, "2017-06-30", "due-soon"),
        case("without grace it is judged the day after", {"grace_days": "0"}, "2017-07-01", "missed"),
        case("ten days of grace are ten", {"grace_days": "10"}, "2017-07-10", "due-soon"),
        case("ten days of grace are not eleven", {"grace_days": "10"}, "2017-07-11", "missed"),
    ],
)
def test_the_handbook_sets_the_boundaries(settings: dict[str, str], as_of: str, status: str) -> None:
    assert landmark({"landmarks": [PAPER]}, as_of, **settings).status == status


@pytest.mark.parametrize(
    ("grace_days", "on", "status"),
    [
        case("without grace a reading on its day is in time", "0", "2017-06-30", "met"),
        case("without grace a reading the day after is late", "0", "2017-07-01", "met-late"),
        case("with a week of grace a reading seven days after is in time", "7", "2017-07-07", "met"),
        case("with a week of grace a reading eight days after is late", "7", "2017-07-08", "met-late"),
    ],
)
def test_grace_decides_which_reading_is_in_time(grace_days: str, on: str, status: str) -> None:
    goal = number((on, "50"), landmarks=[FIFTY])
    assert landmark(goal, "2017-08-01", grace_days=grace_days).status == status


@pytest.mark.parametrize(
    ("readings", "as_of", "status"),
    [
        case("fifteen days before its day it is upcoming", [("2017-06-01", "60")], "2017-06-15", "upcoming"),
        case("fourteen days before its day it is due soon", [("2017-06-01", "60")], "2017-06-16", "due-soon"),
        case("a good level is not met the day before its day", [("2017-06-01", "60")], "2017-06-29", "due-soon"),
        case("a good level is met on its day", [("2017-06-01", "60")], "2017-06-30", "met"),
        case("the level itself is good", [("2017-06-01", "50")], "2017-06-30", "met"),
        case("a cent below the level is not good", [("2017-06-30", "49.99")], "2017-07-04", "missed"),
        case("a bad level is not a miss within grace", [("2017-06-30", "40")], "2017-07-03", "due-soon"),
        case("the first reading within grace decides", [("2017-06-01", "60"), ("2017-07-03", "40")], "2017-07-04", "missed"),
        case("until then it was met", [("2017-06-01", "60"), ("2017-07-03", "40")], "2017-07-02", "met"),
        case("on that day it is due soon again", [("2017-06-01", "60"), ("2017-07-03", "40")], "2017-07-03", "due-soon"),
        case("a bad reading after grace comes too late to matter", [("2017-06-01", "60"), ("2017-07-04", "40")], "2017-07-04", "met"),
        case("a level regained within grace is late", [("2017-06-30", "40"), ("2017-07-03", "60")], "2017-07-03", "met-late"),
        case("a level regained after grace is late", [("2017-06-30", "40"), ("2017-07-04", "60")], "2017-07-04", "met-late"),
        case("the day before it was regained it is missed", [("2017-06-30", "40"), ("2017-08-01", "60")], "2017-07-31", "missed"),
        case("regained and lost again is still late", [("2017-06-30", "40"), ("2017-08-01", "60"), ("2017-09-01", "40")], "2017-09-01", "met-late"),
        case("no reading at all leaves it unknown", [], "2017-07-04", "unreported"),
        case("a bad reading before its day leaves it unknown", [("2017-06-29", "40")], "2017-07-04", "unreported"),
        case("a good reading before its day is enough", [("2017-06-29", "60")], "2017-07-04", "met"),
    ],
)  # fmt: skip
def test_a_level_to_hold(readings: list[tuple[str, str]], as_of: str, status: str) -> None:
    assert landmark(level(*readings, landmarks=[FIFTY]), as_of).status == status


@pytest.mark.parametrize(
    ("reading", "status"),
    [
        case("a cent above the level exceeds it", "50.01", "missed"),
        case("the level itself does not exceed it", "50", "met"),
        case("below the level does not exceed it", "49.99", "met"),
    ],
)
def test_a_level_not_to_exceed(reading: str, status: str) -> None:
    assert landmark(level(("2017-06-30", reading), hold="at_most", landmarks=[FIFTY]), "2017-07-04").status == status


@pytest.mark.parametrize(
    ("done", "as_of", "status"),
    [
        case("fifteen days before its day it is upcoming", None, "2017-06-15", "upcoming"),
        case("fourteen days before its day it is due soon", None, "2017-06-16", "due-soon"),
        case("on the last day of grace it is due soon", None, "2017-07-03", "due-soon"),
        case("the day after grace it is missed, never unreported", None, "2017-07-04", "missed"),
        case("done ahead of time is met at once", "2017-02-01", "2017-02-01", "met"),
        case("done ahead of time is not met the day before", "2017-02-01", "2017-01-31", "upcoming"),
        case("done on its day is in time", "2017-06-30", "2017-06-30", "met"),
        case("done the day after is late, grace or not", "2017-07-01", "2017-07-01", "met-late"),
        case("done late is not done the day before", "2017-07-20", "2017-07-19", "missed"),
        case("done late is met late on that day", "2017-07-20", "2017-07-20", "met-late"),
    ],
)
def test_a_deliverable(done: str | None, as_of: str, status: str) -> None:
    assert landmark({"landmarks": [paper("q2", "2017-06-30", done)]}, as_of).status == status


@pytest.mark.parametrize(
    ("goal", "met_on"),
    [
        case("a number on the day of the first reading that reaches it", number(("2017-02-01", "40"), ("2017-03-01", "50"), ("2017-04-01", "60"), landmarks=[FIFTY]), "2017-03-01"),
        case("a deliverable on the day it was done", {"landmarks": [paper("q2", "2017-06-30", "2017-05-02")]}, "2017-05-02"),
        case("a level on its day where it was held before", level(("2017-06-01", "60"), landmarks=[FIFTY]), "2017-06-30"),
        case("a level on the day of the reading within grace", level(("2017-07-02", "60"), landmarks=[FIFTY]), "2017-07-02"),
        case("a level regained on the day of the reading after grace", level(("2017-06-30", "40"), ("2017-07-08", "60"), landmarks=[FIFTY]), "2017-07-08"),
        case("what is not met has no such day", {"landmarks": [PAPER]}, None),
    ],
)  # fmt: skip
def test_the_day_it_was_met(goal: dict[str, Any], met_on: str | None) -> None:
    assert landmark(goal, "2017-07-10").met_on == (day(met_on) if met_on else None)


# Accountings


@pytest.mark.parametrize(
    ("action", "as_of", "status"),
    [
        case("the day before it is given the landmark is missed", "recover", "2017-07-09", "missed"),
        case("from its day on the landmark is accounted for", "recover", "2017-07-10", "accounted"),
        case("adjust accounts for it too", "adjust", "2017-07-10", "accounted"),
        case("the day before it is dropped the landmark is missed", "drop", "2017-07-09", "missed"),
        case("drop drops it", "drop", "2017-07-10", "dropped"),
    ],
)
def test_an_accounting_counts_from_its_day(action: str, as_of: str, status: str) -> None:
    goal = {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-10", action)]}
    assert landmark(goal, as_of).status == status


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        case("within grace the landmark is due soon all the same", "2017-07-03", "due-soon"),
        case("after grace it is accounted for", "2017-07-04", "accounted"),
    ],
)
def test_an_accounting_given_within_grace_counts_once_it_is_missed(as_of: str, status: str) -> None:
    goal = {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-01")]}
    assert landmark(goal, as_of).status == status


def test_an_accounting_does_not_replace_a_reading() -> None:
    """A landmark without a reading was not missed, so there is nothing to account for."""
    goal = number(landmarks=[FIFTY], accountings=[accounting("q2", "2017-07-05")])
    assert landmark(goal, "2017-07-10").status == "unreported"


def test_an_accounting_of_another_landmark_does_not_count() -> None:
    goal = {"landmarks": [PAPER, paper("q1", "2017-03-31")], "accountings": [accounting("q1", "2017-07-05")]}
    assert landmark(goal, "2017-07-10").status == "missed"


def test_an_accounted_landmark_reached_later_is_met_late() -> None:
    readings = ("2017-06-30", "40"), ("2017-08-01", "50")
    goal = number(*readings, landmarks=[FIFTY], accountings=[accounting("q2", "2017-07-10")])
    assert [landmark(goal, on).status for on in ("2017-07-31", "2017-08-01")] == ["accounted", "met-late"]


def test_the_latest_accounting_is_on_the_badge() -> None:
    accountings = [accounting("q2", "2017-08-10", "adjust"), accounting("q2", "2017-07-10", "recover")]
    goal = {"landmarks": [PAPER], "accountings": accountings}
    shown = [landmark(goal, on).accounting for on in ("2017-08-09", "2017-08-10")]
    assert [a.action for a in shown if a] == ["recover", "adjust"]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        case("the day before the adjustment it is there", "2017-05-09", "upcoming"),
        case("from the adjustment on it is dropped", "2017-05-10", "dropped"),
        case("after its day it is dropped and not missed", "2017-07-04", "dropped"),
    ],
)
@pytest.mark.parametrize("now", ["dropped", "none", ""])
def test_an_adjustment_may_drop_it(now: str, as_of: str, status: str) -> None:
    goal = {"landmarks": [PAPER], "adjustments": [adjustment("2017-05-10", ("landmarks.q2", "A paper", now))]}
    assert landmark(goal, as_of).status == status


def test_a_dropped_landmark_may_be_taken_up_again() -> None:
    dropped = adjustment("2017-05-10", ("landmarks.q2", "agreed", "dropped"))
    again = adjustment("2017-06-01", ("landmarks.q2", "dropped", "added"))
    goal = {"landmarks": [PAPER], "adjustments": [dropped, again]}
    assert [landmark(goal, on).status for on in ("2017-05-31", "2017-07-04")] == ["dropped", "missed"]


def test_dropped_comes_before_met() -> None:
    goal = number(("2017-03-01", "50"), landmarks=[FIFTY], accountings=[accounting("q2", "2017-04-01", "drop")])
    assert [landmark(goal, on).status for on in ("2017-03-31", "2017-04-01")] == ["met", "dropped"]


def test_another_landmark_dropped_leaves_it_alone() -> None:
    goal = {"landmarks": [PAPER], "adjustments": [adjustment("2017-05-10", ("landmarks.q1", "A paper", "dropped"))]}
    assert landmark(goal, "2017-07-04").status == "missed"


# Since when it is missed


@pytest.mark.parametrize(
    ("as_of", "age", "overdue"),
    [
        case("on the first day after grace it is new", "2017-07-04", 0, False),
        case("fourteen days later its accounting is not overdue yet", "2017-07-18", 14, False),
        case("fifteen days later its accounting is overdue", "2017-07-19", 15, True),
    ],
)
def test_an_accounting_is_owed_from_the_first_day_of_the_miss(as_of: str, age: int, overdue: bool) -> None:
    found = landmark({"landmarks": [PAPER]}, as_of)
    assert (found.missed_since, found.age, found.overdue) == (day("2017-07-04"), age, overdue)


@pytest.mark.parametrize(
    ("accounting_days", "as_of", "overdue"),
    [
        case("at once: not on the first day", "0", "2017-07-04", False),
        case("at once: on the second day", "0", "2017-07-05", True),
        case("a month: not on the thirtieth day after", "30", "2017-08-03", False),
        case("a month: on the thirty-first day after", "30", "2017-08-04", True),
    ],
)
def test_the_handbook_sets_how_long_an_accounting_may_take(accounting_days: str, as_of: str, overdue: bool) -> None:
    assert landmark({"landmarks": [PAPER]}, as_of, accounting_days=accounting_days).overdue == overdue


@pytest.mark.parametrize(
    ("readings", "since"),
    [
        case("a reading on its day: from the end of grace", [("2017-06-30", "40")], "2017-07-04"),
        case("a reading on the first day after grace: from that day", [("2017-07-04", "40")], "2017-07-04"),
        case("a reading a day later: from that reading", [("2017-07-05", "40")], "2017-07-05"),
        case("of two readings the first one counts", [("2017-07-08", "40"), ("2017-07-09", "41")], "2017-07-08"),
        case("a reading before its day does not count", [("2017-06-01", "30"), ("2017-07-08", "40")], "2017-07-08"),
    ],
)
def test_a_number_counts_as_missed_from_the_day_somebody_knew(readings: list[tuple[str, str]], since: str) -> None:
    found = landmark(number(*readings, landmarks=[FIFTY]), "2017-07-10")
    assert (found.status, found.missed_since, found.age) == (
        "missed",
        day(since),
        (day("2017-07-10") - day(since)).days,
    )


def test_an_accounted_miss_keeps_its_age_and_is_never_overdue() -> None:
    goal = {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-10")]}
    found = landmark(goal, "2017-09-04")
    assert (found.missed_since, found.age, found.overdue) == (day("2017-07-04"), 62, False)


def test_an_unreported_landmark_has_an_age_and_is_not_missed() -> None:
    found = landmark(number(landmarks=[FIFTY]), "2017-07-10")
    assert (found.status, found.age, found.missed_since) == ("unreported", 10, None)


# Adjusted terms


@pytest.mark.parametrize(
    ("change", "reading", "status", "was"),
    [
        case("a later due date gives more time", ("landmarks.q2.due", "2017-05-31", "2017-06-30"), "50", "met", ("due", day("2017-05-31"))),
        case("a lower value is the value", ("landmarks.q2.value", "80", "50"), "50", "met", ("value", Decimal(80))),
        case("a lower value has to be reached too", ("landmarks.q2.value", "80", "50"), "49", "missed", ("value", Decimal(80))),
        case("a higher value is the value", ("landmarks.q2.value", "40", "50"), "45", "missed", ("value", Decimal(40))),
    ],
)  # fmt: skip
def test_an_adjusted_landmark_is_judged_by_its_current_terms_and_shows_the_old_ones(
    change: tuple[str, str, str], reading: str, status: str, was: tuple[str, Any]
) -> None:
    goal = number(("2017-06-30", reading), landmarks=[FIFTY], adjustments=[adjustment("2017-05-10", change)])
    found = landmark(goal, "2017-07-04")
    assert (found.status, found.adjusted, getattr(found.original, was[0])) == (status, True, was[1])


def test_another_deliverable_is_an_adjustment_too() -> None:
    change = ("landmarks.q2.deliver", "A book", "A paper")
    found = landmark({"landmarks": [PAPER], "adjustments": [adjustment("2017-05-10", change)]}, "2017-06-01")
    assert (found.adjusted, found.original.deliver) == (True, "A book")


@pytest.mark.parametrize(
    ("as_of", "adjusted"),
    [case("not the day before", "2017-05-09", False), case("from its day on", "2017-05-10", True)],
)
def test_the_mark_is_there_from_the_day_of_the_adjustment(as_of: str, adjusted: bool) -> None:
    change = ("landmarks.q2.value", "80", "50")
    goal = number(landmarks=[FIFTY], adjustments=[adjustment("2017-05-10", change)])
    assert landmark(goal, as_of).adjusted == adjusted


@pytest.mark.parametrize(
    ("adjustments", "was_value"),
    [
        case("changed twice it shows the first agreed value", [adjustment("2017-03-01", ("landmarks.q2.value", "80", "70")), adjustment("2017-04-01", ("landmarks.q2.value", "70", "50"))], Decimal(80)),
        case("whatever their order in the file", [adjustment("2017-04-01", ("landmarks.q2.value", "70", "50")), adjustment("2017-03-01", ("landmarks.q2.value", "80", "70"))], Decimal(80)),
        case("changed twice on one day it shows the first too", [adjustment("2017-03-01", ("landmarks.q2.value", "70", "50")), adjustment("2017-03-01", ("landmarks.q2.value", "80", "7_0"))], Decimal(80)),
        case("changed and changed back it is not adjusted", [adjustment("2017-03-01", ("landmarks.q2.value", "50", "70")), adjustment("2017-04-01", ("landmarks.q2.value", "70", "50"))], None),
        case("changed and changed back on one day it is not adjusted", [adjustment("2017-03-01", ("landmarks.q2.value", "70", "50")), adjustment("2017-03-01", ("landmarks.q2.value", "50", "70"))], None),
        case("another landmark changed: it is not adjusted", [adjustment("2017-03-01", ("landmarks.q1.value", "80", "70"))], None),
        case("the goal's target changed: it is not adjusted", [adjustment("2017-03-01", ("target", "120", "100"))], None),
    ],
)  # fmt: skip
def test_the_old_terms_are_the_first_ones(adjustments: list[dict[str, Any]], was_value: Decimal | None) -> None:
    found = landmark(number(landmarks=[FIFTY], adjustments=adjustments), "2017-05-01")
    assert (found.original.value, found.adjusted) == (was_value, was_value is not None)


@pytest.mark.parametrize(
    ("accounted_on", "moved_on", "status"),
    [
        case("put off the day before the accounting: a new one is owed", "2017-06-10", "2017-06-09", "missed"),
        case("put off on the day of the accounting: a new one is owed", "2017-06-10", "2017-06-10", "missed"),
        case("put off after the accounting: a new one is owed", "2017-06-10", "2017-06-11", "missed"),
        case("never put off: an accounting of what is still to come does not count", "2017-06-29", None, "missed"),
        case("given the day before its current due date: a new one is owed", "2017-06-29", "2017-06-29", "missed"),
        case("given on its current due date: it counts", "2017-06-30", "2017-06-30", "accounted"),
    ],
)
def test_a_landmark_put_off_and_missed_again_needs_a_new_accounting(
    accounted_on: str, moved_on: str | None, status: str
) -> None:
    """An accounting from before the current due date does not count."""
    goal: dict[str, Any] = {"landmarks": [PAPER], "accountings": [accounting("q2", accounted_on)]}
    if moved_on:
        goal["adjustments"] = [adjustment(moved_on, ("landmarks.q2.due", "2017-05-31", "2017-06-30"))]
    assert landmark(goal, "2017-07-10").status == status


def test_only_another_due_date_calls_for_a_new_accounting() -> None:
    moved = adjustment(
        "2017-07-06", ("landmarks.q2.deliver", "A book", "A paper"), ("landmarks.q1.due", "2017-03-31", "2017-04-30")
    )
    goal = {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-07-05")], "adjustments": [moved]}
    assert landmark(goal, "2017-07-10").status == "accounted"


def test_landmarks_are_in_the_order_of_their_due_dates() -> None:
    goal = {"landmarks": [PAPER, paper("b", "2017-03-31"), paper("a", "2017-03-31"), paper("z", "2017-01-31")]}
    state = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", "2017-02-01")
    assert [s.landmark.id for s in state.landmarks] == ["z", "a", "b", "q2"]


# The target is the last landmark

YEAR_END = "2017-12-31"
DROP = {"adjustments": [adjustment("2017-12-01", ("landmarks.year", "agreed", "dropped"))]}


@pytest.mark.parametrize(
    ("goal", "found"),
    [
        case("without one on the last day the target is one", {"landmarks": [FIFTY]}, {"q2": "met", "due": "missed"}),
        case("one that asks for as much stands for it", {"landmarks": [value("year", YEAR_END, "100")]}, {"year": "missed"}),
        case("and so does one that asks for more", {"landmarks": [value("year", YEAR_END, "110")]}, {"year": "missed"}),
        case("one that asks for less does not", {"landmarks": [value("year", YEAR_END, "75")]}, {"year": "met", "due": "missed"}),
        case("one to deliver does not", {"landmarks": [paper("year", YEAR_END, YEAR_END)]}, {"year": "met", "due": "missed"}),
        case("one that was dropped does not", {"landmarks": [value("year", YEAR_END, "100")]} | DROP, {"year": "dropped", "due": "missed"}),
        case("nor does one a day earlier", {"landmarks": [value("year", "2017-12-30", "100")]}, {"year": "missed", "due": "missed"}),
        case("on the way down less is more", {"measure": {"from": "140", "target": "70"}, "landmarks": [value("year", YEAR_END, "75")]}, {"year": "missed", "due": "missed"}),
    ],
)  # fmt: skip
def test_the_target_is_the_last_landmark(goal: dict[str, Any], found: dict[str, str]) -> None:
    book = handbook({"ana": {"goals": [number(("2017-06-30", "55"), (YEAR_END, "80"), **goal)]}})
    states = state_of(book, "ana/g", "2018-01-20").landmarks
    assert {s.landmark.id: s.status for s in states} == found


def test_two_landmarks_of_a_level_on_one_day_are_decided_by_the_same_reading() -> None:
    goal = level(
        ("2017-08-31", "55"), target="50", landmarks=[value("q2", "2017-06-30", "40"), value("year", YEAR_END, "45")]
    )
    states = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", "2018-01-20").landmarks
    assert [s.status for s in states] == ["met-late", "met", "met"]
