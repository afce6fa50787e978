"""A plan as a workbook (.xlsx) with drop-downs, notes and formats, by XlsxWriter (the extra `xlsx`)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..model.values import plain_number
from ..spreadsheets.sheet import Field, Money, Percent
from .as_written import AS_WRITTEN, digests
from .cells import words_of
from .rows import Head, PlanTable, PlanTables

_LISTS, _HOW_TO = "Lists", "How to"
#: The rows below the last that get drop-downs as well.
_SPARE = 200
#: How many digests are in a row of the hidden sheet.
_BESIDE = 100

_EXPLANATION = (
    "This workbook is the plan of a goal handbook: the sheet People, and the sheet Goals with one row a goal.",
    "",
    "Change what you like, add rows, sort them, and read it again: goals sheet FILE --dry-run says what would change,",
    "and goals sheet FILE writes it. Nothing is written while anything is wrong; each problem comes with its cell.",
    "",
    "A column for each landmark day: a number is the total to reach by then, a text is something to deliver.",
    "For another day, add a column and write the day, or Q3, above it.",
    "A goal that was agreed on changes only with a reason: say what has changed in Why it moved.",
    "Agreed on is the day both sat down and agreed. A new day is a new agreement.",
    "A row that you delete does nothing: goals are closed with goals close, and not by a sheet.",
    "Columns of your own are ignored. Formulas are refused: paste their values.",
    "What a sheet has no column for (readings, reviews, plans, notes) stays as it is.",
)


def workbook(tables: PlanTables) -> bytes:
    """Return a plan as the bytes of a workbook. Raises ModuleNotFoundError without XlsxWriter."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, options)
    writer = _Writer(book, tables.lists)
    goals = book.add_worksheet(tables.goals.name)
    people = book.add_worksheet(tables.people.name)
    how_to = book.add_worksheet(_HOW_TO)
    writer.write(goals, tables.goals, frozen=2)
    writer.write(people, tables.people, frozen=2)
    how_to.set_column(0, 0, 120)
    for row, line in enumerate(_EXPLANATION):
        how_to.write_string(row, 0, line)
    lists, written = book.add_worksheet(_LISTS), book.add_worksheet(AS_WRITTEN)
    writer.write_lists(lists)
    for row, digest in enumerate(digests((tables.people, tables.goals))):
        written.write_string(row // _BESIDE, row % _BESIDE, digest)
    for hidden in (lists, written):
        hidden.hide()
    book.close()
    return out.getvalue()


class _Writer:
    """Writes tables into one workbook, whose formats it shares."""

    def __init__(self, book: Any, lists: Mapping[str, Sequence[str]]) -> None:
        self.book, self.lists = book, lists
        self.formats: dict[str, Any] = {}
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.header_day = book.add_format({"bold": True, "num_format": "yyyy-mm-dd", "align": "right", "bottom": 1})

    def write_lists(self, sheet: Any) -> None:
        """Write what the drop-downs offer, a column each."""
        for column, (name, words) in enumerate(self.lists.items()):
            for row, word in enumerate([name, *words]):
                sheet.write_string(row, column, word)

    def write(self, sheet: Any, table: PlanTable, frozen: int) -> None:
        """Write a table with its headings, which stay in sight like the first columns."""
        sheet.freeze_panes(1, frozen)
        for column, head in enumerate(table.heads):
            self._head(sheet, column, head, len(table.rows))
        for number, row in enumerate(table.rows, start=1):
            for column, head in enumerate(table.heads):
                self._field(sheet, number, column, row.get(head.heading, ""))
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)

    def _head(self, sheet: Any, column: int, head: Head, rows: int) -> None:
        if isinstance(head.heading, datetime.date):
            sheet.write_datetime(0, column, head.heading, self.header_day)
        else:
            sheet.write_string(0, column, head.heading, self.header)
        sheet.write_comment(0, column, head.note, {"x_scale": 2})
        sheet.set_column(column, column, head.width, None, {"hidden": head.is_hidden})
        if head.choices:
            sheet.data_validation(1, column, rows + _SPARE, column, self._choices(head.choices))

    def _choices(self, name: str) -> dict[str, Any]:
        """A drop-down from the hidden sheet; something else may be typed."""
        column, count = [*self.lists].index(name), len(self.lists[name])
        letter = chr(ord("A") + column)
        source = f"={_LISTS}!${letter}$2:${letter}${max(count, 1) + 1}"
        return {"validate": "list", "source": source, "show_error": False}

    def _field(self, sheet: Any, row: int, column: int, field: Field) -> None:
        match field:
            case "":
                pass
            case Percent():
                sheet.write_number(row, column, float(field), self._format(f"{_digits(field.points)}%"))
            case Money():
                look = f"{_digits(field.number)} [${field.currency}]"
                sheet.write_number(row, column, float(field.number), self._format(look))
            case Decimal():
                sheet.write_number(row, column, float(field), self._format(_digits(field)))
            case datetime.date():
                sheet.write_datetime(row, column, field, self._format("yyyy-mm-dd"))
            case _:
                sheet.write_string(row, column, words_of(field), self._format("@"))

    def _format(self, number_format: str) -> Any:
        """The format of cells with such numbers; text is wrapped."""
        if number_format not in self.formats:
            look = {"num_format": number_format, "valign": "top", "text_wrap": number_format == "@"}
            self.formats[number_format] = self.book.add_format(look)
        return self.formats[number_format]


def _digits(number: Decimal) -> str:
    """The format of a number, with as many decimals as it has."""
    _, _, decimals = plain_number(number).partition(".")
    return f"#,##0.{'0' * len(decimals)}" if decimals else "#,##0"
