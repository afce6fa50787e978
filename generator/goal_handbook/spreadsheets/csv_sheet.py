"""Reads CSV as a sheet, in whichever encoding and with whichever separator it was written."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice

from ..findings import Finding, Location
from ..source.csv_table import BadRow, lines_in, records
from .sheet import Field, Sheet

#: What can be between two fields; of two that fit equally well, the first.
SEPARATORS = (",", ";", "\t", "|")
#: How many records are looked at to find out which it is.
_LOOKED_AT = 100
#: What Excel reads and writes as a first line of its own: `sep=;`.
_NAMED = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
_EXPORT_AGAIN = "export it again as UTF-8 CSV"


class CsvSheet:
    """CSV text with a header. `encoding` is what its bytes were, and `separator` what is between its fields."""

    def __init__(self, path: str, text: str, encoding: str = "UTF-8") -> None:
        self.path, self.text, self.encoding = path, text, encoding
        named = _NAMED.match(text)
        self.lines_before = 1 if named else 0
        self.table = text[named.end() :] if named else text
        self.separator = named[1] if named else separator_of(self.table)

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """See Sheet."""
        try:
            for line, row in records(self.table, self.separator):
                yield line + self.lines_before, row
        except BadRow as bad:
            raise BadRow(bad.line + self.lines_before, bad.message, bad.help) from None

    def excerpt(self, line: int) -> str:
        """See Sheet."""
        if not 0 < line < len(self._starts):
            return ""
        return self.text[self._starts[line - 1] : self._starts[line]].rstrip("\r\n")

    def cell(self, line: int, column: int) -> str:
        """See Sheet."""
        return ""

    @cached_property
    def _starts(self) -> array[int]:
        """The offsets at which the lines start, and at last the end of the text."""
        return array("Q", accumulate(map(len, lines_in(self.text)), initial=0))


def separator_of(text: str) -> str:
    """Return what separates the fields of a CSV text: what makes most of its first rows as wide as its header.

    A comma in a heading or in an amount does not count as the separator if another character fits the rows better.
    """
    return max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int]:
    """Return how many of the first rows are as wide as the header, 0 if it has one column, and how wide that is."""
    widths = []
    try:
        for _, record in islice(records(text, separator), _LOOKED_AT):
            widths.append(len(record))
    except BadRow:
        pass  # what could be read until then has to do
    header = widths[0] if widths else 0
    return (widths.count(header), header) if header > 1 else (0, 0)


def csv_sheet(path: str, data: bytes) -> Sheet | Finding:
    """Return a CSV file as a sheet, or a finding GH113 if it is something else or has bytes that no encoding explains.

    It is UTF-8, or UTF-16 with a byte order mark; whatever is neither is taken to be Windows-1252, which is Latin-1
    with a few signs more.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "this is an old Excel file, or one with a password"
        return Finding("GH113", Location(path), message, "save it as .xlsx without a password, or as CSV")
    if data.lstrip().startswith(b"<"):
        message = "this is a web page (some CRMs export one as .xls)"
        return Finding("GH113", Location(path), message, "export CSV or .xlsx")
    encoding = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "UTF-8"
    try:
        text = data.decode("utf-16" if encoding == "UTF-16" else "utf-8-sig")
    except UnicodeDecodeError as error:
        if encoding == "UTF-16":
            return Finding("GH113", Location(path, 1, 1), "this is not whole: it begins as UTF-16", _EXPORT_AGAIN)
        encoding = "Windows-1252"
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as other:
            message = f"this is neither UTF-8 (see line {_line_of(error)}) nor Windows-1252"
            return Finding("GH113", Location(path, _line_of(other), 1), message, _EXPORT_AGAIN)
    if "\x00" in text:
        location = Location(path, text[: text.index("\x00")].count("\n") + 1, 1)
        return Finding("GH113", location, "this row contains a NUL character", "export the file again")
    return CsvSheet(path, text, encoding)


def _line_of(error: UnicodeDecodeError) -> int:
    return error.object[: error.start].count(b"\n") + 1
