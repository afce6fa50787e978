"""Finds the columns and the rows of a sheet, however it was made: headings in any order, titles above, totals below."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from ..findings import Finding, Location, nearest
from ..model.identity import folded
from ..model.values import message_and_help, quoted, value_error
from ..source.csv_table import BadRow
from ..spreadsheets.sheet import Field, Formula, Sheet, cell_name
from .cells import is_blank, read_day, words_of
from .columns import GOAL_ID
from .rows import Heading

#: The headings are in one of the first rows: a title may be above them.
_HEADER_ROWS = 20
#: What a spreadsheet shows where a formula failed; of other languages, what German ones show.
_ERRORS = frozenset({
    "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!",
    "#BEZUG!", "#NV", "#WERT!", "#ZAHL!",
})  # fmt: skip
#: What people call the row below the last.
_TOTALS = frozenset({"total", "totals", "sum", "grand total", "summe", "gesamt", "gesamtsumme", "somme", "suma"})


@dataclass(frozen=True)
class Row:
    """A row that says something: its cells by heading, and the names of all its cells (`Goals!H12`)."""

    number: int
    cells: Mapping[Heading, Field]
    names: Mapping[Heading, str]

    def get(self, heading: Heading) -> Field:
        """Return a cell, "" where the sheet has no such column."""
        return self.cells.get(heading, "")

    def words(self, heading: Heading) -> str:
        """Return a cell as trimmed text."""
        return words_of(self.get(heading)).strip()

    def name(self, heading: Heading) -> str:
        """Return the name of a cell, or of the first of the row where the sheet has no such column."""
        return self.names.get(heading) or next(iter(self.names.values()))


@dataclass
class Table:
    """The rows of a sheet, the columns it has, what was ignored, and what is wrong. `book` is how findings begin."""

    book: str
    sheet: str
    headings: Mapping[Heading, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def days(self) -> list[datetime.date]:
        """Return the days that have a column."""
        return [heading for heading in self.headings if isinstance(heading, datetime.date)]

    def problem(self, cell: str, error: PydanticCustomError) -> None:
        """Add a finding at a cell."""
        self.findings.append(finding_at(self.book, cell, error))

    def in_order(self) -> list[Finding]:
        """Return the findings row by row, and from left to right."""
        return sorted(self.findings, key=_place)


def _place(finding: Finding) -> tuple[int, int, str]:
    """The row and the column that a finding is about: `Goals!H12` is (12, 1, "H")."""
    cell = re.search(r"!([A-Z]+)([0-9]+)\Z", finding.location.path)
    return (int(cell[2]), len(cell[1]), cell[1]) if cell else (0, 0, "")


def finding_at(book: str, cell: str, error: PydanticCustomError) -> Finding:
    """Return the finding at a cell, or at a sheet, of what a parser raised."""
    return Finding(error.type, Location(f"{book}: {cell}"), *message_and_help(error))


def read_table(
    book: str,
    name: str,
    sheet: Sheet,
    known: Mapping[str, str],
    needed: Sequence[str],
    ends: Sequence[datetime.date] | None = None,
) -> Table:
    """Return the table in a sheet.

    `known` are its headings by what people write, folded; `needed` are those by which its row is recognised. With
    `ends`, those of the quarters, a heading may be a day, or `Q3`.
    """
    table = Table(book, name)
    try:
        rows = _numbered(sheet)
        header = _header(rows, known, needed)
        if header is None:
            message = f"no row has the headings {' and '.join(needed)}"
            table.problem(name, value_error("GH115", message, "goals sheet --out writes a sheet that has them"))
            return table
        _read_headings(table, *header, known, ends)
        for number, fields in rows:
            _read_row(table, number, fields, needed)
    except BadRow as problem:
        table.problem(f"{name}!{cell_name(problem.line, 0)}", value_error("GH115", problem.message, problem.help))
    return table


def _numbered(sheet: Sheet) -> Iterator[tuple[int, Sequence[Field]]]:
    """Yield rows with their numbers in a spreadsheet; in a CSV file that is not the line."""
    for number, (_, fields) in enumerate(sheet.rows(), start=1):
        yield number, fields


def _header(
    rows: Iterator[tuple[int, Sequence[Field]]], known: Mapping[str, str], needed: Collection[str]
) -> tuple[int, Sequence[Field]] | None:
    for number, fields in rows:
        if {*needed} <= {known.get(_heading(field), "") for field in fields}:
            return number, fields
        if number == _HEADER_ROWS:
            break
    return None


def _heading(field: Field) -> str:
    return folded(words_of(field)).strip(" :*")


def _read_headings(
    table: Table, number: int, fields: Sequence[Field], known: Mapping[str, str], ends: Sequence[datetime.date] | None
) -> None:
    found: dict[Heading, int] = {}
    ignored: list[str] = []
    for column, text in enumerate(fields):
        cell = f"{table.sheet}!{cell_name(number, column)}"
        heading: Heading | None = known.get(_heading(text))
        try:
            if heading is None and ends is not None:
                heading = _day(text, ends)
        except PydanticCustomError as error:
            table.problem(cell, error)
            continue
        if heading in found:
            first = f"{table.sheet}!{cell_name(number, found[heading])}"
            message = f"{quoted(words_of(text))} is the same column as {first}"
            table.problem(cell, value_error("GH117", message, "rename or delete one of them"))
        elif heading is not None:
            found[heading] = column
        elif not is_blank(text):
            near = known.get(nearest(_heading(text), known), "")
            hint = f'; did you mean "{near}"?' if near else ""
            ignored.append(f'"{words_of(text).strip()}" ({cell}{hint})')
    if ignored:
        table.notes.append(f"ignored columns: {', '.join(ignored)}")
    table.headings = found


def _day(text: Field, ends: Sequence[datetime.date]) -> datetime.date | None:
    """The day that a heading names, None if it is not one. Raises GH106 for one that is unclear."""
    words = words_of(text).strip(" :*\n")
    if named := re.fullmatch(r"(?:(?:the )?end of )?q([1-9])(?:[ /-]+[0-9]{4})?", words.casefold()):
        number = int(named[1])
        if number > len(ends):
            message = f"there is no Q{number}: the period has {len(ends)} quarters"
            raise value_error("GH106", message, "write a day, as YYYY-MM-DD")
        return ends[number - 1]
    looks_like_day = isinstance(text, datetime.date) or re.fullmatch(r"[0-9]+([./-])[0-9]+\1[0-9]+", words)
    return read_day(text if isinstance(text, datetime.date) else words) if looks_like_day else None


def _read_row(table: Table, number: int, fields: Sequence[Field], needed: Sequence[str]) -> None:
    """Add a row to the table, unless it says nothing or is a total."""
    cells = {h: fields[column] if column < len(fields) else "" for h, column in table.headings.items()}
    said = {heading: field for heading, field in cells.items() if not is_blank(field)}
    row = Row(number, cells, {h: f"{table.sheet}!{cell_name(number, c)}" for h, c in table.headings.items()})
    words = [folded(row.words(heading)).strip(" :") for heading in needed]
    if not said:
        return
    is_total = {*words} - {""} <= _TOTALS and (len(needed) == 1 or "" in words)
    if is_total and is_blank(row.get(GOAL_ID)):
        table.notes.append(f"ignored row: {table.sheet} row {number} names nobody, like a total")
        return
    computed = {heading: found for heading, field in said.items() if (found := _computed(field))}
    for heading, (what, help) in computed.items():
        message = f"{quoted(row.words(heading))} is {what}"
        table.problem(row.name(heading), value_error("GH115", message, help))
    if not computed:
        table.rows.append(row)


def _computed(field: Field) -> tuple[str, str] | None:
    """What a cell is that holds no value but what a spreadsheet computes, and what to do about it."""
    if isinstance(field, Formula):
        return "a formula", "replace it with its value; formulas are not computed"
    if words_of(field).strip() in _ERRORS:
        return "an error of the spreadsheet", "write there what is meant"
    return None
