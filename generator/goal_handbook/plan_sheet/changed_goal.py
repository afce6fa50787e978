"""A row about a goal that the handbook has: what it says otherwise, and the edits and the adjustment that write it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic_core import PydanticCustomError

from ..model.goal import Goal, Landmark
from ..model.people import AnyOwner, is_draft
from ..model.terms import GOAL_TERMS, TermRef, Value, landmark_ref
from ..model.values import value_error
from ..source.document import Document
from ..source.edit import Edit, Put, Remove
from ..source.load import Loaded
from ..source.nodes import NodePath, to_data
from ..source.term_edits import NewTerms, dropped_landmark, new_landmark, new_terms
from ..words import sentence_list
from .as_written import AsWritten
from .cells import is_blank, read_prose
from .columns import GOAL_COLUMNS, TITLE, WHO, WHY_MOVED, Column
from .goal_data import GoalRow, in_order, put
from .landmarks import match
from .rows import Heading, goal_cells, in_force

_REQUIRED = (TITLE, "Kind")


@dataclass
class ChangedGoal:
    """Compares a row with the goal as it is; `written` is what the sheet remembers of when it was written.

    `data` is what the goal's file would hold.
    """

    row: GoalRow
    loaded: Loaded
    owner: AnyOwner
    goal: Goal
    written: AsWritten
    data: dict[str, Any] = field(default_factory=dict, init=False)

    @cached_property
    def touched(self) -> set[Heading]:
        """The headings of the cells that say something else than the goal."""
        shown = goal_cells(self.row.names, self.owner, self.goal)
        return self.written.touched(f"{self.owner.id}/{self.goal.id}", self.row.row.cells, shown)

    def path_of(self, part: NodePath) -> NodePath:
        """Return the path in the owner's file of a part of the goal, as edits name it."""
        return self._document.in_file(self._path(part))

    def _path(self, part: NodePath) -> NodePath:
        return ("goals", [goal.id for goal in self.owner.goals].index(self.goal.id), *part)

    @cached_property
    def _document(self) -> Document:
        return self.loaded.documents[self.owner.id]

    def edits(self, on: datetime.date, by: Sequence[str]) -> list[Edit]:
        """Return the edits of the goal, with an adjustment on a day where agreed terms change."""
        columns = [column for column in GOAL_COLUMNS if column.heading in self.touched]
        if self.touched and any(part[:2] == self.path_of(()) for part in self._document.left_out):
            error = value_error("GH204", f'"{self.goal.id}" has errors', "fix what goals check reports first")
            self.row.problem(WHO, error)
            return []
        wanted, landmarks = self._wanted(columns), self._landmarks()
        if wanted is None:
            return []
        terms = self._terms(wanted).and_(landmarks)
        whole = "measure" if self._is_another(wanted) else ""
        texts = [self._text(column) for column in columns if not column.is_agreed and column.path[0] != whole]
        why = self._why(terms)
        if not self.row.is_whole:
            return []
        if not terms.changes or not why:
            self._note_unused(why)
            return [*texts, *terms.edits]
        return [*texts, *terms.adjusted(self.path_of(()), str(on), by, why)]

    def _wanted(self, columns: Sequence[Column[Goal]]) -> Goal | None:
        """The goal as the row says it; None with findings if it cannot be that."""
        if not columns:
            return self.goal
        node = self._document.at(self._path(()))
        data = self.data = to_data(node) if node else {}
        data.setdefault("start", str(self.goal.start))
        data.setdefault("due", str(self.goal.due))
        for column, value in self.row.read(columns):
            if value is None and column.heading in _REQUIRED:
                error = value_error("GH103", f"the {column.heading.lower()} is missing", "write it again")
                self.row.problem(column.heading, error)
            put(data, column.path, value)
        period = self.row.names.handbook.settings.period
        data.setdefault("start", str(period.start_for(getattr(self.owner, "joined", None))))
        data.setdefault("due", str(period.end))
        return self.row.validated(data) if self.row.is_whole else None

    def _terms(self, wanted: Goal) -> NewTerms:
        """The agreed terms that differ; of another kind of measure, all of it."""
        if self._is_another(wanted):
            return self._another_measure(wanted)
        values: dict[TermRef, Value] = {
            TermRef(term.name, term): term.get(wanted) for term in GOAL_TERMS.values() if term.agreed
        }
        return new_terms(self.goal, self.path_of, values)

    def _is_another(self, wanted: Goal) -> bool:
        """Whether the goal would be measured in another way; a level is a number too."""
        return self.goal.shape != wanted.shape and {self.goal.shape, wanted.shape} != {"number", "hold"}

    def _another_measure(self, wanted: Goal) -> NewTerms:
        if not is_draft(self.owner, self.goal):
            heading = next(h for h in ("Measured in", "Target", "How often", TITLE) if h in {*self.touched, TITLE})
            message = f'"{self.goal.id}" cannot be measured in another way: its history would mean nothing'
            help = "close it with goals close, and write a new row with an empty Id"
            self.row.problem(heading, value_error("GH118", message, help))
            return NewTerms()
        path = self.path_of(("measure",))
        if wanted.measure is None:
            return NewTerms([Remove(path)])
        return NewTerms([Put(path, in_order(self.data["measure"], "measure"))])

    def _landmarks(self) -> NewTerms:
        """The landmarks that change, come and go."""
        days = [day for day in self.row.table.days if day in self.touched]
        now = in_force(self.goal)
        touched = [landmark for landmark in now if landmark.due in days]
        loose = [lm for lm in now if lm.due not in days and is_blank(self.row.row.get(lm.due))]
        found = match(touched, loose, self.row.wanted(days))
        self.row.landmarks |= {landmark.id: landmark.due for landmark in now}
        new = NewTerms()
        for landmark, one in found.changed:
            values: dict[str, Value] = {"due": one.due, "value": one.value, "deliver": one.deliver or None}
            new = new.and_(
                new_terms(self.goal, self.path_of, {landmark_ref(landmark.id, k): v for k, v in values.items()})
            )
            self.row.landmarks[landmark.id] = one.due
        ids = self.row.ids_of(found.new, [landmark.id for landmark in self.goal.landmarks])
        for landmark_id, one in zip(ids, found.new, strict=True):
            new = new.and_(new_landmark(self.path_of(()), landmark_id, one.data))
        return new.and_(self._gone(found.gone))

    def _gone(self, landmarks: Sequence[Landmark]) -> NewTerms:
        """Landmarks that are dropped; those nobody has agreed to are taken out, the last first."""
        if is_draft(self.owner, self.goal):
            indexes = sorted(map(self.goal.landmarks.index, landmarks), reverse=True)
            return NewTerms([Remove(self.path_of(("landmarks", index))) for index in indexes])
        new = NewTerms()
        for landmark in landmarks:
            new = new.and_(dropped_landmark(landmark.id))
        return new

    def _text(self, column: Column[Goal]) -> Edit:
        """The edit of what nobody agrees on."""
        value: Any = self.data
        for key in column.path:
            value = value.get(key) if value else None
        path = self.path_of(column.path)
        return Put(path, value) if value else Remove(path)

    def _why(self, terms: NewTerms) -> str:
        """The reason in the row; reported as missing if agreed terms change. That of an earlier adjustment is none."""
        try:
            why = read_prose(self.row.row.get(WHY_MOVED))
        except PydanticCustomError as error:
            self.row.problem(WHY_MOVED, error)
            return ""
        if why in {adjustment.why for adjustment in self.goal.adjustments}:
            why = ""
        if terms.changes and not why and not is_draft(self.owner, self.goal) and self.row.is_whole:
            named = sentence_list(change["field"] for change in terms.changes)
            message = f'"{self.goal.id}" was agreed on, and this changes {named}'
            help = f"say what has changed since, in {self.row.row.name(WHY_MOVED)} ({WHY_MOVED})"
            self.row.problem(self._first_term(), value_error("GH601", message, help))
        return why

    def _first_term(self) -> Heading:
        """The first cell that changes an agreed term."""
        columns = {column.heading for column in GOAL_COLUMNS if column.is_agreed}
        terms = (h for h in self.row.row.cells if h in self.touched and (h in columns or isinstance(h, datetime.date)))
        return next(terms, WHY_MOVED)

    def _note_unused(self, why: str) -> None:
        if why:
            cell = self.row.row.name(WHY_MOVED)
            self.row.table.notes.append(f"ignored reason: {cell}, because no agreed term changes")
