"""What the team may not see does not exist in the team's handbook, and nothing there refers to it."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.audience import PastGoals, for_audience
from goal_handbook.model.goal import Goal
from goal_handbook.model.handbook import Handbook

from ..status.make import case, handbook

#: Goals that do not exist any more, and that everybody could see.
WERE_SHOWN = frozenset({"north/gone", "nord/gone", "east/gone"})
HIDDEN = {"id": "secret", "title": "Secret", "visibility": "leaders", "formerly": "mystery"}
TEAMS: dict[str, Any] = {
    "north": {
        "leader": "lea",
        "formerly": "nord",
        "context": {
            "market": "Flat",
            "capacity": [
                {"what": what, "limit": "1", "goal": goal}
                for what, goal in (("A", "secret"), ("B", "revenue"), ("C", "gone"))
            ],
            "abilities": {"ana": {"estimate": "5", "goal": "revenue"}},
        },
        "goals": [{"id": "revenue", "title": "Revenue"}, HIDDEN],
    },
    "south": {"goals": [{"id": "other", "title": "Other"}]},
}


def with_goal(**goal: Any) -> Handbook:
    """A handbook whose seller Ana has a goal of this kind, and a hidden one."""
    own = {"id": "own", "title": "Own", "visibility": "leaders"}
    return handbook({"ana": {"motivation": "Her boat", "goals": [goal, own]}}, TEAMS)


def shown(*hidden_before: str, **goal: Any) -> Goal:
    """The goal as the team sees it."""
    return for_audience(with_goal(**goal), "team", PastGoals(frozenset(hidden_before), WERE_SHOWN)).goals["ana/g"]


def adjusted(was: str, now: str) -> dict[str, Any]:
    """A goal whose `supports` changed, and its title with it."""
    changes = [{"field": "supports", "was": was, "now": now}, {"field": "title", "was": "B", "now": "A goal"}]
    return {"adjustments": [{"on": "2017-02-01", "why": "So", "changes": changes}]}


def test_leaders_see_everything() -> None:
    book = with_goal(supports="secret")
    assert for_audience(book, "leaders", PastGoals(frozenset({"north/revenue"}))) is book


def test_the_team_sees_no_hidden_goal_no_motivation_and_no_abilities() -> None:
    seen = for_audience(with_goal(), "team")
    assert set(seen.goals) == {"north/revenue", "south/other", "ana/g"}
    assert seen.sellers["ana"].motivation == ""
    assert seen.teams["north"].context.abilities == {}
    assert seen.teams["north"].context.market == "Flat"


@pytest.mark.parametrize(
    ("hidden_before", "seen"),
    [
        case("hidden today", "", ["B", "C"]),
        case("hidden before it was deleted", "north/gone", ["B"]),
        case("hidden before it was shown", "north/revenue", ["B", "C"]),
    ],
)
def test_a_capacity_of_a_hidden_goal_is_hidden(hidden_before: str, seen: list[str]) -> None:
    context = (
        for_audience(with_goal(), "team", PastGoals(frozenset({hidden_before}), WERE_SHOWN)).teams["north"].context
    )
    assert [capacity.what for capacity in context.capacity] == seen


@pytest.mark.parametrize(
    ("reference", "is_shown"),
    [
        case("a goal of the own team", "revenue", True),
        case("by its full id", "south/other", True),
        case("a hidden goal of the own team", "secret", False),
        case("by its full id, hidden", "north/secret", False),
        case("by its old id", "north/mystery", False),
        case("by its team's old id", "nord/secret", False),
        case("one that was hidden and is gone", "north/gone", False),
        case("the same without its owner", "gone", False),
    ],
)
def test_references_to_hidden_goals_are_taken_out(reference: str, is_shown: bool) -> None:
    goal = shown(
        "north/gone", supports=["revenue", reference], closed=closed(reference), **adjusted("other", reference)
    )
    assert (reference in map(str, goal.supports)) is is_shown
    assert goal.closed is not None
    assert goal.closed.carried_to == (reference if is_shown else "")
    assert [c.field for c in goal.adjustments[0].changes] == ["supports", "title"][not is_shown :]


@pytest.mark.parametrize(
    ("reference", "is_shown"),
    [
        case("one that exists", "south/other", True),
        case("one that everybody could see until it was removed", "east/gone", True),
        case("one that no version knows: it may have been hidden", "north/nothing", False),
    ],
)
def test_an_old_record_names_only_goals_the_team_could_see(reference: str, is_shown: bool) -> None:
    goal = shown(supports="revenue", closed=closed(reference), **adjusted(reference, "revenue"))
    assert [c.field for c in goal.adjustments[0].changes] == ["supports", "title"][not is_shown :]
    assert goal.closed is not None
    assert goal.closed.carried_to == reference  # it may be a goal of the next period


def closed(carried_to: str) -> dict[str, str]:
    return {"on": "2017-12-31", "result": "partly", "carried_to": carried_to}


@pytest.mark.parametrize(
    ("was", "now", "is_shown"),
    [
        case("neither is hidden", "revenue", "revenue, south/other", True),
        case("it supported a hidden goal", "secret", "revenue", False),
        case("it supports one now", "revenue", "revenue, secret", False),
        case("it supported one among others", "revenue, north/secret", "revenue", False),
        case("it came to support one", "none", "north/secret", False),
    ],
)
def test_a_change_that_names_a_hidden_goal_is_hidden(was: str, now: str, is_shown: bool) -> None:
    changes = shown(supports="revenue", **adjusted(was, now)).adjustments[0].changes
    assert [change.field for change in changes] == ["supports", "title"][not is_shown :]


def test_an_adjustment_of_nothing_else_is_hidden_with_its_reason() -> None:
    changes = [{"field": "supports", "was": "secret", "now": "revenue"}]
    assert shown(adjustments=[{"on": "2017-02-01", "why": "The secret is out", "changes": changes}]).adjustments == ()


def test_a_hidden_goal_of_ones_own_is_not_named_either() -> None:
    closing = shown(closed=closed("own")).closed
    assert closing is not None
    assert closing.carried_to == ""


def test_an_id_that_is_shown_today_is_not_hidden_by_its_past() -> None:
    assert [s.goal for s in shown("north/revenue", supports="revenue").supports] == ["revenue"]
