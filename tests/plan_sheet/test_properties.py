"""Laws of the plan sheet: writing and reading agree, an untouched sheet changes nothing, and what passes the gate does."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.changes.baseline import Baseline
from goal_handbook.cli.prompts import id_of
from goal_handbook.findings import Finding
from goal_handbook.plan_sheet.csv_files import UnguardedSheet, csv_files
from goal_handbook.plan_sheet.plan import Plan, read_plan
from goal_handbook.plan_sheet.rows import Heading, PlanTables, plan_tables
from goal_handbook.plan_sheet.workbook_file import workbook
from goal_handbook.source.load import Loaded, load, load_files
from goal_handbook.source.new_file import owner_file
from goal_handbook.spreadsheets.csv_sheet import csv_sheet
from goal_handbook.spreadsheets.sheet import Field, Sheet
from goal_handbook.spreadsheets.workbook import workbook_sheets
from goal_handbook.workspace import Workspace, open_workspace

from .sheets import HOUSE

ROOT = Path(__file__).parent.parent.parent
HANDBOOKS = {
    "the example": ROOT / "goals",
    "fernlake": ROOT / "tests/data/fernlake/goals",
    "brinkmann": ROOT / "tests/data/brinkmann",
    "every key": ROOT / "tests/data/every-key",
    "the house of the rules": HOUSE,
}
TODAY = datetime.date(2017, 7, 31)


def in_workbook(tables: PlanTables) -> Mapping[str, Sheet]:
    sheets = workbook_sheets("plan.xlsx", workbook(tables))
    assert not isinstance(sheets, Finding)
    return sheets


def in_csv(tables: PlanTables) -> Mapping[str, Sheet]:
    found: dict[str, Sheet] = {}
    for name, data in csv_files(tables).items():
        sheet = csv_sheet(name, data)
        assert not isinstance(sheet, Finding)
        found[name.removesuffix(".csv")] = UnguardedSheet(sheet)
    return found


WAYS = {"a workbook": in_workbook, "CSV files": in_csv}


def plan_of(loaded: Loaded, sheets: Mapping[str, Sheet], on: datetime.date = TODAY) -> Plan:
    assert loaded.handbook is not None
    return read_plan(loaded, loaded.handbook, "plan", sheets, on, (), id_of)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", HANDBOOKS)
def test_a_sheet_that_nobody_touched_changes_nothing(name: str, way: str) -> None:
    loaded = load(HANDBOOKS[name])
    assert loaded.handbook is not None
    plan = plan_of(loaded, WAYS[way](plan_tables(loaded.handbook)))
    assert (plan.findings, plan.notes, plan.files, plan.goals.missing) == ([], [], {}, [])


HOSTILE = (
    "=1+1", "=cmd|' /C calc'!A0", "@SUM(A1:A9)", "+1", "-1", "'=1+1", "''=x", "＝1", "{=1}", "http://example.com", "mailto:a@b.c",
    "_x0041_", "1.234", "1,5", "12%", "007", "2017-06-30", "TRUE", "none", "null", "~", "[a, b]", "{a: b}", "# not", "a: b", "- a",
    '"quoted"', '"', "'", "“smart”", "\u202egnihton", "שלום", "a\u00a0b", "e\u0301", "\U0001f4b0", "x" * 199, "weekly", "Total", "Who",
)  # fmt: skip
#: What a line of text can be: no control characters, which files refuse.
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"))
LINES = (
    (st.sampled_from(HOSTILE) | st.text(LETTERS, min_size=1, max_size=40))
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)
#: What people deliver has no line breaks, and prose has.
PROSE = st.lists(st.sampled_from(HOSTILE) | st.text(LETTERS | st.sampled_from("\n\t"), max_size=60), max_size=4).map(
    lambda lines: "\n".join(lines).strip()
)
NUMBERS = (
    st.decimals(-(10**9), 10**9, places=2) | st.integers(-(10**12), 10**12).map(Decimal) | st.just(Decimal("0.001"))
)
DAYS = st.dates(datetime.date(2017, 1, 1), datetime.date(2017, 12, 31))
UNITS = st.sampled_from(["money", "percent", "EUR", "deals", "win rate"])


def spelled(number: Decimal) -> str:
    return f"{number:f}"


@st.composite
def goals(draw: st.DrawFn, goal_id: str, owner: str) -> dict[str, Any]:
    """A goal as a file has it, of what a sheet can say."""
    unit, shape = draw(UNITS), draw(st.sampled_from(["steps", "number", "level", "cadence"]))
    data: dict[str, Any] = {"id": goal_id, "title": draw(LINES), "kind": draw(st.sampled_from(["production", "skill"]))}
    data |= {key: text for key in ("why", "fits") if (text := draw(PROSE))}
    data["actions"] = [text for text in draw(st.lists(PROSE, max_size=3)) if text]
    if shape == "cadence":
        cadence = {"times": "2", "per": "week"} | draw(
            st.sampled_from([{}, {"with": "team"}, {"minutes": ["30", "45"]}])
        )
        data["measure"] = {"cadence": cadence}
    elif shape != "steps":
        data["measure"] = {"unit": unit, "target": spelled(draw(NUMBERS))}
        data["measure"] |= {"hold": draw(st.sampled_from(["at_least", "at_most"]))} if shape == "level" else {}
    days = draw(st.lists(DAYS, max_size=4))
    data["landmarks"] = [
        {"id": f"lm-{n}", "due": str(day)}
        | (
            {"value": spelled(draw(NUMBERS))}
            if shape in {"number", "level"} and draw(st.booleans())
            else {"deliver": draw(LINES)}
        )
        for n, day in enumerate(days)
    ]
    if owner == "seller" and draw(st.booleans()):
        data["agreed"] = [{"on": "2017-01-10", "by": ["ann", "lee"]}]
    return {key: value for key, value in data.items() if value not in ([], "")}


@st.composite
def handbooks(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a handbook, of what a sheet can say."""
    aliases = draw(st.lists(LINES, max_size=2, unique=True))
    owners: dict[str, dict[str, Any]] = {
        "teams/central": {"name": draw(LINES), "leader": "lee"},
        "leaders/lee": {"name": draw(LINES)},
        "sellers/ann": {"name": draw(LINES), "team": "central", "aliases": aliases},
    }
    texts = {}
    for name, data in owners.items():
        kind = name.partition("s/")[0]
        found = [draw(goals(f"goal-{n}", kind)) for n in range(draw(st.integers(0, 2)))]
        texts[f"{name}.yaml"] = owner_file(kind, data | {"goals": found})
    return {name: text.encode() for name, text in texts.items()} | {"handbook.yaml": SETTINGS}


SETTINGS = b"format: 1\nname: H\nperiod: {name: Y, start: 2017-01-01, end: 2017-12-31}\ncurrency: USD\n"


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40)
@given(files=handbooks())
def test_whatever_a_handbook_says_its_sheet_says_the_same(way: str, files: Mapping[str, bytes]) -> None:
    loaded = load_files(files, "goals")
    assert loaded.handbook is not None
    assert loaded.findings == []
    tables = plan_tables(loaded.handbook)
    sheets = WAYS[way](tables)
    assert plan_of(loaded, sheets).files == {}
    plan = plan_of(load_files({"handbook.yaml": SETTINGS}, "goals"), sheets)
    assert plan.findings == []
    assert plan.loaded.handbook is not None
    again = plan_tables(plan.loaded.handbook)
    assert (again.people.rows, again.goals.rows) == (tables.people.rows, tables.goals.rows)


class RowsOfFields:
    """A sheet held in memory."""

    def __init__(self, rows: Sequence[Sequence[Field]]) -> None:
        self.path, self._rows = "plan", rows

    def rows(self) -> Iterator[tuple[int, Sequence[Field]]]:
        yield from enumerate(self._rows, start=1)

    def excerpt(self, line: int) -> str:
        return ""

    def cell(self, line: int, column: int) -> str:
        return ""


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The house of the rules, committed, with one more goal that nobody has agreed to, and a check of what changes since."""
    root = tmp_path_factory.mktemp("house")
    folder = root / "goals"
    shutil.copytree(HOUSE, folder)
    with (folder / "sellers/moses-frase.yaml").open("a", encoding="utf-8") as file:
        file.write(
            "\n  - id: visits\n    title: Visit clients\n    measure: {unit: visits, target: 40}\n"
            "    landmarks:\n      - {id: q2, due: 2017-06-30, value: 10}\n      - {id: q4, due: 2017-12-31, value: 40}\n"
        )
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "All"]):
        identity = ["-c", "user.name=Dustin Brinkmann", "-c", "user.email=dustin@example.com"]
        subprocess.run(["git", *identity, *command], cwd=root, check=True)
    return open_workspace(folder, "goals", TODAY, since="HEAD")


#: What people might write into cells, each plausible in some column.
CELLS: st.SearchStrategy[Field] = st.sampled_from(
    [
        "", Decimal(1), Decimal(260_000), Decimal(-3), "9,000", "90 %", datetime.date(2017, 8, 31), datetime.date(2017, 3, 31),
        datetime.date(2018, 1, 1), "Exam passed", "Call\nWrite", "money", "percent", "deals", "production", "skill", "at least", "yes",
        "revenue", "central/revenue", "Win 250,000 of new business", "weekly", "2 per month with the team", "leaders", "team",
        "Central", "Moses Frase", "Dustin Brinkmann", "Because the market has changed", "Nobody", "exam", "visits",
    ]
)  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int, Field]]:
    """Cells to change: in which sheet, in which row and column (of as many as there are), and to what."""
    cell = st.tuples(st.sampled_from(["People", "Goals"]), st.integers(0, 99), st.integers(0, 99), CELLS)
    return draw(st.lists(cell, min_size=1, max_size=4))


@settings(max_examples=120)
@given(cells=edits(), why=st.sampled_from(["", "Two accounts went to a competitor"]))
def test_an_edit_that_passes_also_passes_the_gate(
    committed: Workspace, cells: list[tuple[str, int, int, Field]], why: str
) -> None:
    assert committed.handbook is not None
    tables = plan_tables(committed.handbook)
    sheets: dict[str, Sheet] = {}
    for table in (tables.people, tables.goals):
        headings: list[Heading] = [head.heading for head in table.heads]
        rows: list[list[Field]] = [[row.get(heading, "") for heading in headings] for row in table.rows]
        for sheet, row, column, field in cells:
            if sheet == table.name:
                rows[row % len(rows)][column % len(headings)] = field
                if why and sheet == "Goals":
                    rows[row % len(rows)][headings.index("Why it moved")] = why
        sheets[table.name] = RowsOfFields([headings, *rows])
    plan = plan_of(committed.loaded, sheets)
    files = {name: new for name, (_, new) in plan.files.items()}
    base = Baseline(committed.loaded, TODAY, lambda _: committed.history)
    if plan.findings or replace(committed, baseline=base).with_files(files).errors:
        return
    assert [str(finding) for finding in committed.with_files(files).errors] == []
