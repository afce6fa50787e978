"""`goals backtest` on the example's year of deals."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "tests" / "data" / "crm-export" / "sales_pipeline.csv"
COLUMNS = ["--owner-column", "sales_agent", "--date-column", "close_date", "--value-column", "close_value"]
GOLDEN = Path(__file__).parent / "golden" / "backtest.txt"


def backtest(*more: str, export: Path = EXPORT, goals: Path = ROOT / "goals") -> Result:
    counted = ["--dir", str(goals), "--goal-pattern", "{owner}/new-business", "--won", "deal_stage=Won"]
    return CliRunner().invoke(main, ["backtest", str(export), *COLUMNS, *counted, *more])


def test_the_table_of_the_example(pytestconfig: pytest.Config) -> None:
    result = backtest("--targets", "0.8,0.9,1,1.1,1.2")
    assert result.exit_code == 0
    if pytestconfig.getoption("--refresh"):
        GOLDEN.write_text(result.stdout, encoding="utf-8")
    assert result.stdout == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("targets", "message"),
    [
        ("much", '"much" is not a number'),
        ("80%,100%", '"80%" is not a number\n  help: write 0.8'),
        ("0,1", "0 is not a factor\n  help: use more than 0 and at most 10, e.g. 1.2 for 120%"),
    ],
)
def test_factors_that_are_none_are_refused(targets: str, message: str) -> None:
    result = backtest("--targets", targets)
    assert result.exit_code == 2
    assert message in result.stderr


def until(day: str, path: Path) -> Path:
    """The export as it was on a day, by the dates of its rows."""
    head, *rows = EXPORT.read_text(encoding="utf-8").splitlines()
    place = head.split(",").index("close_date")
    kept = [row for row in rows if "" < row.split(",")[place] <= day]
    path.write_text("\n".join([head, *kept]) + "\n", encoding="utf-8")
    return path


def test_goals_that_are_not_over_are_no_cases(tmp_path: Path) -> None:
    result = backtest("--as-of", "2017-10-15", export=until("2017-09-30", tmp_path / "deals.csv"))
    assert result.exit_code == 2
    assert "nothing to test: 30 goals not over by 2017-10-06, where the export ends" in result.stderr
    assert result.stdout == ""


def test_a_goal_that_is_not_over_is_left_out_by_its_name(tmp_path: Path) -> None:
    goals = tmp_path / "goals"
    shutil.copytree(ROOT / "goals", goals)
    moses = goals / "sellers" / "moses-frase.yaml"
    text = moses.read_text(encoding="utf-8")
    moses.write_text(
        text.replace("    measure: {unit: money", "    due: 2018-02-28\n    measure: {unit: money", 1), encoding="utf-8"
    )
    result = backtest(goals=goals)
    assert result.exit_code == 0, result.output
    assert "left out: 1 goal not over by 2017-12-31, where the export ends: moses-frase/new-business\n" in result.stderr
    assert " of 29 goals:" in result.stdout


def test_somebody_unknown_is_reported_as_an_import_does() -> None:
    goals = ["--dir", str(ROOT / "tests" / "data" / "brinkmann"), "--goal-pattern", "{owner}/new-business"]
    result = CliRunner().invoke(main, ["backtest", str(EXPORT), *COLUMNS, *goals, "--won", "deal_stage=Won"])
    assert result.exit_code == 1
    assert "unknown person" in result.stderr + result.stdout
