"""`goals backtest` on the example's year of deals."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "tests" / "data" / "crm-export" / "sales_pipeline.csv"
COLUMNS = ["--owner-column", "sales_agent", "--date-column", "close_date", "--value-column", "close_value"]
GOLDEN = Path(__file__).parent / "golden" / "backtest.txt"


def backtest(*more: str) -> Result:
    goals = ["--dir", str(ROOT / "goals"), "--goal-pattern", "{owner}/new-business", "--won", "deal_stage=Won"]
    return CliRunner().invoke(main, ["backtest", str(EXPORT), *COLUMNS, *goals, *more])


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


def test_somebody_unknown_is_reported_as_an_import_does() -> None:
    goals = ["--dir", str(ROOT / "tests" / "data" / "brinkmann"), "--goal-pattern", "{owner}/new-business"]
    result = CliRunner().invoke(main, ["backtest", str(EXPORT), *COLUMNS, *goals, "--won", "deal_stage=Won"])
    assert result.exit_code == 1
    assert "unknown person" in result.stderr + result.stdout
