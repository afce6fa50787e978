"""What an import reports: everything that did not count, and every reading that it did not speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.crm.amount import Mark
from goal_handbook.crm.currency import Currencies
from goal_handbook.crm.split import Split
from goal_handbook.reports.imported import import_report

from .house import COLUMNS, House, book, bring_in, seller, table, totals

STAGED = "Owner,Closed,Amount,Stage,Region"
ROWS = table(
    ("anna", "2017-01-10", "USD 5", "Won", "West"),
    ("anna", "2017-01-11", "USD 5", "Lost", "West"),
    ("bjorn", "2017-01-12", "USD 5", "Won", "East"),
    ("bjorn", "2017-01-13", "USD 5", "Lost", "East"),
    header=STAGED,
)
HELD = "goal,on,value\nanna/sales,2017-01-31,5\nbjorn/sales,2017-01-31,40.50\nbjorn/sales,2017-02-28,55.50\n"


def lines(*args: Any, **options: Any) -> list[str]:
    done, findings = bring_in(*args, **options)
    assert findings == []
    found = [line.strip() for line in import_report(done, "crm.csv", dry_run=False)][1:]
    return [line for line in found if not line.startswith("counted: ")]


def test_the_report_says_what_was_counted_so_that_it_can_be_compared_with_the_crm() -> None:
    files = {"sellers/anna.yaml": seller("Anna", "{unit: CAD, target: 9}")}
    export = table(
        ("anna", "2017-01-10", "CAD 5000.25"), ("anna; bjorn", "2017-01-11", "100"), ("bjorn", "2017-02-01", "1"),
        ("bjorn", "2017-03-01", "7"), ("bjorn", "2018-01-01", "7"), ("Xaver", "2017-01-10", "7"),
    )  # fmt: skip
    currencies = Currencies("USD", {"CAD": Decimal("0.5")})
    done, _ = bring_in(export, files, as_of="2017-02-10", currencies=currencies, splits=(Split(),), ignore=("Xaver",))
    assert [line for line in import_report(done, "crm.csv", False) if "counted: " in line] == [
        "  counted: 5,100.25 CAD and 51.00 USD in 3 rows",
        "  not counted: 1 row for bjorn/sales outside its start and due dates",
        "  not counted: 1 row of Xaver (--ignore)",
        "  not counted: 1 row after the status date",
    ]


def test_money_without_a_currency_is_a_number() -> None:
    done, _ = bring_in(table(("anna", "2017-01-10", "5000.25")), {"handbook.yaml": book(currency="")})
    assert "  counted: 5,000.25 in 1 row" in list(import_report(done, "crm.csv", False))


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        pytest.param({"where": (("Region", "West"),)}, ["not counted: 2 rows left out by --where"], id="where"),
        pytest.param({"won": (("Stage", ("won",)),)}, ["not counted: 2 rows not won: Lost (2)"], id="won"),
        pytest.param(
            {"won": (("Stage", ("won",)),), "where": (("Region", "West"),)},
            ["not counted: 2 rows left out by --where", "not counted: 1 row not won: Lost (1)"],
            id="both: what is out of the question is left out, however it ended",
        ),
        pytest.param(
            {"won": ((" stage ", (" WON ",)),)}, ["not counted: 2 rows not won: Lost (2)"], id="spaces and case"
        ),
        pytest.param(
            {"won": (("Stage", ("won",)),), "where": (("Stage", "Lost"),)},
            ["not counted: 2 rows not won: Won (2)"],
            id="a condition on the column of the stage takes its place",
        ),
    ],
)
def test_rows_that_do_not_count_are_counted(conditions: dict[str, Any], expected: list[str]) -> None:
    assert lines(ROWS, columns=replace(COLUMNS, **conditions)) == expected


@pytest.mark.parametrize(
    ("conditions", "ignore", "zeros", "expected"),
    [
        pytest.param({"won": (("Stage", ("sold",)),)}, (), {"anna", "bjorn"}, None, id="deals that were not won are worth nothing"),
        pytest.param({"where": (("Region", "West"),)}, (), {"anna"}, "no totals of zero for bjorn/sales: its owner has 2 rows that did not count", id="somebody whose rows were left out"),
        pytest.param({}, ("bjorn",), {"anna"}, "no totals of zero for bjorn/sales: its owner has 2 rows that did not count", id="somebody who is ignored"),
    ],
)  # fmt: skip
def test_with_complete_nobody_gets_a_zero_whose_rows_were_left_out(
    conditions: dict[str, Any], ignore: tuple[str, ...], zeros: set[str], expected: str | None
) -> None:
    columns = replace(COLUMNS, **conditions)
    done, _ = bring_in(ROWS, columns=columns, complete=True, ignore=ignore)
    assert {who for who, _ in totals(done)} == zeros
    assert [line for line in lines(ROWS, columns=columns, complete=True, ignore=ignore) if "zero" in line] == (
        [expected] if expected else []
    )


def test_one_of_several_people_whose_row_was_left_out_gets_no_zero_either() -> None:
    export = table(("anna", "2017-01-10", 5, "", "West"), ("anna; bjorn", "2017-01-12", 5, "", "East"), header=STAGED)
    done, _ = bring_in(export, columns=replace(COLUMNS, where=(("Region", "West"),)), complete=True)
    assert done.totals.without_zeros == {"bjorn/sales": 1}
    assert totals(done) == {("anna", "2017-01-31"): 5}


@pytest.mark.parametrize(
    ("export", "options", "gone"),
    [
        pytest.param(table(("anna", "2017-01-10", 5)), {}, ["no longer in the export: bjorn/sales, at 55.5 on 2017-02-28"], id="a deal that is gone"),
        pytest.param(table(("anna", "2017-01-10", 5), ("bjorn", "2018-01-10", 5)), {}, ["no longer in the export: bjorn/sales, at 55.5 on 2017-02-28"], id="a deal that moved out of the goal's dates"),
        pytest.param(table(("bjorn", "2017-01-10", "40.50"), ("bjorn", "2017-02-10", 15)), {}, ["no longer in the export: anna/sales, at 5 on 2017-01-31"], id="another one"),
        pytest.param(table(("xaver", "2017-01-10", 5)), {"ignore": ("xaver",)}, ["no longer in the export: anna/sales, at 5 on 2017-01-31", "no longer in the export: bjorn/sales, at 55.5 on 2017-02-28"], id="all"),
    ],
)  # fmt: skip
def test_a_goal_that_the_export_no_longer_speaks_of_is_named_with_its_total(
    export: str, options: dict[str, Any], gone: list[str]
) -> None:
    assert [line for line in lines(export, held=HELD, **options) if "no longer" in line] == gone


def test_goals_that_another_import_brings_are_not_missed() -> None:
    held = HELD + "anna/renewals,2017-01-31,5\ncleo/sales,2017-01-31,5\n"
    export = table(("anna", "2017-01-10", 5), ("bjorn", "2017-01-10", "40.50"), ("bjorn", "2017-02-10", 15))
    found = [line for line in lines(export, held=held) if "no longer" in line]
    assert found == ["no longer in the export: cleo/sales, at 5 on 2017-01-31"]


def test_an_older_export_leaves_later_readings_alone() -> None:
    export = table(("anna", "2017-01-10", 5), ("bjorn", "2017-01-10", "40.50"))
    assert "not compared: 1 reading after 2017-01-31, where the export ends" in lines(export, held=HELD)


REOPENED = table(("anna", "2017-02-10", 7), ("bjorn", "2017-01-10", "40.50"), ("bjorn", "2017-02-10", 15))


def test_every_reading_the_export_covers_is_compared_also_between_its_own_days() -> None:
    """Anna's deal of January was reopened: without it her first period is February."""
    held = HELD.replace("anna/sales,2017-01-31,5\n", "anna/sales,2017-01-17,5\nanna/sales,2017-01-31,5\n")
    done, findings = bring_in(REOPENED, held=held, per="quarter")
    assert [(finding.code, finding.message) for finding in findings] == [
        ("GH117", "anna/sales was at 5 on 2017-01-17, but the export has 0, and 1 more row like it: line 3")
    ]
    assert findings[0].help == 'if the export is right, use --replace --why "…"'
    done, findings = bring_in(REOPENED, held=held, per="quarter", replace=True)
    assert findings == []
    assert [str(reading.on) for reading in done.merged.replaced] == ["2017-01-17", "2017-01-31"]


def test_an_export_of_the_last_month_alone_is_not_taken_for_the_year() -> None:
    _, findings = bring_in(table(("bjorn", "2017-02-10", 15)), held=HELD)
    assert [finding.message for finding in findings] == [
        "bjorn/sales was at 40.50 on 2017-01-31, but the export has 0",
        "bjorn/sales was at 55.50 on 2017-02-28, but the export has 15",
    ]
    assert findings[0].help == (
        "export all deals since the goal's start, not since 2017-02-10; "
        'if the export is right, use --replace --why "…"'
    )


@pytest.mark.parametrize("row", [("bjorn", "2017-02-10", "lots"), ("Xaver", "2017-02-10", 15)])
def test_totals_without_a_deal_that_could_not_be_counted_contradict_nothing(row: tuple[object, ...]) -> None:
    _, findings = bring_in(table(("bjorn", "2017-01-10", "40.50"), row), held=HELD)
    assert [finding.code for finding in findings] == ["GH115" if row[2] == "lots" else "GH201"]


def test_two_readings_of_a_day_in_the_file_are_not_made_one() -> None:
    _, findings = bring_in(REOPENED, held=HELD + "anna/sales,2017-01-31,6\n", replace=True)
    assert [str(finding.location) for finding in findings] == ["crm.csv:5:1"]
    assert findings[0].message == "anna/sales has two readings on 2017-01-31: 5 and 6"


@pytest.mark.parametrize(
    "into",
    ["goals/crm.csv", "crm.csv", "goals/readings/old/crm.csv", "goals/readings/crm.txt", "goals/readings/.crm.csv", "goals/readings/crm.CSV", "goals/sellers/crm.csv"],
)  # fmt: skip
def test_readings_are_written_only_where_they_are_read(house: Callable[..., House], into: str) -> None:
    at = house()
    before = at.files()
    result = at.bring_in(ROWS, "--into", into)
    assert (result.exit_code, at.files()) == (2, before)
    assert f"Invalid value for '--into': readings are not read from {into}\n" in result.stderr
    assert "  help: write to a file there, e.g. goals/readings/crm.csv\n" in result.stderr


@pytest.mark.parametrize(
    "into", ["goals/readings/crm.csv", "goals/readings/../readings/crm.csv", "./goals/readings/crm.csv"]
)
def test_however_the_file_is_named_it_is_the_same(house: Callable[..., House], into: str, tmp_path: Path) -> None:
    at = house()
    assert at.bring_in(ROWS, "--into", into).exit_code == 0
    assert at.bring_in(ROWS, "--into", str(tmp_path / "goals/readings/crm.csv")).stdout.count("already up to date") == 1


def test_a_file_that_would_be_too_large_to_read_is_not_written(
    house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goal_handbook.source.readings.READINGS_LIMIT", 40)
    at = house()
    before = at.files()
    result = at.bring_in(ROWS)
    assert (result.exit_code, at.files()) == (1, before)
    assert "goals/readings/crm.csv: GH112 the file has 65 bytes" in result.stderr
    assert result.stderr.endswith("1 error found\nno reading was written\n")


def test_an_export_of_too_many_rows_is_refused_and_not_read_in_part(
    house: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goal_handbook.spreadsheets.sheet.ROW_LIMIT", 2)
    at = house()
    before = at.files()
    result = at.bring_in(table(*[("Anna Schäfer", "2017-02-03", 10)] * 3))
    assert (result.exit_code, at.files()) == (1, before)
    assert "export.csv:4:1: GH115 there are more than 2 rows\n" in result.stderr
    assert "  help: export a shorter period\n" in result.stderr
    assert at.bring_in(table(*[("Anna Schäfer", "2017-02-03", 10)] * 2)).exit_code == 0


def test_an_error_that_was_there_before_does_not_stop_an_import(house: Callable[..., House]) -> None:
    at = house({"sellers/cleo.yaml": seller("Cleo") + "    nonsense: 1\n"})
    assert at.bring_in(ROWS).exit_code == 0


FIELD = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789.,'-$€kr USDCAD;/&() ", max_size=12),
    st.sampled_from(["anna", "anna; bjorn", "2017-01-10", "2017-13-10", "USD", "1,054.50", "=A1", "Won"]),
)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.tuples(FIELD, FIELD, FIELD, FIELD), max_size=5), decimal=st.sampled_from([None, "comma", "point"])
)
def test_nothing_in_an_export_stops_the_import_with_more_than_a_finding(
    rows: list[tuple[str, ...]], decimal: Mark | None
) -> None:
    export = table(*rows, header="Owner,Closed,Amount,Currency")
    columns = replace(COLUMNS, decimal=decimal, where=(("Owner", "anna"),) if len(rows) > 3 else ())
    currencies = Currencies("USD", {"CAD": Decimal("0.98")})
    done, findings = bring_in(export, columns=columns, currencies=currencies, splits=(Split(),), to_date=True)
    assert all(finding.message for finding in findings)
    assert list(import_report(done, "crm.csv", dry_run=True))
