"""Readings of goals, those of a rollup summed from the goals that feed it (status.md#a-landmark)."""

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
    """The total to date (or the level) on a day."""

    on: datetime.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Feeder:
    """A goal at the bottom of a rollup: when it starts, the days it has readings on, and the day it was closed."""

    full_id: str
    start: datetime.date
    days: tuple[datetime.date, ...]
    until: datetime.date = _NEVER

    def answered_on(self, due: datetime.date) -> datetime.date:
        """The first day it need not be waited for: with a reading on or after `due`, or closed."""
        return min(_first_from(self.days, due), self.until)


@dataclass
class Readings:
    """Every goal's readings, oldest first, computed once each. The handbook is one already seen on a date."""

    handbook: Handbook
    _series: dict[str, tuple[Reading, ...]] = field(default_factory=dict)
    _feeders: dict[str, tuple[Feeder, ...]] = field(default_factory=dict)

    def of(self, full_id: str) -> tuple[Reading, ...]:
        """The goal's readings, oldest first, one a day."""
        if full_id not in self._series:
            self._series[full_id] = ()  # a circle of rollups reads as nothing; rule GH203 names it
            goal = self.handbook.goals[full_id]
            self._series[full_id] = self._summed(full_id) if is_rollup(goal) else own_readings(goal)
        return self._series[full_id]

    def reported_on(self, full_id: str, due: datetime.date) -> datetime.date | None:
        """The first day by which everyone who feeds the goal has a reading dated on or after `due`, or None.

        Goals that begin after `due` are not waited for, and closed ones no longer than until they were closed.
        """
        last = _first_from(tuple(r.on for r in self.of(full_id)), due)
        if is_rollup(self.handbook.goals[full_id]):
            last = max([last, *(f.answered_on(due) for f in self.feeders(full_id) if f.start <= due)])
        return last if last < _NEVER else None

    def waiting_for(self, full_id: str, due: datetime.date) -> tuple[str, ...]:
        """The open goals at the bottom of a rollup that have no reading on or after `due`."""
        late = (f for f in self.feeders(full_id) if f.start <= due and f.answered_on(due) == _NEVER)
        return tuple(sorted(f.full_id for f in late))

    def feeders(self, full_id: str) -> tuple[Feeder, ...]:
        """The goals at the bottom of a rollup; one reached in two ways is open as long as one of them is."""
        if full_id not in self._feeders:
            self._feeders[full_id] = ()
            found: dict[str, Feeder] = {}
            for feeding in feeding_goals(self.handbook, full_id):
                goal = self.handbook.goals[feeding]
                closed_on = goal.closed.on if goal.closed else _NEVER
                inner = (
                    self.feeders(feeding)
                    if is_rollup(goal)
                    else (Feeder(feeding, goal.start, tuple(r.on for r in self.of(feeding))),)
                )
                for feeder in inner:
                    other = found.get(feeder.full_id)
                    until = max(min(feeder.until, closed_on), other.until if other else datetime.date.min)
                    found[feeder.full_id] = replace(feeder, until=until)
            self._feeders[full_id] = tuple(found.values())
        return self._feeders[full_id]

    def _summed(self, full_id: str) -> tuple[Reading, ...]:
        feeding = feeding_goals(self.handbook, full_id)
        latest = {f: start_value(self.handbook.goals[f]) for f in feeding}
        total = sum(latest.values(), Decimal(0))
        events = sorted((r.on, f, r.value) for f in feeding for r in self.of(f))
        by_day: dict[datetime.date, Decimal] = {}
        for on, feeder, value in events:
            total += value - latest[feeder]
            latest[feeder] = value
            by_day[on] = total
        return tuple(Reading(on, value) for on, value in by_day.items())


def own_readings(goal: Goal) -> tuple[Reading, ...]:
    """A goal's check-ins as readings, oldest first; of two on one day (rule GH117 refuses them) the larger."""
    return tuple(
        Reading(on, value)
        for on, value in dict(sorted((c.on, c.value) for c in goal.checkins if c.value is not None)).items()
    )


def is_rollup(goal: Goal) -> bool:
    """Whether the goal's readings are summed from others."""
    return bool(goal.measure and goal.measure.rollup)


def feeding_goals(handbook: Handbook, full_id: str) -> tuple[str, ...]:
    """The goals whose readings a rollup sums: those that support it with a number to reach in its unit."""
    measure = handbook.goals[full_id].measure
    return tuple(s for s in handbook.supporters.get(full_id, ()) if measure and feeds(handbook.goals[s], measure.unit))


def feeds(goal: Goal, unit: str) -> bool:
    """Whether a goal counts in a sum of `unit`."""
    return bool(goal.measure and goal.measure.shape == "number" and goal.measure.unit == unit)


def start_value(goal: Goal) -> Decimal:
    """Where the goal's number starts."""
    return goal.measure.start_value if goal.measure else Decimal(0)


def _first_from(days: Sequence[datetime.date], due: datetime.date) -> datetime.date:
    return next((day for day in days if day >= due), _NEVER)
