"""A small sales house to import into: as files for the command, and in memory for the functions behind it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.crm.columns import Columns
from goal_handbook.crm.currency import Currencies
from goal_handbook.crm.export import read_export
from goal_handbook.crm.importing import Imported, Options, currencies_of, import_deals
from goal_handbook.findings import Finding
from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load_files
from goal_handbook.source.readings import Row, read_readings
from goal_handbook.spreadsheets.csv_sheet import CsvSheet

COLUMNS = Columns(owner=("Owner",), date=("Closed",), value=("Amount",))
HEADER = "Owner,Closed,Amount"
CRM = Path("goals/readings/crm.csv")


def book(currency: str = "USD") -> str:
    line = f"currency: {currency}\n" if currency else ""
    return f"format: 1\nname: House\nperiod: {{name: 2017, start: 2017-01-01, end: 2017-12-31}}\n{line}rules: {{GH3: off, GH4: off, GH5: off}}\n"


def seller(
    name: str, measure: str = "{unit: money, target: 9000}", landmarks: Mapping[str, str] = {}, more: str = ""
) -> str:
    """A seller's file with the goal `sales`; landmarks are ids and due dates."""
    dates = ", ".join(f"{{id: {lm}, due: {due}, value: 1}}" for lm, due in landmarks.items())
    return (
        f"name: {name}\nteam: central\n{more}goals:\n  - id: sales\n    title: Sell\n    supports: revenue\n"
        f"    measure: {measure}\n    landmarks: [{dates}]\n"
    )


TEAM = "name: Central\ngoals:\n  - {id: revenue, title: R, measure: {unit: money, target: 9, rollup: sum}, landmarks: []}\n"
FILES = {
    "handbook.yaml": book(),
    "teams/central.yaml": TEAM,
    "sellers/anna.yaml": seller("Anna Schäfer"),
    "sellers/bjorn.yaml": seller("Björn Köhler"),
}


def handbook(files: Mapping[str, str] = {}) -> Handbook:
    loaded = load_files({name: text.encode() for name, text in {**FILES, **files}.items()}, "goals")
    assert loaded.handbook is not None
    assert loaded.findings == []
    return loaded.handbook


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def bring_in(
    export: str,
    files: Mapping[str, str] = {},
    held: str = "",
    columns: Columns = COLUMNS,
    currencies: Currencies | None = None,
    as_of: str = "2017-12-31",
    **options: Any,
) -> tuple[Imported, list[Finding]]:
    """Import an export in memory, into a readings file that holds `held`."""
    into = handbook(files)
    counted = currencies or currencies_of(into, "{owner}/sales")
    deals, findings = read_export(CsvSheet("export.csv", export), columns, counted)
    rows: list[Row] = read_readings("crm.csv", held.encode())[0] if held else []
    asked = replace(Options("{owner}/sales", day(as_of)), **options)
    done, found = import_deals(deals, rows, into, counted, asked, "export.csv")
    return done, [*findings, *found]


def totals(done: Imported) -> dict[tuple[str, str], Decimal]:
    """The totals by owner and day."""
    return {(total.goal.partition("/")[0], str(total.on)): total.value for total in done.totals.totals}


def table(*rows: Sequence[object], header: str = HEADER) -> str:
    """An export with these rows."""
    return "".join(f"{line}\n" for line in (header, *(",".join(f'"{field}"' for field in row) for row in rows)))


class House:
    """A goals folder in the current directory, and the command."""

    def __init__(self, files: Mapping[str, str] = {}) -> None:
        for name, text in {**FILES, **files}.items():
            path = Path("goals") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def bring_in(self, export: str, *options: str) -> Result:
        Path("export.csv").write_text(export, encoding="utf-8")
        columns = ["--owner-column", "Owner", "--date-column", "Closed", "--value-column", "Amount"]
        fixed = ["--goal-pattern", "{owner}/sales", "--into", str(CRM), "--as-of", "2017-12-31"]
        return CliRunner().invoke(main, ["import", "export.csv", *columns, *fixed, *options])

    def files(self) -> dict[str, bytes]:
        """What the folder holds, hidden files included."""
        return {str(path): path.read_bytes() for path in Path("goals").rglob("*") if path.is_file()}
