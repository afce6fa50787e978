"""The rows of the sheet Goals as edits: new goals, and what changed about others."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from pydantic_core import PydanticCustomError

from ..findings import MAX_FINDINGS
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.identity import folded
from ..model.people import Leader, Seller, Team
from ..model.values import parse_slug, quoted, value_error
from ..source.edit import Add, Edit
from ..source.emit import Data
from ..source.load import Loaded
from ..source.nodes import NodePath
from .as_written import AsWritten
from .cells import is_blank, read_day, read_text
from .changed_goal import ChangedGoal
from .columns import AGREED_ON, GOAL_ID, TITLE, WHO
from .goal_data import GoalRow, new_goal
from .landmarks import unused
from .names import Names
from .table import Row, Table

_NOTHING = AsWritten()


@dataclass(frozen=True, slots=True)
class Decision:
    """The day of the adjustments that a sheet brings, and the ids of those who decided them."""

    on: datetime.date
    by: tuple[str, ...] = ()


@dataclass
class GoalEdits:
    """Edits by owner, the cells that each path of a goal came from, and the goals without a row."""

    edits: dict[str, list[Edit]] = field(default_factory=dict)
    cells: dict[str, dict[NodePath, str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    """A row with the goal it is about; `goal` is None for a new one."""

    row: Row
    owner_id: str
    goal_id: str
    goal: Goal | None

    @property
    def full_id(self) -> str:
        return f"{self.owner_id}/{self.goal_id}"


def read_goals(
    loaded: Loaded,
    names: Names,
    table: Table,
    decision: Decision,
    make_id: Callable[[str], str],
    unread: Collection[str] = (),
    written: AsWritten = _NOTHING,
) -> GoalEdits:
    """Return the edits of a sheet's goals; what is wrong is added to the table's findings.

    `unread` are the names of people whose own rows have findings: their goals are left alone. `written` is what
    the sheet remembers of when it was written: what nobody has touched since stays as the handbook has it now.
    """
    handbook = names.handbook
    entries = _identified(names, table, make_id, {*map(folded, unread)})
    names = names.with_titles({entry.full_id: title for entry in entries if (title := entry.row.words(TITLE))})
    done = GoalEdits()
    for entry in entries:
        if len(table.findings) > MAX_FINDINGS:
            break  # nobody reads more, and looking for similar names takes long
        row = GoalRow(table, entry.row, names, entry.owner_id, make_id)
        edits: list[Edit] = []
        agreed = _agreement(handbook, table, entry)
        if entry.goal is None:
            data = new_goal(row, entry.goal_id)
            if data:
                edits = [Add(("goals",), {**data, **({"agreed": [agreed]} if agreed else {})})]
        else:
            row.usual_unit = entry.goal.measure.unit if entry.goal.measure else ""
            change = ChangedGoal(row, loaded, handbook.owners[entry.owner_id], entry.goal, written)
            edits = change.edits(_decided(decision, agreed, entry.goal), decision.by)
            if agreed:
                edits.append(Add((*change.path_of(()), "agreed"), agreed))
        if edits:
            done.edits.setdefault(entry.owner_id, []).extend(edits)
            done.cells[entry.full_id] = row.cells_by_path()
    known = {entry.full_id for entry in entries}
    done.missing = [i for i, goal in handbook.goals.items() if not goal.closed and i not in known]
    return done


def _identified(names: Names, table: Table, make_id: Callable[[str], str], unread: Collection[str]) -> list[_Entry]:
    """Which goal each row is about: by its id, or by its title among those of the owner that are open."""
    found: dict[str, _Entry] = {}
    taken: dict[str, set[str]] = {}
    for row in table.rows:
        heading = WHO
        if len(table.findings) > MAX_FINDINGS:
            break
        if folded(row.words(WHO)) in unread:
            continue
        try:
            if is_blank(row.get(WHO)):
                raise value_error("GH103", f"nobody has the goal {quoted(row.words(TITLE))}", "write whose it is")
            owner_id = names.owner(row.words(WHO))
            heading = GOAL_ID if row.words(GOAL_ID) else TITLE
            entry = _entry(names.handbook, row, owner_id, taken.setdefault(owner_id, set()), make_id)
            if entry.full_id in found:
                message = f"{entry.full_id} already has a row: {found[entry.full_id].row.name(WHO)}"
                raise value_error("GH117", message, "delete one row, or empty the cell Id of a goal that is new")
        except PydanticCustomError as error:
            table.problem(row.name(heading), error)
            continue
        found[entry.full_id] = entry
        taken[entry.owner_id].add(entry.goal_id)
    return [*found.values()]


def _entry(
    handbook: Handbook, row: Row, owner_id: str, taken: Collection[str], make_id: Callable[[str], str]
) -> _Entry:
    """Raises GH103, GH107, GH119 and, for a goal that is closed, GH118."""
    goals = {goal.id: goal for goal in handbook.owners[owner_id].goals}
    if given := row.words(GOAL_ID):
        goal = goals.get(parse_slug(given))
        if goal and goal.closed:
            message = f"{owner_id}/{given} was closed on {goal.closed.on}"
            raise value_error("GH118", message, "empty the cell Id for a new goal")
        return _Entry(row, owner_id, given, goal)
    if is_blank(row.get(TITLE)):
        raise value_error("GH103", "the title is missing", "write the goal in one line")
    title = read_text(row.get(TITLE))
    same = [g for g in goals.values() if not g.closed and folded(g.title) == folded(title) and g.id not in taken]
    if same:
        return _Entry(row, owner_id, same[0].id, same[0])
    made = make_id(title)
    if not made:
        raise value_error("GH107", f"no id can be made from {quoted(title)}", "write one into a column Id")
    former = {name for goal in goals.values() for name in (goal.id, *goal.formerly)}
    return _Entry(row, owner_id, unused(made, {*former, *taken}), None)


def _agreement(handbook: Handbook, table: Table, entry: _Entry) -> dict[str, Data] | None:
    """The agreement that a row brings by its day, None if it brings none. An empty cell takes nothing back."""
    row, goal = entry.row, entry.goal
    known = {agreement.on for agreement in goal.agreed} if goal else set()
    try:
        day = None if is_blank(row.get(AGREED_ON)) else read_day(row.get(AGREED_ON))
        if day is None or day in known:
            return None
        if known and day < max(known):
            message = f"{day} is before {max(known)}, when {entry.full_id} was last agreed on"
            raise value_error("GH116", message, f"write a later day, or {max(known)} again")
        return {"on": str(day), "by": _parties(handbook, entry.owner_id, day)}
    except PydanticCustomError as error:
        table.problem(row.name(AGREED_ON), error)
        return None


def _parties(handbook: Handbook, owner_id: str, day: datetime.date) -> list[str]:
    """Those who agree to a goal: the seller and the leader, or the leader. Raises GH118."""
    owner = handbook.owners[owner_id]
    if isinstance(owner, Leader):
        return [owner_id]
    team = owner.id if isinstance(owner, Team) else owner.team_on(day)
    leader = handbook.leader_of(team)
    if leader is None:
        raise value_error("GH118", f"nobody leads {team}, so nobody can agree", "give the team a leader first")
    return [owner_id, leader.id] if isinstance(owner, Seller) else [leader.id]


def _decided(decision: Decision, agreed: Mapping[str, Data] | None, goal: Goal) -> datetime.date:
    """The day of an adjustment: that of the sheet or, if they agreed to it before, of the agreement; in their order."""
    on = min(decision.on, datetime.date.fromisoformat(str(agreed["on"]))) if agreed else decision.on
    return max([on, *(adjustment.on for adjustment in goal.adjustments)])
