"""Reads CSV text as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..findings import Finding, Location
from ..source.csv_table import lines_of, records
from .sheet import Field, Sheet


class CsvSheet:
    """CSV text with fields separated by commas, semicolons or tabs."""

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
    """Return a CSV file as a sheet, or a finding GH113 if it is not a CSV file in UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Finding("GH113", Location(path, 1, 1), "the export is UTF-16", "export it again as UTF-8 CSV")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "this is an old Excel file, or one with a password"
        return Finding("GH113", Location(path), message, "save it as .xlsx without a password, or as CSV")
    if data.lstrip().startswith(b"<"):
        message = "this is a web page (some CRMs export one as .xls)"
        return Finding("GH113", Location(path), message, "export CSV or .xlsx")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        location = Location(path, data[: error.start].count(b"\n") + 1, 1)
        return Finding("GH113", location, "this is not UTF-8 (it may be Latin-1)", "export it again as UTF-8 CSV")
    if "\x00" in text:
        location = Location(path, text[: text.index("\x00")].count("\n") + 1, 1)
        return Finding("GH113", location, "this row contains a NUL character", "export the file again")
    return CsvSheet(path, text)
