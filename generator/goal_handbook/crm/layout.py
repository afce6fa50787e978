"""Where an export has what: its columns, found in the first row, and the conditions under which a row counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..spreadsheets.sheet import Field, text_of
from .columns import Columns, did_you_mean_heading, folded_heading

#: Reports what is wrong in a line: its number, the message and the help.
Report = Callable[[int, str, str], None]


@dataclass(frozen=True, slots=True)
class Condition:
    """A row counts only with one of these values (case-folded) in a column.

    `is_stage`: the value says how a deal ended, so that a row without it was not won; otherwise such a row is left out
    by choice. `any_pipeline`: the value may be followed by the name of a pipeline.
    """

    column: int
    values: tuple[str, ...]
    is_stage: bool = False
    any_pipeline: bool = False

    def holds(self, row: Sequence[Field]) -> bool:
        """Return whether a row meets it: `Closed Won (Sales Pipeline)` is won as well as `Closed Won`."""
        value = folded_heading(text_of(row[self.column]))
        return value in self.values or (self.any_pipeline and value.partition(" (")[0] in self.values)


@dataclass(frozen=True, slots=True)
class Layout:
    """The index of each column in a row (`currency`: None without one), and the conditions for a row to count."""

    owner: int
    date: int
    value: int
    currency: int | None
    conditions: tuple[Condition, ...]


def layout_of(header: Sequence[str], columns: Columns, report: Report) -> Layout | None:
    """Return where everything is, or None if a column is missing or duplicate, which is reported."""
    return _Header(header, report).layout(columns)


class _Header:
    """Finds columns in an export's first row, and reports missing and duplicate ones."""

    def __init__(self, names: Sequence[str], report: Report) -> None:
        self.names, self.report = names, report
        self.folded = list(map(folded_heading, names))
        self.is_whole = True

    def layout(self, columns: Columns) -> Layout | None:
        owner, date, value = (self.first_of(names) for names in (columns.owner, columns.date, columns.value))
        currency = self.currency(columns, value)
        conditions = self.conditions(columns)
        return Layout(owner, date, value, currency, tuple(conditions)) if self.is_whole else None

    def conditions(self, columns: Columns) -> list[Condition]:
        stages = {folded_heading(name): tuple(map(folded_heading, values)) for name, values in columns.won}
        found = []
        for name, wanted in columns.where:
            found.append(
                Condition(self.first_of((name,)), (folded_heading(wanted),), is_stage=folded_heading(name) in stages)
            )
        if columns.won and not any(condition.is_stage for condition in found):
            won = self.first_of(tuple(name for name, _ in columns.won))
            if won >= 0:
                found.append(Condition(won, stages[self.folded[won]], is_stage=True, any_pipeline=True))
        return found

    def currency(self, columns: Columns, value: int) -> int | None:
        """Return the column with the amounts' currency: the one that was named, or a usual one if there is any."""
        if columns.currency_column:
            return self.first_of((columns.currency_column,))
        names = columns.currency_of(self.names[value]) if value >= 0 else ()
        found = next((name for name in names if folded_heading(name) in self.folded), None)
        return None if found is None else self.first_of((found,))

    def first_of(self, names: Sequence[str]) -> int:
        """Return the index of the first of these columns that the export has, or -1 with a finding if it has none."""
        for name in names:
            key = folded_heading(name)
            if self.folded.count(key) > 1:
                self.problem(f'duplicate column "{name}" in the header', "rename one of them in the export")
            if key in self.folded:
                return self.folded.index(key)
        near = did_you_mean_heading(names[0], self.names)
        shown = ", ".join(self.names[:20]) + ("…" if len(self.names) > 20 else "")
        wanted = '" or "'.join(names[:2])  # the English ones of a preset come first
        known = f"the columns are {shown}" if any(self.names) else "name the columns in the first row, which is empty"
        self.problem(f'no column "{wanted}"', near or known)
        return -1

    def problem(self, message: str, help: str) -> None:
        self.is_whole = False
        self.report(1, message, help)
