"""New numbers for an adjustment: what moves with a target, and what a leave takes away."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from goal_handbook.model.goal import Goal
from goal_handbook.model.people import Away
from goal_handbook.model.values import parse_number, plain_number
from goal_handbook.status.proposal import Numbers, in_proportion, relieved

QUARTERS = ("2017-03-31", "2017-06-30", "2017-09-30", "2017-12-31")


def goal(target: str, *values: str, **terms: Any) -> Goal:
    """A goal with these values at the ends of the quarters; q4 is the target."""
    landmarks = [
        {"id": f"q{n}", "due": due, "value": value}
        for n, (due, value) in enumerate(zip(QUARTERS, (*values, target), strict=False), start=1)
    ]
    written = {"id": "g", "title": "G", "start": "2017-01-01", "due": "2017-12-31", "landmarks": landmarks}
    return Goal.model_validate(written | {"measure": {"unit": "money", "target": target, **terms}})


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def away(text: str) -> Away:
    """`2017-03-01 2017-04-30`."""
    return Away.model_validate(dict(zip(("from", "to"), text.split(), strict=True)))


def shown(numbers: Numbers) -> str:
    return " ".join([plain_number(numbers.target), *(f"{k}={plain_number(v)}" for k, v in numbers.landmarks.items())])


GOAL = goal("260_000", "60_000", "125_000", "190_000")

MOVED = {
    "all that are ahead": ("2017-01-15", "240_000", (), "240000 q1=55000 q2=115000 q3=175000 q4=240000"),
    "not those that are due already": ("2017-06-30", "240_000", (), "240000 q3=175000 q4=240000"),
    "the one due tomorrow": ("2017-06-29", "240_000", (), "240000 q2=115000 q3=175000 q4=240000"),
    "not those that were dropped": ("2017-06-30", "240_000", {"q3"}, "240000 q4=240000"),
    "not below what was due before": ("2017-06-30", "130_000", (), "130000 q3=125000 q4=130000"),
    "not above the target": ("2017-06-30", "100_000", (), "100000 q3=100000 q4=100000"),
    "upwards": ("2017-06-30", "390_000", (), "390000 q3=285000 q4=390000"),
}


@pytest.mark.parametrize(("on", "target", "dropped", "expected"), MOVED.values(), ids=MOVED)
def test_landmarks_ahead_move_with_a_target(on: str, target: str, dropped: set[str], expected: str) -> None:
    assert shown(in_proportion(GOAL, dropped, parse_number(target), day(on))) == expected


def test_a_way_is_moved_from_where_it_starts() -> None:
    down = goal("40", "55", "50", "45", **{"from": "60"})
    assert shown(in_proportion(down, (), parse_number("50"), day("2017-01-01"))) == "50 q1=58 q2=55 q3=53 q4=50"


LEAVES = {
    "two months in spring": (("2017-03-01 2017-04-30",), (), "2017-01-15", "217000 q1=39000 q2=83000 q3=148000 q4=217000"),
    "what is due already stays": (("2017-03-01 2017-04-30",), (), "2017-03-31", "217000 q2=83000 q3=148000 q4=217000"),
    "a leave from before the goal until after it began": (("2016-11-01 2017-01-31",), (), "2017-01-01", "238000 q1=39000 q2=104000 q3=168000 q4=238000"),
    "two leaves that overlap": (("2017-03-01 2017-03-31", "2017-03-15 2017-04-30"), (), "2017-04-01", "217000 q2=83000 q3=148000 q4=217000"),
    "a day": (("2017-12-31 2017-12-31",), (), "2017-04-01", "259000 q4=259000"),
}  # fmt: skip


@pytest.mark.parametrize(("leaves", "before", "on", "expected"), LEAVES.values(), ids=LEAVES)
def test_a_goal_is_relieved_of_a_leave_by_its_days(
    leaves: tuple[str, ...], before: tuple[str, ...], on: str, expected: str
) -> None:
    assert shown(relieved(GOAL, (), [*map(away, leaves)], [*map(away, before)], day(on))) == expected


def test_a_second_leave_takes_its_days_from_those_left() -> None:
    """304 of 365 days were left; of these, October's 31 go too."""
    numbers = relieved(
        goal("304_000"), (), [away("2017-10-01 2017-10-31")], [away("2017-03-01 2017-04-30")], day("2017-08-01")
    )
    assert numbers.target == 273_000
