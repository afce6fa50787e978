"""Exports are imported, plan sheets are read and signatures are verified, or they are refused with a reason."""

from __future__ import annotations

import base64
import datetime
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st
from tests.changes.story import HOUSE
from tests.crm.house import bring_in
from tests.plan_sheet.test_properties import RowsOfFields
from tests.proof.signing import KINDS, Key, make_key

from goal_handbook.cli.prompts import id_of
from goal_handbook.plan_sheet.plan import read_plan
from goal_handbook.plan_sheet.rows import plan_tables
from goal_handbook.proof.sshsig import signer_of
from goal_handbook.proof.wire import BadSignature
from goal_handbook.reports.imported import import_report
from goal_handbook.source.edit import CannotEdit
from goal_handbook.source.load import Loaded, load, with_files
from goal_handbook.spreadsheets.sheet import Field, Sheet
from goal_handbook.workspace import evaluate

from .fuzz_files import check

DAY = datetime.date(2017, 7, 31)
GOOD = st.tuples(
    st.sampled_from(["Anna Schäfer", "Björn Köhler", "Bjo\u0308rn Ko\u0308hler", "anna"]),
    st.dates(datetime.date(2017, 1, 1), datetime.date(2017, 12, 31)).map(str),
    st.decimals(-(10**6), 10**7, places=2).map(str),
)
AMOUNTS = st.sampled_from(["", "1,5", "1.234,56", "12%", "(500)", "nan", "1e9", "-3", "$ 1'000", "9" * 30, "1 000 kr"])
DATES = st.sampled_from(["03/04/2017", "31.12.17", "2017-02-30", "", "43000", "9999-12-31", "Mar 3, 2017"])
PEOPLE = st.sampled_from(
    ["Anna Schäfer", "Björn Köhler", "Bjo\u0308rn Ko\u0308hler", "anna", "", "Nobody", "Anna; Björn"]
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


def exports() -> st.SearchStrategy[list[tuple[str, str, str]]]:
    """Return rows of an export: a person, a day and an amount, as people and programs write them."""
    odd = st.tuples(PEOPLE | ANYTHING, DATES | ANYTHING, AMOUNTS | ANYTHING)
    return st.lists(GOOD, max_size=8) | st.lists(GOOD | odd, max_size=8)


def is_imported(rows: list[tuple[str, str, str]]) -> None:
    """Every row counts or has a finding; what is written reads back, and importing it again adds nothing."""
    quoted = [",".join('"' + field.replace('"', '""') + '"' for field in row) for row in rows]
    export = "\n".join(["Owner,Closed,Amount", *quoted, ""])
    done, findings = bring_in(export)
    assert list(import_report(done, "crm.csv", dry_run=True))
    for finding in findings:
        assert finding.message
        assert finding.location.path
    if not findings and done.merged.text:
        again, findings = bring_in(export, held=done.merged.text)
        assert (again.merged.added, findings) == (0, [])


FIELDS: st.SearchStrategy[Field] = (
    ANYTHING
    | st.decimals(-(10**20), 10**20)
    | st.dates()
    | st.sampled_from(
        [Decimal("NaN"), "none", "revenue", "central/revenue", "weekly", "leaders", "Central", "exam", "yes", "9,000"]
    )
)
Cell = tuple[bool, int, int, Field]


def sheets() -> st.SearchStrategy[list[Cell]]:
    """Return cells to change: whether in Goals, in which row and column (of as many as there are), and to what."""
    return st.lists(st.tuples(st.booleans(), st.integers(0, 99), st.integers(0, 99), FIELDS), min_size=1, max_size=5)


@cache
def _house() -> Loaded:
    return load(HOUSE, "goals")


def is_planned(cells: list[Cell]) -> None:
    """A sheet is refused with findings, or the files that it leads to can be read."""
    loaded = _house()
    assert loaded.handbook
    tables = plan_tables(loaded.handbook)
    found: dict[str, Sheet] = {}
    for table in (tables.people, tables.goals):
        headings = [head.heading for head in table.heads]
        rows: list[list[Field]] = [
            list(headings),
            *([row.get(heading, "") for heading in headings] for row in table.rows),
        ]
        for in_goals, row, column, field in cells:
            if in_goals == (table is tables.goals):
                rows[row % len(rows)][column % len(headings)] = field
        found[table.name] = RowsOfFields(rows)
    try:
        plan = read_plan(loaded, loaded.handbook, "plan", found, DAY, (), id_of)
    except CannotEdit:
        return
    if plan.findings:
        assert all(finding.message for finding in plan.findings)
        return
    for finding in evaluate(
        with_files(loaded, {name: new for name, (_, new) in plan.files.items()}), DAY, DAY
    ).findings:
        check(finding)


MESSAGE = b'{"day":"2017-07-30","format":"1"}'
Tampered = tuple[str, list[tuple[int, int]], int, bytes]


@cache
def _key(kind: str) -> Key:
    return make_key(kind)


def signatures() -> st.SearchStrategy[Tampered]:
    """Return the kind of a key, bytes of its signature to change, where to cut it off, and what to add."""
    flips = st.lists(st.tuples(st.integers(0, 2_000), st.integers(0, 255)), max_size=4)
    return st.tuples(st.sampled_from(KINDS), flips, st.just(-1) | st.integers(0, 2_000), st.binary(max_size=8))


def is_verified(tampered: Tampered) -> None:
    """A signature that was tampered with is refused; one that was not names its key, but for no other message."""
    kind, flips, cut, more = tampered
    key = _key(kind)
    whole = base64.b64decode(key.sign(MESSAGE))
    data = bytearray(whole)
    for at, value in flips:
        data[at % len(data)] = value
    changed = bytes(data[: cut if cut >= 0 else len(data)]) + more
    for message in (MESSAGE, MESSAGE + b" "):
        try:
            signer = signer_of(base64.b64encode(changed).decode(), message)
        except BadSignature:
            assert (changed, message) != (whole, MESSAGE)
        else:
            assert message == MESSAGE
            assert signer == key.public
