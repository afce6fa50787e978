"""Moving `as_of` back: what is dated later is not seen, and later adjustments are undone (status.md)."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.goal import Goal
from goal_handbook.status.as_of import goal_on, handbook_on

from .make import accounting, adjustment, case, day, handbook, number, paper, state_of, value

FIFTY = value("q2", "2017-06-30", "50")
PAPER = paper("q2", "2017-06-30")
STEP = {"do": "Call Cancity", "done": "2017-05-10"}


def seen(goal: dict[str, Any], as_of: str) -> Goal:
    """Ana's one goal as it could be known on a day."""
    return handbook_on(handbook({"ana": {"goals": [goal]}}), day(as_of)).goals["ana/g"]


def as_written(goal: dict[str, Any]) -> Goal:
    """Ana's one goal as the file says."""
    return handbook({"ana": {"goals": [goal]}}).goals["ana/g"]


@pytest.mark.parametrize(
    ("key", "item"),
    [
        case("a reading", "checkins", {"value": "5"}),
        case("a session", "sessions", {"with": "ana"}),
        case("a review", "reviews", {"by": "lea"}),
        case("an agreement", "agreed", {"by": ["ana", "lea"]}),
        case("an accounting", "accountings", {"landmark": "q2", "why": "So", "action": "recover"}),
        case("an adjustment", "adjustments", {"changes": [{"field": "target", "was": "120", "now": "100"}]}),
    ],
)
def test_what_is_dated_later_is_not_seen(key: str, item: dict[str, Any]) -> None:
    goal = number() | {key: [item | {"on": "2017-05-09"}, item | {"on": "2017-05-11"}, item | {"on": "2017-05-10"}]}
    counts = [len(getattr(seen(goal, d), key)) for d in ("2017-05-08", "2017-05-09", "2017-05-10", "2017-05-11")]
    assert counts == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("goal", "earlier"),
    [
        case("a deliverable done", {"landmarks": [paper("q2", "2017-06-30", "2017-05-10")]}, {"landmarks": [PAPER]}),
        case("a goal closed", number(closed={"on": "2017-05-10", "result": "partly"}), number()),
        case(
            "a step of a plan done",
            {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-05-01") | {"plan": [STEP]}]},
            {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-05-01") | {"plan": [{"do": STEP["do"]}]}]},
        ),
    ],
)
def test_what_was_done_later_is_not_done(goal: dict[str, Any], earlier: dict[str, Any]) -> None:
    assert seen(goal, "2017-05-10") == as_written(goal)
    assert seen(goal, "2017-05-09") == as_written(earlier)


@pytest.mark.parametrize(
    ("as_of", "done"),
    [
        case("before the first none", "2017-05-09", []),
        case("from its day on that one", "2017-05-10", ["2017-05-10"]),
        case("from the second's day on both", "2017-05-11", ["2017-05-10", "2017-05-11"]),
    ],
)
def test_the_steps_of_a_plan_are_done_one_by_one(as_of: str, done: list[str]) -> None:
    plan = [STEP, STEP | {"done": "2017-05-11"}, {"do": "Call Isdom"}]
    goal = {"landmarks": [PAPER], "accountings": [accounting("q2", "2017-05-01") | {"plan": plan}]}
    assert [str(step.done) for step in seen(goal, as_of).accountings[0].plan if step.done] == done


def test_a_goal_nothing_happened_to_later_is_the_goal_itself() -> None:
    goal = as_written(number(("2017-05-09", "5"), landmarks=[FIFTY]))
    assert goal_on(goal, day("2017-05-09")) is goal


# Adjustments undone


def adjusted(goal: dict[str, Any], *changes: tuple[str, str, str]) -> dict[str, Any]:
    """The goal, adjusted on 10 May 2017."""
    return goal | {"adjustments": [adjustment("2017-05-10", *changes)]}


@pytest.mark.parametrize(
    ("now", "change", "before"),
    [
        case("its sum", number(measure={"rollup": "sum"}), ("rollup", "none", "sum"), number()),
        case("the target", number(target="90"), ("target", "120", "90"), number(target="120")),
        case("a sum that no level can be: as it is", number(measure={"hold": "at_most"}), ("rollup", "sum", "none"), number(measure={"hold": "at_most"})),
        case("what it supports, where it was an empty list", number(supports="a"), ("supports", "[]", "a"), number()),
        case("the target by its full name", number(target="90"), ("measure.target", "120", "90"), number(target="120")),
        case("the target, spelt with underscores", number(target="90"), ("target", "1_200", "90"), number(target="1200")),
        case("where it began", number(measure={"from": "9"}), ("from", "5", "9"), number(measure={"from": "5"})),
        case("where it began, from nothing", number(measure={"from": "9"}), ("from", "", "9"), number()),
        case("the unit", number(), ("unit", "offers", "deals"), number(measure={"unit": "offers"})),
        case("the side of a level", number(measure={"hold": "at_most"}), ("hold", "at_least", "at_most"), number(measure={"hold": "at_least"})),
        case("a number that became a level", number(measure={"hold": "at_most"}), ("hold", "none", "at_most"), number()),
        case("the goal's start", number(start="2017-02-01"), ("start", "2017-01-15", "2017-02-01"), number(start="2017-01-15")),
        case("the goal's due", number(due="2017-11-30"), ("due", "2017-10-31", "2017-11-30"), number(due="2017-10-31")),
        case("what it supports", number(supports="a"), ("supports", "b", "a"), number(supports="b")),
        case("several it supports", number(supports="a"), ("supports", "b, c/d", "a"), number(supports=["b", "c/d"])),
        case("several it supports, in brackets", number(supports="a"), ("supports", "[b, c/d]", "a"), number(supports=["b", "c/d"])),
        case("what it supports, where it was nothing", number(supports="a"), ("supports", "", "a"), number()),
        case("its title", number(title="New"), ("title", "Old", "New"), number(title="Old")),
        case("its kind", number(kind="skill"), ("kind", "education", "skill"), number(kind="education")),
        case("its why", number(why="New"), ("why", "Old", "New"), number(why="Old")),
        case("a landmark's day", number(landmarks=[FIFTY]), ("landmarks.q2.due", "2017-05-31", "2017-06-30"), number(landmarks=[value("q2", "2017-05-31", "50")])),
        case("a landmark's value", number(landmarks=[FIFTY]), ("landmarks.q2.value", "80", "50"), number(landmarks=[value("q2", "2017-06-30", "80")])),
        case("a landmark's deliverable", {"landmarks": [PAPER]}, ("landmarks.q2.deliver", "A book", "A paper"), {"landmarks": [PAPER | {"deliver": "A book"}]}),
        case("a landmark's title", {"landmarks": [PAPER | {"title": "New"}]}, ("landmarks.q2.title", "Old", "New"), {"landmarks": [PAPER | {"title": "Old"}]}),
        case("a landmark dropped is back", {"landmarks": [PAPER]}, ("landmarks.q2", "A paper", "dropped"), {"landmarks": [PAPER]}),
        case("a landmark added is gone", {"landmarks": [PAPER, paper("q3", "2017-09-30")]}, ("landmarks.q3", "", "A paper"), {"landmarks": [PAPER]}),
        case("another landmark is left alone", {"landmarks": [PAPER]}, ("landmarks.q9.due", "2017-05-31", "2017-06-30"), {"landmarks": [PAPER]}),
        case("a target without an old value is left alone", number(), ("target", "", "100"), number()),
        case("a goal as a whole is left alone", number(), ("goal", "Another", "This"), number()),
    ],
)  # fmt: skip
def test_a_later_adjustment_is_undone(
    now: dict[str, Any], change: tuple[str, str, str], before: dict[str, Any]
) -> None:
    assert seen(adjusted(now, change), "2017-05-10") == as_written(adjusted(now, change))
    assert seen(adjusted(now, change), "2017-05-09") == as_written(before)


CADENCE = {"times": "2", "per": "month", "with": "each-seller"}


@pytest.mark.parametrize(
    ("field", "was", "before"),
    [
        case("how often", "times", "4", {"times": "4"}),
        case("in what period", "per", "week", {"per": "week"}),
        case("in what period, without an old value: as it is", "per", "", {}),
        case("with whom", "with", "team", {"with": "team"}),
    ],
)
def test_an_adjusted_cadence_is_undone(field: str, was: str, before: dict[str, str]) -> None:
    goal = {"measure": {"cadence": CADENCE}, "landmarks": []}
    found = adjusted(goal, (f"cadence.{field}", was, CADENCE[field]))
    assert seen(found, "2017-05-09") == as_written({"measure": {"cadence": CADENCE | before}, "landmarks": []})
    assert state_of(handbook({"ana": {"goals": [found]}}), "ana/g", "2017-05-09").cadence is not None


@pytest.mark.parametrize(
    ("as_of", "target"),
    [
        case("before the first the first agreed", "2017-03-09", "120"),
        case("from the first to the second the one between", "2017-03-10", "110"),
        case("the day before the second it, too", "2017-05-09", "110"),
        case("from the second on the present one", "2017-05-10", "100"),
    ],
)
@pytest.mark.parametrize("backwards", [False, True], ids=["in order", "backwards in the file"])
def test_terms_moved_twice_have_their_history(as_of: str, target: str, backwards: bool) -> None:
    moves = [adjustment("2017-03-10", ("target", "120", "110")), adjustment("2017-05-10", ("target", "110", "100"))]
    goal = number(adjustments=list(reversed(moves)) if backwards else moves)
    assert seen(goal, as_of).target == as_written(number(target=target)).target


@pytest.mark.parametrize(
    ("moves", "was"),
    [
        case("one after the other", [("120", "110"), ("110", "100")], "120"),
        case("backwards in the file", [("110", "100"), ("120", "110")], "120"),
        case("however the number is spelt", [("1_10", "100"), ("120", "110.0")], "120"),
        case("away, back and away again", [("120", "110"), ("110", "120"), ("120", "100")], "120"),
        case("away and back: as it is", [("100", "110"), ("110", "100")], "100"),
        case("back and away in the file: as it is", [("110", "100"), ("100", "110")], "100"),
    ],
)
def test_terms_moved_twice_on_one_day(moves: list[tuple[str, str]], was: str) -> None:
    goal = number(adjustments=[adjustment("2017-05-10", ("target", *move)) for move in moves])
    assert seen(goal, "2017-05-09").target == as_written(number(target=was)).target


def test_a_day_that_changed_nothing_does_not_hide_a_later_move() -> None:
    there_and_back = [
        adjustment("2017-03-10", ("target", "120", "110")),
        adjustment("2017-03-10", ("target", "110", "120")),
    ]
    goal = number(adjustments=[*there_and_back, adjustment("2017-05-10", ("target", "120", "100"))])
    assert seen(goal, "2017-03-09").target == 120


def test_several_terms_of_one_adjustment_are_undone_together() -> None:
    goal = adjusted(number(landmarks=[FIFTY]), ("target", "120", "100"), ("landmarks.q2.value", "60", "50"), ("landmarks.q2.due", "2017-05-31", "2017-06-30"))  # fmt: skip
    before = number(target="120", landmarks=[value("q2", "2017-05-31", "60")])
    assert seen(goal, "2017-05-09") == as_written(before)


def test_every_owners_goals_are_seen_on_the_day() -> None:
    goal = number(("2017-05-10", "5"))
    owners = {"goals": [goal]}
    found = handbook_on(handbook({"ana": owners}, {"north": owners}, {"lea": owners}), day("2017-05-09"))
    assert {full_id: g.checkins for full_id, g in found.goals.items()} == {"ana/g": (), "north/g": (), "lea/g": ()}


# What it means for a status


@pytest.mark.parametrize(
    ("as_of", "status", "due"),
    [
        case("before it is moved it is missed on its old day", "2017-07-09", "missed", "2017-06-30"),
        case("from that day it is upcoming on its new one", "2017-07-10", "upcoming", "2017-08-31"),
        case("and missed on that", "2017-09-04", "missed", "2017-08-31"),
    ],
)
def test_a_landmark_is_judged_on_the_terms_of_the_day(as_of: str, status: str, due: str) -> None:
    moved = adjustment("2017-07-10", ("landmarks.q2.due", "2017-06-30", "2017-08-31"))
    goal = {"landmarks": [paper("q2", "2017-08-31")], "adjustments": [moved]}
    found = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of).landmarks[0]
    assert (found.status, found.landmark.due, found.adjusted) == (status, day(due), due == "2017-08-31")


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        case("before the target is lowered it is not achieved", "2017-05-09", "on-track"),
        case("from that day it is", "2017-05-10", "achieved"),
    ],
)
def test_a_goal_is_judged_on_the_terms_of_the_day(as_of: str, status: str) -> None:
    goal = adjusted(number(("2017-05-01", "100")), ("target", "120", "100"))
    assert state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of).status == status


@pytest.mark.parametrize(
    ("as_of", "landmarks"),
    [
        case("before a landmark is added there is one", "2017-05-09", {"q2": "upcoming"}),
        case("from that day there are two", "2017-05-10", {"q2": "upcoming", "q3": "upcoming"}),
    ],
)
def test_a_landmark_is_there_from_the_day_it_was_added(as_of: str, landmarks: dict[str, str]) -> None:
    goal = adjusted({"landmarks": [PAPER, paper("q3", "2017-09-30")]}, ("landmarks.q3", "none", "A paper"))
    found = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of)
    assert {s.landmark.id: s.status for s in found.landmarks} == landmarks


@pytest.mark.parametrize(
    ("as_of", "total"),
    [
        case("before a goal supports it a rollup sums the others", "2017-05-09", 5),
        case("from that day it sums that too", "2017-05-10", 12),
    ],
)
def test_a_rollup_sums_what_fed_it_on_the_day(as_of: str, total: int) -> None:
    ben = adjusted(number(("2017-03-01", "7"), supports="revenue"), ("supports", "none", "revenue"))
    revenue = number(id="revenue", measure={"rollup": "sum"})
    sellers = {"ana": {"goals": [number(("2017-03-01", "5"), supports="revenue")]}, "ben": {"goals": [ben]}}
    reading = state_of(handbook(sellers, {"north": {"goals": [revenue]}}), "north/revenue", as_of).reading
    assert reading is not None
    assert reading.value == total


def test_nothing_is_added_to_the_past_by_what_happens_later() -> None:
    """The whole state of a day is the same before and after everything that came later was written down."""
    then = number(("2017-03-01", "20"), landmarks=[value("q1", "2017-03-31", "30"), FIFTY])
    since = adjusted(then, ("landmarks.q2.value", "50", "40")) | {
        "landmarks": [value("q1", "2017-03-31", "30"), value("q2", "2017-06-30", "40")],
        "checkins": [*then["checkins"], {"on": "2017-06-30", "value": "40"}],
        "accountings": [accounting("q1", "2017-05-10")],
        "closed": {"on": "2017-12-31", "result": "partly"},
    }
    states = [state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", "2017-05-09") for goal in (then, since)]
    assert states[0] == states[1]
