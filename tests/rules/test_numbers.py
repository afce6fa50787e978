"""GH508, GH510 and GH511: what they find between the numbers of a goal, and what they leave alone."""

from __future__ import annotations

import datetime

import pytest

from goal_handbook.source.load import load_files
from goal_handbook.workspace import evaluate

DAY = datetime.date(2017, 7, 31)
HANDBOOK = """
format: 1
name: MavenTech
period: {name: 2017, start: 2017-01-01, end: 2017-12-31}
currency: USD
rules: {GH3: off, GH4: off}
"""


def found(code: str, goal: str, *, readings: str = "", team: str = "") -> list[str]:
    """The findings of one rule in a seller's goal, each as `message | help`."""
    files = {
        "handbook.yaml": HANDBOOK,
        "teams/central.yaml": f"name: Central\ngoals:\n  - {{id: revenue, title: R, {team or 'why: x'}}}\n",
        "teams/other.yaml": "name: Other\ngoals:\n  - {id: revenue, title: R, why: x}\n",
        "sellers/moses.yaml": f"name: Moses\nteam: central\ngoals:\n  - {{id: g, title: G, {goal}}}\n",
        **({"readings/crm.csv": f"goal,on,value\n{readings}"} if readings else {}),
    }
    loaded = load_files({name: text.encode() for name, text in files.items()}, "goals")
    findings = evaluate(loaded, DAY, DAY).findings
    assert not [f for f in findings if f.severity == "error"]
    return [f"{f.location}: {f.message} | {f.help}" for f in findings if f.code == code]


NUMBER = "measure: {unit: money, target: 260_000}"
DOWN = "measure: {unit: days, from: 60, target: 30}"
DROPPED = "adjustments: [{on: 2017-07-01, why: x, changes: [{field: landmarks.year, was: agreed, now: dropped}]}]"

LAST = {
    "the target itself": (f"{NUMBER}, landmarks: [{{id: year, due: 2017-12-31, value: 260_000}}]", ""),
    "no landmark with a value": (NUMBER, ""),
    "too little by the end": (
        f"{NUMBER}, landmarks: [{{id: year, due: 2017-12-31, value: 250_000}}]",
        'stops short of the target: $250,000 by 2017-12-31, not $260,000 | give both the same number',
    ),
    "too little, and before the end": (
        f"{NUMBER}, landmarks: [{{id: q3, due: 2017-09-30, value: 175_000}}, {{id: q2, due: 2017-06-30, value: 90_000}}]",
        "stops short of the target: $175,000 by 2017-09-30, not $260,000 | add a landmark of 260_000 by 2017-12-31, or correct",
    ),
    "too much": (
        f"{NUMBER}, landmarks: [{{id: year, due: 2017-09-30, value: 270_000}}]",
        "goes beyond the target: $270,000 by 2017-09-30, not $260,000 | give both the same number",
    ),
    "too little on the way down": (
        f"{DOWN}, landmarks: [{{id: year, due: 2017-12-31, value: 35}}]",
        "stops short of the target: 35 days by 2017-12-31, not 30 days | give both the same number",
    ),
    "the last of those not dropped": (
        f"{NUMBER}, landmarks: [{{id: h1, due: 2017-06-30, value: 260_000}}, {{id: year, due: 2017-12-31, value: 1}}], {DROPPED}",
        "",
    ),
    "a level": ("measure: {unit: percent, target: 5, hold: at_most}, landmarks: [{id: q2, due: 2017-06-30, value: 6}]", ""),
    "a closed goal": (
        f"{NUMBER}, landmarks: [{{id: year, due: 2017-12-31, value: 1}}], closed: {{on: 2017-07-01, result: missed}}", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("goal", "expected"), LAST.values(), ids=LAST)
def test_the_last_landmark_is_the_target(goal: str, expected: str) -> None:
    findings = found("GH510", goal)
    assert len(findings) == bool(expected)
    assert all(expected in finding for finding in findings)


LANDMARKS = "landmarks: [{id: q2, due: 2017-06-30, value: 90_000}, {id: year, due: 2017-12-31, value: 260_000}]"

THOUSANDS = {
    "a reading": (
        f"{NUMBER}, {LANDMARKS}, checkins: [{{on: 2017-06-30, value: 120.000}}]",
        "120.000 is 120 here, but this goal's other numbers are 90,000 or more | write 120_000, or 120 if that is meant",
    ),
    "a reading that is not round": (
        f"{NUMBER}, checkins: [{{on: 2017-06-30, value: 93.068}}]", "| write 93_068, or 93.068 if that is meant",
    ),
    "a reading, for all a small one early in the year": (
        f"{NUMBER}, {LANDMARKS}, checkins: [{{on: 2017-01-31, value: 500}}, {{on: 2017-06-30, value: 120.000}}]", "write 120_000",
    ),
    "a landmark": (
        f"{NUMBER}, landmarks: [{{id: q2, due: 2017-06-30, value: 90.000}}, {{id: year, due: 2017-12-31, value: 260_000}}]",
        "write 90_000",
    ),
    "a target": ("measure: {unit: money, target: 260.000}, landmarks: [{id: year, due: 2017-12-31, value: 260_000}]", "write 260_000"),
    "a target beside nothing but readings": (
        "measure: {unit: money, target: 260.000}, checkins: [{on: 2017-06-30, value: 90_000}]", "write 260_000",
    ),
    "money beside nothing": ("measure: {unit: money, target: 260.125}", "the point in 260.125 begins the decimals | write 260_125"),
    "a count beside nothing": ("measure: {unit: deals, target: 120.000}", "write 120_000, or 120 if that is meant"),
    "a count beside nothing that is not round": ("measure: {unit: tonnes, target: 1.125}", ""),
    "a percentage beside nothing": ("measure: {unit: percent, target: 12.500}", ""),
    "a currency with three decimals": ("measure: {unit: KWD, target: 260.125}", ""),
    "spelled out": (f"{NUMBER}, {LANDMARKS}, checkins: [{{on: 2017-06-30, value: 120_000}}]", ""),
    "two decimals": (f"{NUMBER}, {LANDMARKS}, checkins: [{{on: 2017-06-30, value: 120.00}}]", ""),
    "less than one": (f"{NUMBER}, {LANDMARKS}, checkins: [{{on: 2017-06-30, value: 0.120}}]", ""),
    "a number that fits": ("measure: {unit: hours, target: 500}, checkins: [{on: 2017-06-30, value: 12.125}]", ""),
    "exactly a hundred times smaller": ("measure: {unit: hours, target: 1_200}, checkins: [{on: 2017-06-30, value: 12.000}]", "write 12_000"),
    "not quite a hundred times smaller": ("measure: {unit: hours, target: 1_199}, checkins: [{on: 2017-06-30, value: 12.000}]", ""),
}  # fmt: skip


@pytest.mark.parametrize(("goal", "expected"), THOUSANDS.values(), ids=THOUSANDS)
def test_three_decimals_beside_thousands_are_doubtful(goal: str, expected: str) -> None:
    findings = found("GH511", goal)
    assert len(findings) == bool(expected)
    assert all(expected in finding for finding in findings)


def test_a_row_of_a_readings_file_is_found_where_it_is() -> None:
    (finding,) = found("GH511", f"{NUMBER}, {LANDMARKS}", readings="moses/g,2017-06-30,120.000\n")
    assert finding.startswith("goals/readings/crm.csv:2:")


def test_a_goal_in_which_every_number_is_doubtful_is_compared_with_what_it_supports() -> None:
    goal = "supports: revenue, measure: {unit: money, target: 260.000}, landmarks: [{id: year, due: 2017-12-31, value: 260.000}]"
    assert len(found("GH511", goal, team="measure: {unit: money, target: 1_500_000, rollup: sum}")) == 2
    tonnes = goal.replace("money", "tonnes").replace("260.000", "260.125")
    assert found("GH511", tonnes, team="measure: {unit: deals, target: 1_500_000, rollup: sum}") == []


FRACTIONS = {
    "a fraction": ("measure: {unit: percent, target: 0.05}", "0.05 percent is less than one percent: 5 % is written 5, not 0.05 | write 5, unless"),
    "a level": ("measure: {unit: percent, target: 0.8, hold: at_least}", "write 80, unless"),
    "a percentage": ("measure: {unit: percent, target: 5}", ""),
    "one percent": ("measure: {unit: percent, target: 1}", ""),
    "less than one beside more": ("measure: {unit: percent, target: 0.5}, checkins: [{on: 2017-06-30, value: 1.2}]", ""),
    "down from more": ("measure: {unit: percent, target: 0.5, from: 3}", ""),
    "something else": ("measure: {unit: points, target: 0.5}", ""),
}  # fmt: skip


@pytest.mark.parametrize(("goal", "expected"), FRACTIONS.values(), ids=FRACTIONS)
def test_a_percentage_is_not_a_fraction(goal: str, expected: str) -> None:
    findings = found("GH513", goal)
    assert len(findings) == bool(expected)
    assert all(expected in finding for finding in findings)


BEFORE_AND_AFTER = "checkins: [{on: 2017-04-30, value: 1}, {on: 2017-07-20, value: 2}]"
UNTIL = "central/revenue until 2017-06-30"
MOVES = {
    "a support that ends": (f"supports: [{UNTIL}]", "counts this until 2017-06-30, and there is no reading of that day |", "2017-06-30"),
    "a support that begins": ("supports: [central/revenue from 2017-07-01]", "counts this from 2017-07-01, and there is no reading of the day before |", "2017-06-30"),
    "a move on one day": (f"supports: [{UNTIL}, other/revenue from 2017-07-01]", "counts this", "2017-06-30"),
    "one that lies beyond the last reading": ("supports: [central/revenue from 2017-07-25]", "", ""),
    "one that begins with the goal": ("start: 2017-04-01, supports: [central/revenue from 2017-04-01]", "", ""),
    "one of which there is a reading": ("supports: [central/revenue from 2017-05-01]", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("goal", "expected", "day"), MOVES.values(), ids=MOVES)
def test_a_move_needs_a_reading_of_its_day_once(goal: str, expected: str, day: str) -> None:
    findings = found("GH508", f"{goal}, {NUMBER}, {BEFORE_AND_AFTER}")
    assert len(findings) == bool(expected)
    assert all(expected in finding and finding.endswith(f"goals checkin --on {day}") for finding in findings)
