"""A CRM's CSV export as deals: who, when, how much, with the row each came from."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pydantic_core import PydanticCustomError

from ..findings import Finding, Place, did_you_mean, first_of
from ..model.values import parse_day, parse_number, quoted, wrong
from ..source.table import BadRow, lines_of, records

EXPORT_LIMIT = 256 * 1024 * 1024
#: 1,054 or 1,054.50: groups of three behind commas, apostrophes or spaces, a point before the cents.
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:([,'  \u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:\.[0-9]+)?\Z|-?[0-9]+(?:\.[0-9]+)?\Z")
#: 1.054,50: the same with a comma before the cents, and points for the groups.
_GROUPED_COMMA = re.compile(
    r"-?[0-9]{1,3}(?:([.' \u00a0\u202f])[0-9]{3}(?:\1[0-9]{3})*)?(?:,[0-9]+)?\Z|-?[0-9]+(?:,[0-9]+)?\Z"
)
_CURRENCY = re.compile(r"\A(-?)\s*(?:[$€£¥]|[A-Z]{3}\s)\s*|\s*(?:[$€£¥]|\s[A-Z]{3})\Z")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns hold what, without regard to case. `where`: a row counts only with these values."""

    owner: str
    date: str
    value: str
    where: tuple[tuple[str, str], ...] = ()
    date_format: str = ""
    decimal_comma: bool = False


@dataclass(frozen=True, slots=True)
class Deal:
    """One row that counts."""

    person: str
    on: datetime.date
    value: Decimal
    line: int


@dataclass(frozen=True, slots=True)
class Export:
    """The deals of an export, the last day any of its rows speaks of, and how many lines of footer were passed over."""

    deals: tuple[Deal, ...]
    last_day: datetime.date | None
    footer_lines: int


def read_export(path: str, data: bytes, columns: Columns) -> tuple[Export, list[Finding]]:
    """The deals of a CSV export. Findings GH113 and GH115 name the row; `path` is how messages name the file."""
    text, problem = _decode(path, data)
    if problem:
        return Export((), None, 0), [problem]
    reader = _Reader(path, text, columns)
    deals = tuple(reader.deals())
    return Export(deals, reader.last_day, reader.footer_lines), first_of(reader.findings)


def _decode(path: str, data: bytes) -> tuple[str, Finding | None]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", Finding("GH113", Place(path, 1, 1), "the export is UTF-16", "export it again as UTF-8 CSV")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return "", Finding(
            "GH113",
            Place(path, line, 1),
            "this is not UTF-8 (it may be Latin-1)",
            "export it again as UTF-8 CSV",
        )
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return "", Finding("GH113", Place(path, line, 1), "a NUL character stands in this row", "export the file again")
    return text, None


class _Reader:
    """One pass over an export; collects findings."""

    def __init__(self, path: str, text: str, columns: Columns) -> None:
        self.path, self.columns = path, columns
        self.lines = lines_of(text)
        first = self.lines[0] if self.lines else ""
        self.rows = records(text, max(",;\t", key=first.count))
        self.findings: list[Finding] = []
        self.footer_lines = 0
        self.last_day: datetime.date | None = None

    def report(self, line: int, message: str, mend: str) -> None:
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        self.findings.append(Finding("GH115", Place(self.path, line, 1), message, mend, excerpt))

    def deals(self) -> Iterator[Deal]:
        try:
            header = [name.strip() for name in next(self.rows, (1, []))[1]]
            at = self.header(header)
            if at is not None:
                for line, row in self.full_rows(len(header)):
                    if deal := self.deal(line, row, at):
                        yield deal
        except BadRow as bad:
            self.report(bad.line, bad.message, bad.mend)

    def header(self, header: Sequence[str]) -> Mapping[str, int] | None:
        """Where each wanted column stands, by its folded name; None (and findings) where one is missing or doubled."""
        folded = [name.casefold() for name in header]
        at: dict[str, int] = {}
        for wanted in dict.fromkeys(
            [self.columns.owner, self.columns.date, self.columns.value, *(c for c, _ in self.columns.where)]
        ):
            key = wanted.strip().casefold()
            if folded.count(key) == 1:
                at[key] = folded.index(key)
            elif key in folded:
                self.report(1, f'the column "{wanted}" stands in the header twice', "rename one of them in the export")
            else:
                self.report(
                    1,
                    f'there is no column "{wanted}"',
                    did_you_mean(key, folded) or f"the columns are {', '.join(header)}",
                )
        return None if self.findings else at

    def full_rows(self, width: int) -> Iterator[tuple[int, list[str]]]:
        """Rows with the line they begin on; a report's footer (short rows behind an empty one) ends them."""
        after_gap = False
        held: list[int] = []
        for line, row in self.rows:
            if not any(field.strip() for field in row):
                after_gap = True
            elif after_gap and len(row) < width and sum(bool(f.strip()) for f in row) <= 2:
                held.append(line)
            elif len(row) != width:
                self.report(
                    line,
                    f"{len(row)} fields where the header has {width}",
                    "quote fields that hold the separator",
                )
            elif held:
                self.report(held[0], "a short row between others", "delete it, or mend the export")
                held = []
                yield line, row
            else:
                yield line, row
        self.footer_lines = len(held)

    def deal(self, line: int, row: Sequence[str], at: Mapping[str, int]) -> Deal | None:
        """The row as a deal, or None where `where` leaves it out or it cannot be read (a finding)."""

        def field(name: str) -> str:
            return row[at[name.strip().casefold()]].strip()

        counts = all(field(column).casefold() == value.strip().casefold() for column, value in self.columns.where)
        try:
            if not counts and not field(self.columns.date):
                return None
            on = self.day(field(self.columns.date))
            self.last_day = max(self.last_day or on, on)
            if not counts:
                return None
            person = " ".join(field(self.columns.owner).split())
            if not person:
                self.report(line, f"the column {self.columns.owner} is empty", "say whose deal it is")
                return None
            return Deal(person, on, self.money(field(self.columns.value)), line)
        except PydanticCustomError as error:
            if counts:
                self.report(line, error.message(), str((error.context or {}).get("mend", "")))
            return None

    def day(self, text: str) -> datetime.date:
        if self.columns.date_format:
            try:
                return parse_day(datetime.datetime.strptime(text, self.columns.date_format).date())  # noqa: DTZ007
            except ValueError:
                raise PydanticCustomError(
                    "GH106",
                    "{what}",
                    {
                        "what": f'"{text[:40]}" does not fit {self.columns.date_format}',
                        "mend": "mend --date-format",
                    },
                ) from None
        plain = re.sub(r"(?<=[0-9]{2})[T ][0-9:.]+(?:Z|[+-][0-9:]+)?\Z", "", text)
        try:
            return parse_day(plain)
        except PydanticCustomError as error:
            mend = (
                "say --date-format, e.g. %m/%d/%Y" if "/" in text or "." in text else str((error.context or {})["mend"])
            )
            raise PydanticCustomError("GH106", "{what}", {"what": error.message(), "mend": mend}) from None

    def money(self, text: str) -> Decimal:
        plain = _CURRENCY.sub(r"\1", text)
        if self.columns.decimal_comma:
            return self.money_with_comma(plain, text)
        if _GROUPED.match(plain):
            return parse_number(re.sub(r"[,'  \u202f]", "", plain))
        mend = "say --decimal comma" if re.search(r",[0-9]{1,2}\Z", plain) else "write plain digits in the export"
        raise wrong("GH105", f"{quoted(text)} is no number", mend)

    def money_with_comma(self, plain: str, text: str) -> Decimal:
        if _GROUPED_COMMA.match(plain):
            return parse_number(re.sub(r"[.' \u00a0\u202f]", "", plain).replace(",", "."))
        mend = (
            "leave out --decimal comma" if re.search(r"\.[0-9]{1,2}\Z", plain) else "write plain digits in the export"
        )
        raise wrong("GH105", f"{quoted(text)} is no number with a comma before its cents", mend)
