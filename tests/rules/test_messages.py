"""What messages call things: amounts, percentages and counts read as they do on the pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goal_handbook.source.load import load
from goal_handbook.workspace import evaluate

from ..status.make import case, day

HANDBOOK = """
format: 1
name: House
period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
currency: USD
locale: en_US
rules: {GH3: off, GH4: off}
"""


def messages(goals: Callable[..., Path], code: str, files: dict[str, str]) -> list[str]:
    """What a rule says about a handbook of these files on 31 July 2017."""
    read = load(goals({"handbook.yaml": HANDBOOK, **files}), "goals")
    return [f.message for f in evaluate(read, day("2017-07-31"), day("2017-07-31")).findings if f.code == code]


def team(goal: str, context: str = "") -> dict[str, str]:
    """A team with one goal."""
    return {"teams/west.yaml": f"name: West\n{context}goals:\n  - {{id: g, title: G, {goal}}}\n"}


def fed(target: str, measure: str) -> dict[str, str]:
    """A team whose goal is fed by a seller's."""
    seller = f"name: Ana\nteam: west\ngoals:\n  - {{id: g, title: G, supports: g, measure: {{{measure}}}}}\n"
    return {**team(f"measure: {{{target}}}"), "sellers/ana.yaml": seller}


@pytest.mark.parametrize(
    ("code", "files", "message"),
    [
        case(
            "money has its currency",
            "GH501", fed("unit: money, target: 300_000", "unit: money, target: 260_000"),
            "the goals that support it add up to $260,000, 87% of the $300,000 it needs",
        ),
        case(
            "a coverage just below the target is neither 100% nor the target's own number",
            "GH501", fed("unit: money, target: 100_000", "unit: money, target: 99_999.999"),
            "the goals that support it add up to $99,999.999, 99.9% of the $100,000 it needs",
        ),
        case(
            "a unit is named",
            "GH502", team("measure: {unit: units, target: 200, rollup: sum}", "context: {capacity: [{what: GTX, limit: 190, goal: g}]}\n"),
            "the target of 200 units is above the capacity of 190 units (GTX)",
        ),
        case(
            "estimates are in the goal's unit",
            "GH503",
            fed("unit: money, target: 300_000", "unit: money, target: 300_000")
            | team("measure: {unit: money, target: 300_000}", "context: {abilities: {ana: {estimate: 250_000}}}\n"),
            "the target of $300,000 is above the members' estimates, which add up to $250,000",
        ),
        case(
            "so are landmarks",
            "GH504", team("measure: {unit: percent, target: 60}, landmarks: [{id: q1, due: 2017-03-31, value: 50}, {id: q2, due: 2017-06-30, value: 45.5}]"),
            '45.5% by 2017-06-30 is less than the 50% of "q1", the landmark before it',
        ),
        case(
            "what is needed a day is money too, and one day is no days",
            "GH506", team("measure: {unit: money, target: 99_000}, checkins: [{on: 2017-07-31, value: 10_000}], landmarks: [{id: q2, due: 2017-08-01, value: 10_678}]"),
            'landmark "q2" needs $678 a day for 1 day, but the best pace so far was $47.39 a day',
        ),
        case(
            "a pace of little has digits that say something",
            "GH506", team("measure: {unit: accounts, target: 20}, checkins: [{on: 2017-03-31, value: 5}, {on: 2017-06-30, value: 10}], landmarks: [{id: q3, due: 2017-09-30, value: 18}]"),
            'landmark "q3" needs 0.087 accounts a day for 92 days, but the best pace so far was 0.056 accounts a day',
        ),
        case(
            "of a percentage it is points",
            "GH506", team("measure: {unit: percent, target: 60}, checkins: [{on: 2017-03-31, value: 10}, {on: 2017-06-30, value: 20}], landmarks: [{id: q3, due: 2017-09-30, value: 50}]"),
            'landmark "q3" needs 0.33 points a day for 92 days, but the best pace so far was 0.11 points a day',
        ),
        case(
            "a total that fell has every digit it was written with",
            "GH507", team("measure: {unit: money, target: 99_000}, checkins: [{on: 2017-03-31, value: 5_000}, {on: 2017-06-30, value: 4_999.999}]"),
            "$4,999.999 on 2017-06-30 is less than $5,000 on 2017-03-31, but a total to date cannot fall",
        ),
    ],
)  # fmt: skip
def test_figures_in_a_message_read_as_on_a_page(
    goals: Callable[..., Path], code: str, files: dict[str, str], message: str
) -> None:
    assert messages(goals, code, files) == [message]


@pytest.mark.parametrize(("left", "count"), [case("on the last day", "2017-07-31", 1), case("gone", "2017-07-30", 0)])
def test_no_landmark_ahead_is_steep_for_somebody_who_has_left(
    goals: Callable[..., Path], left: str, count: int
) -> None:
    goal = "measure: {unit: money, target: 99_000}, checkins: [{on: 2017-07-30, value: 10}], landmarks: [{id: q3, due: 2017-08-01, value: 9_000}]"
    seller = f"name: Ana\nteam: west\nleft: {left}\ngoals:\n  - {{id: g, title: G, {goal}}}\n"
    files = {"teams/west.yaml": "name: West\n", "sellers/ana.yaml": seller}
    assert len(messages(goals, "GH506", files)) == count
