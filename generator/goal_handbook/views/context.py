"""What every view is made from: the assessment, the history, and how names and values are shown."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from ..changes.history import History
from ..figures import Formatter
from ..model.goal import Goal
from ..model.records import RECORDS, Record
from ..status.assessment import Assessment, GoalState, Owed, all_owed
from ..status.coming import Coming, concerned, next_steps
from ..status.landmark import LandmarkState, target_landmark
from ..status.meetings import OneToOnes, last_meetings, one_to_ones
from ..status.plan import StepState
from ..words import ENGLISH, Say, SayCount, Words
from . import badge
from .components import Chip, CountView, GoalLink, OwedView, Person

#: Pages show the landmarks that are due within this many days.
DAYS_AHEAD = 30
#: Rates are shown by the week: people plan in weeks.
WEEK = 7


Status = TypeVar("Status", bound=str)


@dataclass(frozen=True)
class ViewContext:
    """An assessment and a history about to be shown, in the words of a language; days of `year` are without it.

    `check_ins` says whether there is anywhere to send a reading, so that forms for them are worth making.
    """

    assessment: Assessment
    history: History = field(default_factory=History)
    words: Words = ENGLISH
    year: int | None = None
    check_ins: bool = True

    @cached_property
    def fmt(self) -> Formatter:
        """How the handbook's locale spells values."""
        return Formatter(self.assessment.handbook.settings, self.words)

    @cached_property
    def text(self) -> Say:
        """What says a message in the language of the site."""
        return self.words.text

    @cached_property
    def plural(self) -> SayCount:
        """What says the form of a message that goes with a count, `{n}` in it, in the language of the site."""
        return self.words.plural

    def next_steps(self, person_id: str) -> tuple[Coming, ...]:
        """Return somebody's next steps."""
        return next_steps(self.assessment, person_id, self._concerned.get(person_id, ()), DAYS_AHEAD)

    @cached_property
    def _concerned(self) -> Mapping[str, Sequence[GoalState]]:
        return concerned(self.assessment)

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
        return self._owners.get(owner_id) or Person(owner_id, owner_id, "")

    def people(self, ids: Iterable[str]) -> tuple[Person, ...]:
        """Return owners by id."""
        return tuple(self.person(owner_id) for owner_id in ids)

    def ref(self, full_id: str) -> GoalLink:
        """Return a goal by full id."""
        return self._links[full_id]

    @cached_property
    def _owners(self) -> dict[str, Person]:
        return {i: Person(i, owner.name, owner.kind) for i, owner in self.assessment.handbook.owners.items()}

    @cached_property
    def _links(self) -> dict[str, GoalLink]:
        goals = self.assessment.handbook.goals
        return {i: GoalLink(i, goal.title, self.person(i.partition("/")[0])) for i, goal in goals.items()}

    @cached_property
    def _days(self) -> dict[datetime.date, str]:
        """The days that have been spelled: there are few, and each is on many pages."""
        return {}

    @cached_property
    def as_of(self) -> str:
        """The status date, always with its year."""
        return self.fmt.day(self.assessment.as_of)

    def day(self, day: datetime.date | None) -> str:
        """Return a day as the locale spells it, "" for None."""
        if day is None:
            return ""
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = self.fmt.short_day(day) if day.year == self.year else self.fmt.day(day)
        return found

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
            due = self.day(found.landmark.due)
            what = self.text("{landmark} by {day} was missed", landmark=landmark, day=due)
        elif item.kind == "report" and found:
            due, reason = self.day(found.landmark.due), self.why_unreported(found)
            what = self.text("{landmark} by {day}: {reason}", landmark=landmark, day=due, reason=reason)
        elif item.kind == "review":
            what = self.text("was due on {day}", day=self.day(item.since))
        elif item.kind == "handover":
            name = self.person(state.owner_id).name
            what = self.text("{person} left on {day}", person=name, day=self.day(item.since))
        else:
            what = self.text(look.title)
        age = self.words.days(item.days) if item.days else self.text("today")
        return OwedView(look, self.ref(item.full_id), what, age, item.overdue)

    def landmark(self, goal: Goal, landmark_id: str) -> str:
        """Return what people call a landmark: its title, what is delivered, or the value to reach."""
        landmark = next((lm for lm in goal.landmarks if lm.id == landmark_id), None) or target_landmark(goal)
        if landmark is None or landmark.id != landmark_id:
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
            return self.text("there is no reading")
        people = dict.fromkeys(self.person(full_id.partition("/")[0]).name for full_id in state.waiting)
        return self.text("waiting for a reading from {people}", people=self.words.some_of([*people], 3))

    def commit(self, full_id: str, kind: str, record: Record) -> str:
        """Return the commit that brought a goal's record, or "" where it is not known."""
        return self.history.brought_by(full_id, RECORDS[kind], record)

    def chip(self, chip: Chip) -> str:
        """Return a badge and what is beside its label in words: `Accounted · recovering`."""
        return " · ".join(filter(None, (self.text(chip.badge.label), chip.extra)))

    def counts(self, counts: Mapping[Status, int], looks: Mapping[str, badge.Badge]) -> tuple[CountView, ...]:
        """Return counts by status with their badges, in the same order."""
        return tuple(CountView(looks[status], n) for status, n in counts.items())


def distance(days_left: int, words: Words = ENGLISH) -> str:
    """Return how far away a day is: `in 3 days`, `tomorrow`, `today`, `yesterday`, `3 days ago`."""
    match days_left:
        case 1:
            return words.text("tomorrow")
        case 0:
            return words.text("today")
        case -1:
            return words.text("yesterday")
        case _ if days_left > 0:
            return words.plural("in {n} day", "in {n} days", days_left)
        case _:
            return words.plural("{n} day ago", "{n} days ago", -days_left)


def overdue(days_late: int, words: Words) -> str:
    """Return for how long something is overdue: `12 days overdue`, "" where it is not."""
    return words.plural("{n} day overdue", "{n} days overdue", days_late) if days_late else ""


def length(count: int, unit: str, words: Words) -> str:
    """Return how long something takes: `45 minutes`, `1 hour`; the unit is one of LENGTHS."""
    match unit:
        case "minutes":
            return words.plural("{n} minute", "{n} minutes", count)
        case "hours":
            return words.plural("{n} hour", "{n} hours", count)
        case _:
            return words.days(count)
