"""Handbooks in a line: plain text as in the files goes in, a model comes out."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.people import Leader, Seller, Team
from goal_handbook.model.settings import Settings
from goal_handbook.status.assessment import GoalState, assess

SETTINGS: dict[str, Any] = {
    "format": "1",
    "name": "House",
    "period": {"name": "2017", "start": "2017-01-01", "end": "2017-12-31"},
}


def day(text: str) -> datetime.date:
    """Read a day."""
    return datetime.date.fromisoformat(text)


def handbook(
    sellers: dict[str, Any] | None = None,
    teams: dict[str, Any] | None = None,
    leaders: dict[str, Any] | None = None,
    **settings: Any,
) -> Handbook:
    """Return a handbook of owners as their files have them; names, teams and the goals' dates are filled in."""
    teams = teams if teams is not None else {"north": {"leader": "lea"}}
    leaders = leaders if leaders is not None else {"lea": {}}
    return Handbook(
        Settings.model_validate(SETTINGS | settings),
        {i: Team.model_validate(_owner(i, data)) for i, data in teams.items()},
        {i: Seller.model_validate({"team": "north"} | _owner(i, data)) for i, data in (sellers or {}).items()},
        {i: Leader.model_validate(_owner(i, data)) for i, data in leaders.items()},
    )


def _owner(owner_id: str, data: dict[str, Any]) -> dict[str, Any]:
    goals = [
        {"id": "g", "title": "A goal", "start": "2017-01-01", "due": "2017-12-31"} | g for g in data.get("goals", [])
    ]
    return {"id": owner_id, "name": owner_id.title()} | data | {"goals": goals}


def number(*checkins: tuple[str, str], target: str = "100", **more: Any) -> dict[str, Any]:
    """A goal with a number to reach (unit deals) and these readings."""
    measure = {"unit": "deals", "target": target} | more.pop("measure", {})
    return {"measure": measure, "checkins": [{"on": on, "value": value} for on, value in checkins]} | more


def state_of(book: Handbook, full_id: str, as_of: str) -> GoalState:
    """Return the state of a goal of a handbook on a day."""
    return assess(book, day(as_of)).goals[full_id]


def level(*checkins: tuple[str, str], target: str = "50", hold: str = "at_least", **more: Any) -> dict[str, Any]:
    """A goal with a level to hold and these readings."""
    return number(*checkins, target=target, measure={"hold": hold} | more.pop("measure", {}), **more)


def value(landmark: str, due: str, number_to_reach: str) -> dict[str, Any]:
    """A landmark with a value."""
    return {"id": landmark, "due": due, "value": number_to_reach}


def paper(landmark: str, due: str, done: str | None = None) -> dict[str, Any]:
    """A landmark with something to deliver."""
    return {"id": landmark, "due": due, "deliver": "A paper"} | ({"done": done} if done else {})


def accounting(landmark: str, on: str, action: str = "recover", why: str = "Two deals slipped") -> dict[str, Any]:
    """An accounting: why a landmark was missed, and what happens now."""
    return {"landmark": landmark, "on": on, "action": action, "why": why}


def step(do: str = "Call Isdom", due: str | None = None, done: str | None = None, **more: Any) -> dict[str, Any]:
    """A step of a plan."""
    return {"do": do} | ({"due": due} if due else {}) | ({"done": done} if done else {}) | more


def adjustment(on: str, *changes: tuple[str, str, str]) -> dict[str, Any]:
    """An adjustment of terms: (field, was, now) each."""
    return {"on": on, "why": "So", "changes": [{"field": f, "was": was, "now": now} for f, was, now in changes]}


def case(sentence: str, *values: Any) -> Any:
    """A row of a table, with a sentence that says what it shows."""
    return pytest.param(*values, id=sentence)
