"""A sheet: rows of fields, whatever the file format."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from ..source.csv_table import BadRow

#: The most bytes that a file may have, or unpack to.
SIZE_LIMIT = 256 * 1024 * 1024
#: The most rows below a header; to read as many takes half a minute.
ROW_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula in a workbook's cell, which is never computed here."""

    text: str


@dataclass(frozen=True, slots=True)
class Money:
    """A number in a workbook that is shown with the sign or the code of a currency."""

    number: Decimal
    currency: str


class Percent(Decimal):
    """A number in a workbook that is shown as a percentage: 0.05 as 5%."""

    __slots__ = ()

    @property
    def points(self) -> Decimal:
        """Return what is shown before the sign: 5 for 0.05."""
        return self * 100


#: CSV has only text; a workbook has numbers and dates too.
Field = str | Decimal | Money | datetime.date | Formula


def text_of(field: Field) -> str:
    """Return a field as text, trimmed; of a formula, the formula itself."""
    if isinstance(field, Formula):
        return field.text
    return str(field.number if isinstance(field, Money) else field).strip()


class Sheet(Protocol):
    """Rows of fields, each with the line it begins on."""

    path: str

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        """Yield all rows, the header first. Raises BadRow."""

    def excerpt(self, line: int) -> str:
        """Return the text of a line, for a finding."""

    def cell(self, line: int, column: int) -> str:
        """Return the name of a field to begin a message with (`cell D3: `), or "" if the line is enough."""


def bounded(rows: Iterator[tuple[int, Sequence[Field]]]) -> Iterator[tuple[int, Sequence[Field]]]:
    """Yield rows, the header first. Raises BadRow at the first that is one too many."""
    for number, (line, row) in enumerate(rows):
        if number > ROW_LIMIT:
            raise BadRow(line, f"there are more than {ROW_LIMIT:,} rows", "export a shorter period")
        yield line, row


def cell_name(row: int, column: int) -> str:
    """Return what a spreadsheet calls a cell: `H12` for row 12 and column 7; rows count from 1, columns from 0."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
