"""GH311 to GH315 on both sides of their boundaries: who leads, what is behind a number, and what is done for it."""

from __future__ import annotations

import pytest

from .finding import NORTH, findings, with_seller

GOAL = "{id: revenue, title: R, measure: {unit: money, target: 5}}"


def team(text: str, file: str = "north") -> dict[str, str]:
    return {**NORTH, f"teams/{file}.yaml": text}


@pytest.mark.parametrize(
    ("files", "messages"),
    [
        pytest.param(team("name: North\nleader: lea"), [], id="a leader of its own"),
        pytest.param(team("name: City\npart_of: north", "city"), [], id="the leader of the team above"),
        pytest.param(team("name: City", "city"), ["nobody leads City"], id="none"),
        pytest.param(
            {**team("name: City\npart_of: north", "city"), "teams/north.yaml": "name: North"},
            ["nobody leads City, nor any team above it", "nobody leads North"],
            id="none above either",
        ),
        pytest.param(
            {**team("name: City\npart_of: north\nleader: lea", "city"), "teams/north.yaml": "name: North"},
            ["nobody leads North"],
            id="only a leader below",
        ),
    ],
)
def test_a_team_or_one_above_it_has_a_leader(files: dict[str, str], messages: list[str]) -> None:
    assert [f.message for f in findings("GH311", files)] == messages


@pytest.mark.parametrize(
    ("goals", "count"),
    [
        ("", 1),
        ("goals: []", 1),
        (f"goals: [{GOAL}]", 0),
        ("goals: [{id: a, title: A, closed: {on: 2017-05-01, result: partly}}]", 0),
    ],
    ids=["no key", "an empty list", "a goal", "a closed goal"],
)
def test_a_team_has_a_goal(goals: str, count: int) -> None:
    assert len(findings("GH312", team(f"name: North\nleader: lea\n{goals}"))) == count


@pytest.mark.parametrize(
    ("context", "goal", "as_of", "at"),
    [
        pytest.param("", GOAL, "2017-10-01", "4:9", id="nothing"),
        pytest.param("context: {on: 2017-09-01}", GOAL, "2017-10-01", "4:9", id="only a day"),
        pytest.param("context: {market: Clinics}", GOAL, "2017-10-01", "", id="a market"),
        pytest.param("context: {capacity: [{what: Crews, limit: 2}]}", GOAL, "2017-10-01", "", id="a capacity"),
        pytest.param("context: {on: 2016-10-01, market: Clinics}", GOAL, "2017-10-01", "", id="a year old"),
        pytest.param("context: {on: 2016-10-01, market: Clinics}", GOAL, "2017-10-02", "3:15", id="older"),
        pytest.param("", GOAL.replace("title", "kind: skill, title"), "2017-10-01", "", id="no production goal"),
        pytest.param("", "{id: r, title: R, measure: {unit: percent, target: 5, hold: at_least}}", "2017-10-01", "", id="a level"),
        pytest.param("", GOAL[:-1] + ", closed: {on: 2017-05-01, result: partly}}", "2017-10-01", "", id="closed"),
    ],
)  # fmt: skip
def test_market_or_capacity_are_behind_a_revenue_goal(context: str, goal: str, as_of: str, at: str) -> None:
    found = findings("GH313", team(f"name: North\nleader: lea\n{context}\ngoals: [{goal}]"), as_of)
    assert [str(f.location) for f in found] == ([f"goals/teams/north.yaml:{at}"] if at else [])


@pytest.mark.parametrize(
    ("goal", "about", "count"),
    [
        ("kind: production", "team: north", 1),
        ("actions: [Call]", "team: north", 0),
        ("kind: skill", "team: north", 0),
        ("closed: {on: 2017-05-01, result: partly}", "team: north", 0),
        ("kind: production", "team: north\nleft: 2017-09-30", 0),
        ("kind: production", "team: north\nleft: 2017-10-01", 1),
    ],
    ids=["none", "an action", "a skill goal", "a closed goal", "of somebody who has left", "on their last day"],
)
def test_a_production_goal_of_a_seller_has_actions(goal: str, about: str, count: int) -> None:
    assert len(findings("GH314", with_seller(goal, about))) == count


HALF = "start: 2017-01-01, due: 2017-01-11"


@pytest.mark.parametrize(
    ("goal", "as_of", "count"),
    [
        pytest.param("invest: {hours: 8}", "2017-01-05", 0, id="before half the time"),
        pytest.param("invest: {hours: 8}", "2017-01-06", 1, id="half the time"),
        pytest.param("invest: {hours: 0}", "2017-01-06", 0, id="nothing set aside"),
        pytest.param("invest: {hours: 8, money: 50}, checkins: [{on: 2017-01-06, spent: {money: 1}}]", "2017-01-06", 0, id="a part spent"),
        pytest.param("invest: {hours: 8}, checkins: [{on: 2017-01-06, spent: {hours: 0}}]", "2017-01-06", 1, id="nothing spent"),
        pytest.param("invest: {hours: 8}, checkins: [{on: 2017-01-04, note: Soon}]", "2017-01-06", 1, id="only a note"),
        pytest.param("invest: {hours: 8}, closed: {on: 2017-01-04, result: dropped}", "2017-01-06", 0, id="closed"),
    ],
)  # fmt: skip
def test_what_is_set_aside_is_used_by_half_time(goal: str, as_of: str, count: int) -> None:
    assert len(findings("GH315", with_seller(f"{HALF}, {goal}"), as_of)) == count


def test_the_message_says_what_was_set_aside() -> None:
    found = findings("GH315", with_seller(f"{HALF}, invest: {{hours: 8, money: 1_200}}"))
    assert [f.message for f in found] == [
        'half the time of "a" is over, and nothing of the 8 hours and $1,200 set aside has been spent'
    ]
