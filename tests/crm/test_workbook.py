"""A workbook is read like a CSV file; formulas are refused, and a zip bomb is not unpacked."""

from __future__ import annotations

import datetime
import io
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from openpyxl import Workbook
from openpyxl.styles.numbers import BUILTIN_FORMATS

from .test_import import HANDBOOK, assert_refused
from .test_presets import imported, written

HEADER = ("Deal - Owner", "Deal - Won time", "Deal - Value", "Deal - Status", "Deal - Margin")
MOSES = ("Moses Frase", datetime.datetime(2017, 4, 10, 14, 3), 1054.5, "Won")  # noqa: DTZ001
Import = Callable[..., Result]


def workbook(*rows: Sequence[Any], also: Sequence[str] = ()) -> bytes:
    """Return a workbook with one sheet of rows, and empty ones after it."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Deals"
    for row in rows:
        sheet.append(list(row))
    for title in also:
        book.create_sheet(title)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, edit(old.read(info)) if info.filename == part else old.read(info))
    return out.getvalue()


@pytest.fixture
def bring_in(goals: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Return a function that runs `goals import --preset pipedrive` on a workbook."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    goals(HANDBOOK)

    def run(data: bytes, *options: str) -> Result:
        Path("deals.xlsx").write_bytes(data)
        return imported("deals.xlsx", "--preset", "pipedrive", *options)

    return run


READ = "goal,on,value\nmoses-frase/new-business,2017-04-30,{}\n"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        pytest.param(MOSES, "1054.5", id="a date and a number"),
        pytest.param(("Moses Frase", datetime.date(2017, 4, 10), 7, "Won"), "7", id="a whole number"),
        pytest.param(("Moses Frase", "2017-04-10", "1,054.50", "Won"), "1054.50", id="texts"),
        pytest.param((*MOSES[:2], 0.1 + 0.2, "Won"), "0.3", id="no more digits than a spreadsheet shows"),
        pytest.param((*MOSES[:2], 123456789012.25, "Won"), "123456789012.25", id="a large number"),
        pytest.param((*MOSES, "=C2*0.4"), "1054.5", id="a formula in a column that is not read"),
        pytest.param(("  moses   FRASE ", *MOSES[1:]), "1054.5", id="spaces"),
    ],
)
def test_a_workbook_s_rows_are_read(bring_in: Import, row: Sequence[Any], value: str) -> None:
    result = bring_in(workbook(HEADER, row))
    assert (result.exit_code, result.stderr) == (0, "")
    assert written() == READ.format(value)
    assert "is already up to date" in bring_in(workbook(HEADER, row)).stdout


def test_the_decimal_mark_applies_to_text_but_not_to_numbers(bring_in: Import) -> None:
    rows = [MOSES, ("Moses Frase", datetime.date(2017, 4, 11), "1.000,25", "Won")]
    assert bring_in(workbook(HEADER, *rows), "--decimal", "comma").exit_code == 0
    assert written() == READ.format("2054.75")


def test_true_and_false_are_distinguished(bring_in: Import) -> None:
    header = ("Deal owner", "Close Date", "Amount", "Is Closed Won")
    Path("deals.xlsx").write_bytes(workbook(header, (*MOSES[:3], True), (*MOSES[:3], False)))
    assert imported("deals.xlsx", "--preset", "hubspot").exit_code == 0
    assert written() == READ.format("1054.5")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param((*MOSES[:2], "=1+1", "Won"), 'cell C3: "=1+1" is a formula', id="a value"),
        pytest.param(("=A2", *MOSES[1:]), 'cell A3: "=A2" is a formula', id="an owner"),
        pytest.param((*MOSES[:3], '=IF(1,"Won","")'), 'cell D3: "=IF(1,"Won","")" is a formula', id="a condition"),
        pytest.param((MOSES[0], "=TODAY()", *MOSES[2:]), 'cell B3: "=TODAY()" is a formula', id="a day"),
        pytest.param((*MOSES[:2], "lots", "Won"), 'cell C3: "lots" is not a number', id="text for a number"),
        pytest.param((*MOSES[:2], "#REF!", "Won"), 'cell C3: "#REF!" is not a number', id="an error"),
        pytest.param((*MOSES[:2], MOSES[1], "Won"), 'cell C3: "2017-04-10" is not a number', id="a date for a number"),
        pytest.param((MOSES[0], 42835, *MOSES[2:]), 'cell B3: "42835" is not a date', id="a number for a date"),
        pytest.param((None, *MOSES[1:]), "cell A3: the owner is empty", id="nobody"),
        pytest.param((*MOSES, None, "x"), "this row has 6 fields, the header 5", id="a field too many"),
    ],
)
def test_whatever_cannot_be_read_is_reported_with_its_cell_and_nothing_is_written(
    bring_in: Import, row: Sequence[Any], message: str
) -> None:
    assert_refused(bring_in(workbook(HEADER, MOSES, row)), f"deals.xlsx:3:1: GH115 {message}\n")


@pytest.mark.parametrize(
    ("number_format", "message"),
    [
        pytest.param("General", "", id="no currency"),
        pytest.param('#,##0.00 "pcs"', "", id="another unit"),
        pytest.param("[$$-409]#,##0.00", "", id="dollars"),
        pytest.param('"US$"#,##0.00', "", id="dollars of the United States"),
        pytest.param("[$USD] #,##0.00", "", id="a code"),
        pytest.param("[$-407]#,##0.00", "", id="a country, and no currency"),
        pytest.param("_([$€-2]* #,##0.00_)", "this deal is in EUR, not in USD", id="euros"),
        pytest.param('#,##0.00\\ "€"', "this deal is in EUR, not in USD", id="euros after the number"),
        pytest.param("[$CHF-807] #,##0.00", "this deal is in CHF, not in USD", id="francs"),
        pytest.param("[$¥-411]#,##0", '"¥1054.5" is not in USD', id="yen, or yuan"),
        pytest.param("0.0%", '"105450%" is a percentage', id="a percentage"),
    ],
)
def test_the_currency_a_number_is_shown_with_counts(bring_in: Import, number_format: str, message: str) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, MOSES):
        sheet.append(list(row))
    sheet["C2"].number_format = number_format
    result = bring_in(saved(book))
    if message:
        assert_refused(result, f"deals.xlsx:2:1: GH115 cell C2: {message}\n")
    else:
        assert (result.exit_code, written()) == (0, READ.format("1054.5"))


@pytest.mark.parametrize(("more", "is_counted"), [("", True), (";@", False)], ids=["built in", "one of their own"])
def test_a_built_in_format_shows_the_currency_of_whoever_opens_the_workbook(
    bring_in: Import, more: str, is_counted: bool
) -> None:
    settings = Path("goals/handbook.yaml")
    settings.write_text(settings.read_text(encoding="utf-8").replace("USD", "EUR"), encoding="utf-8")
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, MOSES):
        sheet.append(list(row))
    sheet["C2"].number_format = BUILTIN_FORMATS[44] + more
    result = bring_in(saved(book))
    assert ('"$1054.5" is not in EUR' not in result.stderr) is is_counted
    assert (written() is not None) is is_counted


def test_a_formula_for_the_currency_is_refused_too(bring_in: Import) -> None:
    data = workbook((*HEADER[:4], "Deal - Currency of Value"), (*MOSES, '="USD"'))
    assert_refused(bring_in(data), 'deals.xlsx:2:1: GH115 cell E2: "="USD"" is a formula\n')


def test_a_formula_is_reported_with_a_hint(bring_in: Import) -> None:
    result = bring_in(workbook(HEADER, (*MOSES[:2], "=1+1", "Won")))
    assert_refused(result, "  help: replace it with its value; formulas are not computed\n")


def test_text_that_looks_like_a_formula_is_text_and_is_written_nowhere(bring_in: Import) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (HEADER, MOSES, ("=Moses", *MOSES[1:])):
        sheet.append(list(row))
    sheet["A3"].data_type = "s"
    result = bring_in(saved(book))
    assert 'unknown person "=Moses" (1 row)' in result.stderr
    assert bring_in(saved(book), "--ignore", "=Moses").exit_code == 0
    assert written() == READ.format("1054.5")


def test_the_first_visible_sheet_is_read_or_the_one_that_is_named(bring_in: Import) -> None:
    book = Workbook()
    book.worksheets[0].title = "Cache"
    book.worksheets[0].sheet_state = "hidden"
    for title, amount in (("April", 1), ("May", 2)):
        sheet = book.create_sheet(title)
        sheet.append(list(HEADER))
        sheet.append([*MOSES[:2], amount, "Won"])
    assert bring_in(saved(book)).exit_code == 0
    assert written() == READ.format(1)
    assert bring_in(saved(book), "--sheet", "May", "--replace", "--why", "the other sheet").exit_code == 0
    assert written() == READ.format(2)
    misspelt = bring_in(saved(book), "--sheet", "april").stderr
    assert 'GH115 no sheet "april"\n  help: did you mean "April"?\n' in misspelt
    assert "  help: the sheets are April, May\n" in bring_in(saved(book), "--sheet", "Summary").stderr


def test_wrong_dimensions_in_the_file_hide_no_row(bring_in: Import) -> None:
    data = workbook(HEADER, MOSES, MOSES)
    small = changed(data, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb'ref="A1:[A-Z]+\d+"', b'ref="A1:A1"', xml))
    assert small != data
    assert bring_in(small).exit_code == 0
    assert written() == READ.format("2109.0")


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaaaaaaaa">%s]>""" % b"".join(
    b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 16) for i in range(10)
)

BROKEN = (" this workbook cannot be read", "open it in a spreadsheet and save it again as .xlsx, or as CSV")


@pytest.mark.parametrize(
    ("data", "message", "help"),
    [
        pytest.param(b"PK\x03\x04 and no more", *BROKEN, id="not a zip"),
        pytest.param(workbook(HEADER, MOSES)[:-400], *BROKEN, id="cut short"),
        pytest.param(changed(workbook(HEADER), "xl/workbook.xml", lambda _: b"<a>"), *BROKEN, id="broken inside"),
        pytest.param(
            changed(workbook(HEADER, MOSES), "xl/worksheets/sheet1.xml", lambda xml: xml[:400]),
            *BROKEN,
            id="a sheet cut short",
        ),
        pytest.param(
            changed(
                workbook(HEADER, MOSES),
                "xl/worksheets/sheet1.xml",
                lambda xml: LAUGHS + xml.replace(b"<sheetData>", b"<sheetData>&k;", 1),
            ),
            *BROKEN,
            id="entities that multiply",
        ),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1",
            "GH113 this is an old Excel file, or one with a password",
            "save it as .xlsx without a password, or as CSV",
            id="old Excel",
        ),
        pytest.param(
            b"\n<html><table>",
            "GH113 this is a web page (some CRMs export one as .xls)",
            "export CSV or .xlsx",
            id="HTML",
        ),
        pytest.param(
            workbook(),
            'GH115 no column "Deal - Owner" or "Owner"',
            "name the columns in the first row, which is empty",
            id="an empty sheet",
        ),
    ],
)
def test_no_file_stops_the_import_with_more_than_a_message(
    bring_in: Import, data: bytes, message: str, help: str
) -> None:
    assert_refused(bring_in(data), f"{message}\n", f"  help: {help}\n")


def test_a_zip_bomb_is_not_unpacked(bring_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goal_handbook.spreadsheets.workbook.SIZE_LIMIT", 2 * 1024 * 1024)
    bomb = changed(workbook(HEADER, MOSES), "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 3_000_000)
    assert len(bomb) < 20_000
    result = bring_in(bomb)
    assert "deals.xlsx: GH112 the workbook unpacks to 3,0" in result.stderr
    assert "more than 2 MiB\n  help: export a shorter period\n" in result.stderr


def test_without_openpyxl_the_message_says_how_to_install_it(bring_in: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook(HEADER, MOSES)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    result = bring_in(data)
    assert result.exit_code == 2
    assert "deals.xlsx is a workbook, and openpyxl is not installed\n" in result.stderr
    assert "  help: run pip install 'goal-handbook[xlsx]', or export CSV\n" in result.stderr
