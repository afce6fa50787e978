"""What is due in the next days, and which steps of plans are overdue."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.assessment import GoalState, assess, behind
from goal_handbook.status.coming import coming, landmarks_ahead, overdue_steps

from .make import accounting, adjustment, case, day, handbook, number, paper, step, value

Q2 = paper("q2", "2017-06-30")
REVIEWED = {"reviews": [{"on": "2017-06-20", "by": "lea"}]}


def seller(goal: dict[str, Any]) -> Handbook:
    """Ana's one goal."""
    return handbook({"ana": {"goals": [goal]}})


def goals(book: Handbook, as_of: str) -> list[GoalState]:
    """Every goal's state on a day."""
    return list(assess(book, day(as_of)).goals.values())


@pytest.mark.parametrize(
    ("goal", "as_of", "days_left"),
    [
        case("31 days before it is due it is too far away", {"landmarks": [Q2]}, "2017-05-30", []),
        case("30 days before it is ahead", {"landmarks": [Q2]}, "2017-05-31", [30]),
        case("the day before it is ahead", {"landmarks": [Q2]}, "2017-06-29", [1]),
        case("on the day it is due it is ahead", {"landmarks": [Q2]}, "2017-06-30", [0]),
        case("on the last day of grace it still is", {"landmarks": [Q2]}, "2017-07-03", [-3]),
        case("the day after grace it is missed", {"landmarks": [Q2]}, "2017-07-04", []),
        case("a number without a reading is ahead within grace", number(landmarks=[value("q2", "2017-06-30", "50")]), "2017-07-03", [-3]),
        case("after grace it is unreported", number(landmarks=[value("q2", "2017-06-30", "50")]), "2017-07-04", []),
        case("met early it is not", {"landmarks": [paper("q2", "2017-06-30", "2017-06-10")]}, "2017-06-10", []),
        case("the day before it is met it is", {"landmarks": [paper("q2", "2017-06-30", "2017-06-10")]}, "2017-06-09", [21]),
        case("dropped it is not", {"landmarks": [Q2], "adjustments": [adjustment("2017-06-10", ("landmarks.q2", "A paper", "dropped"))]}, "2017-06-10", []),
        case("not in a closed goal", {"landmarks": [Q2], "closed": {"on": "2017-06-10", "result": "partly"}}, "2017-06-10", []),
        case("the day before the goal is closed it is", {"landmarks": [Q2], "closed": {"on": "2017-06-10", "result": "partly"}}, "2017-06-09", [21]),
    ],
)  # fmt: skip
def test_a_landmark_is_ahead_from_so_many_days_before_until_grace_is_over(
    goal: dict[str, Any], as_of: str, days_left: list[int]
) -> None:
    assert [item.days_left for item in landmarks_ahead(goals(seller(goal), as_of), 30)] == days_left


def test_landmarks_ahead_are_in_the_order_of_their_due_dates() -> None:
    book = handbook(
        {
            "ben": {"goals": [{"landmarks": [paper("a", "2017-06-20"), paper("c", "2017-06-10")]}]},
            "ana": {"goals": [{"landmarks": [paper("b", "2017-06-20"), paper("a", "2017-06-20")]}]},
        }
    )
    found = [(item.goal.owner_id, item.landmark.landmark.id) for item in landmarks_ahead(goals(book, "2017-06-10"), 14)]
    assert found == [("ben", "c"), ("ana", "a"), ("ana", "b"), ("ben", "a")]


@pytest.mark.parametrize(
    ("due", "found"),
    [
        case("yesterday it is overdue and not coming", "2017-07-19", ("overdue",)),
        case("today it is coming", "2017-07-20", ("coming",)),
        case("on the last of the days it is coming", "2017-07-27", ("coming",)),
        case("the day after that it is neither", "2017-07-28", ()),
    ],
)
def test_a_step_is_coming_until_its_day_and_then_overdue(due: str, found: tuple[str, ...]) -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step(due=due)]}
    states = goals(seller({"landmarks": [Q2], "accountings": [plan]}), "2017-07-20")
    lists = {"overdue": overdue_steps(states), "coming": [item for item in coming(states, 7) if item.kind == "step"]}
    assert tuple(name for name, items in lists.items() if items) == found


@pytest.mark.parametrize(
    ("as_of", "days_left"),
    [
        case("eight days before it is too far away", "2017-07-12", []),
        case("seven days before it is coming", "2017-07-13", [7]),
        case("on its day it is coming", "2017-07-20", [0]),
        case("the day after it is owed and not coming", "2017-07-21", []),
    ],
)
def test_a_review_is_coming_until_its_day(as_of: str, days_left: list[int]) -> None:
    found = coming(goals(seller(number() | REVIEWED), as_of), 7)
    assert [item.days_left for item in found if item.kind == "review"] == days_left


def test_what_is_coming_is_in_the_order_of_its_days() -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step(due="2017-07-18"), step("Call Cancity", due="2017-07-16")]}
    goal = {"landmarks": [Q2, paper("q3", "2017-07-17")], "accountings": [plan]} | REVIEWED
    found = [(item.kind, item.name, item.days_left) for item in coming(goals(seller(goal), "2017-07-15"), 7)]
    assert found == [("step", "Call Cancity", 1), ("landmark", "q3", 2), ("step", "Call Isdom", 3), ("review", "", 5)]


def test_overdue_steps_are_listed_the_oldest_first() -> None:
    plan = accounting("q2", "2017-07-05") | {"plan": [step(due="2017-07-12"), step("Call Cancity", due="2017-07-10")]}
    found = overdue_steps(goals(seller({"landmarks": [Q2], "accountings": [plan]}), "2017-07-20"))
    assert [(item.name, item.step.days_overdue) for item in found] == [("Call Cancity", 10), ("Call Isdom", 8)]


@pytest.mark.parametrize(
    ("owner", "is_asked"),
    [
        case("on the last day at work everything", {"left": "2017-07-20"}, True),
        case("from the day after nothing", {"left": "2017-07-19"}, False),
        case("away nothing", {"away": [{"from": "2017-07-20", "to": "2017-07-31"}]}, False),
        case("back everything", {"away": [{"from": "2017-07-19", "to": "2017-07-19"}]}, True),
        case("nothing before joining", {"joined": "2017-07-21"}, False),
    ],
)
def test_only_who_is_at_work_is_asked_for_anything(owner: dict[str, Any], is_asked: bool) -> None:
    """Neither what is coming, nor what is overdue, nor being behind is a matter of somebody who is not there."""
    steps = [step(due="2017-07-10"), step(due="2017-07-25")]
    landmarks = [Q2, paper("q3", "2017-07-27")]
    slow = number(("2017-07-01", "30")) | {"landmarks": landmarks, "reviews": [{"on": "2017-06-25", "by": "lea"}]}
    goal = slow | {"accountings": [accounting("q2", "2017-07-05") | {"plan": steps}]}
    states = goals(handbook({"ana": owner | {"goals": [goal]}}), "2017-07-20")
    asked = [item.kind for item in (*coming(states, 7), *overdue_steps(states))]
    assert sorted([*asked, *(state.status for state in behind(states))]) == (
        ["landmark", "off-track", "review", "step", "step"] if is_asked else []
    )
