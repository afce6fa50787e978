"""Reads a CRM's export as deals: who, when, how much, and from which row."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from pydantic_core import PydanticCustomError

from ..findings import Finding, Location, did_you_mean, first_of
from ..model.values import message_and_help, parse_day, parse_number, quoted, value_error
from ..source.csv_table import BadRow
from .columns import Columns
from .sheet import Field, Formula, Sheet

#: 1,054 or 1,054.50: groups of three separated by commas, apostrophes or spaces, and a decimal point.
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([,'  \u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:\.[0-9]+)?\Z|-?[0-9]+(?:\.[0-9]+)?\Z")
#: 1.054,50: the same with a decimal comma, and points between the groups.
_GROUPED_COMMA = re.compile(
    r"-?[0-9]{1,3}(?:([.' \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:,[0-9]+)?\Z|-?[0-9]+(?:,[0-9]+)?\Z"
)
#: More than a thousand in one country, a little more than one in another.
_UNCLEAR = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}\Z")
_CURRENCY = re.compile(r"\A(-?)\s*(?:[$€£¥]|[A-Z]{3}\s)\s*|\s*(?:[$€£¥]|\s[A-Z]{3})\Z")
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])|[€£]")
_SIGNS = {"€": "EUR", "£": "GBP"}  # $ and ¥ are the sign of several currencies
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Deal:
    """One row that counts."""

    person: str
    on: datetime.date
    value: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Export:
    """The deals of an export, the latest date in any of its rows, and what did not count.

    `footer_lines` is how many lines at the end were a footer, `not_won` how many rows had another stage, by stage.
    """

    deals: tuple[Deal, ...]
    last_day: datetime.date | None
    footer_lines: int = 0
    not_won: Mapping[str, int] = field(default_factory=dict)


def read_export(sheet: Sheet, columns: Columns, currency: str | None = None) -> tuple[Export, list[Finding]]:
    """Return the deals of an export, and a finding GH115 for each row that cannot be read.

    `currency` is the handbook's, by default the first deal's: a deal in another one cannot be added to the rest.
    """
    reader = _Reader(sheet, columns, currency)
    deals = tuple(reader.deals())
    return Export(deals, reader.last_day, reader.footer_lines, reader.not_won), first_of(reader.findings)


@dataclass(frozen=True, slots=True)
class _Condition:
    """A row counts only with one of these values (case-folded) in a column.

    `won`: the condition is from a CRM's preset, and the value may be followed by the name of a pipeline.
    """

    column: int
    values: tuple[str, ...]
    won: bool = False

    def holds(self, row: Sequence[Field]) -> bool:
        """Return whether a row meets it: `Closed Won (Sales Pipeline)` is won as well as `Closed Won`."""
        value = _text(row[self.column]).casefold()
        return value in self.values or (self.won and value.partition(" (")[0] in self.values)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The index of each column in a row, and the conditions under which a row counts."""

    owner: int
    date: int
    value: int
    currency: int | None
    conditions: tuple[_Condition, ...]


class _Reader:
    """Makes one pass over an export and collects findings."""

    def __init__(self, sheet: Sheet, columns: Columns, currency: str | None) -> None:
        self.sheet, self.columns, self.currency = sheet, columns, currency
        self.findings: list[Finding] = []
        self.header: list[str] = []
        self.footer_lines = 0
        self.not_won: Counter[str] = Counter()
        self.last_day: datetime.date | None = None

    def report(self, line: int, message: str, help: str) -> None:
        self.findings.append(
            Finding("GH115", Location(self.sheet.path, line, 1), message, help, self.sheet.excerpt(line))
        )

    def deals(self) -> Iterator[Deal]:
        try:
            rows = self.sheet.rows()
            self.header = [_text(name) for name in next(rows, (1, []))[1]]
            layout = _Header(self.header, self.report).layout(self.columns)
            if layout is not None:
                for line, row in self.full_rows(rows, len(self.header)):
                    if deal := self.deal(line, row, layout):
                        yield deal
        except BadRow as bad:
            self.report(bad.line, bad.message, bad.help)

    def full_rows(
        self, rows: Iterable[tuple[int, Sequence[Field]]], width: int
    ) -> Iterator[tuple[int, Sequence[Field]]]:
        """Yield the rows with the line they begin on, up to a report's footer (short rows after an empty one)."""
        after_gap = False
        held: list[int] = []
        for line, row in rows:
            if not any(map(_text, row)):
                after_gap = True
            elif after_gap and len(row) < width and sum(bool(_text(f)) for f in row) <= 2:
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

    def deal(self, line: int, row: Sequence[Field], at: _Layout) -> Deal | None:
        """Return the row as a deal, or None if it does not count or cannot be read (then with a finding)."""
        self.no_formula(line, row, [condition.column for condition in at.conditions])
        failed = [condition for condition in at.conditions if not condition.holds(row)]
        self.not_won.update(_text(row[condition.column]) or "nothing" for condition in failed[:1] if condition.won)
        counts = not failed
        if not counts and not _text(row[at.date]):
            return None
        on = self.parsed(line, row, at.date, self.day, report=counts)
        if on:
            self.last_day = max(self.last_day or on, on)
        if not counts:
            return None
        person = self.parsed(line, row, at.owner, _person)
        value = self.parsed(line, row, at.value, self.money)
        self.in_one_currency(line, row, at)
        if on is None or person is None:
            return None
        return Deal(person, on, value or Decimal(0), line)  # also of a row with a finding: its person may cause another

    def no_formula(self, line: int, row: Sequence[Field], columns: Iterable[int]) -> bool:
        """Return whether none of these fields is a formula, and report any that is."""
        found = [column for column in columns if isinstance(row[column], Formula)]
        for column in found:
            message = f"{self.sheet.cell(line, column)}{quoted(_text(row[column]))} is a formula"
            self.report(line, message, "replace it with its value; formulas are not computed")
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
                self.report(line, f"{self.sheet.cell(line, column)}{message}", help)
            return None

    def in_one_currency(self, line: int, row: Sequence[Field], at: _Layout) -> None:
        """Report a deal in another currency than the handbook's (or the first deal's)."""
        named = _text(row[at.currency]) if at.currency is not None else ""
        code = named.upper() or next(iter(_CODE.findall(_text(row[at.value]))), "")
        code = _SIGNS.get(code, code)
        self.currency = self.currency or code or None
        if code and code != self.currency:
            help = f"export the amounts in {self.currency}"
            if at.currency is not None:
                help += f", or import only those: --where '{self.header[at.currency]}={self.currency}'"
            self.report(line, f"this deal is in {code}, not in {self.currency}", help)

    def day(self, field: Field) -> datetime.date:
        if isinstance(field, datetime.date):
            return parse_day(field)
        text = _text(field)
        if self.columns.date_format:
            try:
                return parse_day(datetime.datetime.strptime(text, self.columns.date_format).date())  # noqa: DTZ007
            except ValueError:
                message = f"{quoted(text)} does not match {self.columns.date_format}"
                raise value_error("GH106", message, "fix --date-format") from None
        plain = re.sub(r"(?<=[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9:]+)?\Z", "", text)
        try:
            return parse_day(plain)
        except PydanticCustomError as error:
            message, help = message_and_help(error)
            if "/" in text or "." in text:
                help = "name the format with --date-format, e.g. %m/%d/%Y"
            raise value_error("GH106", message, help) from None

    def money(self, field: Field) -> Decimal:
        if isinstance(field, Decimal):
            return parse_number(format(field, "f"))
        text = _text(field)
        if not text:
            raise value_error("GH105", "the amount is empty", "write 0 if the deal is worth nothing")
        plain = _CURRENCY.sub(r"\1", text)
        if self.columns.decimal == "comma":
            return self.money_with_comma(plain, text)
        if not self.columns.decimal and _UNCLEAR.match(plain):
            message = f"{quoted(text)} could be {plain} or {plain.replace('.', ',')}"
            help = "use --decimal point, or --decimal comma if the point separates thousands"
            raise value_error("GH105", message, help)
        if _GROUPED.match(plain):
            return parse_number(re.sub(r"[,'  \u202f]", "", plain))
        help = "use --decimal comma" if re.search(r",[0-9]{1,2}\Z", plain) else "export plain digits"
        raise value_error("GH105", f"{quoted(text)} is not a number", help)

    def money_with_comma(self, plain: str, text: str) -> Decimal:
        if _GROUPED_COMMA.match(plain):
            return parse_number(re.sub(r"[.' \u00a0\u202f]", "", plain).replace(",", "."))
        help = "leave out --decimal comma" if re.search(r"\.[0-9]{1,2}\Z", plain) else "export plain digits"
        raise value_error("GH105", f"{quoted(text)} is not a number with a decimal comma", help)


class _Header:
    """Finds columns in an export's first row, and reports missing and duplicate ones."""

    def __init__(self, names: Sequence[str], report: Callable[[int, str, str], None]) -> None:
        self.names, self.report = names, report
        self.folded = [name.casefold() for name in names]
        self.is_whole = True

    def layout(self, columns: Columns) -> _Layout | None:
        """Return where everything is, or None if a column is missing or duplicate."""
        owner, date, value = (self.first_of(names) for names in (columns.owner, columns.date, columns.value))
        conditions = [_Condition(self.first_of((c,)), (wanted.strip().casefold(),)) for c, wanted in columns.where]
        chosen = {name.strip().casefold() for name, _ in columns.where}
        if columns.won and not chosen.intersection(name.casefold() for name, _ in columns.won):
            won = self.first_of(tuple(name for name, _ in columns.won))
            if won >= 0:
                accepted = {name.casefold(): tuple(map(str.casefold, values)) for name, values in columns.won}
                conditions.append(_Condition(won, accepted[self.folded[won]], won=True))
        if not self.is_whole:
            return None
        currencies = {name.casefold(): column.casefold() for name, column in columns.currency.items()}
        currency = currencies.get(self.folded[value], "")
        return _Layout(
            owner, date, value, self.folded.index(currency) if currency in self.folded else None, tuple(conditions)
        )

    def first_of(self, names: Sequence[str]) -> int:
        """Return the index of the first of these columns that the export has, or -1 with a finding if it has none."""
        for name in names:
            key = name.strip().casefold()
            if self.folded.count(key) > 1:
                self.header_problem(f'duplicate column "{name}" in the header', "rename one of them in the export")
            if key in self.folded:
                return self.folded.index(key)
        near = did_you_mean(names[0].strip().casefold(), self.folded)
        shown = ", ".join(self.names[:20]) + ("…" if len(self.names) > 20 else "")
        wanted = '" or "'.join(names)
        known = f"the columns are {shown}" if any(self.names) else "name the columns in the first row, which is empty"
        self.header_problem(f'no column "{wanted}"', near or known)
        return -1

    def header_problem(self, message: str, help: str) -> None:
        """Add a finding in the header."""
        self.is_whole = False
        self.report(1, message, help)


def _text(field: Field) -> str:
    return field.text if isinstance(field, Formula) else str(field).strip()


def _person(field: Field) -> str:
    person = " ".join(_text(field).split())
    if not person:
        raise value_error("GH115", "the owner is empty", "enter whose deal it is")
    return person
