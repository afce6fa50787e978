"""A plan that was read from a spreadsheet: the files it would write, and what is wrong with it, cell by cell."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..findings import Finding
from ..model.handbook import Handbook
from ..model.identity import folded
from ..model.values import value_error
from ..source.edit import CannotEdit, Edit, edited
from ..source.folder import OWNER_FOLDERS
from ..source.key_order import order_of
from ..source.load import Loaded, with_files
from ..source.new_file import owner_file
from ..spreadsheets.sheet import Sheet
from ..status.calendar import quarters
from .as_written import AS_WRITTEN, AsWritten
from .cell_findings import at_cells
from .columns import AGREED_ON, GOAL_COLUMNS, GOAL_ID, NAME, PEOPLE_COLUMNS, ROLE, TITLE, WHO, WHY_MOVED
from .goals import Decision, GoalEdits, read_goals
from .names import Names
from .people import PeopleEdits, read_people
from .rows import GOALS, PEOPLE
from .table import Table, finding_at, read_table

_PEOPLE = {ROLE.casefold(): ROLE, GOAL_ID.casefold(): GOAL_ID} | {
    word: column.heading for column in PEOPLE_COLUMNS for word in (column.heading.casefold(), *column.also)
}
_GOALS = {word.casefold(): word for word in (WHO, AGREED_ON, WHY_MOVED, GOAL_ID)} | {
    word: column.heading for column in GOAL_COLUMNS for word in (column.heading.casefold(), *column.also)
}
_GOALS |= dict.fromkeys(("owner", "name", "seller", "person"), WHO)


@dataclass
class Plan:
    """What a spreadsheet asks for.

    `files` are the contents of files before (b"" for a new one) and after, by their paths in the goals folder;
    `loaded` is the handbook with them. With `findings`, nothing may be written.
    """

    loaded: Loaded
    book: str
    files: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    people: PeopleEdits = field(default_factory=PeopleEdits)
    goals: GoalEdits = field(default_factory=GoalEdits)

    def at_cells(self, findings: Iterable[Finding]) -> list[Finding]:
        """Return findings in the files as findings at the cells they come from, where there is one."""
        return at_cells(self.loaded, self.book, {**self.people.cells}, self.goals.cells, findings)


def read_plan(
    loaded: Loaded,
    handbook: Handbook,
    book: str,
    sheets: Mapping[str, Sheet],
    on: datetime.date,
    by: Sequence[str],
    make_id: Callable[[str], str],
) -> Plan:
    """Return what the sheets of a spreadsheet ask for, compared with a handbook that was loaded.

    Messages call the spreadsheet `book`. `on` and `by` are the day of adjustments, and who decided them; `make_id`
    makes an id of a name, "" if it cannot. Raises CannotEdit for a file whose layout cannot be edited.
    """
    plan = Plan(loaded, book)
    named = {folded(name): sheet for name, sheet in sheets.items()}
    if not {folded(PEOPLE), folded(GOALS)} & named.keys():
        shown = ", ".join(sheets) or "none"
        message = f"there is neither a sheet {PEOPLE} nor a sheet {GOALS}, only {shown}"
        help = "goals sheet --out writes a spreadsheet that has them"
        plan.findings.append(finding_at(book, GOALS, value_error("GH115", message, help)))
    written = AsWritten.read(named.get(folded(AS_WRITTEN)))
    unread: set[str] = set()
    if people := named.get(folded(PEOPLE)):
        table = read_table(book, PEOPLE, people, _PEOPLE, [NAME])
        unread = _add_people(plan, handbook, table, make_id, written)
    if goals := named.get(folded(GOALS)):
        ends = [quarter.end for quarter in quarters(handbook.settings.period)]
        table = read_table(book, GOALS, goals, _GOALS, [WHO, TITLE], ends)
        names = Names.of(plan.loaded.handbook or handbook, also=handbook)
        plan.goals = read_goals(plan.loaded, names, table, Decision(on, tuple(by)), make_id, unread, written)
        _add(plan, table)
        _edit(plan, plan.goals.edits)
    return plan


def _add_people(
    plan: Plan, handbook: Handbook, table: Table, make_id: Callable[[str], str], written: AsWritten
) -> set[str]:
    """Add the people to a plan; return the names of those whose rows have findings."""
    found = plan.people = read_people(handbook, table, make_id, written)
    held = {file.stem: file.shown for file in plan.loaded.files if file.folder in OWNER_FOLDERS}
    for _, owner_id in found.new:
        if owner_id in held:
            error = value_error("GH204", f"{held[owner_id]} has errors", "fix what goals check reports first")
            table.problem(found.cells[owner_id][()], error)
    _add(plan, table)
    bad = {finding.location.path for finding in table.findings}
    unread = {
        row.words(NAME) for row in table.rows if any(f"{plan.book}: {cell}" in bad for cell in row.names.values())
    }
    for (kind, owner_id), data in found.new.items():
        if str(data.get("name", "")) not in unread:
            plan.files[f"{kind}s/{owner_id}.yaml"] = b"", owner_file(kind, data).encode()
    _edit(plan, found.edits)
    return unread


def _add(plan: Plan, table: Table) -> None:
    """Add what a table reports to the plan, in the order of its cells."""
    plan.findings += table.in_order()
    plan.notes += table.notes


def _edit(plan: Plan, edits: Mapping[str, Sequence[Edit]]) -> None:
    """Make edits in the plan's files by their owners' ids, and load the handbook with them."""
    held = {file.stem: file for file in plan.loaded.files if file.folder in OWNER_FOLDERS}
    for owner_id, made in edits.items():
        file = held[owner_id]
        name = f"{file.folder}/{owner_id}.yaml"
        try:
            text = edited(file.data.decode("utf-8"), made, order_of(file.folder))
        except CannotEdit as problem:
            raise CannotEdit(f"{name}: {problem.message}", problem.help) from None
        before, _ = plan.files.get(name, (file.data, b""))
        plan.files[name] = before, text.encode("utf-8")
    plan.loaded = with_files(plan.loaded, {name: new for name, (_, new) in plan.files.items()})
