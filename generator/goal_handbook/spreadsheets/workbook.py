"""Reads a workbook (.xlsx) as a sheet with openpyxl (the extra `xlsx`); nothing in it is computed."""

from __future__ import annotations

import datetime
import io
import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ..findings import Finding, Location, did_you_mean
from ..source.csv_table import BadRow
from .currency_marks import currencies_named
from .sheet import SIZE_LIMIT, Field, Formula, Money, Percent, Sheet, cell_name, text_of

#: The first bytes of a workbook, which is a zip archive.
SIGNATURE = b"PK\x03\x04"
#: A currency in a number format: `[$€-407]`, `"CHF"` or a bare sign.
_SHOWN = re.compile(r'\[\$([^\]-]+)[^\]]*\]|"([^"]+)"|([$€£¥₹])')
#: Formats with lower numbers are built in, and show the currency of whoever opens the workbook.
_FIRST_OWN_FORMAT = 164
#: Those of `0%` and `0.00%`.
_PERCENT_FORMATS = frozenset({9, 10})
_PERCENT = "%"
#: What a format shows as it is, or only reserves the space for.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.')
_BROKEN = "this workbook cannot be read"
_SAVE_AGAIN = "open it in a spreadsheet and save it again as .xlsx, or as CSV"


def workbook_sheet(path: str, data: bytes, name: str = "") -> Sheet | Finding:
    """Return the sheet of a workbook with this name ("": the first visible one), or a finding GH112, GH113 or GH115.

    Raises ModuleNotFoundError without openpyxl.
    """
    sheets = workbook_sheets(path, data)
    if isinstance(sheets, Finding):
        return sheets
    wanted = name or next(iter(sheets), "")
    if wanted not in sheets:
        help = did_you_mean(wanted, sheets) or f"the sheets are {', '.join(sheets)}"
        return Finding("GH115", Location(path), f'no sheet "{wanted}"', help)
    return sheets[wanted]


def workbook_sheets(path: str, data: bytes, *, hidden: bool = False) -> dict[str, Sheet] | Finding:
    """Return the visible (or also the `hidden`) sheets of a workbook by name, or a finding GH112 or GH113.

    Its unpacked size is added up before anything is unpacked. Raises ModuleNotFoundError without openpyxl.
    """
    from openpyxl import load_workbook

    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if size > SIZE_LIMIT:
            message = f"the workbook unpacks to {size:,} bytes, more than {SIZE_LIMIT // 1024**2} MiB"
            return Finding("GH112", Location(path), message, "export a shorter period")
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        return {s.title: _WorkbookSheet(path, s) for s in book.worksheets if hidden or s.sheet_state == "visible"}
    except Exception:  # a broken archive makes openpyxl raise anything
        return Finding("GH113", Location(path), _BROKEN, _SAVE_AGAIN)


class _WorkbookSheet:
    def __init__(self, path: str, sheet: Any) -> None:
        self.path, self.sheet = path, sheet
        self.last: tuple[int, Sequence[Field]] = (0, ())

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """Yield rows as wide as the header, or wider if there is something further to the right."""
        width = 0
        self.sheet.reset_dimensions()  # the dimensions in a file are often wrong
        rows = self.sheet.iter_rows()
        for line in range(1, 1 << 21):
            try:
                cells = next(rows)
            except StopIteration:
                return
            except Exception:  # as above
                raise BadRow(line, _BROKEN, _SAVE_AGAIN) from None
            fields = [_field(cell) for cell in cells]
            while fields and fields[-1] == "" and len(fields) > width:
                fields.pop()
            fields += [""] * (width - len(fields))
            width = width or len(fields)
            self.last = (line, fields)
            yield line, fields

    def excerpt(self, line: int) -> str:
        """Return the row read last, with bars between its fields; "" for any other line."""
        at, fields = self.last
        return " | ".join(map(text_of, fields)).replace("\n", " ") if at == line else ""

    def cell(self, line: int, column: int) -> str:
        """Return e.g. `cell D3: `."""
        return f"cell {cell_name(line, column)}: "


def _field(cell: Any) -> Field:
    """Return the content of a cell; numbers have the fifteen digits that a spreadsheet shows."""
    value = cell.value
    if cell.data_type == "f":
        return Formula(str(getattr(value, "text", value)))
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)) and math.isfinite(value):
        number, sign = Decimal(format(value, ".15g")), _sign(cell)
        if sign == _PERCENT:
            return Percent(number)
        return Money(number, sign) if sign else number
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else str(value)


def _sign(cell: Any) -> str:
    """Return the sign or code of the currency that a number is shown with, or a percent sign; "" if there is none."""
    number_format = cell.style_array.numFmtId
    if number_format < _FIRST_OWN_FORMAT:
        return _PERCENT if number_format in _PERCENT_FORMATS else ""
    return _sign_of(cell.number_format)


@lru_cache(maxsize=256)
def _sign_of(number_format: str) -> str:
    if _PERCENT in _LITERAL.sub("", number_format):
        return _PERCENT
    marks = (next(filter(None, groups), "").strip() for groups in _SHOWN.findall(number_format))
    return next((mark for mark in marks if currencies_named(mark)), "")
