"""Decides how an export writes its dates and its amounts: by all rows of the column, not by the first alone.

`04/10/2017` is the fourth of October or the tenth of April, `1,054` a thousand or a little more than one. A column has
one way to write them, and a row that can only be read in one way says which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..findings import Finding, Location
from ..model.values import quoted
from ..spreadsheets.sheet import Field, Sheet, text_of
from .amount import Mark, numbers_in
from .causes import Causes
from .columns import Columns
from .dates import FORMATS, Order, dates_in
from .layout import Layout

Way = TypeVar("Way", bound=str)

_MARKS: Mapping[Mark, str] = {"point": "point", "comma": "comma"}


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the rows of an export have decided: what comes first in a date, and the decimal mark; None where nothing."""

    order: Order | None = None
    decimal: Mark | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """A column that its rows leave open: an example, and what it can mean, each with what the option then says."""

    option: str
    column: str
    example: str
    meanings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Survey:
    """What the rows of an export have decided, what they leave open, and a GH115 for that and for contradictions."""

    decided: Conventions
    unclear: tuple[Unclear, ...]
    findings: tuple[Finding, ...]


def conventions_of(
    sheet: Sheet, rows: Iterable[tuple[int, Sequence[Field]]], names: Sequence[str], at: Layout, columns: Columns
) -> Survey:
    """Return how rows below a header (`names`) write dates and amounts.

    Rows are not asked what an option says (`columns`), nor those that are not as wide as the header.
    """
    dates = _Column(sheet, names[at.date], dates_in, "--date-format", FORMATS)
    amounts = _Column(sheet, names[at.value], numbers_in, "--decimal", _MARKS)
    for line, row in rows:
        if len(row) != len(names):
            continue
        if not columns.date_format:
            dates.add(line, row[at.date])
        if not columns.decimal:
            amounts.add(line, row[at.value])
    unclear = tuple(column.example for column in (dates, amounts) if column.example and not column.only)
    decided = Conventions(dates.decided, amounts.decided)
    return Survey(decided, unclear, (*dates.findings(), *amounts.findings()))


@dataclass
class _Column(Generic[Way]):
    """A column that is written in one of two ways.

    `readings` returns what a text means in each of them that is possible, and `ways` has what each is called after the
    `option` that names it. `only`: the first row that is possible in one way alone, by that way.
    """

    sheet: Sheet
    name: str
    readings: Callable[[str], Mapping[Way, Any]]
    option: str
    ways: Mapping[Way, str]
    only: dict[Way, tuple[int, str]] = field(default_factory=dict)
    example: Unclear | None = None

    def __post_init__(self) -> None:
        self.causes = Causes(self.sheet.path, self.sheet.excerpt)

    def add(self, line: int, value: Field) -> None:
        """Take in a row; a number or a date of a workbook can be read in one way only, whatever the other rows say."""
        if not isinstance(value, str):
            return
        found = self.readings(text_of(value))
        if len(found) == 1:
            self.only.setdefault(next(iter(found)), (line, text_of(value)))
        elif len(set(found.values())) > 1 and not self.only:
            meanings = {str(meaning): self.ways[way] for way, meaning in found.items()}
            self.example = self.example or Unclear(self.option, self.name, text_of(value), meanings)
            use = ", or ".join(f"{self.option} {way} for {meaning}" for meaning, way in meanings.items())
            message = f"{quoted(text_of(value))} could be {' or '.join(meanings)}"
            self.causes.report("GH115", line, message, f"no row of {self.name} decides: use {use}")

    @property
    def decided(self) -> Way | None:
        """The way that the rows have decided."""
        return next(iter(self.only)) if len(self.only) == 1 else None

    def findings(self) -> list[Finding]:
        """Return a finding if rows are unclear and none decides, or if they contradict each other."""
        if not self.only:
            return self.causes.findings()
        if len(self.only) == 1:
            return []
        (first, one), (second, other) = sorted((line, text) for line, text in self.only.values())
        message = f"{quoted(other)} is not written as {quoted(one)} in line {first} is"
        options = " or ".join(f"{self.option} {way}" for way in self.ways.values())
        help = f"write all of {self.name} in one way, or say which is meant: {options}"
        return [Finding("GH115", Location(self.sheet.path, second, 1), message, help, self.sheet.excerpt(second))]
