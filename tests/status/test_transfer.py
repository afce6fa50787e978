"""What a transfer changes: which goals a moved seller feeds, and what is left of a goal that is handed over."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.model.goal import Goal
from goal_handbook.model.handbook import Handbook
from goal_handbook.model.values import plain_number
from goal_handbook.source.load import load_files
from goal_handbook.status.transfer import Move, rest_of

TEAMS = {
    "east": "name: East\ngoals: [{id: quota, title: Q}]",
    "north": "name: North\npart_of: east\ngoals: [{id: quota, title: Q}, {id: visits, title: V}]",
    "west": "name: West\ngoals: [{id: quota, title: Q}]",
    "central": "name: Central\npart_of: west\ngoals: [{id: quota, title: Q}]",
    "south": "name: South\npart_of: east\ngoals: [{id: quota, title: Q}]",
}


def handbook(supports: str, terms: str = "") -> Handbook:
    """Ana, in North, with a goal that supports this."""
    files = {
        "handbook.yaml": "format: 1\nname: X\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\n",
        "sellers/ana.yaml": f"name: Ana\nteam: north\ngoals: [{{id: g, title: G, supports: {supports}{terms}}}]\n",
        **{f"teams/{name}.yaml": text for name, text in TEAMS.items()},
    }
    found = load_files({name: text.encode() for name, text in files.items()}, "goals").handbook
    assert found
    return found


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


UNTIL, FROM = "until 2017-06-30", "from 2017-07-01"

FOLLOW = {
    "its team's goal": ("quota", "central", f"north/quota {UNTIL}, central/quota {FROM}"),
    "its team's goal by its full id": ("north/quota", "central", f"north/quota {UNTIL}, central/quota {FROM}"),
    "a share of it": ("quota share 0.5", "central", f"north/quota {UNTIL} share 0.5, central/quota {FROM} share 0.5"),
    "part of the time": (
        "quota from 2017-03-01 until 2017-09-30", "central",
        "north/quota from 2017-03-01 until 2017-06-30, central/quota from 2017-07-01 until 2017-09-30",
    ),
    "the larger team's goal": ("east/quota", "central", f"east/quota {UNTIL}, west/quota {FROM}"),
    "the larger team's goal, if it is the new team's too": ("[quota, east/quota]", "south", f"north/quota {UNTIL}, south/quota {FROM}, east/quota"),
    "to a team that is not part of any": ("[quota, east/quota]", "west", f"north/quota {UNTIL}, west/quota {FROM}, east/quota"),
    "not what the new team does not have": ("visits", "central", "visits"),
    "not what ended before": ("quota until 2017-06-30", "central", "quota until 2017-06-30"),
    "wholly, what begins later": ("quota from 2017-08-01", "central", "central/quota from 2017-08-01"),
    "not another team's goal": ("south/quota", "central", "south/quota"),
}  # fmt: skip


@pytest.mark.parametrize(("supports", "team", "expected"), FOLLOW.values(), ids=FOLLOW)
def test_a_goal_follows_its_seller(supports: str, team: str, expected: str) -> None:
    move = Move(handbook(supports), "ana", team, day("2017-07-01"))
    assert ", ".join(map(str, move.supports("ana/g", follow=True))) == expected


KEEP = {
    "what began before, as it is written": ("quota", "", "quota"),
    "what begins later, by its full id": ("quota from 2017-08-01", "", "north/quota from 2017-08-01"),
    "what a later goal supports, by its full id": ("quota", ", start: 2017-08-01", "north/quota"),
    "what the new team does not have, of a later goal": ("visits", ", start: 2017-08-01", "north/visits"),
}


@pytest.mark.parametrize(("supports", "terms", "expected"), KEEP.values(), ids=KEEP)
def test_a_goal_can_keep_what_it_supports(supports: str, terms: str, expected: str) -> None:
    move = Move(handbook(supports, terms), "ana", "central", day("2017-07-01"))
    assert ", ".join(map(str, move.supports("ana/g", follow=False))) == expected


def test_what_no_team_has_in_its_place_is_left_behind() -> None:
    move = Move(handbook("[quota, visits]"), "ana", "central", day("2017-07-01"))
    assert move.left_behind("ana/g") == ["north/visits"]
    assert move.follows("ana/g")


def goal(measure: dict[str, Any] | None, landmarks: list[dict[str, Any]], readings: dict[str, str]) -> Goal:
    written: dict[str, Any] = {
        "id": "g",
        "title": "G",
        "start": "2017-01-01",
        "due": "2017-12-31",
        "landmarks": landmarks,
    }
    written["checkins"] = [{"on": on, "value": value} for on, value in readings.items()]
    return Goal.model_validate(written | ({"measure": measure} if measure else {}))


def values(q2: str, q3: str, year: str) -> list[dict[str, Any]]:
    days = {"q2": "2017-06-30", "q3": "2017-09-30", "year": "2017-12-31"}
    return [{"id": name, "due": days[name], "value": v} for name, v in {"q2": q2, "q3": q3, "year": year}.items()]


MONEY = {"unit": "money", "target": "260"}

RESTS = {
    "less than was agreed, by what was made": (
        MONEY, values("100", "180", "260"), {"2017-06-30": "90", "2017-07-01": "95"}, "- 165 q3=85 year=165",
    ),
    "what was made later does not count": (MONEY, values("100", "180", "260"), {"2017-06-30": "90", "2017-07-02": "95"}, "- 170 q3=90 year=170"),
    "nothing was made": (MONEY, values("100", "180", "260"), {}, "- 260 q3=180 year=260"),
    "a landmark that was reached ahead of time": (MONEY, values("100", "180", "260"), {"2017-06-30": "200"}, "- 60 year=60"),
    "on the way down it goes on from its reading": (
        {"unit": "days", "from": "60", "target": "30"}, values("50", "40", "30"), {"2017-06-30": "52"}, "52 30 q3=40 year=30",
    ),
    "and so does a percentage": ({"unit": "percent", "target": "80"}, values("20", "50", "80"), {"2017-06-30": "18"}, "18 80 q3=50 year=80"),
    "a level stays": ({"unit": "percent", "target": "50", "hold": "at_least"}, values("40", "45", "50"), {"2017-06-30": "48"}, "- 50 q3=45 year=50"),
}  # fmt: skip


@pytest.mark.parametrize(("measure", "landmarks", "readings", "expected"), RESTS.values(), ids=RESTS)
def test_the_rest_of_a_goal_is(
    measure: dict[str, Any], landmarks: list[dict[str, Any]], readings: dict[str, str], expected: str
) -> None:
    rest = rest_of(goal(measure, landmarks, readings), (), day("2017-07-01"))
    assert rest.measure
    numbers = ("-" if n is None else plain_number(n) for n in (rest.measure.from_, rest.measure.target))
    assert (
        " ".join([*numbers, *(f"{lm.id}={plain_number(lm.value or Decimal(0))}" for lm in rest.landmarks)]) == expected
    )
    assert not rest.reached


@pytest.mark.parametrize("measure", [MONEY, MONEY | {"hold": "at_least"}, MONEY | {"from": "50"}])
def test_last_periods_result_is_not_the_new_owners(measure: dict[str, Any]) -> None:
    rest = rest_of(goal(measure | {"last": "95"}, [], {"2017-06-30": "90"}), (), day("2017-07-01"))
    assert rest.measure and rest.measure.last is None


def test_what_was_delivered_dropped_or_due_before_is_not_left() -> None:
    landmarks: list[dict[str, Any]] = [
        {"id": "late", "due": "2017-06-30", "deliver": "A"},
        {"id": "done", "due": "2017-09-30", "deliver": "B", "done": "2017-05-01"},
        {"id": "dropped", "due": "2017-10-31", "deliver": "C"},
        {"id": "ahead", "due": "2017-12-31", "deliver": "D"},
    ]
    rest = rest_of(goal(None, landmarks, {}), {"dropped"}, day("2017-07-01"))
    assert [lm.id for lm in rest.landmarks] == ["ahead"]


def test_a_goal_that_has_reached_its_target_has_no_rest() -> None:
    assert rest_of(goal(MONEY, [], {"2017-06-30": "260"}), (), day("2017-07-01")).reached
