"""Readings of goals; a rollup's are summed from its contributing goals (status.md#a-landmark)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..model.goal import Goal
from ..model.handbook import Handbook

_NEVER = datetime.date.max


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """A goal's total to date, or its level, on a day."""

    on: datetime.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Contributor:
    """A goal at the bottom of a rollup: its start, the days it has readings on, and `until`, the day it was closed."""

    full_id: str
    start: datetime.date
    days: tuple[datetime.date, ...]
    until: datetime.date = _NEVER

    def answered_on(self, due: datetime.date) -> datetime.date:
        """Return the first day no rollup waits for it any more: it has a reading from `due` or later, or is closed."""
        return min(_first_from(self.days, due), self.until)


@dataclass
class Readings:
    """Every goal's readings, each computed once. The handbook is one as of a date already."""

    handbook: Handbook
    _series: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    _contributors: dict[str, tuple[Contributor, ...]] = field(default_factory=dict)

    def of(self, full_id: str) -> tuple[Reading, ...]:
        """Return the goal's readings, oldest first, one per day."""
        if full_id not in self._series:
            self._series[full_id] = ()  # rollups that form a circle have no readings; rule GH203 reports them
            goal = self.handbook.goals[full_id]
            self._series[full_id] = self._summed(full_id) if is_rollup(goal) else own_readings(goal)
        return self._series[full_id]

    def reported_on(self, full_id: str, due: datetime.date) -> datetime.date | None:
        """Return the first day by which every contributing goal has a reading from `due` or later, or None.

        A goal without a rollup is its own only contributor. Goals that start after `due` are not waited for, and
        closed ones only until they were closed.
        """
        last = _first_from(tuple(r.on for r in self.of(full_id)), due)
        if is_rollup(self.handbook.goals[full_id]):
            last = max([last, *(f.answered_on(due) for f in self.contributors(full_id) if f.start <= due)])
        return last if last < _NEVER else None

    def waiting_for(self, full_id: str, due: datetime.date) -> tuple[str, ...]:
        """Return the open goals at the bottom of a rollup that have no reading from `due` or later."""
        late = (f for f in self.contributors(full_id) if f.start <= due and f.answered_on(due) == _NEVER)
        return tuple(sorted(f.full_id for f in late))

    def contributors(self, full_id: str) -> tuple[Contributor, ...]:
        """Return the goals at the bottom of a rollup; one that contributes in two ways is open as long as either is."""
        if full_id not in self._contributors:
            self._contributors[full_id] = ()
            found: dict[str, Contributor] = {}
            for contributing in contributing_goals(self.handbook, full_id):
                goal = self.handbook.goals[contributing]
                closed_on = goal.closed.on if goal.closed else _NEVER
                inner = (
                    self.contributors(contributing)
                    if is_rollup(goal)
                    else (Contributor(contributing, goal.start, tuple(r.on for r in self.of(contributing))),)
                )
                for contributor in inner:
                    other = found.get(contributor.full_id)
                    until = max(min(contributor.until, closed_on), other.until if other else datetime.date.min)
                    found[contributor.full_id] = replace(contributor, until=until)
            self._contributors[full_id] = tuple(found.values())
        return self._contributors[full_id]

    def _summed(self, full_id: str) -> tuple[Reading, ...]:
        contributing = contributing_goals(self.handbook, full_id)
        latest = {f: start_value(self.handbook.goals[f]) for f in contributing}
        total = sum(latest.values(), Decimal(0))
        events = sorted((r.on, f, r.value) for f in contributing for r in self.of(f))
        by_day: dict[datetime.date, Decimal] = {}
        for on, contributor, value in events:
            total += value - latest[contributor]
            latest[contributor] = value
            by_day[on] = total
        return tuple(Reading(on, value) for on, value in by_day.items())


def own_readings(goal: Goal) -> tuple[Reading, ...]:
    """Return a goal's check-ins as readings, oldest first; of two on one day (an error, GH117) the larger."""
    return tuple(
        Reading(on, value)
        for on, value in dict(sorted((c.on, c.value) for c in goal.checkins if c.value is not None)).items()
    )


def is_rollup(goal: Goal) -> bool:
    """Return whether the goal's readings are summed from others."""
    return bool(goal.measure and goal.measure.rollup)


def contributing_goals(handbook: Handbook, full_id: str) -> tuple[str, ...]:
    """Return the goals whose readings a rollup sums: those that support it with a number to reach in its unit."""
    measure = handbook.goals[full_id].measure
    supporters = handbook.supporters.get(full_id, ())
    return tuple(s for s in supporters if measure and contributes(handbook.goals[s], measure.unit))


def contributes(goal: Goal, unit: str) -> bool:
    """Return whether a goal counts in a sum of `unit`."""
    return bool(goal.measure and goal.measure.shape == "number" and goal.measure.unit == unit)


def start_value(goal: Goal) -> Decimal:
    """Return the value the goal's number starts from."""
    return goal.measure.start_value if goal.measure else Decimal(0)


def _first_from(days: Sequence[datetime.date], due: datetime.date) -> datetime.date:
    return next((day for day in days if day >= due), _NEVER)
