"""A landmark's status on a date (status.md#a-landmark). The landmarks are the agreed curve: no linear fiction here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from ..model.goal import Goal, Landmark
from ..model.handbook import Settings
from ..model.records import GONE, Accounting
from .adjusted import original_terms
from .readings import Reading

LandmarkStatus = Literal["missed", "unreported", "accounted", "due-soon", "upcoming", "met-late", "met", "dropped"]

#: Worst first.
LANDMARK_STATUSES: tuple[LandmarkStatus, ...] = get_args(LandmarkStatus)


@dataclass(frozen=True, slots=True)
class LandmarkState:
    """A landmark and what is to be said of it.

    `met_on` is the day it was met; `missed_since` the first day it counted as missed, `age` the days from then
    to the status date, `overdue` whether its accounting has waited longer than `accounting_days`. `was_due` and
    `was_value` are the original terms where it was adjusted. `waiting` names the goals an
    unreported rollup still waits for.
    """

    landmark: Landmark
    status: LandmarkStatus
    met_on: datetime.date | None = None
    missed_since: datetime.date | None = None
    age: int = 0
    overdue: bool = False
    accounting: Accounting | None = None
    was_due: datetime.date | None = None
    was_value: Decimal | None = None
    was_deliver: str = ""
    waiting: tuple[str, ...] = ()

    @property
    def adjusted(self) -> bool:
        """Whether it is judged on other terms than those first agreed."""
        return self.was_due is not None or self.was_value is not None or bool(self.was_deliver)


def landmark_state(
    goal: Goal,
    landmark: Landmark,
    readings: Sequence[Reading],
    reported_on: datetime.date | None,
    settings: Settings,
    as_of: datetime.date,
) -> LandmarkState:
    """The landmark's standing: the first row of status.md's table that holds.

    `goal` and `readings` hold nothing dated after `as_of`; `reported_on` is the first day with a reading (of
    everyone who feeds it) dated on or after the landmark's due date, None where there is none.
    """
    terms = original_terms(goal, landmark)
    last_day = landmark.due + datetime.timedelta(days=settings.grace_days)
    accounting = _accounting(goal, landmark)

    def standing(status: LandmarkStatus, **more: object) -> LandmarkState:
        return LandmarkState(landmark, status, accounting=accounting, **terms, **more)  # type: ignore[arg-type]

    if _is_dropped(goal, landmark):
        return standing("dropped")
    met_on, late = _met(goal, landmark, readings, last_day, as_of)
    if met_on:
        return standing("met-late" if late else "met", met_on=met_on)
    if as_of < landmark.due - datetime.timedelta(days=settings.due_soon_days):
        return standing("upcoming")
    if as_of <= last_day:
        return standing("due-soon")
    if landmark.value is not None and reported_on is None:
        return standing("unreported", age=(as_of - landmark.due).days)
    since = last_day + datetime.timedelta(days=1)
    if landmark.value is not None and reported_on:
        since = max(since, reported_on)
    age = (as_of - since).days
    if accounting:
        return standing("accounted", missed_since=since, age=age)
    return standing("missed", missed_since=since, age=age, overdue=age > settings.accounting_days)


def _met(
    goal: Goal, landmark: Landmark, readings: Sequence[Reading], last_day: datetime.date, as_of: datetime.date
) -> tuple[datetime.date | None, bool]:
    """The day the landmark was met and whether that was late; (None, False) where it was not."""
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
    """Whether the last word on it was to drop it; an adjustment may take it up again."""
    said = [(a.on, True) for a in goal.accountings if a.landmark == landmark.id and a.action == "drop"]
    said += [
        (a.on, c.now in GONE) for a in goal.adjustments for c in a.changes if c.landmark == landmark.id and not c.part
    ]
    return max(said, key=lambda word: word[0], default=(None, False))[1]


def _accounting(goal: Goal, landmark: Landmark) -> Accounting | None:
    """The latest accounting for the landmark's present terms: not one given before its due date was moved on."""
    moved = [a.on for a in goal.adjustments for c in a.changes if c.landmark == landmark.id and c.part == "due"]
    counting = [
        a
        for a in goal.accountings
        if a.landmark == landmark.id and (a.on >= landmark.due or not any(on >= a.on for on in moved))
    ]
    return max(counting, key=lambda a: (a.on, a.action, a.why), default=None)
