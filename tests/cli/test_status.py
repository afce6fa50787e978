"""`goals status`: the status of goals, for a person and for a program, on any day."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goal_handbook import clock
from goal_handbook.cli import main

BRINKMANN = Path(__file__).parent.parent / "data" / "brinkmann"
MOSES = ["moses-frase/negotiation", "moses-frase/new-business"]
EVERY_KEY = Path(__file__).parent.parent / "data" / "every-key"
OCTOBER_15 = str(int(datetime.datetime(2017, 10, 15, 23, 59, tzinfo=datetime.UTC).timestamp()))


def run(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Result:
    """Run the command as a terminal shows it (`color`: click removes nothing)."""
    return CliRunner().invoke(
        main, [str(a) for a in arguments], env={"SOURCE_DATE_EPOCH": None, **(env or {})}, color=True
    )


def data(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Any:
    result = run("status", *arguments, "--format", "json", env=env)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_text_names_owner_goal_and_status() -> None:
    result = run("status", "moses-frase", "--dir", BRINKMANN)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "MavenTech 2017, status as of 2017-10-15"
    assert lines[2] == "Moses Frase (moses-frase, seller)"
    assert any("Needs accounting" in line and "[negotiation]" in line for line in lines)


def test_text_says_how_far_a_number_is_and_by_how_much_a_landmark_was_missed(goals: Callable[..., Path]) -> None:
    goal = "id: g, title: G, measure: {unit: deals, target: 60}, landmarks: [{id: q2, due: 2017-06-30, value: 50}], checkins: [{on: 2017-03-31, value: 15}, {on: 2017-06-30, value: 30}]"
    folder = goals({"teams/central.yaml": f"name: Central\ngoals:\n  - {{{goal}}}\n"})
    lines = run("status", "central/g", "--dir", folder, "--as-of", "2017-07-29").stdout.splitlines()
    assert lines[3:6] == [
        "  ! Needs accounting       G  [g]  30 deals of 60 deals on 2017-06-30  pace 60%",
        "      50% of the target, 30 deals to go; 1.1 deals a week needed from Jun 30, 2017 on; best so far 1.2 deals a week, lately 1.2 deals",
        "      ! Missed      q2: 50 deals by 2017-06-30, 20 deals short (60% of it reached), accounting owed for 25 days (overdue)",
    ]


def test_the_pace_of_a_sum_has_its_day_where_somebody_has_not_reported(goals: Callable[..., Path]) -> None:
    def seller(last: str) -> str:
        goal = f"id: g, title: G, supports: g, measure: {{unit: deals, target: 50}}, checkins: [{{on: 2017-05-31, value: 20}}{last}]"
        return f"name: S\nteam: central\ngoals:\n  - {{{goal}}}\n"

    team = "name: Central\ngoals:\n  - {id: g, title: G, measure: {unit: deals, target: 100, rollup: sum}}\n"
    sellers = {"sellers/ana.yaml": seller(", {on: 2017-06-30, value: 25}"), "sellers/ben.yaml": seller("")}
    folder = goals({"teams/central.yaml": team, **sellers})
    text = run("status", "central/g", "--dir", folder, "--as-of", "2017-07-01").stdout
    assert "45 deals of 100 deals on 2017-06-30  pace 97% on 2017-05-31\n" in text


@pytest.mark.parametrize(
    ("what", "goals"),
    [
        ("", ["central-brinkmann/revenue", "dustin-brinkmann/half-hours", *MOSES]),
        ("moses-frase", MOSES),
        ("moses-frase/negotiation", ["moses-frase/negotiation"]),
    ],
)
def test_it_shows_all_goals_or_an_owner_s_or_one(what: str, goals: list[str]) -> None:
    found = data(*([what] if what else []), "--dir", BRINKMANN)
    assert sorted(found["goals"]) == goals
    assert set(found["owners"]) == {goal.split("/")[0] for goal in goals}


def test_the_json_keeps_its_contract() -> None:
    found = data("--dir", EVERY_KEY)
    assert {"as_of", "handbook", "owners", "goals"} <= found.keys()
    assert found["as_of"] == "2017-10-15"
    for owner in found["owners"].values():
        assert {"kind", "name", "counts"} <= owner.keys()
        assert owner["kind"] in {"team", "seller", "leader"}
        assert all(isinstance(count, int) for count in owner["counts"].values())
    keys = {"title", "kind", "status", "pace", "expected", "reading", "agreement", "coverage", "landmarks"}
    for goal in found["goals"].values():
        assert keys <= goal.keys()
        assert goal["reading"] is None or {"on", "value"} <= goal["reading"].keys()
        for landmark in goal["landmarks"].values():
            assert {"status", "due", "value"} <= landmark.keys()


def test_the_json_has_the_values_of_the_files() -> None:
    goal = data("moses-frase/new-business", "--dir", EVERY_KEY)["goals"]["moses-frase/new-business"]
    assert (goal["title"], goal["kind"], goal["agreement"]) == ("Close 260,000 of new business", "production", "stale")
    assert goal["reading"] == {"on": "2017-09-30", "value": 175_000}
    assert (goal["target"], goal["last"]) == (260_000, 228_000)
    assert goal["agreed"][0].keys() == {"on", "by", "met", "understood"}
    assert [(i, lm["due"], lm["value"]) for i, lm in goal["landmarks"].items()] == [
        ("q2", "2017-06-30", 90_000),
        ("year", "2017-12-15", 260_000),
    ]


@pytest.mark.parametrize(
    ("reading", "pace", "catch_up", "status"),
    [
        ("79_996", 0.8, 1.20004, "off-track"),
        ("80_000", 0.8, 1.2, "at-risk"),
        ("95_123.456", 0.9512, 1.0488, "at-risk"),
        ("99_996", 0.99996, 1.00004, "at-risk"),
        ("100_000", 1, 1, "on-track"),
        ("100_004", 1.00004, 0.99996, "on-track"),
    ],
)
def test_a_ratio_has_the_digits_that_keep_it_in_its_band(
    goals: Callable[..., Path], reading: str, pace: float, catch_up: float, status: str
) -> None:
    """Four, but for what they would round onto the edge of a band."""
    goal = f"id: g, title: G, measure: {{unit: money, target: 200_000}}, landmarks: [{{id: q2, due: 2017-06-30, value: 100_000}}], checkins: [{{on: 2017-06-30, value: {reading}}}]"
    folder = goals({"teams/central.yaml": f"name: Central\ngoals:\n  - {{{goal}}}\n"})
    found = data("central/g", "--dir", folder, "--as-of", "2017-06-30")["goals"]["central/g"]
    assert (found["pace"], found["catch_up"], found["status"]) == (pace, catch_up, status)


@pytest.mark.parametrize(
    ("targets", "ratio", "verdict"),
    [("99_999.999", 0.99999999, "low"), ("120_000", 1.2, "sane"), ("120_001", 1.20001, "high"), ("123_456", 1.2346, "high")],
)  # fmt: skip
def test_a_coverage_has_the_digits_that_keep_it_in_its_band(
    goals: Callable[..., Path], targets: str, ratio: float, verdict: str
) -> None:
    seller = f"name: Ana\nteam: central\ngoals:\n  - {{id: g, title: G, supports: g, measure: {{unit: money, target: {targets}}}}}\n"
    team = "name: Central\ngoals:\n  - {id: g, title: G, measure: {unit: money, target: 100_000}}\n"
    folder = goals({"teams/central.yaml": team, "sellers/ana.yaml": seller})
    found = data("central/g", "--dir", folder)["goals"]["central/g"]["coverage"]
    assert (found["ratio"], found["verdict"]) == (ratio, verdict)


@pytest.mark.parametrize(
    ("what", "hint"),
    [
        ("moses-fraze", 'unknown owner or goal "moses-fraze"\n  help: did you mean "moses-frase"?'),
        ("moses-frase/negotiations", 'did you mean "moses-frase/negotiation"?'),
        ("zzz", 'unknown owner or goal "zzz"\n  help: list them all with goals status'),
    ],
)
def test_an_unknown_name_gets_a_hint_and_exit_code_2(what: str, hint: str) -> None:
    result = run("status", what, "--dir", BRINKMANN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr


def test_a_handbook_with_errors_has_no_status(goals: Callable[..., Path]) -> None:
    result = run("status", "--dir", goals({"teams/central.yaml": "name: Central\nleeder: x"}))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "GH102" in result.stderr


def test_without_a_handbook_the_exit_code_is_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("status").exit_code == 2


HANDBOOK = "format: 1\nname: M\nperiod: {name: Y, start: 2017-01-01, end: 2017-12-31}\n"


@pytest.mark.parametrize(
    ("option", "epoch", "handbook", "day"),
    [
        ("2017-03-01", OCTOBER_15, "as_of: 2017-05-01", "2017-03-01"),
        ("2017-03-01", None, "", "2017-03-01"),
        (None, OCTOBER_15, "as_of: 2017-05-01", "2017-10-15"),
        (None, OCTOBER_15, "", "2017-10-15"),
        (None, "0", "", "1970-01-01"),
        (None, "", "as_of: 2017-05-01", "2017-05-01"),
        (None, None, "as_of: 2017-05-01", "2017-05-01"),
        (None, None, "", "2017-11-11"),
    ],
)
def test_the_status_date_is_the_option_s_then_the_epoch_s_then_the_handbook_s_then_today(
    goals: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    option: str | None,
    epoch: str | None,
    handbook: str,
    day: str,
) -> None:
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2017, 11, 11))
    env = {} if epoch is None else {"SOURCE_DATE_EPOCH": epoch}
    folder = goals({"handbook.yaml": HANDBOOK + handbook})
    assert data(*(["--as-of", option] if option else []), "--dir", folder, env=env)["as_of"] == day


@pytest.mark.parametrize("epoch", ["abc", "-1", "1.5", "1e9", "99999999999999", "2017-10-15", "١", "0x10", "12 34"])
@pytest.mark.parametrize("command", ["check", "status"])
def test_a_bad_epoch_is_exit_code_2(goals: Callable[..., Path], command: str, epoch: str) -> None:
    result = run(command, "--dir", goals(), env={"SOURCE_DATE_EPOCH": epoch})
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f'Error: SOURCE_DATE_EPOCH is "{epoch}" but must be whole seconds since 1970, e.g. 1508025600\n'
    )


@pytest.mark.parametrize("day", ["some day", "2017-2-30", "2017-02-30", "20171015", "9999-12-31", ""])
def test_a_bad_status_date_is_exit_code_2(goals: Callable[..., Path], day: str) -> None:
    result = run("status", "--dir", goals(), "--as-of", day)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--as-of'" in result.stderr


def test_escape_sequences_do_not_reach_the_terminal(goals: Callable[..., Path]) -> None:
    """Files may not contain control characters, but they may contain what changes the reading direction."""
    landmark = '{id: b, due: 2017-01-31, deliver: "e\\u2028f"}'
    team = f'name: "a\\u202Eb\\u200B"\ngoals: [{{id: a, title: "c\\u2066d", landmarks: [{landmark}]}}]'
    result = run("status", "--dir", goals({"teams/central.yaml": team}), "--as-of", "2017-10-15")
    assert result.exit_code == 0
    assert "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}" in result.stdout
    assert "c\N{REPLACEMENT CHARACTER}d" in result.stdout
    assert all(c.isprintable() or c == "\n" for c in result.stdout)
