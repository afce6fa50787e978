"""The plans of accountings: which steps are still open, and from which day they are overdue (status.md#a-landmark).

Unless a row shows something else, q2 was due on 30 June 2017, was missed and was accounted for on 5 July, with one step
that was due on 15 August.
"""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.status.plan import PlanState, StepState

from .make import accounting, adjustment, case, handbook, number, paper, state_of, step, value

Q2 = paper("q2", "2017-06-30")
STEP = step(due="2017-08-15")


def planned(*steps: dict[str, Any], on: str = "2017-07-05", landmark: str = "q2", **more: Any) -> dict[str, Any]:
    """An accounting with a plan."""
    return accounting(landmark, on, **more) | {"plan": list(steps)}


def plans(goal: dict[str, Any], as_of: str) -> tuple[PlanState, ...]:
    """The plans of a seller's goal on a day."""
    return state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of).plans


def only_step(goal: dict[str, Any], as_of: str) -> StepState:
    """The goal's only step on a day."""
    [plan] = plans(goal, as_of)
    [state] = plan.steps
    return state


def overdue(goal: dict[str, Any], as_of: str) -> list[tuple[str, int]]:
    """The overdue steps of a goal on a day, and for how many days each has been overdue."""
    steps = [state for plan in plans(goal, as_of) for state in plan.steps]
    return [(state.step.do, state.days_overdue) for state in steps if state.days_overdue]


@pytest.mark.parametrize(
    ("planned_step", "as_of", "is_open", "days_left", "days_overdue"),
    [
        case("the day before it is due it is open", STEP, "2017-08-14", True, 1, 0),
        case("on the day it is due it is not overdue", STEP, "2017-08-15", True, 0, 0),
        case("the day after it is overdue for a day", STEP, "2017-08-16", True, -1, 1),
        case("two months later it is overdue for 61 days", STEP, "2017-10-15", True, -61, 61),
        case("without a day of its own it is due with its goal", step(), "2017-10-15", True, 77, 0),
        case("and never overdue", step(), "2018-01-02", True, -2, 0),
        case("the day before it is done it is overdue", step(due="2017-08-15", done="2017-08-20"), "2017-08-19", True, -4, 4),
        case("from the day it is done it is not", step(due="2017-08-15", done="2017-08-20"), "2017-08-20", False, -5, 0),
        case("done early it is not open", step(due="2017-08-15", done="2017-08-01"), "2017-08-01", False, 14, 0),
        case("planned for a day before the accounting it is overdue at once", step(due="2017-07-03"), "2017-07-05", True, -2, 2),
    ],
)  # fmt: skip
def test_a_step_is_overdue_from_the_day_after_it_is_due(
    planned_step: dict[str, Any], as_of: str, is_open: bool, days_left: int, days_overdue: int
) -> None:
    found = only_step({"landmarks": [Q2], "accountings": [planned(planned_step)]}, as_of)
    assert (found.is_open, found.days_left, found.days_overdue) == (is_open, days_left, days_overdue)


DROPPED = adjustment("2017-08-20", ("landmarks.q2", "A paper", "dropped"))
PUT_OFF = adjustment("2017-07-05", ("landmarks.q2.due", "2017-06-30", "2017-10-31"))
CLOSED = {"on": "2017-08-20", "result": "partly"}
FIFTY = value("q2", "2017-06-30", "50")


@pytest.mark.parametrize(
    ("more", "as_of", "is_live"),
    [
        case("while the landmark is missed it is live", {}, "2017-08-20", True),
        case("the day before the landmark is met late it is live", {"landmarks": [paper("q2", "2017-06-30", "2017-08-20")]}, "2017-08-19", True),
        case("from the day it is met late it is not", {"landmarks": [paper("q2", "2017-06-30", "2017-08-20")]}, "2017-08-20", False),
        case("the day before the landmark is dropped it is live", {"adjustments": [DROPPED]}, "2017-08-19", True),
        case("from the day it is dropped it is not", {"adjustments": [DROPPED]}, "2017-08-20", False),
        case("the day before the goal is closed it is live", {"closed": CLOSED}, "2017-08-19", True),
        case("from the day the goal is closed it is not", {"closed": CLOSED}, "2017-08-20", False),
        case("while an achieved goal is not closed it is live", number(("2017-08-19", "100"), landmarks=[value("q2", "2017-06-30", "120")]), "2017-08-20", True),
        case("once the number is reached late it is not", number(("2017-06-30", "40"), ("2017-08-19", "50"), landmarks=[FIFTY]), "2017-08-20", False),
        case("while the number is unreported it is live", number(landmarks=[FIFTY]), "2017-08-20", True),
        case("when the landmark was put off it is still live", {"landmarks": [paper("q2", "2017-10-31")], "adjustments": [PUT_OFF]}, "2017-08-20", True),
        case("for a landmark that does not exist it is not", {"landmarks": [paper("q3", "2017-09-30")]}, "2017-08-20", False),
    ],
)  # fmt: skip
def test_a_plan_is_live_until_its_landmark_is_settled_or_its_goal_closed(
    more: dict[str, Any], as_of: str, is_live: bool
) -> None:
    goal = {"landmarks": [Q2], "accountings": [planned(STEP)]} | more
    [plan] = plans(goal, as_of)
    assert (plan.is_live, [state.is_open for state in plan.steps]) == (is_live, [is_live])
    assert (overdue(goal, as_of) != []) == is_live


LATER = planned(step("Call Cancity", due="2017-08-18"), on="2017-08-20")


@pytest.mark.parametrize(
    ("accountings", "as_of", "expected"),
    [
        case("the day before a later accounting the earlier plan counts", [planned(STEP), LATER], "2017-08-19", [("Call Isdom", 4)]),
        case("from its day on only the later plan does", [planned(STEP), LATER], "2017-08-20", [("Call Cancity", 2)]),
        case("whatever their order in the file", [LATER, planned(STEP)], "2017-08-20", [("Call Cancity", 2)]),
        case("a later accounting without a plan replaces it too", [planned(STEP), accounting("q2", "2017-08-20")], "2017-08-20", []),
        case("an accounting of another landmark does not", [planned(STEP), planned(landmark="q3", on="2017-08-20")], "2017-08-20", [("Call Isdom", 5)]),
        case("two of one day count together", [planned(STEP), planned(step("Call Cancity", due="2017-08-14"))], "2017-08-20", [("Call Isdom", 5), ("Call Cancity", 6)]),
        case("the day before an accounting nothing is planned", [planned(step(due="2017-07-01"))], "2017-07-04", []),
    ],
)  # fmt: skip
def test_only_the_latest_accounting_of_a_landmark_has_a_live_plan(
    accountings: list[dict[str, Any]], as_of: str, expected: list[tuple[str, int]]
) -> None:
    goal = {"landmarks": [Q2, paper("q3", "2017-07-31")], "accountings": accountings}
    assert overdue(goal, as_of) == expected


def test_an_accounting_without_a_plan_has_no_steps() -> None:
    [plan] = plans({"landmarks": [Q2], "accountings": [accounting("q2", "2017-07-05")]}, "2017-08-20")
    assert (plan.is_live, plan.steps) == (True, ())


def test_plans_and_steps_are_in_the_order_of_the_file() -> None:
    accountings = [planned(step("One"), step("Two"), on="2017-07-10"), planned(step("Three"))]
    found = plans({"landmarks": [Q2], "accountings": accountings}, "2017-08-20")
    assert [[state.step.do for state in plan.steps] for plan in found] == [["One", "Two"], ["Three"]]


@pytest.mark.parametrize("who", [None, "ana", "lea"])
def test_a_step_names_who_promised_it(who: str | None) -> None:
    planned_step = step(due="2017-08-15", **({"who": who} if who else {}))
    assert only_step({"landmarks": [Q2], "accountings": [planned(planned_step)]}, "2017-08-20").step.who == who
