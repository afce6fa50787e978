"""A landmark's status on a date (status.md#a-landmark)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from ..model.goal import Goal, Landmark
from ..model.handbook import Settings
from ..model.records import Accounting
from ..model.terms import DROPPED, landmark_ref
from .as_of import OriginalTerms, original_terms
from .readings import Reading

LandmarkStatus = Literal["missed", "unreported", "accounted", "due-soon", "upcoming", "met-late", "met", "dropped"]

#: Worst first.
LANDMARK_STATUSES: tuple[LandmarkStatus, ...] = get_args(LandmarkStatus)

_UNCHANGED = OriginalTerms()


@dataclass(frozen=True, slots=True)
class LandmarkState:
    """A landmark on the status date, `days_left` days before it is due (negative: that many days after).

    `met_on` is the day it was met. `missed_since` is the first day it counted as missed, `age` the days since then (or
    since it was due, while it is unreported), `overdue` whether its accounting has taken longer than
    `accounting_days`. `original` holds the first agreed terms that an adjustment changed. `waiting` are the full ids of
    the goals that an unreported rollup still waits for.
    """

    landmark: Landmark
    status: LandmarkStatus
    days_left: int
    met_on: datetime.date | None = None
    missed_since: datetime.date | None = None
    age: int = 0
    overdue: bool = False
    accounting: Accounting | None = None
    original: OriginalTerms = _UNCHANGED
    waiting: tuple[str, ...] = ()

    @property
    def adjusted(self) -> bool:
        """Return whether it is judged by other terms than those first agreed."""
        return self.original != _UNCHANGED

    @property
    def is_pending(self) -> bool:
        """Return whether it is neither decided nor late: not due yet, or within the days of grace."""
        return self.status in {"due-soon", "upcoming"}

    @property
    def is_settled(self) -> bool:
        """Return whether nothing remains to be done about it: it was met, late or not, or dropped."""
        return self.status in {"met", "met-late", "dropped"}

    @property
    def days_early(self) -> int | None:
        """Return how many days before it was due it was met (negative: days after), None if it was not met."""
        return (self.landmark.due - self.met_on).days if self.met_on else None


def landmark_state(
    goal: Goal,
    landmark: Landmark,
    readings: Sequence[Reading],
    reported_on: datetime.date | None,
    settings: Settings,
    as_of: datetime.date,
) -> LandmarkState:
    """Return the landmark's state by the first row of the table in status.md that applies.

    `goal` and `readings` hold nothing dated after `as_of`. `reported_on` is the first day by which the goal (of a
    rollup, every contributing goal) has a reading from the landmark's due date or later, None if there is none.
    """
    last_day = landmark.due + datetime.timedelta(days=settings.grace_days)
    accounting = _accounting(goal, landmark)
    state = LandmarkState(
        landmark,
        "upcoming",
        days_left=(landmark.due - as_of).days,
        accounting=accounting,
        original=original_terms(goal, landmark),
    )

    if _is_dropped(goal, landmark):
        return replace(state, status="dropped")
    met_on, late = _met(goal, landmark, readings, last_day, as_of)
    if met_on:
        return replace(state, status="met-late" if late else "met", met_on=met_on)
    if state.days_left > settings.due_soon_days:
        return state
    if as_of <= last_day:
        return replace(state, status="due-soon")
    if landmark.value is not None and reported_on is None:
        return replace(state, status="unreported", age=-state.days_left)
    since = last_day + datetime.timedelta(days=1)
    if landmark.value is not None and reported_on:
        since = max(since, reported_on)
    age = (as_of - since).days
    if accounting:
        return replace(state, status="accounted", missed_since=since, age=age)
    return replace(state, status="missed", missed_since=since, age=age, overdue=age > settings.accounting_days)


def _met(
    goal: Goal, landmark: Landmark, readings: Sequence[Reading], last_day: datetime.date, as_of: datetime.date
) -> tuple[datetime.date | None, bool]:
    """Return the day the landmark was met and whether that was late; (None, False) if it was not met."""
    if landmark.value is None:
        return landmark.done, bool(landmark.done and landmark.done > landmark.due)
    if goal.measure is None:
        return None, False
    satisfying = [r.on for r in readings if goal.measure.satisfied(r.value, landmark.value)]
    if goal.measure.shape == "hold":
        in_time = [r for r in readings if r.on <= last_day]
        if as_of < landmark.due:
            return None, False
        if in_time and in_time[-1].on in satisfying:
            return max(in_time[-1].on, landmark.due), False
        satisfying = [on for on in satisfying if on > last_day]  # a level regained after its day
    return (satisfying[0], satisfying[0] > last_day) if satisfying else (None, False)


def _is_dropped(goal: Goal, landmark: Landmark) -> bool:
    """Return whether the latest decision about it was to drop it; a later adjustment may take it up again."""
    decided = [(a.on, True) for a in goal.accountings if a.landmark == landmark.id and a.action == "drop"]
    decided += [
        (a.on, c.now in (None, DROPPED))
        for a in goal.adjustments
        for c in a.changes
        if c.landmark == landmark.id and c.term and c.term.is_whole_landmark
    ]
    return max(decided, key=lambda decision: decision[0], default=(None, False))[1]


def _accounting(goal: Goal, landmark: Landmark) -> Accounting | None:
    """Return the latest accounting for the landmark's current terms: not one given before its due date was put off."""
    due = landmark_ref(landmark.id, "due").name
    put_off = [a.on for a in goal.adjustments for c in a.changes if c.field == due]
    counting = [
        a
        for a in goal.accountings
        if a.landmark == landmark.id and (a.on >= landmark.due or not any(on >= a.on for on in put_off))
    ]
    return max(counting, key=lambda a: (a.on, a.action, a.why), default=None)
