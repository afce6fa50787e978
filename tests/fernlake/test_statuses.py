"""What `goals status` says of Fernlake on many days is what its deals and the manual say."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main

from . import books, rules
from .plan import GOALS, OWNERS, PLAN, day

#: What makes each day worth looking at.
DAYS = {
    "2017-12-31": "the first quarter, before anything is due",
    "2018-01-28": "the first quarter's last day",
    "2018-01-30": "within grace: two days after it",
    "2018-02-20": "all landmarks of the first quarter are decided, but Ingrid has not reported",
    "2018-03-11": "Hannah's last day in the east",
    "2018-03-12": "Hannah's first day in the west",
    "2018-03-20": "after the transfer",
    "2018-04-29": "the second quarter's last day",
    "2018-04-30": "within grace, when Ingrid's reading of today stands in",
    "2018-05-15": "Owen is on leave",
    "2018-06-10": "Owen is on leave, Carl's last week",
    "2018-06-15": "Carl's last day",
    "2018-06-20": "Carl has left",
    "2018-07-10": "Owen is back; Luc has reached the third landmark ahead of time",
    "2018-07-29": "the third quarter's last day, after Luc's return",
    "2018-08-03": "after grace, and Ingrid has not reported",
    "2018-09-15": "the day of the site",
    "2018-10-28": "the year's last day",
    "2018-11-05": "after the year",
}
NUMBERS = [i for i, goal in PLAN.items() if goal.shape == "number"]
SUMS = [i for i in NUMBERS if PLAN[i].is_sum]


@pytest.fixture(scope="module", params=[pytest.param(on, id=f"{on}, {why}") for on, why in DAYS.items()])
def found(request: pytest.FixtureRequest) -> Any:
    """The handbook's status on a day, as JSON."""
    result = CliRunner().invoke(
        main,
        ["status", "--dir", str(GOALS), "--as-of", request.param, "--format", "json"],
        env={"SOURCE_DATE_EPOCH": None},
    )
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture
def as_of(found: Any) -> datetime.date:
    return day(found["as_of"])


def close_to(value: Decimal | Fraction | None, digits: int = 4) -> Any:
    """A ratio or an amount, as exact as the JSON gives it."""
    return None if value is None else pytest.approx(float(value), abs=10**-digits)


def test_every_goal_is_there(found: Any) -> None:
    assert set(found["goals"]) == set(PLAN)


def test_readings(found: Any, as_of: datetime.date) -> None:
    expected = {}
    for full_id, goal in PLAN.items():
        reported = books.readings(goal, as_of)
        last = max(reported, default=None)
        expected[full_id] = {"on": str(last), "value": close_to(reported[last])} if last else None
    assert {i: goal["reading"] for i, goal in found["goals"].items()} == expected


def test_landmarks(found: Any, as_of: datetime.date) -> None:
    assert {
        (i, lm): state["status"] for i, goal in found["goals"].items() for lm, state in goal["landmarks"].items()
    } == {(i, lm): rules.landmark_status(goal, lm, as_of) for i, goal in PLAN.items() for lm in goal.landmarks}


def test_attainment_and_gap(found: Any, as_of: datetime.date) -> None:
    expected = {}
    for full_id in NUMBERS:
        goal = PLAN[full_id]
        assert goal.target is not None
        value = rules.value_on(goal, as_of) if books.readings(goal, as_of) else None
        expected[full_id] = (
            (close_to(Fraction(value) / Fraction(goal.target)), close_to(goal.target - value))
            if value is not None
            else (None, None)
        )
    shown = {i: found["goals"][i]["attainment"] or {"ratio": None, "gap": None} for i in NUMBERS}
    assert {i: (attained["ratio"], attained["gap"]) for i, attained in shown.items()} == expected


def test_the_curve_and_what_remains(found: Any, as_of: datetime.date) -> None:
    expected = {}
    for full_id in NUMBERS:
        goal, on = PLAN[full_id], rules.judged_on(PLAN[full_id], as_of)
        expected[full_id] = (
            close_to(rules.expected(goal, on), 2) if on else None,
            close_to(rules.catch_up(goal, as_of)),
        )
    assert {i: (found["goals"][i]["expected"], found["goals"][i]["catch_up"]) for i in NUMBERS} == expected


def test_statuses_of_goals(found: Any, as_of: datetime.date) -> None:
    judged = [i for i, goal in PLAN.items() if goal.shape != "cadence"]
    assert {i: found["goals"][i]["status"] for i in judged} == {i: rules.goal_status(PLAN[i], as_of) for i in judged}


def test_coverage(found: Any, as_of: datetime.date) -> None:
    expected = {}
    for full_id in SUMS:
        total, target = rules.coverage(PLAN[full_id], as_of), PLAN[full_id].target
        assert target
        ratio = Fraction(total) / Fraction(target)
        verdict = "low" if ratio < 1 else "high" if ratio > Fraction(12, 10) else "sane"
        expected[full_id] = (close_to(total, 2), close_to(ratio), verdict)
    coverages = {i: found["goals"][i]["coverage"] for i in SUMS}
    assert {i: (c["total"], c["ratio"], c["verdict"]) for i, c in coverages.items()} == expected


def test_a_capacity_is_bridged_into_money(found: Any) -> None:
    """96 installations at 4,200 are 403,200 of the 420,000 to reach."""
    [limit] = found["goals"]["west/revenue"]["capacity"]
    assert (limit["what"], limit["used"], limit["over"]) == (
        "Installations the two engineers in Portland can make",
        close_to(Fraction(420_000, 96 * 4_200)),
        True,
    )


def test_half_hours(found: Any, as_of: datetime.date) -> None:
    kept = {i: rules.cadence(goal, as_of) for i, goal in PLAN.items() if goal.shape == "cadence"}
    shown = {i: found["goals"][i]["cadence"] for i in kept}
    assert {i: (cadence["held"], cadence["due"]) for i, cadence in shown.items()} == kept


def test_what_is_owed(found: Any, as_of: datetime.date) -> None:
    owed = [
        rules.Owed(o["kind"], o["goal"], o["landmark"] or "")
        for owner in found["owners"].values()
        for o in owner["owed"]
    ]
    assert sorted(owed) == sorted(rules.owed(as_of))


def test_who_is_in_which_team(found: Any, as_of: datetime.date) -> None:
    sellers = {i: owner for i, owner in OWNERS.items() if owner.kind == "seller"}
    assert {i: found["owners"][i]["team"] for i in sellers} == {i: o.team_on(as_of) for i, o in sellers.items()}
