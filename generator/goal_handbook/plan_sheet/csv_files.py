"""A plan as CSV files, which spreadsheets open. Text that a spreadsheet would take for a formula gets an apostrophe."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Sequence

from ..spreadsheets.sheet import Field, Sheet
from .cells import words_of
from .rows import PlanTable, PlanTables

#: What a spreadsheet takes for the beginning of a formula, after any apostrophes.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def csv_files(tables: PlanTables) -> dict[str, bytes]:
    """Return the files of a plan by their names, People.csv and Goals.csv."""
    return {f"{table.name}.csv": _csv(table) for table in (tables.people, tables.goals)}


def _csv(table: PlanTable) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_guarded(head.heading) for head in table.heads])
    for row in table.rows:
        writer.writerow([_guarded(row.get(head.heading, "")) for head in table.heads])
    return out.getvalue().encode("utf-8-sig")  # Excel reads UTF-8 only with a byte order mark


def _guarded(field: Field | datetime.date) -> str:
    text = words_of(field)
    return f"'{text}" if isinstance(field, str) and _FORMULA.match(text) else text


class UnguardedSheet:
    """A sheet of a CSV file whose texts lose the apostrophe that kept them from being formulas."""

    def __init__(self, sheet: Sheet) -> None:
        self.path, self.sheet = sheet.path, sheet

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """See Sheet."""
        for line, fields in self.sheet.rows():
            yield line, [_unguarded(field) for field in fields]

    def excerpt(self, line: int) -> str:
        """See Sheet."""
        return self.sheet.excerpt(line)

    def cell(self, line: int, column: int) -> str:
        """See Sheet."""
        return self.sheet.cell(line, column)


def _unguarded(field: Field) -> Field:
    guarded = isinstance(field, str) and field.startswith("'") and _FORMULA.match(field)
    return field[1:] if guarded and isinstance(field, str) else field
