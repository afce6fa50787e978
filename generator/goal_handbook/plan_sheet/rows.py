"""The handbook as rows of cells: one a person or team, and one a goal that is still open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model.goal import Goal, Landmark
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from ..spreadsheets.sheet import Field
from ..status.calendar import quarters
from ..status.landmark import is_dropped
from .cells import looks_like_number, shown_number, shown_text, words_of
from .columns import (
    AGREED_ON,
    GOAL_COLUMNS,
    GOAL_ID,
    HOLDS,
    KINDS,
    PEOPLE_COLUMNS,
    ROLE,
    ROLES,
    SEEN_BY,
    SUMS,
    WHO,
    WHY_MOVED,
    Column,
    Here,
)
from .names import Names

PEOPLE, GOALS = "People", "Goals"

#: What heads a column: a word, or the day of a landmark.
Heading = str | datetime.date
Cells = Mapping[Heading, Field]


@dataclass(frozen=True, slots=True)
class Head:
    """A heading with what a spreadsheet shows of it: the note, the width, and the list of its drop-down."""

    heading: Heading
    note: str
    width: int = 14
    choices: str = ""
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A sheet to write: its name, its headings, its rows, and the id of the person or goal that each row is about."""

    name: str
    heads: Sequence[Head]
    rows: Sequence[Cells]
    keys: Sequence[str]


@dataclass(frozen=True, slots=True)
class PlanTables:
    """A plan to write: the people, the goals, and the lists of the drop-downs by name."""

    people: PlanTable
    goals: PlanTable
    lists: Mapping[str, Sequence[str]]


def plan_tables(handbook: Handbook) -> PlanTables:
    """Return the plan of a handbook. Goals that are closed are left out."""
    names = Names.of(handbook)
    owners: list[AnyOwner] = [*handbook.teams.values(), *handbook.leaders.values(), *handbook.sellers.values()]
    goals = [(owner, goal) for owner in owners for goal in owner.goals if not goal.closed]
    rows = [person_cells(names, owner) for owner in owners]
    people = PlanTable(PEOPLE, _people_heads(), rows, [owner.id for owner in owners])
    days = _days(handbook, (goal for _, goal in goals))
    rows = [goal_cells(names, owner, goal) for owner, goal in goals]
    keys = [f"{owner.id}/{goal.id}" for owner, goal in goals]
    return PlanTables(people, PlanTable(GOALS, goal_heads(days), rows, keys), _lists(handbook, names))


def _people_heads() -> list[Head]:
    role = Head(ROLE, "team, leader or seller; empty for a seller.", 10, "roles")
    return [role, *map(_head, PEOPLE_COLUMNS), Head(GOAL_ID, _ID_NOTE, 20)]


_ID_NOTE = "Says which one it is, whatever it is called. Leave it empty for a new one."


def _head(column: Column[Goal] | Column[AnyOwner]) -> Head:
    return Head(column.heading, column.note, column.width, column.choices)


def goal_heads(days: Iterable[datetime.date]) -> list[Head]:
    """Return the headings of the sheet Goals with a column for each of these days."""
    reached = "What to reach by this day: a number is the total until then, a text is what to deliver."
    return [
        Head(WHO, "Whose goal it is: a name from the sheet People.", 24, "owners"),
        *map(_head, GOAL_COLUMNS),
        *(Head(day, reached, 14) for day in days),
        Head(AGREED_ON, "The day both agreed to the goal, or to its new terms.", 12),
        Head(WHY_MOVED, "For a goal that was agreed on: what has changed since, if you change its terms.", 40),
        Head(GOAL_ID, _ID_NOTE, 20, is_hidden=True),
    ]


def _days(handbook: Handbook, goals: Iterable[Goal]) -> list[datetime.date]:
    """The days of all landmarks, and the ends of the quarters."""
    ends = {quarter.end for quarter in quarters(handbook.settings.period)}
    return sorted(ends | {landmark.due for goal in goals for landmark in in_force(goal)})


def in_force(goal: Goal) -> list[Landmark]:
    """Return the landmarks of a goal that have not been dropped."""
    return [landmark for landmark in goal.landmarks if not is_dropped(goal, landmark)]


def person_cells(names: Names, owner: AnyOwner) -> dict[Heading, Field]:
    """Return the row of a person or a team."""
    here = Here(names, owner.id)
    shown: dict[Heading, Field] = {c.heading: c.show(owner, here) for c in PEOPLE_COLUMNS}
    return {ROLE: owner.kind, **shown, GOAL_ID: owner.id}


def goal_cells(names: Names, owner: AnyOwner, goal: Goal) -> dict[Heading, Field]:
    """Return the row of a goal; why it moved is left for whoever moves it."""
    here = Here(names, owner.id, goal.measure.unit if goal.measure else "")
    cells: dict[Heading, Field] = {WHO: names.shown(owner.id)}
    cells |= {column.heading: column.show(goal, here) for column in GOAL_COLUMNS}
    by_day: dict[datetime.date, list[Landmark]] = {}
    for landmark in in_force(goal):
        by_day.setdefault(landmark.due, []).append(landmark)
    cells |= {day: _landmarks_cell(found, here) for day, found in by_day.items()}
    agreed = max((agreement.on for agreement in goal.agreed), default="")
    return {**cells, AGREED_ON: agreed, WHY_MOVED: "", GOAL_ID: goal.id}


def _landmarks_cell(landmarks: Sequence[Landmark], here: Here) -> Field:
    """The landmarks of one day: a number or a text, or several of them one a line."""
    fields = [
        shown_number(one.value, here.unit, here.currency) if one.value is not None else _quoted(one.deliver)
        for one in landmarks
    ]
    return fields[0] if len(fields) == 1 else "\n".join(map(words_of, fields))


def _quoted(text: str) -> str:
    """Something to deliver, in quotes if it would be read as a number, or is in quotes itself."""
    text = shown_text(text)
    return f'"{text}"' if looks_like_number(text) or text.startswith('"') else text


def _lists(handbook: Handbook, names: Names) -> dict[str, Sequence[str]]:
    """What the drop-downs offer."""
    units = {goal.measure.unit for goal in handbook.goals.values() if goal.measure and goal.measure.unit}
    of_teams = [
        f"{team.id}/{goal.id}"
        for team in handbook.teams.values()
        for goal in team.goals
        if not goal.closed and goal.visibility == "team"
    ]
    return {
        "roles": [*ROLES],
        "owners": [names.shown(owner_id) for owner_id in handbook.owners],
        "teams": [names.shown(owner_id) for owner_id in handbook.teams],
        "leaders": [names.shown(owner_id) for owner_id in handbook.leaders],
        "kinds": [*KINDS],
        "units": [*dict.fromkeys(["money", "percent", *sorted(units)])],
        "holds": [*HOLDS],
        "sums": [*SUMS],
        "seen by": [*SEEN_BY],
        "goals": of_teams,
    }
