"""`goals import`: a CRM's export becomes readings, or every bad row is reported and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main
from goal_handbook.findings import printable

HEADER = "Owner,Stage,Closed,Amount\n"
GOAL = (
    "{{id: {goal}, title: T, measure: {{unit: money, target: 9}}, landmarks: [{{id: a, due: 2017-06-30, value: 1}}]}}"
)


def person(name: str, goal: str = "new-business", more: str = "") -> str:
    return f"name: {name}\nteam: central\ngoals:\n  - {GOAL.format(goal=goal)}\n{more}"


HANDBOOK = {
    "teams/central.yaml": "name: Central",
    "sellers/moses-frase.yaml": person("Moses Frase"),
    "sellers/anna-snelling.yaml": person("Anna Snelling"),
    "sellers/no-business.yaml": person("Nobu Siness", goal="negotiation"),
}

Import = Callable[..., Result]


@pytest.fixture
def bring_in(goals: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Import:
    """Return a function that runs `goals import` on an export (text or bytes) into goals/readings/crm.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    goals(HANDBOOK)

    def run(export: str | bytes, *options: str, files: Mapping[str, str] | None = None) -> Result:
        if files:
            goals({**HANDBOOK, **files})
        Path("export.csv").write_bytes(export if isinstance(export, bytes) else export.encode("utf-8"))
        columns = ["--owner-column", "Owner", "--date-column", "Closed", "--value-column", "Amount"]
        won = ["--won", "Stage=Won"]
        fixed = ["--goal-pattern", "{owner}/new-business", "--into", "goals/readings/crm.csv", "--as-of", "2017-04-30"]
        return CliRunner().invoke(main, ["import", "export.csv", *fixed, *columns, *won, *options], color=True)

    return run


def written() -> str | None:
    path = Path("goals/readings/crm.csv")
    return path.read_bytes().decode("utf-8") if path.exists() else None


def test_every_month_ends_with_a_total_to_date(bring_in: Import) -> None:
    rows = (
        "Moses Frase,Won,2017-01-10,100\nMoses Frase,Won,2017-01-31,20.50\nMoses Frase,Lost,2017-02-02,999\n"
        "Moses Frase,Won,2017-03-01,5\nAnna Snelling,Won,2017-03-31,7\nMoses Frase,Engaging,,\n"
    )
    result = bring_in(HEADER + rows)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "2 goals read up to 2017-03-31; 4 readings written to goals/readings/crm.csv\n"
        "  counted: 132.50 USD in 4 rows\n"
        "  no column with a currency: 4 amounts taken to be in USD\n"
        "  not counted: 2 rows not won: Engaging (1), Lost (1)\n"
    )
    assert written() == (
        "goal,on,value\n"
        "anna-snelling/new-business,2017-03-31,7\n"
        "moses-frase/new-business,2017-01-31,120.50\n"
        "moses-frase/new-business,2017-02-28,120.50\n"
        "moses-frase/new-business,2017-03-31,125.50\n"
    )
    assert CliRunner().invoke(main, ["check"]).exit_code == 0


@pytest.mark.parametrize(
    ("per", "ends"),
    [
        ("week", ["2017-03-12", "2017-03-19", "2017-03-26", "2017-04-02"]),
        ("month", ["2017-03-31"]),
        ("quarter", ["2017-03-31"]),
    ],
)
def test_periods_end_with_the_week_month_or_quarter(bring_in: Import, per: str, ends: list[str]) -> None:
    bring_in(HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-03-27,2\n", "--per", per)
    assert [line.split(",")[1] for line in (written() or "").splitlines()[1:]] == ends


def test_a_period_that_has_not_ended_has_no_total(bring_in: Import) -> None:
    bring_in(HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-04-12,2\n", "--as-of", "2017-04-29")
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-03-31,1\n"


def test_the_last_period_ends_on_the_goal_s_due_date(bring_in: Import) -> None:
    due = person("Moses Frase", more="    due: 2017-03-15").replace("}\n    due", ", due").replace("15", "15}")
    bring_in(
        HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-03-16,2\n", files={"sellers/moses-frase.yaml": due}
    )
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-03-15,1\n"


def test_with_complete_owners_without_rows_get_totals_of_zero(bring_in: Import) -> None:
    bring_in(HEADER + "Moses Frase,Won,2017-02-10,100\n", "--complete")
    assert written() == (
        "goal,on,value\n"
        "anna-snelling/new-business,2017-01-31,0\n"
        "anna-snelling/new-business,2017-02-28,0\n"
        "moses-frase/new-business,2017-01-31,0\n"
        "moses-frase/new-business,2017-02-28,100\n"
    )


@pytest.mark.parametrize(
    "export",
    [
        pytest.param("\ufeffOwner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1054\n", id="BOM"),
        pytest.param("Owner,Stage,Closed,Amount\r\nMoses Frase,Won,2017-04-10,1054\r\n", id="CRLF"),
        pytest.param('"Owner","Stage","Closed","Amount"\n"Moses Frase","Won","2017-04-10","1054"\n', id="quoted"),
        pytest.param('Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,"1,054.00"\n', id="thousands"),
        pytest.param('Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,"$1,054.00"\n', id="dollars"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,USD 1054\n", id="currency code"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1054 $\n", id="currency last"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1\u202f054\n", id="narrow spaces"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10T10:11:12Z,1054\n", id="a time"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10 10:11:12+02:00,1054\n", id="a time zone"),
        pytest.param("Owner;Stage;Closed;Amount\nMoses Frase;Won;2017-04-10;1054\n", id="semicolons"),
        pytest.param("Owner|Stage|Closed|Amount\nMoses Frase|Won|2017-04-10|1054\n", id="bars"),
        pytest.param("sep=;\r\nOwner;Stage;Closed;Amount\r\nMoses Frase;Won;2017-04-10;1054\r\n", id="the separator in a line of its own"),
        pytest.param("Owner;Stage;Closed;Amount;Goods, sold, since\nMoses Frase;Won;2017-04-10;1054;a, b\n", id="commas in a heading"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1054\n".encode("utf-16"), id="UTF-16"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,10.04.2017,1054\n", id="a date with points"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,10.04.2017 14:03,1054\n", id="and a time"),
        pytest.param("Owner\tStage\tClosed\tAmount\nMoses Frase\tWon\t2017-04-10\t1054\n", id="tabs"),
        pytest.param("OWNER, stage ,cLosed,AMOUNT\nMoses Frase,won,2017-04-10,1054\n", id="case of headers"),
        pytest.param("Owner,Stage,Closed,Amount\n  mOSES   frase ,Won,2017-04-10, 1054 \n", id="case and spaces"),
        pytest.param("Owner,Stage,Closed,Amount\nmoses-frase,Won,2017-04-10,1054\n", id="the id"),
        pytest.param('Id,Owner,Stage,Closed,Amount\n"a\nb",Moses Frase,Won,2017-04-10,1054\n', id="lines in a field"),
        pytest.param("Owner,Stage,Closed,Amount\n\nMoses Frase,Won,2017-04-10,1054\n\n", id="empty lines"),
        pytest.param("Owner,Id,Id,Stage,Closed,Amount\nMoses Frase,,,Won,2017-04-10,1054\n", id="duplicates of other columns"),
    ],
)  # fmt: skip
def test_an_export_can_be_written_in_many_ways(bring_in: Import, export: str | bytes) -> None:
    result = bring_in(export)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (written() or "").replace("1054.00", "1054") == "goal,on,value\nmoses-frase/new-business,2017-04-30,1054\n"


@pytest.mark.parametrize(
    ("amount", "options", "value"),
    [
        ('"1.234,56"', ["--decimal", "comma"], "1234.56"),
        ('"1234,5"', ["--decimal", "comma"], "1234.5"),
        ("1.234", ["--decimal", "point"], "1.234"),
        ("1.234", ["--decimal", "comma"], "1234"),
        ("0.125", [], "0.125"),
        ("1.234.567", ["--decimal", "comma"], "1234567"),
        ('"-1.234,00 $"', ["--decimal", "comma"], "-1234.00"),
        ("-$500", [], "-500"),
        ("1'234.50", [], "1234.50"),
        ('"1.234,56"', [], "1234.56"),
        ('"12,5"', [], "12.5"),
        ('"€ 1 234,50"'.replace("€", "$"), [], "1234.50"),
        ('"1\u00a0234,50 $"', [], "1234.50"),
        ("(500)", [], "-500"),
        ("($500.25)", [], "-500.25"),
        ("500-", [], "-500"),
        ("−500", [], "-500"),
        ("1.2M", [], "1200000"),
        ("$12k", [], "12000"),
        ('"1,25 m"', [], "1250000"),
    ],
)
def test_amounts_are_read_in_the_format_they_are_written_in(
    bring_in: Import, amount: str, options: list[str], value: str
) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-10,{amount}\n", *options)
    assert result.stderr == ""
    assert written() == f"goal,on,value\nmoses-frase/new-business,2017-04-30,{value}\n"


@pytest.mark.parametrize(
    ("amount", "options", "message", "help"),
    [
        ("12%", [], '"12%" is a percentage', "deals add up as amounts: name another column"),
        ('"12,5,1"', [], '"12,5,1" is not a number', "export plain digits"),
        ("nan", [], '"nan" is not a number', "export plain digits"),
        ("1.234", [], '"1.234" could be 1.234 or 1234', "no row of Amount decides: use --decimal point for 1.234, or --decimal comma for 1234"),
        ('"1,234"', [], '"1,234" could be 1234 or 1.234', "no row of Amount decides: use --decimal point for 1234, or --decimal comma for 1.234"),
        ("", [], "the amount is empty", "write 0 if the deal is worth nothing"),
        ("12$34", [], '"12$34" is not a number', "export plain digits"),
        ("9999999999999999", [], "numbers are limited to 15 digits", "check for extra digits"),
        ("1234.56", ["--decimal", "comma"], '"1234.56" is not a number with a decimal comma', "leave out --decimal comma"),
        ('"1,234.56"', ["--decimal", "comma"], '"1,234.56" is not a number with a decimal comma', "leave out --decimal comma"),
    ],
)  # fmt: skip
def test_a_bad_amount_is_reported_with_its_row(
    bring_in: Import, amount: str, options: list[str], message: str, help: str
) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-09,1\nMoses Frase,Won,2017-04-10,{amount}\n", *options)
    assert_refused(result, f"export.csv:3:1: GH115 {message}\n", f"  help: {help}\n")


def assert_refused(result: Result, *printed: str) -> None:
    """Nothing was written, and all of `printed` is on the error stream."""
    assert (result.exit_code, result.stdout) == (1, "")
    for text in printed:
        assert text in result.stderr
    assert result.stderr.endswith("no reading was written\n")
    assert "Traceback" not in result.stderr
    assert written() is None


ROW = "Moses Frase,Won,2017-04-10,1\n"


@pytest.mark.parametrize(
    ("export", "message", "help"),
    [
        pytest.param(
            f"{HEADER}{ROW}Möses\x81,Won,2017-04-10,1\n".encode("latin-1"),
            "3:1: GH113 this is neither UTF-8 (see line 3) nor Windows-1252",
            "export it again as UTF-8 CSV",
            id="bytes of no encoding",
        ),
        pytest.param(
            f"{HEADER}{ROW}".encode("utf-16")[:-1],
            "1:1: GH113 this is not whole: it begins as UTF-16",
            "export it again as UTF-8 CSV",
            id="half of UTF-16",
        ),
        pytest.param(
            f"{HEADER}{ROW}".encode("utf-16-le"),
            "1:1: GH113 this row contains a NUL character",
            "export the file again",
            id="UTF-16 without BOM",
        ),
        pytest.param(
            f"{HEADER}{ROW}Moses\0,Won,2017-04-10,1\n",
            "3:1: GH113 this row contains a NUL character",
            "export the file again",
            id="NUL",
        ),
        pytest.param(
            f"{HEADER}{ROW}Moses Frase,Won,2017-04-10\n{ROW}",
            "3:1: GH115 this row has 3 fields, the header 4",
            "quote fields that contain the separator",
            id="a short row",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,2017-04-10,1,054\n",
            "2:1: GH115 this row has 5 fields, the header 4",
            "quote fields that contain the separator",
            id="a long row",
        ),
        pytest.param(
            f"{HEADER}{ROW}\nTotal,1\n{ROW}",
            "4:1: GH115 this row is shorter than those around it",
            "delete it, or fix the export",
            id="a footer in the middle",
        ),
        pytest.param(
            f"Owner,Stage,Amount,Closed,Amount\n{ROW}",
            '1:1: GH115 duplicate column "Amount" in the header',
            "rename one of them in the export",
            id="a duplicate column",
        ),
        pytest.param(
            f"Owner,Stage,Close,Amount\n{ROW}",
            '1:1: GH115 no column "Closed"',
            'did you mean "Close"?',
            id="a misspelt column",
        ),
        pytest.param(
            "", '1:1: GH115 no column "Owner"', "name the columns in the first row, which is empty", id="an empty file"
        ),
        pytest.param(
            f'{HEADER}{ROW}"Moses Frase,Won,2017-04-10,1\n{ROW}',
            "3:1: GH115 a quote in this row is never closed",
            "close it, or double a quote that is part of the text",
            id="an unclosed quote",
        ),
        pytest.param(
            f'{HEADER}{ROW}"Moses" Frase,Won,2017-04-10,1\n',
            "3:1: GH115 a quote ends before its field does",
            "double a quote that is part of the text",
            id="a quote inside a field",
        ),
        pytest.param(
            f"{HEADER}{ROW}{'x' * 131_073},Won,2017-04-10,1\n",
            "3:1: GH115 a field has more than 131,072 characters",
            "shorten it, or close its quotes",
            id="a huge field",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,04/10/2017,1\n",
            '2:1: GH115 "04/10/2017" could be 2017-10-04 or 2017-04-10',
            "no row of Closed decides: use --date-format %d/%m/%Y for 2017-10-04, or --date-format %m/%d/%Y for 2017-04-10",
            id="a date of two readings",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,13/10/2017,1\nMoses Frase,Won,04/05/2017,1\nMoses Frase,Won,10/13/2017,1\n",
            '4:1: GH115 "10/13/2017" is not written as "13/10/2017" in line 2 is',
            "write all of Closed in one way, or say which is meant: --date-format %d/%m/%Y or --date-format %m/%d/%Y",
            id="dates in both ways",
        ),
        pytest.param(
            f'{HEADER}Moses Frase,Won,2017-04-10,"1.234,5"\nMoses Frase,Won,2017-04-10,1.5\n',
            '3:1: GH115 "1.5" is not written as "1.234,5" in line 2 is',
            "write all of Amount in one way, or say which is meant: --decimal point or --decimal comma",
            id="amounts in both ways",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,4/10/17,1\n",
            '2:1: GH115 "4/10/17" is not a date',
            "name the format with --date-format, e.g. %m/%d/%Y",
            id="a year of two digits",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,2017-02-30,1\n",
            "2:1: GH115 2017-02-30 does not exist",
            "February 2017 has 28 days",
            id="no such day",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,,1\n",
            '2:1: GH115 "" is not a date',
            "write YYYY-MM-DD, e.g. 2017-09-30",
            id="no date",
        ),
        pytest.param(
            f"{HEADER},Won,2017-04-10,1\n", "2:1: GH115 the owner is empty", "enter whose deal it is", id="no owner"
        ),
        pytest.param(
            f"{HEADER}{ROW}Moses Fraze,Won,2017-04-10,1\nMoses Fraze,Won,2017-04-10,1\n",
            '3:1: GH201 unknown person "Moses Fraze" (2 rows)',
            'did you mean "Moses Frase"? if so, add this name to the aliases in sellers/moses-frase.yaml',
            id="a misspelt person",
        ),
        pytest.param(
            f"{HEADER}{ROW}Xaver,Won,2017-04-10,1\n",
            '3:1: GH201 unknown person "Xaver" (1 row)',
            "add a file for them, or use --ignore with the name",
            id="an unknown person",
        ),
        pytest.param(
            f"{HEADER}Nobu Siness,Won,2017-04-10,1\n",
            '2:1: GH201 "Nobu Siness" has no goal no-business/new-business (1 row)',
            'did you mean "no-business/negotiation"?',
            id="a missing goal",
        ),
    ],
)
def test_whatever_cannot_be_read_is_reported_and_nothing_is_written(
    bring_in: Import, export: str | bytes, message: str, help: str
) -> None:
    assert_refused(bring_in(export), f"export.csv:{message}\n", f"  help: {help}\n")


def test_all_errors_are_reported_at_once(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-10,many\nMoses Fraze,Won,2017-04-10,1\n{ROW}")
    assert_refused(result, "export.csv:2:1: GH115 ", "export.csv:3:1: GH201 ", "2 errors found\n")


EVERY_ROW = {
    "a date of two readings": (
        "Moses Frase,Won,04/{day:02}/2017,1",
        '"04/01/2017" could be 2017-01-04 or 2017-04-01',
        11,
    ),
    "no date": ("Moses Frase,Won,{day} May,1", '"1 May" is not a date', 12),
    "no amount": ("Moses Frase,Won,2017-04-10,{day} pieces", '"1 pieces" is not a number', 12),
    "an unclear amount": ('Moses Frase,Won,2017-04-10,"{day},054"', '"1,054" could be 1054 or 1.054', 12),
    "a field too many": ("Moses Frase,Won,2017-04-10,1,{day}", "this row has 5 fields, the header 4", 12),
    "another currency": ("Moses Frase,Won,2017-04-10,{day} EUR", "this deal is in EUR, not in USD", 12),
}


@pytest.mark.parametrize(("row", "message", "rows"), EVERY_ROW.values(), ids=EVERY_ROW)
def test_a_cause_is_reported_once_with_the_rows_that_share_it(
    bring_in: Import, row: str, message: str, rows: int
) -> None:
    export = HEADER + ROW + "".join(f"{row.format(day=day)}\n" for day in range(1, 13))
    more = f", and {rows - 1} more rows like it: lines {'4, 5, 6' if rows == 12 else '4, 5, 7'} …"  # 04/04 is clear
    assert_refused(bring_in(export), f"export.csv:3:1: GH115 {message}{more}\n", "\n1 error found\n")


def test_two_causes_in_the_same_rows_are_two_findings(bring_in: Import) -> None:
    rows = "Moses Frase,Won,soon,lots\n,Won,later,more\n"
    result = bring_in(HEADER + rows)
    assert_refused(
        result,
        'export.csv:2:1: GH115 "soon" is not a date, and 1 more row like it: line 3\n',
        'export.csv:2:1: GH115 "lots" is not a number, and 1 more row like it: line 3\n',
        "export.csv:3:1: GH115 the owner is empty\n",
        "\n3 errors found\n",
    )


READ_AS = {
    "Windows-1252": ("Möses,Won,2017-04-13,1\n".encode("cp1252"), "read as Windows-1252 (Latin-1), because it is not UTF-8"),
    "the day first": (b"Moses Frase,Won,04/05/2017,1\nMoses Frase,Won,13/04/2017,1\n", "dates read with the day first"),
    "the month first": (b"Moses Frase,Won,04/05/2017,1\nMoses Frase,Lost,\"04/13/2017, 2:03 PM\",\n", "dates read with the month first"),
    "a decimal comma": (b'Moses Frase,Won,2017-04-13,"1.054"\nMoses Frase,Lost,2017-04-13,"0,125"\n', "amounts read with a decimal comma"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "said"), READ_AS.values(), ids=READ_AS)
def test_what_was_found_out_about_the_file_is_said_once(bring_in: Import, rows: bytes, said: str) -> None:
    files = {"sellers/moeses.yaml": person("Möses")}
    result = bring_in(HEADER.encode() + rows, files=files)
    assert result.stderr == ""
    assert [line for line in result.stdout.splitlines() if " read as " in f" {line}" or " read with " in line] == [
        f"  {said}"
    ]


def test_for_a_name_that_two_people_share_the_id_is_needed(bring_in: Import) -> None:
    files = {"sellers/moses-frase-2.yaml": person("Moses FRASE")}
    message = 'GH201 "Moses Frase" could be moses-frase or moses-frase-2 (1 row)\n'
    help = "  help: give each an alias of their own, or export ids\n"
    assert_refused(bring_in(HEADER + ROW, files=files), message, help)
    assert bring_in(HEADER + ROW.replace("Moses Frase", "moses-frase-2"), files=files).exit_code == 0
    assert written() == "goal,on,value\nmoses-frase-2/new-business,2017-04-30,1\n"


def test_a_person_can_be_ignored_by_name(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}{ROW}Xaver,Won,2017-04-10,1\n", "--ignore", " xaver ")
    assert result.exit_code == 0
    assert "  not counted: 1 row of Xaver (--ignore)\n" in result.stdout
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-04-30,1\n"


def test_of_a_shared_deal_the_others_parts_still_count(bring_in: Import) -> None:
    result = bring_in(f'{HEADER}{ROW}"Moses Frase; Xaver",Won,2017-04-10,10\n', "--ignore", "Xaver", "--split", "equal")
    assert "  counted: 6.00 USD in 2 rows\n" in result.stdout
    assert "  not counted: the part of Xaver in 1 row that others share (--ignore)\n" in result.stdout


def test_a_reading_of_another_file_is_contradicted_there(bring_in: Import) -> None:
    files = {"readings/old.csv": "goal,on,value\nmoses-frase/new-business,2017-04-30,70\n"}
    message = "old.csv:2:1: GH117 moses-frase/new-business was at 70 on 2017-04-30, but the export has 1\n"
    assert_refused(
        bring_in(HEADER + ROW, files=files), message, "import into the file that has this goal's readings: --into"
    )


def test_a_salesforce_footer_is_skipped(bring_in: Import) -> None:
    footer = '\n\n"Won deals by owner"\n"Copyright (c) 2000-2017 salesforce.com, inc."\n"Confidential Information"\n'
    result = bring_in(HEADER + ROW + footer)
    assert result.exit_code == 0
    assert "  3 lines of footer skipped\n" in result.stdout


def test_deals_outside_the_goal_s_dates_are_reported_and_do_not_count(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2016-12-31,5\nMoses Frase,Won,2018-01-01,5\n{ROW}")
    assert result.exit_code == 0
    assert "  not counted: 2 rows for moses-frase/new-business outside its start and due dates\n" in result.stdout
    assert (written() or "").splitlines()[1] == "moses-frase/new-business,2017-04-30,1"


def test_dates_are_read_in_the_format_that_is_named(bring_in: Import) -> None:
    assert bring_in(f"{HEADER}Moses Frase,Won,04/10/2017,1\n", "--date-format", "%m/%d/%Y").exit_code == 0
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-04-30,1\n"


@pytest.mark.parametrize("wrong", ["%d.%m.%Y", "%", "%Q", ""])
def test_dates_that_do_not_match_the_format_are_reported(bring_in: Import, wrong: str) -> None:
    assert_refused(
        bring_in(f"{HEADER}Moses Frase,Won,04/10/2017,1\n", "--date-format", wrong), "export.csv:2:1: GH115 "
    )


def test_importing_twice_changes_no_byte(bring_in: Import) -> None:
    bring_in(HEADER + ROW)
    first, changed = written(), Path("goals/readings/crm.csv").stat().st_mtime_ns
    result = bring_in(HEADER + ROW)
    assert result.stdout.startswith("1 goal read up to 2017-04-30; goals/readings/crm.csv is already up to date\n")
    assert (written(), Path("goals/readings/crm.csv").stat().st_mtime_ns) == (first, changed)


def test_existing_readings_stay(bring_in: Import) -> None:
    held = (
        "goal,on,value,note\nanna-snelling/new-business,2017-02-28,8,by hand\nmoses-frase/new-business,2017-03-31,0,\n"
    )
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert (result.exit_code, result.stderr) == (0, "")
    assert written() == f"{held}moses-frase/new-business,2017-04-30,1,\n"


def test_a_contradiction_is_reported_and_only_replace_overwrites(bring_in: Import) -> None:
    held = "goal,on,value,note\nmoses-frase/new-business,2017-04-30,2,by hand\n"
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert result.exit_code == 1
    assert result.stderr == (
        "goals/readings/crm.csv:2:1: GH117 moses-frase/new-business was at 2 on 2017-04-30, but the export has 1\n"
        "    2 | moses-frase/new-business,2017-04-30,2,by hand\n      | ^\n"
        '  help: if the export is right, use --replace --why "…"\n\n'
        "1 error found\nno reading was written\n"
    )
    assert written() == held
    assert bring_in(HEADER + ROW, "--replace", "--why", "A deal was reopened").exit_code == 0
    assert written() == held.replace(",2,by hand", ",1,by hand")


def test_a_readings_file_that_cannot_be_read_is_not_overwritten(bring_in: Import) -> None:
    held = "goal,on,value\nmoses-frase/new-business,2017-04-31,2\n"
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert (result.exit_code, written()) == (1, held)
    assert "goals/readings/crm.csv:2:1: GH115 2017-04-31 does not exist" in result.stderr


def test_an_export_in_which_nothing_counts_writes_nothing(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Lost,2017-04-10,1\n")
    assert (result.exit_code, written()) == (0, None)
    assert result.stdout == "no deal in the export counts\n  not counted: 1 row not won: Lost (1)\n"


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--goal-pattern", "moses/new-business", '"moses/new-business" does not name the owner and the goal'),
        ("--goal-pattern", "{owner}", '"{owner}" does not name the owner and the goal'),
        ("--where", "Stage", '"Stage" is not COLUMN=VALUE'),
        ("--won", "Stage", '"Stage" is not COLUMN=VALUE'),
        ("--won", "Status=Won", "these are several columns"),
        ("--split", "60", "the shares add up to 60, not to 100"),
        ("--split", "half", '"half" is not a number'),
        ("--split", "100,0", "every share must be more than 0"),
        ("--why", "x", "--why and --by are for readings that change: add --replace"),
        ("--per", "year", "'year' is not one of"),
        ("--decimal", "semicolon", "'semicolon' is not one of"),
    ],
)
def test_an_invalid_option_means_exit_code_2(bring_in: Import, option: str, value: str, message: str) -> None:
    result = bring_in(HEADER + ROW, option, value)
    assert (result.exit_code, result.stdout, written()) == (2, "", None)
    assert message in result.stderr


def test_escape_sequences_in_an_export_do_not_reach_the_terminal(bring_in: Import) -> None:
    result = bring_in(
        f"{HEADER}\x1b[31mMoses,Won,2017-04-10,1\nMoses Frase,Won,\x1b[2J,1\nXaver,Won,2017-04-10,\x1b[2J\n"
    )
    assert result.exit_code == 1
    assert [line for line in result.output.splitlines() if line != printable(line)] == []
    ignored = bring_in(f"{HEADER}{ROW}\x1b[31mX,Won,2017-04-10,1\n", "--ignore", "\x1b[31mX")
    assert ignored.exit_code == 0
    assert [line for line in ignored.output.splitlines() if line != printable(line)] == []


HANDED_OVER = """\
name: Moses Frase
team: central
goals:
  - id: new-business
    title: T
    measure: {unit: money, target: 900}
    landmarks: [{id: a, due: 2017-06-30, value: 100}]
    closed: {on: 2017-03-10, result: partly, carried_to: anna-snelling/new-business-2}
"""


def test_a_goal_that_was_handed_over_has_a_total_of_the_day_before_and_none_later(bring_in: Import) -> None:
    anna = person("Anna Snelling", more=f"  - {GOAL.format(goal='new-business-2, start: 2017-03-10')}\n")
    files = {"sellers/moses-frase.yaml": HANDED_OVER, "sellers/anna-snelling.yaml": anna}
    rows = "Moses Frase,Won,2017-02-05,5\nMoses Frase,Won,2017-03-09,50\nMoses Frase,Won,2017-03-12,700\n"
    result = bring_in(HEADER + rows, "--to-date", files=files)
    assert result.exit_code == 0, result.stderr
    assert written() == (
        "goal,on,value\nmoses-frase/new-business,2017-02-28,5\nmoses-frase/new-business,2017-03-09,55\n"
    )
    outside = "outside its start and last day, 2017-03-09, after which it was handed over"
    assert f"  not counted: 1 row for moses-frase/new-business {outside}\n" in result.stdout
