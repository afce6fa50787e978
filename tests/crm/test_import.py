"""`goals import`: a CRM's export becomes readings, or every row that does not fit is named and nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from goal_handbook.cli import main

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
    """Runs `goals import` on an export given as text or bytes, into goals/readings/crm.csv."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    goals(HANDBOOK)

    def run(export: str | bytes, *options: str, files: Mapping[str, str] | None = None) -> Result:
        if files:
            goals({**HANDBOOK, **files})
        Path("export.csv").write_bytes(export if isinstance(export, bytes) else export.encode("utf-8"))
        columns = ["--owner-column", "Owner", "--date-column", "Closed", "--value-column", "Amount"]
        where = [] if "--all" in options else ["--where", "Stage=Won"]
        fixed = ["--goal-pattern", "{owner}/new-business", "--into", "goals/readings/crm.csv", "--as-of", "2017-04-30"]
        rest = [option for option in options if option != "--all"]
        return CliRunner().invoke(main, ["import", "export.csv", *fixed, *columns, *where, *rest], color=True)

    return run


def written() -> str | None:
    path = Path("goals/readings/crm.csv")
    return path.read_bytes().decode("utf-8") if path.exists() else None


def test_totals_to_date_stand_at_every_month_s_end(bring_in: Import) -> None:
    rows = (
        "Moses Frase,Won,2017-01-10,100\nMoses Frase,Won,2017-01-31,20.50\nMoses Frase,Lost,2017-02-02,999\n"
        "Moses Frase,Won,2017-03-01,5\nAnna Snelling,Won,2017-03-31,7\nMoses Frase,Engaging,,\n"
    )
    result = bring_in(HEADER + rows)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2 goals read to 2017-03-31; 4 readings written to goals/readings/crm.csv\n"
    assert written() == (
        "goal,on,value\n"
        "anna-snelling/new-business,2017-03-31,7\n"
        "moses-frase/new-business,2017-01-31,120.50\n"
        "moses-frase/new-business,2017-02-28,120.50\n"
        "moses-frase/new-business,2017-03-31,125.50\n"
    )
    assert CliRunner().invoke(main, ["check", "goals"]).exit_code == 0


@pytest.mark.parametrize(
    ("per", "ends"),
    [
        ("week", ["2017-03-12", "2017-03-19", "2017-03-26", "2017-04-02"]),
        ("month", ["2017-03-31"]),
        ("quarter", ["2017-03-31"]),
    ],
)
def test_periods_end_with_their_week_month_or_quarter(bring_in: Import, per: str, ends: list[str]) -> None:
    bring_in(HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-03-27,2\n", "--by", per)
    assert [line.split(",")[1] for line in (written() or "").splitlines()[1:]] == ends


def test_a_period_that_has_not_ended_has_no_total(bring_in: Import) -> None:
    bring_in(HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-04-12,2\n", "--as-of", "2017-04-29")
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-03-31,1\n"


def test_a_goal_s_due_date_ends_its_last_period(bring_in: Import) -> None:
    due = person("Moses Frase", more="    due: 2017-03-15").replace("}\n    due", ", due").replace("15", "15}")
    bring_in(
        HEADER + "Moses Frase,Won,2017-03-12,1\nMoses Frase,Won,2017-03-16,2\n", files={"sellers/moses-frase.yaml": due}
    )
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-03-15,1\n"


def test_complete_gives_zero_totals_to_those_without_rows(bring_in: Import) -> None:
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
        pytest.param('Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,"1,054"\n', id="thousands"),
        pytest.param('Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,"$1,054.00"\n', id="dollars"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,USD 1054\n", id="currency code"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1054 $\n", id="currency behind"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10,1\u202f054\n", id="narrow spaces"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10T10:11:12Z,1054\n", id="a time"),
        pytest.param("Owner,Stage,Closed,Amount\nMoses Frase,Won,2017-04-10 10:11:12+02:00,1054\n", id="a time zone"),
        pytest.param("Owner;Stage;Closed;Amount\nMoses Frase;Won;2017-04-10;1054\n", id="semicolons"),
        pytest.param("Owner\tStage\tClosed\tAmount\nMoses Frase\tWon\t2017-04-10\t1054\n", id="tabs"),
        pytest.param("OWNER, stage ,cLosed,AMOUNT\nMoses Frase,won,2017-04-10,1054\n", id="case of headers"),
        pytest.param("Owner,Stage,Closed,Amount\n  mOSES   frase ,Won,2017-04-10, 1054 \n", id="case and spaces"),
        pytest.param("Owner,Stage,Closed,Amount\nmoses-frase,Won,2017-04-10,1054\n", id="the id"),
        pytest.param('Id,Owner,Stage,Closed,Amount\n"a\nb",Moses Frase,Won,2017-04-10,1054\n', id="lines in a field"),
        pytest.param("Owner,Stage,Closed,Amount\n\nMoses Frase,Won,2017-04-10,1054\n\n", id="empty lines"),
        pytest.param("Owner,Id,Id,Stage,Closed,Amount\nMoses Frase,,,Won,2017-04-10,1054\n", id="others twice"),
    ],
)  # fmt: skip
def test_exports_come_in_many_dresses(bring_in: Import, export: str) -> None:
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
    ],
)
def test_amounts_are_read_as_they_are_written(bring_in: Import, amount: str, options: list[str], value: str) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-10,{amount}\n", *options)
    assert result.stderr == ""
    assert written() == f"goal,on,value\nmoses-frase/new-business,2017-04-30,{value}\n"


@pytest.mark.parametrize(
    ("amount", "options", "hint"),
    [
        ('"1.234,56"', [], '"1.234,56" is no number, say --decimal comma'),
        ('"12,5"', [], '"12,5" is no number, say --decimal comma'),
        ("12%", [], '"12%" is no number, write plain digits in the export'),
        ("(500)", [], '"(500)" is no number, write plain digits in the export'),
        ("nan", [], '"nan" is no number, write plain digits in the export'),
        (
            "1.234",
            [],
            '"1.234" may be 1.234 or 1,234, say --decimal point, or --decimal comma if the point parts thousands',
        ),
        ("", [], "the amount is empty, write 0 if the deal is worth nothing"),
        ("12$34", [], '"12$34" is no number, write plain digits in the export'),
        ("9999999999999999", [], "a number of 16 characters is more than anyone sells, use at most 15 digits"),
        ("1234.56", ["--decimal", "comma"], "is no number with a comma before its cents, leave out --decimal comma"),
        ('"1,234.56"', ["--decimal", "comma"], "is no number with a comma before its cents, leave out --decimal comma"),
    ],
)
def test_an_amount_that_is_none_is_told_with_its_row(
    bring_in: Import, amount: str, options: list[str], hint: str
) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-09,1\nMoses Frase,Won,2017-04-10,{amount}\n", *options)
    assert_refused(result, f"export.csv:3:1: GH115 {hint}" if hint.startswith(('"', "a ")) else hint)


def assert_refused(result: Result, *says: str) -> None:
    assert (result.exit_code, result.stdout) == (1, "")
    for sentence in says:
        assert sentence in result.stderr
    assert result.stderr.endswith("nothing was written\n")
    assert "Traceback" not in result.stderr
    assert written() is None


ROW = "Moses Frase,Won,2017-04-10,1\n"


@pytest.mark.parametrize(
    ("export", "says"),
    [
        pytest.param(
            f"{HEADER}{ROW}Möses,Won,2017-04-10,1\n".encode("latin-1"),
            "export.csv:3:1: GH113 this is not UTF-8 (it may be Latin-1), export it again as UTF-8 CSV",
            id="Latin-1",
        ),
        pytest.param(
            f"{HEADER}{ROW}".encode("utf-16"),
            "export.csv:1:1: GH113 the export is UTF-16, export it again as UTF-8 CSV",
            id="UTF-16",
        ),
        pytest.param(f"{HEADER}{ROW}".encode("utf-16-le"), "export.csv:1:1: GH113 ", id="UTF-16 without BOM"),
        pytest.param(
            f"{HEADER}{ROW}Moses\0,Won,2017-04-10,1\n",
            "export.csv:3:1: GH113 a NUL character stands in this row, export the file again",
            id="NUL",
        ),
        pytest.param(
            f"{HEADER}{ROW}Moses Frase,Won,2017-04-10\n{ROW}",
            "export.csv:3:1: GH115 3 fields where the header has 4, quote fields that hold the separator",
            id="a short row",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,2017-04-10,1,054\n",
            "export.csv:2:1: GH115 5 fields where the header has 4, quote fields that hold the separator",
            id="a long row",
        ),
        pytest.param(
            f"{HEADER}{ROW}\nTotal,1\n{ROW}",
            "export.csv:4:1: GH115 a short row between others, delete it, or mend the export",
            id="a footer in the middle",
        ),
        pytest.param(
            f"Owner,Stage,Amount,Closed,Amount\n{ROW}",
            'export.csv:1:1: GH115 the column "Amount" stands in the header twice, rename one of them in the export',
            id="a column twice",
        ),
        pytest.param(
            f"Owner,Stage,Close,Amount\n{ROW}",
            'export.csv:1:1: GH115 there is no column "Closed", did you mean "close"?',
            id="a column misspelt",
        ),
        pytest.param("", 'GH115 there is no column "Owner"', id="an empty file"),
        pytest.param(
            f'{HEADER}{ROW}"Moses Frase,Won,2017-04-10,1\n{ROW}',
            "export.csv:3:1: GH115 a quote is opened in this row and never closed, close it, or double",
            id="an unclosed quote",
        ),
        pytest.param(
            f'{HEADER}{ROW}"Moses" Frase,Won,2017-04-10,1\n',
            "export.csv:3:1: GH115 a quote ends before its field does, double a quote that is text",
            id="a quote inside",
        ),
        pytest.param(
            f"{HEADER}{ROW}{'x' * 131_073},Won,2017-04-10,1\n",
            "export.csv:3:1: GH115 a field has more than 131,072 characters, shorten it, or close its quotes",
            id="a huge field",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,04/10/2017,1\n",
            'export.csv:2:1: GH115 "04/10/2017" is no date, say --date-format, e.g. %m/%d/%Y',
            id="an American date",
        ),
        pytest.param(
            f"{HEADER}Moses Frase,Won,2017-02-30,1\n",
            "export.csv:2:1: GH115 2017-02-30 is no day of the calendar, February 2017 has 28 days",
            id="no such day",
        ),
        pytest.param(f"{HEADER}Moses Frase,Won,,1\n", 'export.csv:2:1: GH115 "" is no date', id="no date"),
        pytest.param(
            f"{HEADER},Won,2017-04-10,1\n",
            "export.csv:2:1: GH115 the owner's column is empty, say whose deal it is",
            id="no owner",
        ),
        pytest.param(
            f"{HEADER}{ROW}Moses Fraze,Won,2017-04-10,1\nMoses Fraze,Won,2017-04-10,1\n",
            'export.csv:3:1: GH201 nobody is called "Moses Fraze" (2 rows), did you mean "Moses Frase"? '
            "another spelling goes under aliases: in sellers/moses-frase.yaml",
            id="an unknown person",
        ),
        pytest.param(
            f"{HEADER}{ROW}Xaver,Won,2017-04-10,1\n",
            'export.csv:3:1: GH201 nobody is called "Xaver" (1 row), add their file, or pass --ignore with the name',
            id="a stranger",
        ),
        pytest.param(
            f"{HEADER}Nobu Siness,Won,2017-04-10,1\n",
            'export.csv:2:1: GH201 "Nobu Siness" has no goal no-business/new-business (1 row)',
            id="a missing goal",
        ),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_written(bring_in: Import, export: str | bytes, says: str) -> None:
    assert_refused(bring_in(export), says)


def test_all_that_is_wrong_is_told_at_once(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2017-04-10,many\nMoses Fraze,Won,2017-04-10,1\n{ROW}")
    assert_refused(result, "export.csv:2:1: GH115 ", "export.csv:3:1: GH201 ", "2 errors found\n")


def test_a_mistake_in_every_row_is_told_briefly(bring_in: Import) -> None:
    result = bring_in(HEADER + "Moses Frase,Won,04/10/2017,1\n" * 9_000)
    assert_refused(result, "export.csv:102:1: GH115 and 8,900 more like these, mend these first\n", "101 errors found")


def test_a_name_that_two_people_bear_needs_the_id(bring_in: Import) -> None:
    files = {"sellers/moses-frase-2.yaml": person("Moses FRASE")}
    says = '"Moses Frase" may be moses-frase or moses-frase-2 (1 row), give each an alias of their own, or export ids'
    assert_refused(bring_in(HEADER + ROW, files=files), says)
    assert bring_in(HEADER + ROW.replace("Moses Frase", "moses-frase-2"), files=files).exit_code == 0
    assert written() == "goal,on,value\nmoses-frase-2/new-business,2017-04-30,1\n"


def test_a_person_can_be_ignored_by_name(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}{ROW}Xaver,Won,2017-04-10,1\n", "--ignore", " xaver ")
    assert result.exit_code == 0
    assert "  not counted: 1 row of Xaver, ignored as you asked\n" in result.stdout
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-04-30,1\n"


def test_a_salesforce_footer_is_passed_over(bring_in: Import) -> None:
    footer = '\n\n"Won deals by owner"\n"Copyright (c) 2000-2017 salesforce.com, inc."\n"Confidential Information"\n'
    result = bring_in(HEADER + ROW + footer)
    assert result.exit_code == 0
    assert result.stdout.endswith("  3 lines of footer passed over\n")


def test_deals_outside_the_goal_s_time_are_reported_and_do_not_count(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Won,2016-12-31,5\nMoses Frase,Won,2018-01-01,5\n{ROW}")
    assert result.exit_code == 0
    assert (
        "  not counted: 2 rows for moses-frase/new-business before its start or after its due date\n" in result.stdout
    )
    assert (written() or "").splitlines()[1] == "moses-frase/new-business,2017-04-30,1"


def test_dates_are_read_in_the_format_one_names(bring_in: Import) -> None:
    assert bring_in(f"{HEADER}Moses Frase,Won,04/10/2017,1\n", "--date-format", "%m/%d/%Y").exit_code == 0
    assert written() == "goal,on,value\nmoses-frase/new-business,2017-04-30,1\n"


@pytest.mark.parametrize("wrong", ["%d.%m.%Y", "%", "%Q", ""])
def test_dates_that_do_not_fit_the_format_are_told(bring_in: Import, wrong: str) -> None:
    assert_refused(
        bring_in(f"{HEADER}Moses Frase,Won,04/10/2017,1\n", "--date-format", wrong), "export.csv:2:1: GH115 "
    )


def test_importing_twice_changes_no_byte(bring_in: Import) -> None:
    bring_in(HEADER + ROW)
    first, changed = written(), Path("goals/readings/crm.csv").stat().st_mtime_ns
    result = bring_in(HEADER + ROW)
    assert result.stdout == "1 goal read to 2017-04-30; goals/readings/crm.csv says it all already\n"
    assert (written(), Path("goals/readings/crm.csv").stat().st_mtime_ns) == (first, changed)


def test_what_the_file_holds_already_stays(bring_in: Import) -> None:
    held = (
        "goal,on,value,note\nanna-snelling/new-business,2017-02-28,8,by hand\nmoses-frase/new-business,2017-03-31,0,\n"
    )
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert (result.exit_code, result.stderr) == (0, "")
    assert written() == f"{held}moses-frase/new-business,2017-04-30,1,\n"


def test_a_contradiction_is_told_and_only_replace_overwrites(bring_in: Import) -> None:
    held = "goal,on,value,note\nmoses-frase/new-business,2017-04-30,2,by hand\n"
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert result.exit_code == 1
    assert result.stderr == (
        "goals/readings/crm.csv:2:1: GH117 moses-frase/new-business stood at 2 on 2017-04-30, the export says 1, "
        "pass --replace if the export is right\n"
        "    2 | moses-frase/new-business,2017-04-30,2,by hand\n      | ^\n\n"
        "1 error found\nnothing was written\n"
    )
    assert written() == held
    assert bring_in(HEADER + ROW, "--replace").exit_code == 0
    assert written() == held.replace(",2,by hand", ",1,by hand")


def test_a_readings_file_that_cannot_be_read_is_not_overwritten(bring_in: Import) -> None:
    held = "goal,on,value\nmoses-frase/new-business,2017-04-31,2\n"
    result = bring_in(HEADER + ROW, files={"readings/crm.csv": held})
    assert (result.exit_code, written()) == (1, held)
    assert "goals/readings/crm.csv:2:1: GH115 2017-04-31 is no day of the calendar" in result.stderr


def test_an_export_in_which_nothing_counts_writes_nothing(bring_in: Import) -> None:
    result = bring_in(f"{HEADER}Moses Frase,Lost,2017-04-10,1\n")
    assert (result.exit_code, result.stdout, written()) == (0, "the export has no deal that counts\n", None)


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--goal-pattern", "moses/new-business", "must name the owner and the goal"),
        ("--goal-pattern", "{owner}", "must name the owner and the goal"),
        ("--where", "Stage", "has no =, write column=value"),
        ("--by", "day", "'day' is not one of"),
        ("--decimal", "semicolon", "'semicolon' is not one of"),
    ],
)
def test_an_option_that_makes_no_sense_is_exit_code_2(bring_in: Import, option: str, value: str, says: str) -> None:
    result = bring_in(HEADER + ROW, option, value)
    assert (result.exit_code, result.stdout, written()) == (2, "", None)
    assert says in result.stderr


def test_escape_sequences_in_an_export_do_not_reach_the_terminal(bring_in: Import) -> None:
    result = bring_in(
        f"{HEADER}\x1b[31mMoses,Won,2017-04-10,1\nMoses Frase,Won,\x1b[2J,1\nXaver,Won,2017-04-10,\x1b[2J\n"
    )
    assert result.exit_code == 1
    assert all(c.isprintable() or c == "\n" for c in result.output)
    ignored = bring_in(f"{HEADER}{ROW}\x1b[31mX,Won,2017-04-10,1\n", "--ignore", "\x1b[31mX")
    assert ignored.exit_code == 0
    assert all(c.isprintable() or c == "\n" for c in ignored.output)
