"""Spreadsheets as people make them: titles above, totals below, columns of their own, numbers and dates as text."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from goal_handbook.source.load import load

from .sheets import contents, exported, findings, run, saved

HEADINGS: list[Any] = ["Who", "Title", "Measured in", "Target", "Q4"]
ROW: list[Any] = ["Moses Frase", "Sell", "deals", 9_000, 9_000]


def target(house: Path, goal: str = "moses-frase/sell") -> str:
    """The target of the goal that a sheet brought."""
    handbook = load(house).handbook
    assert handbook is not None
    return str(handbook.goals[goal].target)


def landmarks(house: Path) -> list[str]:
    """The landmarks of Moses' new goal: id, day and value or text."""
    handbook = load(house).handbook
    assert handbook is not None
    return [f"{lm.id} {lm.due} {lm.deliver or lm.value}" for lm in handbook.goals["moses-frase/sell"].landmarks]


SHEETS: dict[str, list[list[Any]]] = {
    "as it should be": [HEADINGS, ROW],
    "headings in capitals, with spaces and colons": [[f" {heading.upper()}: " for heading in HEADINGS], ROW],
    "headings in another order": [HEADINGS[::-1], ROW[::-1]],
    "other words for the headings": [["Owner", "Goal", "Unit", "Quota", "end of Q4 2017"], ROW],
    "a title and an empty row above": [["Plan 2017", "", "", "", ""], [], HEADINGS, ROW],
    "empty rows between and below": [HEADINGS, [], ROW, [], ["", "  "]],
    "a total below": [HEADINGS, ROW, ["", "", "", 9_000, 9_000]],
    "a total with its name": [HEADINGS, ROW, ["Total", "", "", "=SUM(D2:D2)", "=SUM(E2:E2)"]],
    "a total beside an empty name": [HEADINGS, ROW, ["", "Summe", "", 9_000, 9_000]],
    "columns of their own, with formulas": [[*HEADINGS, "Colour", ""], [*ROW, "=D2*2", "a note"]],
    "a date for the last column": [[*HEADINGS[:4], datetime.date(2017, 12, 31)], ROW],
    "a date as text": [[*HEADINGS[:4], "31.12.2017"], ROW],
    "an American date as text": [[*HEADINGS[:4], "12/31/2017"], ROW],
    "a number as text": [HEADINGS, [*ROW[:3], "9,000", "9 000"]],
    "a number as text, the German way": [HEADINGS, [*ROW[:3], "9.000,0", "9000,00"]],
    "a number as text, with its unit": [HEADINGS, ["Moses Frase", "Sell", "EUR", "€ 9,000", "9k"]],
    "a name in other letters": [HEADINGS, ["  moses   FRASE ", *ROW[1:]]],
    "an id for the name": [HEADINGS, ["moses-frase", *ROW[1:]]],
}  # fmt: skip


@pytest.mark.parametrize("case", SHEETS)
def test_the_sheet_is_understood(case: str, house: Path) -> None:
    result = run("sheet", str(saved(Path("plan.xlsx"), Goals=SHEETS[case])))
    assert result.exit_code == 0, result.output
    assert target(house) == "9000"
    assert landmarks(house) == ["q4 2017-12-31 9000"]


def test_what_is_ignored_is_said_once(house: Path) -> None:
    rows: list[list[Any]] = [[*HEADINGS, "Traget", "Colour"], [*ROW, 1, 2], ["Total", "", "", 9_000, 9_000]]
    result = run("sheet", str(saved(Path("plan.xlsx"), Goals=rows)), "--dry-run")
    assert result.stderr.splitlines() == [
        'ignored columns: "Traget" (Goals!F1; did you mean "Target"?), "Colour" (Goals!G1)',
        "ignored row: Goals row 3 names nobody, like a total",
    ]


@pytest.mark.parametrize(
    ("unit", "value", "number_format", "wanted"),
    [
        ("percent", 0.05, "0%", "5"),
        ("percent", 0.333, "0.0%", "33.3"),
        ("percent", 5, "General", "5"),
        ("percent", "5 %", "@", "5"),
        ("percent", 0.5, "General", "0.5"),
        ("money", 5_000, '#,##0 "USD"', "5000"),
        ("money", 5_000, "[$$-409]#,##0.00", "5000"),
        ("EUR", 5_000, "#,##0 [$€-407]", "5000"),
        ("deals", 5_000, "#,##0", "5000"),
        ("deals", 5, '0 "% of what we had"', "5"),
    ],
)
def test_a_number_is_what_the_cell_shows(
    unit: str, value: Any, number_format: str, wanted: str, house: Path, tmp_path: Path
) -> None:
    plan = saved(Path("plan.xlsx"), Goals=[HEADINGS, ["Moses Frase", "Sell", unit, value, ""]])
    book = load_workbook(plan)
    book["Goals"]["D2"].number_format = number_format
    book.save(plan)
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    assert target(house) == wanted


@pytest.mark.parametrize(
    ("unit", "number_format", "message"),
    [
        ("deals", "0%", "5% is a percentage, and the goal is measured in deals"),
        ("CAD", "#,##0 [$€-407]", "0.05 is shown in EUR, and the goal is measured in CAD"),
        ("money", "#,##0 [$€-407]", "0.05 is shown in EUR, and the goal is measured in USD"),
    ],
)
def test_a_number_in_another_unit_is_refused(unit: str, number_format: str, message: str, house: Path) -> None:
    plan = saved(Path("plan.xlsx"), Goals=[HEADINGS, ["Moses Frase", "Sell", unit, 0.05, ""]])
    book = load_workbook(plan)
    book["Goals"]["D2"].number_format = number_format
    book.save(plan)
    (found,) = findings(run("sheet", str(plan)))
    assert found.startswith(f"plan.xlsx: Goals!D2: GH105 {message}")


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (9_000, "q4 2017-12-31 9000"),
        ("Ninety deals", "ninety-deals 2017-12-31 Ninety deals"),
        ('"9000"', "9000 2017-12-31 9000"),
        ("9th of the list", "9th-of-the-list 2017-12-31 9th of the list"),
    ],
)
def test_a_number_is_a_value_and_a_text_is_to_be_delivered(cell: Any, wanted: str, house: Path) -> None:
    result = run("sheet", str(saved(Path("plan.xlsx"), Goals=[HEADINGS, [*ROW[:4], cell]])))
    assert result.exit_code == 0, result.output
    assert landmarks(house) == [wanted]


@pytest.mark.parametrize("cell", ["9.00.00", "9,00,00", "1.234", "12/31"])
def test_what_looks_like_a_number_is_not_taken_for_a_text(cell: str, house: Path) -> None:
    (found,) = findings(run("sheet", str(saved(Path("plan.xlsx"), Goals=[HEADINGS, [*ROW[:4], cell]]))))
    assert found.startswith(f'plan.xlsx: Goals!E2: GH105 "{cell}"')


def test_a_merged_title_above_the_headings_is_no_heading(house: Path) -> None:
    plan = saved(Path("plan.xlsx"), Goals=[["Plan 2017", "", "", "", ""], HEADINGS, ROW])
    book = load_workbook(plan)
    book["Goals"].merge_cells("A1:E1")
    book.save(plan)
    assert run("sheet", str(plan)).exit_code == 0
    assert target(house) == "9000"


def test_a_folder_of_csv_files_does_the_same(house: Path) -> None:
    folder = Path("plan")
    folder.mkdir()
    (folder / "People.csv").write_text("Name;Team\nBen Newman;Central\n", encoding="utf-8")
    (folder / "Goals.csv").write_text("Who;Title;Measured in;Target\nBen Newman;Sell;deals;9.000,0\n", encoding="utf-8")
    result = run("sheet", "plan")
    assert result.exit_code == 0, result.output
    assert target(house, "ben-newman/sell") == "9000"


@pytest.mark.parametrize("name", ["plan.xlsx", "plan"])
def test_a_plan_saved_by_another_program_is_the_same_plan(name: str, house: Path) -> None:
    before = contents(house)
    plan = exported(name)
    if plan.suffix:
        load_workbook(plan).save(plan)
    result = run("sheet", name)
    assert result.exit_code == 0, result.output
    assert "Nothing." in result.stdout
    assert contents(house) == before


def test_people_may_share_a_name(house: Path) -> None:
    (house / "sellers/moses-2.yaml").write_text("name: Moses Frase\nteam: central\n", encoding="utf-8")
    goals: list[list[Any]] = [HEADINGS, ROW]
    (found,) = findings(run("sheet", str(saved(Path("plan.xlsx"), Goals=goals))))
    assert found == (
        'plan.xlsx: Goals!A2: GH201 "Moses Frase" could be moses-2 or moses-frase'
        " | help: write the id of the one you mean"
    )
    before = contents(house)
    exported("own.xlsx")
    assert run("sheet", "own.xlsx").exit_code == 0
    assert contents(house) == before
