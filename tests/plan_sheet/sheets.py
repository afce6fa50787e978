"""What the tests of plans share: workbooks as people save them, and `goals sheet` run on them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from goal_handbook.cli import main

HOUSE = Path(__file__).parent.parent / "rules" / "house"
Rows = Sequence[Sequence[Any]]


def run(*arguments: str) -> Result:
    """Run `goals` in this process."""
    return CliRunner().invoke(main, list(arguments))


def saved(path: Path, **sheets: Rows) -> Path:
    """Save a workbook by another program than ours, with these rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def exported(name: str = "plan.xlsx") -> Path:
    """Write the handbook in the current directory as a plan."""
    result = run("sheet", "--out", name)
    assert result.exit_code == 0, result.output
    return Path(name)


def edited(path: Path, sheet: str, cells: Mapping[tuple[str, str], Any], formats: Mapping[str, str] = {}) -> Path:
    """Change cells of a workbook, each by a text in its row and its heading; a row that is not found is added."""
    book = load_workbook(path)
    table = book[sheet]
    headings = {_heading(cell.value): column for column, cell in enumerate(table[1], start=1)}
    rows = {str(cell.value): n for n, row in enumerate(table.iter_rows(min_row=2), start=2) for cell in reversed(row)}
    for (where, heading), value in cells.items():
        row = rows.setdefault(where, table.max_row + 1)
        column = headings.setdefault(heading, len(headings) + 1)
        table.cell(1, column).value = table.cell(1, column).value or heading
        cell = table.cell(row, column)
        cell.value = value
        if heading in formats:
            cell.number_format = formats[heading]
    book.save(path)
    return path


def _heading(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime.datetime) else str(value)


def contents(folder: Path) -> dict[str, bytes]:
    """What is in the files of a goals folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def findings(result: Result) -> list[str]:
    """The findings that a command printed, each on one line with its help, without the count."""
    assert result.exit_code == 1, result.output
    assert "nothing was written" in result.stderr
    blocks = [block.strip() for block in result.stderr.split("\n\n")]
    return [block.replace("\n  ", " | ") for block in blocks if " GH" in block]
