"""`goals adjust`: landmarks that move with a target, the relief for a leave, and the terms a level, a leave and a split have."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.source.load import load

GOAL = "moses-frase/new-business"
MOSES = "sellers/moses-frase.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def moses(house: Path) -> Path:
    """Moses' file, where he has landmarks for each quarter, a win rate, and a leave in autumn."""
    path = house / MOSES
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "team: central\n", "team: central\naway: [{from: 2017-09-01, to: 2017-10-31, note: Parental leave}]\n"
    )
    text = text.replace(
        "      - {id: year,", "      - {id: q3, due: 2017-09-30, value: 190_000}\n      - {id: year,", 1
    )
    text += "\n  - id: win-rate\n    title: Win every second deal\n    kind: skill\n    why: x\n    measure: {unit: percent, target: 50, hold: at_least}\n    landmarks:\n      - {id: q3, due: 2017-09-30, value: 45}\n"
    path.write_text(text, encoding="utf-8")
    assert load(house).findings == []
    return path


def written(result: Result) -> list[str]:
    """The lines that were added, without their indentation, but for those of the adjustment itself."""
    assert result.exit_code == 0, result.output
    lines = [line.partition(" | ")[2].strip() for line in result.stdout.splitlines() if line.startswith("+")]
    return [line for line in lines if line not in {"adjustments:", "changes:", "why: x", "- on: 2017-07-31"}]


WRITES = {
    "a target, and its landmarks as they are": (
        ["--target", "240_000"],
        ["measure: {unit: money, target: 240_000}", "- {field: target, was: 260_000, now: 240_000}"],
    ),
    "a target, and the landmarks ahead in proportion": (
        ["--target", "240_000", "--landmarks", "p"],
        [
            "measure: {unit: money, target: 240_000}",
            "- {id: q3, due: 2017-09-30, value: 175_000}",
            "- {id: year, due: 2017-12-31, value: 240_000}",
            "- {field: target, was: 260_000, now: 240_000}",
            "- {field: landmarks.q3.value, was: 190_000, now: 175_000}",
            "- {field: landmarks.year.value, was: 260_000, now: 240_000}",
        ],
    ),
    "all landmarks that were ahead on the day of the decision": (
        ["--target", "240_000", "--landmarks", "proportional", "--on", "2017-06-29"],
        [
            "measure: {unit: money, target: 240_000}",
            "- {id: q2, due: 2017-06-30, value: 115_000}",
            "- {id: q3, due: 2017-09-30, value: 175_000}",
            "- {id: year, due: 2017-12-31, value: 240_000}",
            "- on: 2017-06-29",
            "- {field: target, was: 260_000, now: 240_000}",
            "- {field: landmarks.q2.value, was: 125_000, now: 115_000}",
            "- {field: landmarks.q3.value, was: 190_000, now: 175_000}",
            "- {field: landmarks.year.value, was: 260_000, now: 240_000}",
        ],
    ),
    "when something is due, as a quarter": (
        ["--due", "end of Q3"],
        ["due: 2017-09-30", "- {field: due, was: 2017-12-31, now: 2017-09-30}"],
    ),
    "that nothing is expected during a leave": (
        ["--prorate", "yes"], ["prorate: yes", "- {field: prorate, was: none, now: yes}"],
    ),
    "what it supports, in part and for a time": (
        ["--supports", "central/revenue until 2017-06-30 share 0.5"],
        [
            "supports: [{goal: central/revenue, until: 2017-06-30, share: 0.5}]",
            "- {field: supports, was: revenue, now: central/revenue until 2017-06-30 share 0.5}",
        ],
    ),
    "two goals it supports": (
        ["--supports", "revenue share 0.5,central/deals"],
        [
            "supports: [{goal: revenue, share: 0.5}, central/deals]",
            "- {field: supports, was: revenue, now: [revenue share 0.5, central/deals]}",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("options", "lines"), WRITES.values(), ids=WRITES)
def test_a_number_to_reach_gets(moses: Path, options: list[str], lines: list[str]) -> None:
    team = moses.parent.parent / "teams/central.yaml"
    more = "  - id: deals\n    title: Win deals\n    landmarks: [{id: year, due: 2017-12-31, deliver: Many}]\n"
    team.write_text(team.read_text(encoding="utf-8") + more, encoding="utf-8")
    assert written(run("adjust", GOAL, *options, "--why", "x")) == lines
    assert load(moses.parent.parent).findings == []


def test_a_level_gets_a_tolerance_and_what_its_readings_cover(moses: Path) -> None:
    lines = written(run("adjust", "win-rate", "--tolerance", "2", "--over", "3 months", "--why", "x"))
    assert lines == [
        "measure: {unit: percent, target: 50, hold: at_least, tolerance: 2, over: 3 months}",
        "- {field: tolerance, was: none, now: 2}",
        "- {field: over, was: none, now: 3 months}",
    ]


def test_relief_takes_the_days_of_a_leave_from_target_and_landmarks(moses: Path) -> None:
    result = run("adjust", GOAL, "--relief", "away", "--by", "dustin", "--why", "Twins")
    assert "away on 61 days of 365: 216_547.95, rounded like 260_000 to 217_000\n" in result.stdout
    assert written(result) == [
        "measure: {unit: money, target: 217_000}",
        "- {id: q3, due: 2017-09-30, value: 169_000}",
        "- {id: year, due: 2017-12-31, value: 217_000}",
        "by: [dustin-brinkmann]",
        'why: "Parental leave, 2017-09-01 to 2017-10-31: Twins"',
        "- {field: target, was: 260_000, now: 217_000}",
        "- {field: landmarks.q3.value, was: 190_000, now: 169_000}",
        "- {field: landmarks.year.value, was: 260_000, now: 217_000}",
    ]


def test_a_goal_is_relieved_of_each_leave_once(moses: Path) -> None:
    assert run("adjust", GOAL, "--relief", "away").exit_code == 0
    again = (
        f"{GOAL} has already been relieved of 2017-09-01 to 2017-10-31\n  help: record another leave with goals away"
    )
    assert again in run("adjust", GOAL, "--relief", "away").stderr
    text = moses.read_text(encoding="utf-8").replace("leave}]", "leave}, {from: 2017-12-01, to: 2017-12-31}]")
    moses.write_text(text, encoding="utf-8")
    result = run("adjust", GOAL, "--relief", "away")
    assert "away on 31 days of 304: " in result.stdout
    assert "why: Away, 2017-12-01 to 2017-12-31" in result.stdout
    assert "- {field: target, was: 217_000, now: 195_000}" in result.stdout


REFUSED = {
    "landmarks without a target": (["--landmarks", "keep", "--due", "Q3"], "--landmarks needs --target"),
    "no such way": (["--target", "1", "--landmarks", "drop"], '"drop" is not one of: proportional, keep'),
    "a relief beside other terms": (["--relief", "away", "--target", "1"], "--relief decides the numbers itself"),
    "a relief from something else": (["--relief", "rain"], '"rain" is not one of: away'),
    "a share that is none": (["--supports", "revenue share 1.5"], "1.5 is not a share\n  help: use more than 0 and at most 1"),
    "a share in percent": (["--supports", "revenue share 50%"], '"50%" is not a number\n  help: write 0.5'),
    "a support that ends before it begins": (
        ["--supports", "revenue from 2017-07-01 until 2017-06-30"], "until 2017-06-30 is before from 2017-07-01",
    ),
    "a length of time that is none": (["--over", "a while"], '"a while" is not a length of time\n  help: write e.g. 3 months'),
    "neither yes nor no": (["--prorate", "maybe"], '"maybe" is neither yes nor no'),
    "a tolerance of a number to reach": (["--tolerance", "2"], "only a level to hold has tolerance or over"),
    "a value it has already": (["--prorate", "no"], "nothing to change"),
}  # fmt: skip


@pytest.mark.parametrize(("options", "message"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_says_why_and_writes_nothing(moses: Path, options: list[str], message: str) -> None:
    before = moses.read_bytes()
    result = run("adjust", GOAL, *options, "--why", "x")
    assert result.exit_code == 2
    assert message in result.stderr
    assert moses.read_bytes() == before


@pytest.mark.parametrize(
    ("away", "goal", "message"),
    [
        (
            "away: [{from: 2017-01-01, to: 2017-12-31}]",
            GOAL,
            f"Moses Frase is away for all of {GOAL}\n  help: close it",
        ),
        (
            "away: [{from: 2016-01-01, to: 2016-12-31}]",
            GOAL,
            "Moses Frase is not away between 2017-01-01 and 2017-12-31",
        ),
        ("away: [{from: 2017-09-01, to: 2017-10-31}]", "win-rate", "--relief is for a number to reach"),
        (
            "away: [{from: 2017-09-01, to: 2017-10-31}]",
            "central/revenue",
            "Central is not away between 2017-01-01 and 2017-12-31",
        ),
    ],
)
def test_there_is_nothing_to_be_relieved_of(moses: Path, away: str, goal: str, message: str) -> None:
    text = moses.read_text(encoding="utf-8")
    moses.write_text(
        text.replace("away: [{from: 2017-09-01, to: 2017-10-31, note: Parental leave}]", away), encoding="utf-8"
    )
    assert message in run("adjust", goal, "--relief", "away").stderr
