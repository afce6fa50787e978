"""What is wrong with a sheet is reported at its cells, all at once, and nothing is written."""

from __future__ import annotations

import datetime
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from .sheets import contents, edited, exported, findings, run, saved

BUSINESS, COURSE, REVENUE = (
    "Close 260,000 of new business",
    "Complete the negotiation certificate",
    "Win 250,000 of new business",
)
GOALS = [
    "Who",
    "Title",
    "Kind",
    "Measured in",
    "Target",
    "Hold",
    "How often",
    "Supports",
    "Starts",
    "Agreed on",
    "Id",
    "Q3",
    "Q4",
]
PEOPLE = ["Role", "Name", "Team", "Leader", "Joined", "Id"]

#: A row of the sheet Goals (row 2), and the findings without the name of the file.
NEW_GOALS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "somebody unknown": ({"Who": "Mozes Frase"}, ['Goals!A2: GH201 unknown owner "Mozes Frase" | help: did you mean "Moses Frase"?']),
    "nobody": ({"Who": ""}, ['Goals!A2: GH103 nobody has the goal "Sell" | help: write whose it is']),
    "no title": ({"Title": ""}, ["Goals!B2: GH103 the title is missing | help: write the goal in one line"]),
    "a title from which no id can be made": ({"Title": "!!!"}, ['Goals!B2: GH107 no id can be made from "!!!" | help: write one into a column Id']),
    "an id that is none": ({"Id": "New Business"}, ['Goals!K2: GH107 "New Business" is not a valid id | help: use lower case, digits and hyphens, e.g. new-business']),
    "an unknown kind": ({"Kind": "productoin"}, ['Goals!C2: GH108 "productoin" is not a known value | help: did you mean "production"?']),
    "a sign for a unit": ({"Measured in": "%"}, ['Goals!D2: GH108 "%" is not a unit | help: did you mean percent?']),
    "a target without a unit": ({"Measured in": "", "Q4": ""}, ["Goals!D2: GH118 the target has no unit | help: write money, percent or what is counted: deals"]),
    "a unit without a target": ({"Target": "", "Q4": ""}, ["Goals!E2: GH118 the target is missing | help: write the number to reach, or empty Measured in"]),
    "words for a number": ({"Target": "a lot"}, ['Goals!E2: GH105 "a lot" is not a number | help: use digits, e.g. 1_200_000 or -3.5']),
    "a number as text that could be two": ({"Target": "1.234"}, ['Goals!E2: GH105 "1.234" could be 1.234 or 1234 | help: type it as a number, not as text']),
    "a date for a number": ({"Target": datetime.date(2017, 1, 1)}, ["Goals!E2: GH105 2017-01-01 is a date, not a number | help: correct the format of the cell"]),
    "a formula": ({"Target": "=9*1000"}, ['Goals!E2: GH115 "=9*1000" is a formula | help: replace it with its value; formulas are not computed']),
    "a text that another program made a formula of": ({"Title": "=cmd|' /C calc'!A0"}, ["""Goals!B2: GH115 "=cmd|' /C calc'!A0" is a formula | help: replace it with its value; formulas are not computed"""]),
    "a formula that failed": ({"Title": "#REF!"}, ['Goals!B2: GH115 "#REF!" is an error of the spreadsheet | help: write there what is meant']),
    "a landmark that failed, in German": ({"Q4": "#BEZUG!"}, ['Goals!M2: GH115 "#BEZUG!" is an error of the spreadsheet | help: write there what is meant']),
    "a day that could be two": ({"Starts": "03/04/2017"}, ['Goals!I2: GH106 "03/04/2017" could be 2017-03-04 or 2017-04-03 | help: write the one you mean, as YYYY-MM-DD']),
    "a day that does not exist": ({"Starts": "31.2.2017"}, ['Goals!I2: GH106 "31.2.2017" is not a date | help: write YYYY-MM-DD, e.g. 2017-09-30']),
    "a number beside a cadence": ({"How often": "weekly", "Q4": ""}, ["Goals!E2: GH118 a cadence cannot have a unit or a target | help: keep only cadence, or make two goals of it"]),
    "an unclear cadence": ({"Measured in": "", "Target": "", "Q4": "", "How often": "often"}, ['Goals!G2: GH108 "often" is not a cadence | help: write e.g. "1 per week with each seller"']),
    "a goal nobody has": ({"Supports": "Win 250,000 of new busines"}, ['Goals!H2: GH201 unknown goal "Win 250,000 of new busines" | help: did you mean "Win 250,000 of new business"?']),
    "a number in a goal that is delivered": ({"Measured in": "", "Target": "", "Q4": 5}, ['Goals!M2: GH118 5 is a number, and nothing says what it is measured in | help: fill in "Measured in" and "Target", or write in words what to deliver']),
    "an agreement in the future": ({"Agreed on": datetime.date(2099, 1, 1)}, ["Goals!J2: GH120 2099-01-01 is in the future | help: correct the date"]),
    "a landmark before the start": ({"Starts": datetime.date(2017, 10, 1), "Q3": 1}, ["Goals!L2: GH116"]),
    "too long a title": ({"Title": "x" * 300}, ["Goals!B2: GH119 300 characters is too long for one line | help: use at most 200"]),
    "two mistakes at once": ({"Kind": "hobby", "Target": "much"}, ['Goals!C2: GH108 "hobby" is not a known value | help: write production or education or skill or improvement or support', 'Goals!E2: GH105 "much" is not a number | help: use digits, e.g. 1_200_000 or -3.5']),
}  # fmt: skip


@pytest.mark.parametrize("case", NEW_GOALS)
def test_a_bad_cell_of_a_new_goal_is_named(case: str, house: Path) -> None:
    cells, wanted = NEW_GOALS[case]
    usual = {"Who": "Moses Frase", "Title": "Sell", "Measured in": "deals", "Target": 9, "Q4": 9}
    before = contents(house)
    row = [(usual | cells).get(heading, "") for heading in GOALS]
    found = findings(run("sheet", str(saved(Path("plan.xlsx"), Goals=[GOALS, row]))))
    assert [one.removeprefix("plan.xlsx: ")[: len(w)] for one, w in zip(found, wanted, strict=True)] == wanted
    assert contents(house) == before


#: A row of the sheet People (row 2), and the findings.
NEW_PEOPLE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "an unknown team": ({"Team": "Centrall"}, ['People!C2: GH201 unknown team "Centrall" | help: did you mean "Central"?']),
    "no team": ({"Team": ""}, ["People!C2: GH103 the team of Ana is missing | help: write its name"]),
    "an unknown role": ({"Role": "boss"}, ['People!A2: GH108 "boss" is not a known value | help: write team or leader or seller']),
    "another role than before": ({"Name": "Moses Frase", "Role": "leader", "Id": "moses-frase", "Team": ""}, ["People!A2: GH108 Moses Frase is a seller, not a leader | help: write seller"]),
    "a leader who joins": ({"Role": "leader", "Team": "", "Joined": datetime.date(2017, 2, 1)}, ["People!E2: GH118 \"Joined\" is not for a leader | help: empty the cell"]),
    "the leader of another team": ({"Leader": "Moses Frase"}, ["People!D2: GH118 Central is led by Dustin Brinkmann, not by Moses Frase | help: name the leader in the team's own row, and empty this cell"]),
    "a name from which no id can be made": ({"Name": "***"}, ['People!F2: GH107 no id can be made from "***" | help: write one into the column Id']),
    "a day that is none": ({"Joined": "soon"}, ['People!E2: GH106 "soon" is not a date | help: write YYYY-MM-DD, e.g. 2017-09-30']),
    "a day in another century": ({"Joined": "2017-13-01"}, ["People!E2: GH106 month 13 does not exist | help: write YYYY-MM-DD, with the month second"]),
}  # fmt: skip


@pytest.mark.parametrize("case", NEW_PEOPLE)
def test_a_bad_cell_of_a_person_is_named(case: str, house: Path) -> None:
    cells, wanted = NEW_PEOPLE[case]
    usual = {"Role": "seller", "Name": "Ana", "Team": "Central"}
    before = contents(house)
    row = [(usual | cells).get(heading, "") for heading in PEOPLE]
    found = findings(run("sheet", str(saved(Path("plan.xlsx"), People=[PEOPLE, row]))))
    assert [one.removeprefix("plan.xlsx: ") for one in found] == wanted
    assert contents(house) == before


#: Changed cells of the handbook's own plan, and the findings. Their columns are where --out puts them.
CHANGES: dict[str, tuple[dict[tuple[str, str], Any], list[str]]] = {
    "an agreed term without a reason": (
        {(BUSINESS, "Target"): 240_000, (BUSINESS, "2017-12-31"): 240_000},
        ['Goals!F5: GH601 "new-business" was agreed on, and this changes target and landmarks.year.value | help: say what has changed since, in Goals!AA5 (Why it moved)'],
    ),
    "a reason of one word": (
        {(BUSINESS, "Target"): 240_000, (BUSINESS, "Why it moved"): "Because"},
        ["Goals!AA5: GH602"],
    ),
    "a reason for each of two, and one is missing": (
        {(BUSINESS, "Target"): 240_000, (BUSINESS, "Why it moved"): "Two accounts left", (COURSE, "2017-08-31"): ""},
        ['Goals!U6: GH601 "negotiation" was agreed on, and this changes landmarks.exam'],
    ),
    "a target that is emptied": ({(BUSINESS, "Target"): ""}, ["Goals!F5: GH118 the target is missing"]),
    "another kind of measure": (
        {(BUSINESS, "Target"): "", (BUSINESS, "Measured in"): "", (BUSINESS, "How often"): "weekly", (BUSINESS, "Why it moved"): "It is better so"},
        ['Goals!D5: GH118 "new-business" cannot be measured in another way: its history would mean nothing | help: close it with goals close, and write a new row with an empty Id'],
    ),
    "an agreement before the last": (
        {(BUSINESS, "Agreed on"): datetime.date(2017, 1, 2)},
        ["Goals!Z5: GH116 2017-01-02 is before 2017-01-20, when moses-frase/new-business was last agreed on | help: write a later day, or 2017-01-20 again"],
    ),
    "the same goal twice": (
        {("a copy", "Who"): "Moses Frase", ("a copy", "Title"): BUSINESS, ("a copy", "Id"): "new-business"},
        ["Goals!AB7: GH117 moses-frase/new-business already has a row: Goals!A5 | help: delete one row, or empty the cell Id of a goal that is new"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CHANGES)
def test_a_bad_change_is_named_by_its_cell(case: str, house: Path) -> None:
    cells, wanted = CHANGES[case]
    before = contents(house)
    found = findings(run("sheet", str(edited(exported(), "Goals", cells))))
    assert [one.removeprefix("plan.xlsx: ")[: len(w)] for one, w in zip(found, wanted, strict=True)] == wanted
    assert contents(house) == before


def test_of_two_who_swap_names_nobody_gets_the_goals_of_the_other(house: Path) -> None:
    ole = (
        (house / "sellers" / "moses-frase.yaml").read_text().replace("moses-frase", "ole").replace("Moses Frase", "Ole")
    )
    (house / "sellers" / "ole.yaml").write_text(ole)
    before = contents(house)
    swapped = {("moses-frase", "Name"): "Ole", ("ole", "Name"): "Moses Frase"}
    found = findings(run("sheet", str(edited(exported(), "People", swapped))))
    assert [one.removeprefix("plan.xlsx: ") for one in found] == [
        f'Goals!A{row}: GH201 "{name}" could be {ids} | help: write the id of the one you mean'
        for row, name, ids in [(5, "Moses Frase", "ole or moses-frase"), (6, "Moses Frase", "ole or moses-frase"), (7, "Ole", "moses-frase or ole"), (8, "Ole", "moses-frase or ole")]
    ]  # fmt: skip
    assert contents(house) == before


def test_a_landmark_that_was_missed_cannot_be_moved_before_anyone_said_why(house: Path) -> None:
    path = house / "sellers/moses-frase.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("value: 131_000", "value: 101_000"), encoding="utf-8")
    plan = edited(
        exported(), "Goals", {(BUSINESS, "2017-06-30"): 100_000, (BUSINESS, "Why it moved"): "The market is slow"}
    )
    (found,) = findings(run("sheet", str(plan)))
    assert found == (
        'plan.xlsx: Goals!AA5: GH603 landmark "q2" was missed before it was changed, and nobody said why'
        " | help: account for it first: goals account moses-frase/new-business#LANDMARK"
    )


def test_a_file_with_errors_is_not_taken_for_nobody_s(house: Path) -> None:
    plan = exported()
    (house / "sellers/moses-frase.yaml").write_text("name: [\n", encoding="utf-8")
    before = contents(house)
    (found, *_) = findings(run("sheet", str(plan)))
    assert found == (
        "plan.xlsx: People!B4: GH204 goals/sellers/moses-frase.yaml has errors | help: fix what goals check reports first"
    )
    assert contents(house) == before


@pytest.mark.parametrize(
    "wrong", ["landmraks: 1", "checkins: [{on: 2017-13-01}]", "landmarks: [x]", "landmarks: [{due: 1}]"]
)
def test_a_goal_with_errors_is_left_alone(wrong: str, house: Path) -> None:
    path = house / "sellers/moses-frase.yaml"
    text = (
        path.read_text(encoding="utf-8")
        .replace("    fits:", f"    {wrong}\n    fits:")
        .replace("    landmarks:\n      - {id: course", "    x-landmarks:\n      - {id: course")
    )
    path.write_text(text, encoding="utf-8")
    before = contents(house)
    plan = edited(exported(), "Goals", {(COURSE, "Why"): "Because", (BUSINESS, "Why"): "Because"})
    (found,) = findings(run("sheet", str(plan)))
    assert found == 'plan.xlsx: Goals!A6: GH204 "negotiation" has errors | help: fix what goals check reports first'
    assert contents(house) == before


@pytest.mark.parametrize("name", ["plan.xlsx", "plan"])
def test_a_text_that_is_too_long_for_a_cell_stays_as_it_is(name: str, house: Path) -> None:
    path = house / "sellers/moses-frase.yaml"
    items = "".join(f"      - {n} {'x' * 9_000}\n" for n in range(5))
    path.write_text(
        path.read_text(encoding="utf-8").replace("    actions:\n", f"    actions:\n{items}"), encoding="utf-8"
    )
    before = contents(house)
    plan = exported(name)
    assert run("sheet", name).exit_code == 0
    assert contents(house) == before
    if name == "plan.xlsx":
        longer = edited(plan, "Goals", {(COURSE, "Fits"): "x" * 20_000})
        (found,) = findings(run("sheet", str(longer)))
        assert found.startswith("plan.xlsx: Goals!M6: GH119 20,000 characters is too long for a note")


def test_a_move_that_is_past_is_refused_at_its_cell(house: Path) -> None:
    people = [
        ["Role", "Name", "Team"],
        ["team", "North", ""],
        ["seller", "Moses Frase", "Central\nNorth from 2017-03-01"],
    ]
    (found, *_) = findings(run("sheet", str(saved(Path("plan.xlsx"), People=people))))
    assert found.startswith("plan.xlsx: People!C3: GH611")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("plan.xlsx", b"PK\x03\x04 and no more", "plan.xlsx: GH113 this workbook cannot be read"),
        ("plan.xlsx", b"Who,Title\n", "plan.xlsx: Goals: GH115 there is neither a sheet People nor a sheet Goals, only plan"),
        ("Goals.csv", b"a,b\n1,2\n", "Goals.csv: Goals: GH115 no row has the headings Who and Title"),
        ("Goals.csv", b"", "Goals.csv: Goals: GH115 no row has the headings Who and Title"),
        ("Goals.csv", b'Who,Title\n"Moses', "Goals.csv: Goals!A2: GH115 a quote in this row is never closed"),
        ("Goals.csv", b"Who,Title,title\n", 'Goals.csv: Goals!C1: GH117 "title" is the same column as Goals!B1'),
        ("Goals.csv", b"Who,Title,03/04/2017\n", 'Goals.csv: Goals!C1: GH106 "03/04/2017" could be 2017-03-04 or 2017-04-03'),
        ("Goals.csv", b"Who,Title,Q5\n", "Goals.csv: Goals!C1: GH106 there is no Q5: the period has 4 quarters"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_plan_is_refused(name: str, data: bytes, message: str, house: Path) -> None:
    Path(name).write_bytes(data)
    (found,) = findings(run("sheet", name))
    assert found.startswith(message)


def test_of_a_pipe_no_more_is_read_than_a_plan_may_have(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goal_handbook.spreadsheets.sheet.SIZE_LIMIT", 2**20)
    os.mkfifo("Goals.csv")
    with subprocess.Popen(["sh", "-c", "exec head -c 9999999 /dev/zero > Goals.csv"]) as writer:
        found = run("sheet", "Goals.csv")
        writer.kill()
    assert found.exit_code == 2
    assert "Goals.csv is larger than 1 MiB\n  help: keep only the sheets and rows of the plan\n" in found.stderr
