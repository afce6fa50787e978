"""People who are away, or have left: clocks pause, and nothing more is asked of them (status.md#people-who-are-away)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.model.people import Away
from goal_handbook.status.absence import days_away
from goal_handbook.status.assessment import GoalState

from .make import accounting, case, day, handbook, number, paper, state_of, value

LEAVE = {"from": "2017-07-01", "to": "2017-08-31"}
PAPER = paper("q2", "2017-06-30")


def on(goal: dict[str, Any], as_of: str, **seller: Any) -> GoalState:
    """The state of Ana's goal."""
    return state_of(handbook({"ana": {"goals": [goal], **seller}}), "ana/g", as_of)


def owed(goal: dict[str, Any], as_of: str, **seller: Any) -> dict[str, int]:
    """What is owed for Ana's goal, each with its days."""
    return {o.kind: o.days for o in on(goal, as_of, **seller).owed if o.kind != "agreement"}


@pytest.mark.parametrize(
    ("absences", "days"),
    [
        case("none", [], 0),
        case("all of them, both ends included", [("2017-03-01", "2017-03-10")], 10),
        case("only those within", [("2017-02-01", "2017-03-02"), ("2017-03-09", "2017-04-30")], 4),
        case("a day in two absences counts once", [("2017-03-01", "2017-03-05"), ("2017-03-04", "2017-03-06")], 6),
        case("one within another too", [("2017-03-01", "2017-03-08"), ("2017-03-03", "2017-03-04")], 8),
    ],
)
def test_days_away_are_counted(absences: list[tuple[str, str]], days: int) -> None:
    away = [Away(**{"from": first, "to": last}) for first, last in absences]
    assert days_away(away, day("2017-03-01"), day("2017-03-10")) == days


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        case("the day before the leave", "2017-06-30", {"review": 29}),
        case("away, nothing is owed", "2017-07-10", {}),
        case("on the last day away neither", "2017-08-31", {}),
        case("back, the clock goes on where it stopped", "2017-09-03", {"review": 32}),
    ],
)
def test_nothing_is_owed_by_somebody_who_is_away(as_of: str, found: dict[str, int]) -> None:
    goal = number(("2017-06-30", "60"), reviews=[{"on": "2017-05-01", "by": "lea"}])
    assert owed(goal, as_of, away=[LEAVE]) == found


def test_a_review_that_falls_into_a_leave_is_put_off_by_it() -> None:
    found = on(number(reviews=[{"on": "2017-06-15", "by": "lea"}]), "2017-06-20", away=[LEAVE])
    assert str(found.review_due) == "2017-09-15"


@pytest.mark.parametrize(
    ("as_of", "age", "overdue"),
    [
        case("on the first day after grace", "2017-07-04", 0, False),
        case("in the leave its age stays", "2017-07-31", 0, False),
        case("back for two weeks it is in time", "2017-09-14", 14, False),
        case("a day more and it is overdue", "2017-09-15", 15, True),
    ],
)
def test_the_clock_of_an_accounting_pauses(as_of: str, age: int, overdue: bool) -> None:
    found = on({"landmarks": [PAPER]}, as_of, away=[{"from": "2017-07-04", "to": "2017-08-31"}]).landmarks[0]
    assert (found.status, found.age, found.overdue) == ("missed", age, overdue)


@pytest.mark.parametrize(
    ("prorate", "day_of_it", "expected"),
    [
        case("before the leave it rises by the days at work", "yes", "2017-04-11", "50"),
        case("at its beginning", "yes", "2017-05-31", "75"),
        case("over it, it is flat", "yes", "2017-06-30", "75"),
        case("on its last day too", "yes", "2017-07-20", "75"),
        case("then it rises again", "yes", "2017-09-08", "100"),
        case("without prorate it is a straight line", "no", "2017-07-20", "80"),
    ],
)
def test_the_curve_is_flat_over_a_leave(prorate: str, day_of_it: str, expected: str) -> None:
    """200 days at work and 50 away, from 1 January to 8 September."""
    goal = number((day_of_it, "1"), due="2017-09-08", prorate=prorate)
    away = [{"from": "2017-06-01", "to": "2017-07-20"}]
    assert on(goal, "2017-09-08", away=away).expected == Fraction(expected)


# Left


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        case("on the last day everything is owed", "2017-07-31", {"accounting": 27, "review": 60}),
        case("from the day after only what becomes of the goal", "2017-08-01", {"handover": 1}),
    ],
)
def test_somebody_who_has_left_owes_nothing(as_of: str, found: dict[str, int]) -> None:
    goal = {"landmarks": [PAPER], "reviews": [{"on": "2017-05-01", "by": "lea"}]}
    assert owed(goal, as_of, left="2017-07-31") == found


def test_a_closed_goal_of_somebody_who_has_left_needs_no_decision() -> None:
    closed = {"on": "2017-07-31", "result": "partly"}
    assert owed({"landmarks": [PAPER], "closed": closed}, "2017-08-01", left="2017-07-31") == {}


# Of several on one day the last in the file counts


def test_of_two_accountings_on_one_day_the_last_one_counts() -> None:
    both = [accounting("q2", "2017-07-10", "adjust", "Z"), accounting("q2", "2017-07-10", "recover", "A")]
    found = on({"landmarks": [PAPER], "accountings": both}, "2017-07-11").landmarks[0].accounting
    assert found
    assert found.action == "recover"


def test_of_two_reviews_on_one_day_the_last_one_counts() -> None:
    reviews = [{"on": "2017-05-01", "confidence": "high", "note": "Z"}, {"on": "2017-05-01", "confidence": "low"}]
    found = on(number(reviews=reviews), "2017-05-01").last_review
    assert found
    assert found.confidence == "low"


def test_a_landmark_added_and_dropped_on_one_day_is_dropped() -> None:
    changes = [{"field": "landmarks.q2", "was": "none", "now": "added"}]
    dropped = [{"field": "landmarks.q2", "was": "added", "now": "dropped"}]
    adjustments = [{"on": "2017-05-01", "why": "So", "changes": c} for c in (changes, dropped)]
    assert on({"landmarks": [PAPER], "adjustments": adjustments}, "2017-05-01").landmarks[0].status == "dropped"


# The target is the last landmark


@pytest.mark.parametrize(
    ("landmarks", "reading", "as_of", "status", "found"),
    [
        case("a target without a landmark on its day is one", [("q3", "2017-09-30", "75")], "96", "2018-01-04", "needs-accounting", ["met", "missed"]),
        case("not before grace is over", [("q3", "2017-09-30", "75")], "96", "2018-01-03", "off-track", ["met", "due-soon"]),
        case("reached it is met", [("q3", "2017-09-30", "75")], "100", "2018-01-04", "achieved", ["met", "met"]),
        case("a landmark on its day is the last", [("year", "2017-12-31", "100")], "96", "2018-01-04", "needs-accounting", ["missed"]),
        case("nor is one on its day that asks for less", [("year", "2017-12-31", "90")], "96", "2018-01-04", "needs-accounting", ["missed", "met"]),
    ],
)  # fmt: skip
def test_the_target_is_the_last_landmark(
    landmarks: list[tuple[str, str, str]], reading: str, as_of: str, status: str, found: list[str]
) -> None:
    goal = number(("2017-09-30", "75"), ("2017-12-31", reading), landmarks=[value(*lm) for lm in landmarks])
    state = on(goal, as_of)
    assert (state.status, [s.status for s in state.landmarks]) == (status, found)


def test_a_missed_target_is_accounted_for_like_a_landmark() -> None:
    goal = number(("2017-12-31", "96"), accountings=[accounting("due", "2018-01-05", "adjust")])
    assert on(goal, "2018-01-05").landmarks[0].status == "accounted"
