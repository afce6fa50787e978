"""An export as a sheet: rows of fields, wherever they come from."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ..findings import Finding, Location
from ..source.csv_table import lines_of, records

EXPORT_LIMIT = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Formula:
    """What a workbook's cell computes; it is never computed here."""

    text: str


#: CSV has texts alone; a workbook has numbers and days too.
Field = str | Decimal | datetime.date | Formula


class Sheet(Protocol):
    """Rows of fields with the line each begins on."""

    path: str

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """All rows, the header first. Raises BadRow."""

    def excerpt(self, line: int) -> str:
        """What stands on a line."""

    def cell(self, line: int, column: int) -> str:
        """How people name a field, to begin a message with; nothing where the line says enough."""


class CsvSheet:
    """A CSV text with commas, semicolons or tabs between its fields."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.lines = lines_of(text)

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """See Sheet."""
        first = self.lines[0] if self.lines else ""
        yield from records(self.text, max(",;\t", key=first.count))

    def excerpt(self, line: int) -> str:
        """See Sheet."""
        return self.lines[line - 1] if 0 < line <= len(self.lines) else ""

    def cell(self, line: int, column: int) -> str:
        """See Sheet."""
        return ""


def csv_sheet(path: str, data: bytes) -> Sheet | Finding:
    """A CSV file, or a finding GH113 that says why it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Finding("GH113", Location(path, 1, 1), "the export is UTF-16", "export it again as UTF-8 CSV")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        problem = "this is an old Excel file, or one with a password"
        return Finding("GH113", Location(path), problem, "save it as .xlsx without a password, or as CSV")
    if data.lstrip().startswith(b"<"):
        return Finding("GH113", Location(path), "this is a web page (some CRMs call it .xls)", "export CSV, or .xlsx")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        location = Location(path, data[: error.start].count(b"\n") + 1, 1)
        return Finding("GH113", location, "this is not UTF-8 (it may be Latin-1)", "export it again as UTF-8 CSV")
    if "\x00" in text:
        location = Location(path, text[: text.index("\x00")].count("\n") + 1, 1)
        return Finding("GH113", location, "a NUL character stands in this row", "export the file again")
    return CsvSheet(path, text)
