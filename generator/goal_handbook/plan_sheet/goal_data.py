"""A row of the sheet Goals as a goal's data, as its owner's file has it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from ..model.goal import Goal
from ..model.people import Leader
from ..model.values import value_error
from ..source.key_order import order_of
from ..source.nodes import NodePath
from ..spreadsheets.sheet import Field
from .cells import is_blank
from .columns import AGREED_ON, GOAL_COLUMNS, TITLE, WHO, WHY_MOVED, Column, Here, read_unit
from .landmarks import Wanted, landmark_ids, read_wanted
from .names import Names
from .rows import Heading
from .table import Row, Table

_UNIT, _TARGET = "Measured in", "Target"
#: What is wrong with a measure that has one of its two parts only.
_MISSING = {
    "target": (_TARGET, "the target is missing", "write the number to reach, or empty Measured in"),
    "unit": (_UNIT, "the target has no unit", "write money, percent or what is counted: deals"),
}


@dataclass
class GoalRow:
    """A row of the sheet Goals that is being read; what is wrong goes into the findings of its table.

    `usual_unit` is what its goal is measured in, where the row does not say; `landmarks` are the days of landmarks.
    """

    table: Table
    row: Row
    names: Names
    owner_id: str
    make_id: Callable[[str], str]
    usual_unit: str = ""
    landmarks: dict[str, datetime.date] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def here(self) -> Here:
        """Return what the row's cells depend on; a unit that cannot be read is reported where it is read."""
        unit = self.row.words(_UNIT) or self.usual_unit
        try:
            return Here(self.names, self.owner_id, read_unit(unit) if unit else "")
        except PydanticCustomError:
            return Here(self.names, self.owner_id, unit)

    def problem(self, heading: Heading, error: PydanticCustomError) -> None:
        """Add a finding at a cell of the row."""
        self.is_whole = False
        self.table.problem(self.row.name(heading), error)

    def read(self, columns: Iterable[Column[Goal]]) -> Iterator[tuple[Column[Goal], Any]]:
        """Yield what the cells of these columns say, None for an empty one; a bad one is reported."""
        here = self.here
        for column in columns:
            cell: Field = self.row.get(column.heading)
            try:
                yield column, None if is_blank(cell) else column.read(cell, here)
            except PydanticCustomError as error:
                self.problem(column.heading, error)
            except ValidationError as error:
                for _, found in _errors(error):
                    self.problem(column.heading, found)

    def wanted(self, days: Iterable[datetime.date]) -> list[Wanted]:
        """Return the landmarks in the cells of these days; a bad cell is reported."""
        here, found = self.here, []
        for day in days:
            try:
                found += read_wanted(day, self.row.get(day), here)
            except PydanticCustomError as error:
                self.problem(day, error)
        return found

    def ids_of(self, wanted: list[Wanted], taken: Iterable[str] = ()) -> list[str]:
        """Return an id for each new landmark, and remember its cell."""
        period = self.names.handbook.settings.period
        ids = landmark_ids(wanted, {*taken}, period, self.make_id)
        self.landmarks |= {landmark: one.due for landmark, one in zip(ids, wanted, strict=True)}
        return ids

    def validated(self, data: Mapping[str, Any]) -> Goal | None:
        """Return the goal, None with findings at the row's cells if it cannot be one."""
        measure = data.get("measure", {})
        missing = next((key for key in _MISSING if key not in measure), "")
        if measure and missing and "cadence" not in measure:
            heading, message, help = _MISSING[missing]
            self.problem(heading, value_error("GH118", message, help))
            return None
        try:
            return Goal.model_validate(data)
        except ValidationError as problems:
            ids = [landmark["id"] for landmark in data.get("landmarks", ())]
            for path, error in _errors(problems):
                self.problem(self._heading(path, ids), error)
            return None

    def _heading(self, path: NodePath, landmark_ids: list[str]) -> Heading:
        if path[:1] == ("landmarks",) and len(path) > 1 and isinstance(path[1], int):
            return self.landmarks.get(landmark_ids[path[1]], WHO)
        if path == ("measure",):
            return _TARGET
        return next((c.heading for c in GOAL_COLUMNS if path[: len(c.path)] == c.path), TITLE)

    def cells_by_path(self) -> dict[NodePath, str]:
        """Return the cells by the paths in the goal that they say, a landmark's by its id."""
        found: dict[NodePath, str] = {(): self.row.name(WHO), ("measure",): self.row.name(_TARGET)}
        found |= {column.path: self.row.name(column.heading) for column in GOAL_COLUMNS}
        found |= {("landmarks", landmark): self.row.name(day) for landmark, day in self.landmarks.items()}
        return found | {("agreed",): self.row.name(AGREED_ON), ("adjustments",): self.row.name(WHY_MOVED)}


def new_goal(row: GoalRow, goal_id: str) -> dict[str, Any] | None:
    """Return a new goal as the file has it, None with findings if the row does not describe one."""
    data: dict[str, Any] = {"id": goal_id, "kind": _usual_kind(row)}
    for column, value in row.read(GOAL_COLUMNS):
        if value is not None:
            put(data, column.path, value)
    wanted = row.wanted(row.table.days)
    if wanted:
        data["landmarks"] = [{"id": i, **one.data} for i, one in zip(row.ids_of(wanted), wanted, strict=True)]
    if not row.is_whole or "title" not in data:
        if "title" not in data and row.is_whole:
            row.problem(TITLE, value_error("GH103", "the title is missing", "write the goal in one line"))
        return None
    period = row.names.handbook.settings.period
    usual = {"start": str(period.start), "due": str(period.end)}
    return in_order(data, "goals") if row.validated(usual | data) else None


def _usual_kind(row: GoalRow) -> str:
    return "support" if isinstance(row.names.handbook.owners[row.owner_id], Leader) else "production"


def put(data: dict[str, Any], path: NodePath, value: Any) -> None:
    """Put a value at a path of keys; None takes out what is there, and a measure that is empty then."""
    first, *rest = map(str, path)
    if rest:
        inner = data[first] = dict(data.get(first, {}))
        put(inner, tuple(rest), value)
        value = inner or None
    if value is None:
        data.pop(first, None)
    else:
        data[first] = value


def in_order(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return a mapping that a key holds with its own keys in the format's order."""
    order = order_of("sellers")
    known = list(order.get(key, ()))
    keys = sorted(data, key=lambda k: known.index(k) if k in known else len(known))
    return {k: in_order(data[k], k) if isinstance(data[k], dict) else data[k] for k in keys}


def _errors(problems: ValidationError) -> Iterator[tuple[NodePath, PydanticCustomError]]:
    """Yield the errors of a model with their paths, as parsers raise them."""
    for error in problems.errors(include_url=False):
        help = str(error.get("ctx", {}).get("help", ""))
        code = error["type"] if error["type"].startswith("GH") else "GH104"
        yield tuple(error["loc"]), value_error(code, error["msg"], help)
