"""What every view is made from: the standing, how values are spelled, and names for ids."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pydantic import BaseModel

from ..changes.history import History
from ..changes.kinds import decision_key
from ..changes.snapshot import item_of
from ..model.goal import Goal
from ..status.assessment import Assessment, GoalState, Owed, all_owed
from ..status.landmark import LandmarkState
from . import badge
from .components import CountView, GoalRef, OwedView, Person
from .format import Formatter

#: Landmarks this near are what is ahead.
AHEAD = datetime.timedelta(days=30)


@dataclass(frozen=True)
class ViewContext:
    """A standing about to be shown."""

    assessment: Assessment
    history: History = field(default_factory=History)

    @cached_property
    def fmt(self) -> Formatter:
        """How the handbook's locale writes values."""
        return Formatter(self.assessment.handbook.settings)

    def person(self, owner_id: str) -> Person:
        """An owner by id; a name nobody bears stands for itself."""
        owner = self.assessment.handbook.owners.get(owner_id)
        return Person(owner_id, owner.name, owner.kind) if owner else Person(owner_id, owner_id, "")

    def people(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """Owners by id."""
        return tuple(self.person(owner_id) for owner_id in ids)

    def ref(self, full_id: str) -> GoalRef:
        """A goal by full id."""
        goal = self.assessment.handbook.goals[full_id]
        return GoalRef(full_id, goal.title, self.person(full_id.partition("/")[0]))

    def day(self, day: datetime.date | None) -> str:
        """A day, or "" for none."""
        return self.fmt.day(day) if day else ""

    def owed(self, goals: Iterable[GoalState]) -> tuple[OwedView, ...]:
        """What goals owe, by kind, the oldest first."""
        return tuple(self.one_owed(item) for item in all_owed(goals))

    def one_owed(self, item: Owed) -> OwedView:
        """One thing owed, as a page says it."""
        standing = self.assessment.goals[item.full_id]
        look = badge.OWED[item.kind]
        landmark = self.landmark(standing.goal, item.landmark)
        due = next((s.landmark.due for s in standing.landmarks if s.landmark.id == item.landmark), item.since)
        if item.kind == "agreement" and standing.agreement:
            look = badge.AGREEMENT[standing.agreement]
        if item.kind == "accounting":
            what = f"{landmark} by {self.day(due)} was missed"
        elif item.kind == "report":
            found = next(s for s in standing.landmarks if s.landmark.id == item.landmark)
            what = f"{landmark} by {self.day(due)}: {self.silence(found)}"
        elif item.kind == "review":
            what = f"was due on {self.day(item.since)}"
        else:
            what = look.title
        return OwedView(look, self.ref(item.full_id), what, days(item.days) if item.days else "today", item.overdue)

    def landmark(self, goal: Goal, landmark_id: str) -> str:
        """What a person calls a landmark: its title, what is delivered, or the value to reach."""
        landmark = next((lm for lm in goal.landmarks if lm.id == landmark_id), None)
        if landmark is None:
            return landmark_id
        if landmark.title or landmark.deliver or landmark.value is None:
            return landmark.name
        return self.fmt.amount(landmark.value, goal.measure.unit if goal.measure else "")

    def silence(self, standing: LandmarkState) -> str:
        """Why an unreported landmark is that: nobody reported, or somebody whose goal feeds it."""
        if not standing.waiting:
            return "there is no reading"
        people = dict.fromkeys(self.person(full_id.partition("/")[0]).name for full_id in standing.waiting)
        named = [*people][:3]
        rest = [f"{len(people) - 3} more"] if len(people) > 3 else []
        return f"waiting for a reading from {sentence_list([*named, *rest])}"

    def commit(self, full_id: str, name: str, decision: BaseModel) -> str:
        """The commit that brought a decision of a goal's list, or "" where it is not known."""
        return self.history.brought.get(decision_key(full_id, name, item_of(decision)), "")

    def counts(self, counts: Mapping[Any, int], looks: Mapping[str, badge.Badge]) -> tuple[CountView, ...]:
        """Counts by status, worst first."""
        return tuple(CountView(looks[status], n) for status, n in counts.items())


def days(count: int) -> str:
    """`1 day`, `12 days`."""
    return "1 day" if count == 1 else f"{count:,} days"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 goal`, `3 goals`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def sentence_list(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *rest, last = list(words) or [""]
    return f"{', '.join(rest)} and {last}" if rest else last
