"""What every view is made from: the assessment, the history, and how names and values are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ..changes.history import History
from ..figures import Formatter
from ..model.goal import Goal
from ..model.records import RECORDS, Record
from ..status.assessment import Assessment, GoalState, Owed, all_owed
from ..status.coming import Coming, next_steps
from ..status.landmark import LandmarkState, target_landmark
from ..status.meetings import OneToOnes, last_meetings, one_to_ones
from ..status.plan import StepState
from ..words import days, some_of
from . import badge
from .components import CountView, GoalLink, OwedView, Person

#: Pages show the landmarks that are due within this many days.
DAYS_AHEAD = 30
#: Rates are shown by the week: people plan in weeks.
WEEK = 7


Status = TypeVar("Status", bound=str)


@dataclass(frozen=True)
class ViewContext:
    """An assessment and a history about to be shown."""

    assessment: Assessment
    history: History = field(default_factory=History)

    @cached_property
    def fmt(self) -> Formatter:
        """How the handbook's locale spells values."""
        return Formatter(self.assessment.handbook.settings)

    @cached_property
    def next_steps(self) -> dict[str, tuple[Coming, ...]]:
        """Everybody's next steps by id."""
        return next_steps(self.assessment, DAYS_AHEAD)

    @cached_property
    def last_meetings(self) -> dict[str, datetime.date]:
        """The day of the last session with each person, by id."""
        return last_meetings(self.assessment.handbook)

    @cached_property
    def one_to_ones(self) -> dict[str, OneToOnes]:
        """How each seller's 1:1s have been held, by the seller's id."""
        return one_to_ones(self.assessment)

    def person(self, owner_id: str) -> Person:
        """Return an owner by id; somebody who is not in the handbook is shown by that id."""
        owner = self.assessment.handbook.owners.get(owner_id)
        return Person(owner_id, owner.name, owner.kind) if owner else Person(owner_id, owner_id, "")

    def people(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """Return owners by id."""
        return tuple(self.person(owner_id) for owner_id in ids)

    def ref(self, full_id: str) -> GoalLink:
        """Return a goal by full id."""
        goal = self.assessment.handbook.goals[full_id]
        return GoalLink(full_id, goal.title, self.person(full_id.partition("/")[0]))

    def day(self, day: datetime.date | None) -> str:
        """Return a day as the locale spells it, "" for None."""
        return self.fmt.day(day) if day else ""

    def owed(self, goals: Iterable[GoalState]) -> tuple[OwedView, ...]:
        """Return what goals owe, by kind, the oldest first."""
        return tuple(self.owed_item(item) for item in all_owed(goals))

    def owed_item(self, item: Owed) -> OwedView:
        """Return one thing that is owed, in words."""
        state = self.assessment.goals[item.full_id]
        look = badge.OWED[item.kind]
        landmark = self.landmark(state.goal, item.landmark)
        found = state.landmark(item.landmark)
        if item.kind == "agreement" and state.agreement:
            look = badge.AGREEMENT[state.agreement]
        if item.kind == "accounting" and found:
            what = f"{landmark} by {self.day(found.landmark.due)} was missed"
        elif item.kind == "report" and found:
            what = f"{landmark} by {self.day(found.landmark.due)}: {self.why_unreported(found)}"
        elif item.kind == "review":
            what = f"was due on {self.day(item.since)}"
        elif item.kind == "handover":
            what = f"{self.person(state.owner_id).name} left on {self.day(item.since)}"
        else:
            what = look.title
        return OwedView(look, self.ref(item.full_id), what, days(item.days) if item.days else "today", item.overdue)

    def landmark(self, goal: Goal, landmark_id: str) -> str:
        """Return what people call a landmark: its title, what is delivered, or the value to reach."""
        listed = (*goal.landmarks, target_landmark(goal))
        landmark = next((lm for lm in listed if lm and lm.id == landmark_id), None)
        if landmark is None:
            return landmark_id
        if landmark.title or landmark.deliver or landmark.value is None:
            return landmark.name
        return self.fmt.amount(landmark.value, goal.measure.unit if goal.measure else "")

    def step(self, state: StepState) -> str:
        """Return what a step of a plan is about and, in brackets, who promised it."""
        who = f" ({self.person(state.step.who).name})" if state.step.who else ""
        return f"{state.step.do}{who}"

    def why_unreported(self, state: LandmarkState) -> str:
        """Return why a landmark is unreported: there is no reading, or a rollup waits for some people's."""
        if not state.waiting:
            return "there is no reading"
        people = dict.fromkeys(self.person(full_id.partition("/")[0]).name for full_id in state.waiting)
        return f"waiting for a reading from {some_of([*people], 3)}"

    def commit(self, full_id: str, kind: str, record: Record) -> str:
        """Return the commit that brought a goal's record, or "" where it is not known."""
        return self.history.brought_by(full_id, RECORDS[kind], record)

    def counts(self, counts: Mapping[Status, int], looks: Mapping[str, badge.Badge]) -> tuple[CountView, ...]:
        """Return counts by status with their badges, in the same order."""
        return tuple(CountView(looks[status], n) for status, n in counts.items())


def distance(days_left: int) -> str:
    """Return how far away a day is: `in 3 days`, `tomorrow`, `today`, `yesterday`, `3 days ago`."""
    near = {1: "tomorrow", 0: "today", -1: "yesterday"}.get(days_left)
    return near or (f"in {days(days_left)}" if days_left > 0 else f"{days(-days_left)} ago")
