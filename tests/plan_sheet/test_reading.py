"""`goals sheet` reads a plan: what each kind of edit writes into the files."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from .sheets import contents, edited, exported, run, saved

BUSINESS, COURSE, REVENUE = (
    "Close 260,000 of new business",
    "Complete the negotiation certificate",
    "Win 250,000 of new business",
)
MOSES = "sellers/moses-frase.yaml"
WHY = "The two largest accounts merged"


def added(house: Path, before: dict[str, bytes]) -> list[str]:
    """The lines that files have now and did not have, in order and without indentation."""
    found = []
    for name, data in contents(house).items():
        old = before.get(name, b"").decode().splitlines()
        if not name.startswith(".schema"):
            found += [line.strip() for line in data.decode().splitlines() if line not in old]
    return found


CHANGES: dict[str, tuple[dict[tuple[str, str], Any], list[str]]] = {
    "a target that was agreed on, with the reason": (
        {(BUSINESS, "Target"): 240_000, (BUSINESS, "Why it moved"): WHY},
        ["measure: {unit: money, target: 240_000}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: target, was: 260_000, now: 240_000}"],
    ),
    "the same, agreed again some days before": (
        {(BUSINESS, "Target"): 240_000, (BUSINESS, "Why it moved"): WHY, (BUSINESS, "Agreed on"): datetime.date(2017, 7, 28)},
        ["measure: {unit: money, target: 240_000}", "- {on: 2017-07-28, by: [moses-frase, dustin-brinkmann]}", "adjustments:", "- on: 2017-07-28", f"why: {WHY}", "changes:", "- {field: target, was: 260_000, now: 240_000}"],
    ),
    "a landmark with another value": (
        {(BUSINESS, "2017-12-31"): 250_000, (BUSINESS, "Why it moved"): WHY},
        ["- {id: year, due: 2017-12-31, value: 250_000}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: landmarks.year.value, was: 260_000, now: 250_000}"],
    ),
    "a landmark on another day": (
        {(COURSE, "2017-08-31"): "", (COURSE, "2017-09-30"): "Exam passed", (COURSE, "Why it moved"): WHY},
        ["- {id: exam, due: 2017-09-30, deliver: Exam passed}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: landmarks.exam.due, was: 2017-08-31, now: 2017-09-30}"],
    ),
    "a landmark more": (
        {(BUSINESS, "2017-09-30"): 190_000, (BUSINESS, "Why it moved"): WHY},
        ["- {id: q3, due: 2017-09-30, value: 190_000}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: landmarks.q3, was: none, now: added}"],
    ),
    "a landmark less, which stays as history": (
        {(COURSE, "2017-08-31"): "", (COURSE, "Why it moved"): WHY},
        ["adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: landmarks.exam, was: agreed, now: dropped}"],
    ),
    "texts, which nobody agrees on": (
        {(BUSINESS, "Title"): "Close a quarter of a million", (BUSINESS, "Why"): "Because", (BUSINESS, "What to do"): "Call\nWrite"},
        ["title: Close a quarter of a million", "why: Because", "- Call", "- Write"],
    ),
    "a text more, and one less": (
        {(COURSE, "Fits"): "", (COURSE, "What to do"): "Learn"},
        ["actions: [Learn]"],
    ),
    "what came of it last period": (
        {(BUSINESS, "Last period"): 228_000},
        ["measure: {unit: money, target: 260_000, last: 228_000}"],
    ),
    "a level to hold": (
        {(BUSINESS, "Hold"): "At Least", (BUSINESS, "Why it moved"): WHY},
        ["measure: {unit: money, target: 260_000, hold: at_least}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: hold, was: none, now: at_least}"],
    ),
    "what it supports, by nothing": (
        {(BUSINESS, "Supports"): "", (BUSINESS, "Why it moved"): WHY},
        ["supports: []", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: supports, was: revenue, now: none}"],
    ),
    "when it starts and ends, and who sees it": (
        {(REVENUE, "Starts"): "1.2.2017", (REVENUE, "Ends"): "2017-11-30", (REVENUE, "Seen by"): "leaders", (REVENUE, "2017-12-31"): "", (REVENUE, "2017-11-30"): 250_000, (REVENUE, "Why it moved"): WHY},
        ["start: 2017-02-01", "due: 2017-11-30", "- {id: year, due: 2017-11-30, value: 250_000}", "adjustments:", "- on: 2017-07-31", f"why: {WHY}", "changes:", "- {field: start, was: 2017-01-01, now: 2017-02-01}", "- {field: due, was: 2017-12-31, now: 2017-11-30}", "- {field: visibility, was: team, now: leaders}", "- {field: landmarks.year.due, was: 2017-12-31, now: 2017-11-30}", "visibility: leaders"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_in_the_sheet_is_a_change_in_the_file(case: str, house: Path) -> None:
    cells, lines = CHANGES[case]
    before = contents(house)
    plan = edited(exported(), "Goals", cells)
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    assert added(house, before) == lines


@pytest.mark.parametrize("case", CHANGES)
def test_a_dry_run_says_it_and_writes_nothing(case: str, house: Path) -> None:
    before = contents(house)
    plan = edited(exported(), "Goals", CHANGES[case][0])
    dry = run("sheet", str(plan), "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert contents(house) == before
    wet = run("sheet", str(plan))
    assert dry.stdout.partition("\nwould write")[0] == wet.stdout.partition("\nwrote")[0]
    assert "Nothing." not in wet.stdout


@pytest.mark.parametrize("case", CHANGES)
def test_the_same_sheet_read_again_changes_nothing(case: str, house: Path) -> None:
    plan = edited(exported(), "Goals", CHANGES[case][0])
    assert run("sheet", str(plan)).exit_code == 0
    before = contents(house)
    again = run("sheet", str(plan))
    assert again.exit_code == 0, again.output
    assert "nothing to write: the sheet says what the handbook says" in again.stdout
    assert contents(house) == before


def test_a_goal_that_nobody_agreed_to_changes_in_place(house: Path) -> None:
    path = house / MOSES
    path.write_text(
        path.read_text(encoding="utf-8")
        .replace("      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n", "", 1)
        .replace("    agreed:\n", "", 1),
        encoding="utf-8",
    )
    before = contents(house)
    plan = edited(
        exported(),
        "Goals",
        {(BUSINESS, "Target"): 270_000, (BUSINESS, "2017-12-31"): "", (BUSINESS, "2017-09-30"): 200_000},
    )
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    assert added(house, before) == [
        "measure: {unit: money, target: 270_000}",
        "- {id: q3, due: 2017-09-30, value: 200_000}",
    ]
    assert b"id: year" not in path.read_bytes()


def test_a_reason_is_kept_also_where_none_is_needed(house: Path) -> None:
    path = house / MOSES
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "    agreed:\n      - {on: 2017-01-20, by: [moses-frase, dustin-brinkmann]}\n", "", 1
        ),
        encoding="utf-8",
    )
    plan = edited(exported(), "Goals", {(BUSINESS, "Target"): 270_000, (BUSINESS, "Why it moved"): WHY})
    assert run("sheet", str(plan), "--by", "dustin").exit_code == 0
    assert f"by: [dustin-brinkmann]\n        why: {WHY}" in path.read_text(encoding="utf-8")


def test_ten_people_and_four_quarters_of_quotas_are_one_command(house: Path) -> None:
    names = [f"Seller {letter}" for letter in "ABCDEFGHIJ"]
    people: list[list[Any]] = [["Name", "Team", "Leader"], *([name, "Central", "Dustin Brinkmann"] for name in names)]
    goals: list[list[Any]] = [["Who", "Title", "Measured in", "Target", "Supports", "Q1", "Q2", "Q3", "Q4"]]
    goals += [[name, "New business", "Money", 400_000, REVENUE, 100_000, 200_000, 300_000, 400_000] for name in names]
    result = run("sheet", str(saved(Path("quotas.xlsx"), People=people, Goals=goals)))
    assert result.exit_code == 0, result.output
    files = contents(house)
    assert len(files) == 4 + 10 + 1  # and the schema
    assert files["sellers/seller-a.yaml"].decode() == (
        "# yaml-language-server: $schema=../.schema/seller.json\n"
        "name: Seller A\n"
        "team: central\n"
        "goals:\n"
        "  - id: new-business\n"
        "    title: New business\n"
        "    kind: production\n"
        "    supports: central/revenue\n"
        "    measure: {unit: money, target: 400_000}\n"
        "    landmarks:\n"
        "      - {id: q1, due: 2017-03-31, value: 100_000}\n"
        "      - {id: q2, due: 2017-06-30, value: 200_000}\n"
        "      - {id: q3, due: 2017-09-30, value: 300_000}\n"
        "      - {id: q4, due: 2017-12-31, value: 400_000}\n"
    )
    before = contents(house)
    assert run("sheet", "quotas.xlsx").exit_code == 0
    assert contents(house) == before


def test_a_whole_organisation_is_one_sheet(house: Path) -> None:
    people: list[list[Any]] = [
        ["Role", "Name", "Team", "Leader", "Job title", "Joined", "Aliases", "Id"],
        ["team", "North", "", "Nora Nilsen"],
        ["Team", "Oslo", "North", "Nora Nilsen"],
        ["leader", "Nora Nilsen", "", "", "Manager"],
        ["seller", "Ole Olsen", "Oslo", "", "Rep", datetime.date(2017, 7, 1), "O. Olsen\nole@example.com"],
        ["seller", "Kari Hansen", "Central\nOslo from 1.9.2017", "", "", "", "", "kari"],
    ]
    goals: list[list[Any]] = [
        ["Who", "Title", "Kind", "Measured in", "Target", "Sum", "How often", "Supports", "Agreed on", datetime.date(2017, 12, 31), "Q3"],
        ["Oslo", "Oslo's year", "", "money", 90_000, "yes", "", "", "", 90_000],
        ["Nora Nilsen", "Half an hour a week", "", "", "", "", "weekly with each seller, 30-45 minutes"],
        ["Ole Olsen", "Ninety thousand", "", "money", 90_000, "", "", "Oslo's year", datetime.date(2017, 7, 30), 90_000, "Half way\n45,000"],
    ]  # fmt: skip
    result = run("sheet", str(saved(Path("org.xlsx"), People=people, Goals=goals)))
    assert result.exit_code == 0, result.output
    files = {name: data.decode().partition("\n")[2] for name, data in contents(house).items()}
    assert files["teams/north.yaml"] == "name: North\nleader: nora-nilsen\n"
    assert "part_of: north\n" in files["teams/oslo.yaml"]
    assert "cadence: {times: 1, per: week, with: each-seller, minutes: [30, 45]}" in files["leaders/nora-nilsen.yaml"]
    assert "team:\n  - {id: central}\n  - {id: oslo, from: 2017-09-01}\n" in files["sellers/kari.yaml"]
    assert files["sellers/ole-olsen.yaml"] == (
        "name: Ole Olsen\nteam: oslo\ntitle: Rep\njoined: 2017-07-01\naliases: [O. Olsen, ole@example.com]\ngoals:\n"
        "  - id: ninety-thousand\n    title: Ninety thousand\n    kind: production\n    supports: oslo/oslo-s-year\n"
        "    measure: {unit: money, target: 90_000}\n    landmarks:\n      - {id: q4, due: 2017-12-31, value: 90_000}\n"
        "      - {id: half-way, due: 2017-09-30, deliver: Half way}\n      - {id: q3, due: 2017-09-30, value: 45_000}\n"
        "    agreed:\n      - {on: 2017-07-30, by: [ole-olsen, nora-nilsen]}\n"
    )


def test_people_change_too(house: Path) -> None:
    before = contents(house)
    plan = edited(
        exported(),
        "People",
        {
            ("Moses Frase", "Job title"): "Executive",
            ("Moses Frase", "Aliases"): "M. Frase",
            ("Moses Frase", "Left"): datetime.date(2017, 11, 30),
        },
    )
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    assert added(house, before) == ["title: Executive", "left: 2017-11-30", "aliases: [M. Frase]"]


def test_whoever_gets_another_name_is_found_by_both(house: Path) -> None:
    plan = edited(exported(), "People", {("moses-frase", "Name"): "Moses Frase-Lin", ("central", "Name"): "Midlands"})
    edited(plan, "Goals", {(COURSE, "Who"): "Moses Frase-Lin", (COURSE, "Why"): "Because"})
    edited(plan, "People", {("Ana", "Name"): "Ana", ("Ana", "Team"): "Midlands"})
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    text = (house / MOSES).read_text(encoding="utf-8")
    assert text.startswith("name: Moses Frase-Lin\nteam: central\n")
    assert "why: Because" in text
    assert "team: central" in (house / "sellers/ana.yaml").read_text(encoding="utf-8")


def test_a_cell_that_is_emptied_takes_away_what_was_there(house: Path) -> None:
    run("sheet", str(edited(exported("one.xlsx"), "People", {("Moses Frase", "Job title"): "Rep"})))
    before = (house / MOSES).read_text(encoding="utf-8")
    assert "title: Rep\n" in before
    plan = edited(exported(), "People", {("Moses Frase", "Job title"): ""})
    assert run("sheet", str(edited(plan, "Goals", {(COURSE, "Fits"): ""}))).exit_code == 0
    after = (house / MOSES).read_text(encoding="utf-8")
    assert {*before.splitlines()} - {*after.splitlines()} == {
        "title: Rep",
        "    fits: Every point we do not give in discounts is a point of the team's revenue.",
    }


def test_a_cell_that_was_always_empty_takes_nothing_away(house: Path) -> None:
    before = contents(house)
    people = [
        ["Name", "Team", "Leader", "Job title", "Joined", "Aliases"],
        ["Moses Frase"],
        ["Central"],
        ["Dustin Brinkmann"],
    ]
    goals: list[list[Any]] = [
        ["Who", "Title", "Kind", "Measured in", "Target", "Supports", "Why", "What to do", "Q2", "Q4", "Agreed on"],
        ["Moses Frase", BUSINESS],
        ["Central", REVENUE, "", "", 250_000, "", "", "", "120,000"],
    ]  # fmt: skip
    result = run("sheet", str(saved(Path("plan.xlsx"), People=people, Goals=goals)))
    assert result.exit_code == 0, result.output
    assert contents(house) == before


def test_a_value_that_moves_to_another_column_is_the_same_landmark_without_a_trace_of_the_first(house: Path) -> None:
    before = contents(house)
    goals = [
        ["Who", "Title", "2017-08-31", "2017-09-15", "Why it moved"],
        ["Moses Frase", COURSE, "", "Exam passed", WHY],
    ]
    assert run("sheet", str(saved(Path("plan.xlsx"), Goals=goals))).exit_code == 0
    assert "- {id: exam, due: 2017-09-15, deliver: Exam passed}" in added(house, before)


def test_a_row_that_is_missing_does_nothing_and_is_named(house: Path) -> None:
    before = contents(house)
    goals = [["Who", "Title"], ["Moses Frase", BUSINESS]]
    result = run("sheet", str(saved(Path("short.xlsx"), Goals=goals)), "--dry-run")
    assert result.exit_code == 0, result.output
    assert "4 goals without a row, left as they are: central/revenue," in result.stdout
    assert contents(house) == before


def test_what_changed_in_the_files_since_the_sheet_was_written_stays(house: Path) -> None:
    plan = edited(exported(), "Goals", {(COURSE, "Why"): "For the large buyers"})
    run("adjust", "moses-frase/new-business", "--target", "240_000", "--why", WHY)
    result = run("sheet", str(plan))
    assert result.exit_code == 0, result.output
    text = (house / MOSES).read_text(encoding="utf-8")
    assert "target: 240_000" in text
    assert "why: For the large buyers" in text


def test_nobody_can_read_in_a_workbook_what_was_deleted_from_it(house: Path) -> None:
    run("adjust", "central/revenue", "--visibility", "leaders", "--why", "The budget is not public")
    book = load_workbook(exported())
    for sheet in (book["Goals"], book["People"]):
        sheet.delete_rows(2, sheet.max_row)
    book.save("empty.xlsx")
    texts = {
        str(c.value)
        for sheet in load_workbook("empty.xlsx")
        for row in sheet.iter_rows(min_row=2)
        for c in row
        if c.value
    }
    assert not [text for text in texts if "revenue" in text or "250" in text]


def test_the_command_that_reads_a_plan_again_names_its_handbook(house: Path) -> None:
    result = run("sheet", "--dir", house.as_posix(), "--out", "plan.xlsx")
    assert result.stdout.endswith(f"read it again with goals sheet plan.xlsx --dir {house}\n")


def test_a_file_that_is_there_is_not_overwritten(house: Path) -> None:
    exported("plan.xlsx")
    result = run("sheet", "--out", "plan.xlsx")
    assert result.exit_code == 2
    assert "plan.xlsx already exists" in result.stderr


def test_a_closed_goal_is_no_part_of_the_plan(house: Path) -> None:
    run("close", "moses-frase/negotiation", "--result", "dropped", "--note", "The course fell out")
    plan = exported("csv")
    assert COURSE not in (plan / "Goals.csv").read_text(encoding="utf-8-sig")
