"""Reads a CRM's export as deals: who, when, how much, in which currency, and from which row."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import TypeVar

from pydantic_core import PydanticCustomError

from ..findings import Finding
from ..model.values import message_and_help, quoted, value_error
from ..source.csv_table import BadRow
from ..spreadsheets.csv_sheet import CsvSheet
from ..spreadsheets.sheet import Field, Formula, Sheet, bounded, text_of
from .amount import Amount, read_amount
from .causes import Causes
from .columns import Columns
from .conventions import Conventions, Survey, conventions_of
from .currency import Currencies, currencies_in, in_all
from .dates import read_date
from .layout import Layout, layout_of

_T = TypeVar("_T")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Deal:
    """One row that counts; `currency` is "" if the export does not say which it is."""

    person: str
    on: datetime.date
    value: Decimal
    line: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """The deals of an export, the first and the latest date in any of its rows, and what did not count.

    `footer_lines` is how many lines at the end were a footer, `not_won` how many rows had another stage, by stage, and
    `left_out` how many rows another condition left out, by the person they name. `without_currency` is how many deals
    do not say their currency, and `has_currency_column` whether the export has a column for it. `encoding` is what its
    text was ("" for one without), and `conventions` how its rows have decided that dates and amounts are written.
    `is_whole` is whether all of it could be read.
    """

    deals: tuple[Deal, ...]
    first_day: datetime.date | None
    last_day: datetime.date | None
    footer_lines: int = 0
    not_won: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    without_currency: int = 0
    has_currency_column: bool = False
    encoding: str = ""
    conventions: Conventions = field(default_factory=Conventions)
    is_whole: bool = True


def read_export(sheet: Sheet, columns: Columns, currencies: Currencies | None) -> tuple[Export, list[Finding]]:
    """Return the deals of an export, and a finding GH115 for each reason why a row cannot be read.

    `currencies` are those the handbook can count, None if it does not count money here. A handbook that names none
    counts the first deal's: one in another currency cannot be added to the rest.
    """
    reader = _Reader(sheet, columns, currencies)
    deals = tuple(reader.deals())
    return reader.export(deals), reader.findings()


def survey_of(sheet: Sheet, columns: Columns) -> Survey:
    """Return how an export writes dates and amounts, nothing of one whose columns cannot be found."""
    reader = _Reader(sheet, columns, None)
    reader.begin(readable(sheet.rows()))
    return reader.survey


class _Reader:
    """Goes through an export twice, to see how it is written and to read it, and collects findings."""

    def __init__(self, sheet: Sheet, columns: Columns, currencies: Currencies | None) -> None:
        self.sheet, self.columns, self.currencies = sheet, columns, currencies
        self.causes = Causes(sheet.path, sheet.excerpt)
        self.survey = Survey(Conventions(), (), ())
        self.header: list[str] = []
        self.people: dict[str, str] = {}
        self.has_currency_column = False
        self.footer_lines = 0
        self.not_won: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.days: tuple[datetime.date, datetime.date] | None = None
        self.without_currency = 0

    def export(self, deals: tuple[Deal, ...]) -> Export:
        first, last = self.days or (None, None)
        encoding = self.sheet.encoding if isinstance(self.sheet, CsvSheet) else ""
        return Export(
            deals, first, last, self.footer_lines, self.not_won, self.left_out,
            self.without_currency, self.has_currency_column, encoding, self.survey.decided, self.is_whole,
        )  # fmt: skip

    @property
    def is_whole(self) -> bool:
        return not (self.survey.findings or self.causes.found)

    def findings(self) -> list[Finding]:
        return [*self.survey.findings, *self.causes.findings()]

    def report(self, line: int, message: str, help: str, column: int = -1) -> None:
        self.causes.report("GH115", line, message, help, column)

    def report_header(self, line: int, message: str, help: str) -> None:
        self.causes.report("GH115", line, message, help, cause=message)

    def deals(self) -> Iterator[Deal]:
        try:
            rows = bounded(self.sheet.rows())
            if layout := self.begin(rows):
                for line, row in self.full_rows(rows, len(self.header)):
                    if deal := self.deal(line, row, layout):
                        yield deal
        except BadRow as bad:
            self.report(bad.line, bad.message, bad.help)

    def begin(self, rows: Iterator[tuple[int, Sequence[Field]]]) -> Layout | None:
        """Read the header, and see how all rows below it are written; None if a column is missing."""
        self.header = [text_of(name) for name in next(rows, (1, []))[1]]
        layout = layout_of(self.header, self.columns, self.report_header)
        if layout is not None:
            self.has_currency_column = layout.currency is not None
            below = islice(readable(bounded(self.sheet.rows())), 1, None)
            self.survey = conventions_of(self.sheet, below, self.header, layout, self.columns)
        return layout

    def full_rows(
        self, rows: Iterable[tuple[int, Sequence[Field]]], width: int
    ) -> Iterator[tuple[int, Sequence[Field]]]:
        """Yield the rows with the line they begin on, up to a report's footer (short rows after an empty one)."""
        after_gap = False
        held: list[int] = []
        for line, row in rows:
            if not any(map(text_of, row)):
                after_gap = True
            elif after_gap and len(row) < width and sum(bool(text_of(f)) for f in row) <= 2:
                held.append(line)
            elif len(row) != width:
                message = f"this row has {len(row)} fields, the header {width}"
                self.report(line, message, "quote fields that contain the separator")
            elif held:
                self.report(held[0], "this row is shorter than those around it", "delete it, or fix the export")
                held = []
                yield line, row
            else:
                yield line, row
        self.footer_lines = len(held)

    def deal(self, line: int, row: Sequence[Field], at: Layout) -> Deal | None:
        """Return the row as a deal, or None if it does not count or cannot be read (then with a finding)."""
        self.no_formula(line, row, [condition.column for condition in at.conditions])
        counts = self.counts(row, at)
        if not counts and not text_of(row[at.date]):
            return None
        on = self.parsed(line, row, at.date, self.day, report=counts)
        if on:
            first, last = self.days or (on, on)
            self.days = min(first, on), max(last, on)
        if not counts:
            return None
        person = self.parsed(line, row, at.owner, _person)
        amount = self.parsed(line, row, at.value, self.amount)
        currency = self.currency(line, row, at, amount)
        if on is None or person is None:
            return None
        # also of a row with a finding: its person may cause another, and what it is worth does not matter any more
        person = self.people.setdefault(person, person)  # a few names in a hundred thousand rows
        return Deal(person, on, amount.value if amount and self.is_whole else _ZERO, line, currency)

    def counts(self, row: Sequence[Field], at: Layout) -> bool:
        """Return whether a row meets all conditions; one that does not is counted with the reason."""
        failed = [condition for condition in at.conditions if not condition.holds(row)]
        if any(not condition.is_stage for condition in failed):
            self.left_out[" ".join(text_of(row[at.owner]).split())] += 1
        elif failed:
            self.not_won[text_of(row[failed[0].column]) or "nothing"] += 1
        return not failed

    def no_formula(self, line: int, row: Sequence[Field], columns: Iterable[int]) -> bool:
        """Return whether none of these fields is a formula, and report any that is."""
        found = [column for column in columns if isinstance(row[column], Formula)]
        for column in found:
            message = f"{self.sheet.cell(line, column)}{quoted(text_of(row[column]))} is a formula"
            self.report(line, message, "replace it with its value; formulas are not computed", column)
        return not found

    def parsed(
        self, line: int, row: Sequence[Field], column: int, parse: Callable[[Field], _T], report: bool = True
    ) -> _T | None:
        """Return a parsed field, or None after an error, which is a finding if `report`."""
        try:
            return parse(row[column]) if not report or self.no_formula(line, row, [column]) else None
        except PydanticCustomError as error:
            if report:
                message, help = message_and_help(error)
                self.report(line, f"{self.sheet.cell(line, column)}{message}", help, column)
            return None

    def amount(self, field: Field) -> Amount:
        amount = read_amount(field, self.columns.decimal or self.survey.decided.decimal)
        if amount.currencies and self.currencies is None:
            message = f"{quoted(amount.shown)} is an amount of money, which these goals do not count"
            raise value_error("GH115", message, "name the column with what they count with --value-column")
        return amount

    def currency(self, line: int, row: Sequence[Field], at: Layout, amount: Amount | None) -> str:
        """Return the currency of a deal, "" if the row does not say; one that cannot be counted is a finding."""
        if self.currencies is None or (at.currency is None and amount is None):
            return ""
        beside, currencies = amount or Amount(_ZERO), self.currencies
        name = "" if at.currency is None else self.header[at.currency]

        def counted(field: Field) -> str:
            said, shown = _currencies(field, name, beside) if name else (beside.currencies, beside.shown)
            self.without_currency += not said
            if said and not currencies.known:
                self.currencies = Currencies(own=said[0])  # the handbook names none, so the first deal does
                return said[0]
            return currencies.counted(said, shown, name)

        return self.parsed(line, row, at.value if at.currency is None else at.currency, counted) or ""

    def day(self, field: Field) -> datetime.date:
        return read_date(field, self.columns.date_format, self.survey.decided.order)


def readable(rows: Iterator[tuple[int, Sequence[Field]]]) -> Iterator[tuple[int, Sequence[Field]]]:
    """Yield rows up to the first that cannot be read."""
    try:
        yield from rows
    except BadRow:
        return


def _person(field: Field) -> str:
    person = " ".join(text_of(field).split())
    if not person:
        raise value_error("GH115", "the owner is empty", "enter whose deal it is")
    return person


def _currencies(field: Field, column: str, beside: Amount) -> tuple[tuple[str, ...], str]:
    """Return the currencies that a deal can be in by a column and by its amount, and what says so. Raises GH115."""
    text = text_of(field)
    if not text:
        return beside.currencies, beside.shown
    named = currencies_in(text)
    if not named:
        raise value_error("GH115", f"{quoted(text)} is not a currency", "use its three letters, e.g. USD or EUR")
    both = in_all(named, beside.currencies) if beside.currencies else named
    if not both:
        message = f"{quoted(beside.shown)} is not in {text}, as {column} says"
        raise value_error("GH115", message, "correct one of them in the export")
    return both, text
