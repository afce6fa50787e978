"""Decides how an export writes its dates and its amounts: by all rows of the column, not by the first alone.

`04/10/2017` is the fourth of October or the tenth of April, `1,054` a thousand or a little more than one. A column has
one way to write them, and a row that can only be read in one way says which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..findings import Finding
from ..model.values import quoted
from ..spreadsheets.sheet import Field, Sheet, text_of
from .amount import Mark, numbers_in
from .causes import Causes
from .columns import Columns
from .dates import FORMATS, Order, dates_in
from .layout import Layout

Way = TypeVar("Way", bound=str)

_ORDER_OPTIONS: Mapping[Order, str] = {order: f"--date-format {format}" for order, format in FORMATS.items()}
_MARK_OPTIONS: Mapping[Mark, str] = {"point": "--decimal point", "comma": "--decimal comma"}


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the rows of an export have decided: what comes first in a date, and the decimal mark; None where nothing."""

    order: Order | None = None
    decimal: Mark | None = None


def conventions_of(
    sheet: Sheet, rows: Iterable[tuple[int, Sequence[Field]]], names: Sequence[str], at: Layout, columns: Columns
) -> tuple[Conventions, list[Finding]]:
    """Return how rows below a header (`names`) write dates and amounts, and a GH115 for what they leave open.

    Rows are not asked what an option says (`columns`), nor those that are not as wide as the header.
    """
    dates = _Column(sheet, names[at.date], dates_in, _ORDER_OPTIONS)
    amounts = _Column(sheet, names[at.value], numbers_in, _MARK_OPTIONS)
    for line, row in rows:
        if len(row) != len(names):
            continue
        if not columns.date_format:
            dates.add(line, row[at.date])
        if not columns.decimal:
            amounts.add(line, row[at.value])
    return Conventions(dates.decided, amounts.decided), [*dates.findings(), *amounts.findings()]


@dataclass
class _Column(Generic[Way]):
    """A column that is written in one of two ways.

    `readings` returns what a text means in each of them that is possible, and `options` has what names each way on the
    command line. `only`: the first row that is possible in one way alone, by that way.
    """

    sheet: Sheet
    name: str
    readings: Callable[[str], Mapping[Way, Any]]
    options: Mapping[Way, str]
    only: dict[Way, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unclear = Causes(self.sheet.path, self.sheet.excerpt)

    def add(self, line: int, value: Field) -> None:
        """Take in what a row has; what is no text is read in one way only, whatever the others are."""
        if not isinstance(value, str):
            return
        found = self.readings(text_of(value))
        if len(found) == 1:
            self.only.setdefault(next(iter(found)), (line, text_of(value)))
        elif len(set(found.values())) > 1 and not self.only:
            message = f"{quoted(text_of(value))} could be {' or '.join(map(str, found.values()))}"
            use = ", or ".join(f"{self.options[way]} for {meaning}" for way, meaning in found.items())
            self.unclear.report("GH115", line, message, f"no row of {self.name} decides: use {use}")

    @property
    def decided(self) -> Way | None:
        """The way that the rows have decided."""
        return next(iter(self.only)) if len(self.only) == 1 else None

    def findings(self) -> list[Finding]:
        """Return a finding if rows are unclear and none decides, or if they contradict each other."""
        if not self.only:
            return self.unclear.findings()
        if len(self.only) == 1:
            return []
        (first, one), (second, other) = sorted((line, text) for line, text in self.only.values())
        mixed = Causes(self.sheet.path, self.sheet.excerpt)
        message = f"{quoted(other)} is not written as {quoted(one)} in line {first} is"
        help = f"write all of {self.name} in one way, or say which is meant: {' or '.join(self.options.values())}"
        mixed.report("GH115", second, message, help)
        return mixed.findings()
