"""The example handbook's readings are the CRM's own numbers, added up once more here without any of our code."""

from __future__ import annotations

import csv
import datetime
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from goal_handbook.cli import main
from goal_handbook.source.load import load

ROOT = Path(__file__).parent.parent
GOALS = ROOT / "goals"
EXPORT = Path(__file__).parent / "data" / "crm-export"
SEPTEMBER_30 = datetime.date(2017, 9, 30)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (EXPORT / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


SELLERS = sorted(row["sales_agent"] for row in rows("sales_teams.csv"))


def won_by(seller: str, day: datetime.date) -> Decimal:
    """What the export says a seller closed in 2017 up to a day."""
    deals = (row for row in rows("sales_pipeline.csv") if (row["sales_agent"], row["deal_stage"]) == (seller, "Won"))
    return sum((Decimal(d["close_value"]) for d in deals if "2017-01-01" <= d["close_date"] <= str(day)), Decimal(0))


@pytest.fixture(scope="module")
def readings() -> dict[tuple[str, datetime.date], Decimal | None]:
    """What the example's CSV file says, by goal and day."""
    loaded = load(GOALS, "goals")
    return {
        (row.goal, row.checkin.on): row.checkin.value
        for row in loaded.rows
        if row.location.path == "goals/readings/crm.csv"
    }


def test_the_export_is_the_one_that_was_published() -> None:
    won = [Decimal(row["close_value"]) for row in rows("sales_pipeline.csv") if row["deal_stage"] == "Won"]
    assert (len(SELLERS), len(won), sum(won)) == (35, 4_238, 10_005_534)


@pytest.mark.parametrize("seller", SELLERS)
def test_a_seller_s_reading_is_the_sum_of_their_won_deals(
    seller: str, readings: dict[tuple[str, datetime.date], Decimal | None]
) -> None:
    goal = f"{seller.lower().replace(' ', '-')}/new-business"
    assert readings.get((goal, SEPTEMBER_30)) == won_by(seller, SEPTEMBER_30)


def test_the_import_reproduces_the_readings_byte_for_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(tmp_path)
    shutil.copytree(GOALS, "goals", ignore=shutil.ignore_patterns("crm.csv"))
    command = [
        *("import", str(EXPORT / "sales_pipeline.csv")),
        *("--goal-pattern", "{owner}/new-business", "--owner-column", "sales_agent"),
        *("--date-column", "close_date", "--value-column", "close_value", "--won", "deal_stage=Won"),
        *("--per", "month", "--complete", "--into", "goals/readings/crm.csv"),
    ]
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path("goals/readings/crm.csv").read_bytes() == (GOALS / "readings" / "crm.csv").read_bytes()
