"""However an export writes the same deals, they are the same deals: encodings, separators, dates and decimal marks."""

from __future__ import annotations

import csv
import datetime
import io
import tracemalloc
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.crm.columns import Columns
from goal_handbook.crm.export import Deal, read_export
from goal_handbook.crm.guess import guess_of, sample_of
from goal_handbook.findings import Finding
from goal_handbook.spreadsheets.csv_sheet import CsvSheet, csv_sheet, separator_of

COLUMNS = Columns(owner=("Owner",), date=("Closed",), value=("Amount",))
Row = tuple[str, datetime.date, Decimal, str]

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "cp1252"]
DATES: dict[str, Callable[[datetime.date], str]] = {
    "ISO": str,
    "ISO with a time": lambda day: f"{day}T23:59:59.123Z",
    "points": lambda day: f"{day:%d.%m.%Y}",
    "points and a time": lambda day: f"{day.day}.{day.month}.{day.year} 08:15",
    "the day first": lambda day: f"{day:%d/%m/%Y}",
    "the month first": lambda day: f"{day.month}/{day.day}/{day.year}, 2:03 PM",
    "hyphens": lambda day: f"{day:%d-%m-%Y}",
}
AMOUNTS: dict[str, Callable[[Decimal], str]] = {
    "plain": lambda amount: f"{amount:f}",
    "point": lambda amount: f"{amount:,f}",
    "comma": lambda amount: f"{amount:,f}".translate(str.maketrans(",.", ".,")),
    "comma and no groups": lambda amount: f"{amount:f}".replace(".", ","),
    "Swiss": lambda amount: f"{amount:,f}".replace(",", "’"),
    "French": lambda amount: f"{amount:,f}".replace(",", "\u00a0").replace(".", ",") + "\u00a0€",
    "accounting": lambda amount: f"€ {amount:,f}" if amount >= 0 else f"(€ {-amount:,f})",
}

DEALS = st.lists(
    st.tuples(
        st.sampled_from(["Anna Schäfer", "Björn, Köhler", "Zoë; O'Neill", 'A "B" C']),
        st.dates(datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)),
        st.decimals(-9_999_999, 9_999_999, places=2),
        st.sampled_from(["", "a, b, c", "x;y;z", "1|2|3", "two\nlines", "tab\there"]),
    ),
    max_size=8,
)
#: A row that says in which order the day and the month are.
CLEAR: Row = ("Anna Schäfer", datetime.date(2017, 1, 31), Decimal("1.50"), "")


def written(
    rows: Sequence[Row], separator: str, date: Callable[[datetime.date], str], amount: Callable[[Decimal], str]
) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(("Owner", "Closed", "Amount", "Note, or more"))
    for owner, on, value, note in rows:
        writer.writerow((owner, date(on), amount(value), note))
    return out.getvalue()


def deals_of(data: bytes) -> tuple[list[Deal], list[Finding]]:
    sheet = csv_sheet("export.csv", data)
    assert not isinstance(sheet, Finding), sheet.message
    export, findings = read_export(sheet, COLUMNS, None)
    return list(export.deals), findings


@settings(max_examples=300, deadline=None)
@given(
    deals=DEALS,
    encoding=st.sampled_from(ENCODINGS),
    separator=st.sampled_from(",;\t|"),
    named=st.booleans(),
    date=st.sampled_from(sorted(DATES)),
    amount=st.sampled_from(sorted(AMOUNTS.keys() - {"French", "accounting"})),
)
def test_the_same_deals_are_read_from_every_way_to_write_them(
    deals: list[Row], encoding: str, separator: str, named: bool, date: str, amount: str
) -> None:
    rows = [*deals, CLEAR]
    text = written(rows, separator, DATES[date], AMOUNTS[amount])
    found, findings = deals_of((f"sep={separator}\r\n{text}" if named else text).encode(encoding))
    assert findings == []
    assert [(deal.person, deal.on, deal.value) for deal in found] == [row[:3] for row in rows]


@pytest.mark.parametrize("amount", AMOUNTS)
@pytest.mark.parametrize("value", ["0.50", "-0.25", "999.99", "1000.00", "-1234567.80"])
def test_an_amount_is_the_same_number_however_it_is_written(amount: str, value: str) -> None:
    from goal_handbook.crm.amount import read_amount

    assert read_amount(AMOUNTS[amount](Decimal(value))).value == Decimal(value)


SEPARATORS = {
    "one column": ("Owner\nAnna\n", ","),
    "nothing": ("", ","),
    "commas in the heading": ("Owner;Amount, net, in EUR;Closed\nA;1;2\nB;1;2\n", ";"),
    "a comma in each amount": ("Owner;Amount\nA;1,50\nB;2,50\n", ";"),
    "semicolons in each note": ("Owner,Note\nA,x;y;z\nB,x;y;z\n", ","),
    "as many of one as of the other": ("a,b;c,d;e\n1,5;2,5;3\n4,5;5,5;6\n", ","),
    "tabs beside commas": ("Owner\tNote\nA\tx, y\nB\tz\n", "\t"),
    "bars": ("Owner|Closed|Amount\nA|2017-01-01|1,5\n", "|"),
    "a quoted line break": ('Owner;Note\nA;"one, two\nthree, four"\n', ";"),
}


@pytest.mark.parametrize(("text", "separator"), SEPARATORS.values(), ids=SEPARATORS)
def test_the_separator_is_what_makes_the_first_rows_as_wide_as_the_header(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_lines_are_counted_from_the_first_of_the_file() -> None:
    sheet = CsvSheet("export.csv", 'sep=;\r\nOwner;Note\r\nA;"b\r\nc"\r\nD;e\r\n')
    assert [line for line, _ in sheet.rows()] == [2, 3, 5]
    assert [sheet.excerpt(line) for line in (0, 1, 3, 5, 6)] == ["", "sep=;", 'A;"b', "D;e", ""]


BAD_ROWS = {
    "a date": "Anna,{i} May,1",
    "an amount": "Anna,2017-04-10,{i} pieces",
    "a field too many": "Anna,2017-04-10,1,{i}",
    "two readings": 'Anna,2017-04-10,"1,{i:03}"',
    "no owner": ",2017-04-10,{i}",
}


@pytest.mark.parametrize("row", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_file_of_bad_rows_costs_little_more_than_the_file(row: str) -> None:
    rows = "".join(f"{row.format(i=i % 100)},what an export has in its other columns\n" for i in range(1, 6_001))
    data = f"Owner,Closed,Amount,Note\n{rows}".encode()
    deals_of(data[:1_000])  # what is read once is no part of it
    tracemalloc.start()
    try:
        _, findings = deals_of(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(findings) == 1
    assert peak < 4 * len(data)


@settings(max_examples=300, deadline=None)
@given(
    data=st.one_of(
        st.binary(max_size=80),
        st.binary(max_size=60).map(lambda rest: b"Owner,Closed,Amount\n" + rest),
        st.text(max_size=60).map(lambda text: f"\ufeffsep=;\nOwner;Closed;Amount\n{text}".encode("utf-16")),
        st.lists(st.text(alphabet='0123456789.,-/:() €%kM\u00a0"', max_size=14), max_size=8).map(
            lambda fields: ("Owner;Closed;Amount\n" + "".join(f"A;{f};{f}\n" for f in fields)).encode()
        ),
    )
)
def test_no_bytes_stop_an_import_with_more_than_a_finding(data: bytes) -> None:
    sheet = csv_sheet("export.csv", data)
    if isinstance(sheet, Finding):
        assert sheet.code == "GH113"
        return
    export, findings = read_export(sheet, COLUMNS, None)
    assert export.is_whole == (findings == [])
    assert all(finding.code == "GH115" and finding.message for finding in findings)
    guess_of(sample_of(sheet))
