"""Readings of goals, and the one that decides on a day (status.md#a-landmark)."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from ..model.goal import Goal
from ..model.handbook import Handbook
from .flow import Flow, Flows, divided, exactly, is_rollup, price_of

_NEVER = datetime.date.max
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, order=True)
class Reading:
    """A goal's total to date, or its level, on a day."""

    on: datetime.date
    value: Decimal

    def above(self, expected: Fraction) -> Fraction:
        """Return by how much it is above what was expected (negative: below it)."""
        (value, of_value), (agreed, of_agreed) = self.value.as_integer_ratio(), expected.as_integer_ratio()
        return Fraction(value * of_agreed - agreed * of_value, of_value * of_agreed)


@dataclass(frozen=True, slots=True)
class Series:
    """The readings of one goal, oldest first and one per day, and their days."""

    readings: tuple[Reading, ...]
    days: tuple[datetime.date, ...]

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Series:
        """Return a series of readings that are in order."""
        readings = tuple(readings)
        return cls(readings, tuple(reading.on for reading in readings))

    def last_by(self, day: datetime.date) -> Reading | None:
        """Return the last reading by a day."""
        at = bisect_right(self.days, day)
        return self.readings[at - 1] if at else None

    def first_from(self, day: datetime.date) -> Reading | None:
        """Return the first reading of a day or later."""
        at = bisect_left(self.days, day)
        return self.readings[at] if at < len(self.days) else None

    def deciding(self, due: datetime.date, since: datetime.date, last: datetime.date) -> Reading | None:
        """Return the reading that decides on a due date, see `Readings.deciding`."""
        reported = self.first_from(due)
        if reported and reported.on <= last:
            return reported
        known = self.last_by(due)
        return known if known and known.on >= since else None


@dataclass
class Readings:
    """Every goal's readings, each computed once. The handbook is one as of a date already."""

    handbook: Handbook
    as_of: datetime.date
    _series: dict[str, Series] = field(default_factory=dict)
    _worths: dict[str, Series] = field(default_factory=dict)
    _flows: Flows = field(init=False)

    def __post_init__(self) -> None:
        self._flows = Flows(self.handbook)

    def of(self, full_id: str) -> tuple[Reading, ...]:
        """Return the goal's readings, oldest first, one per day."""
        return self.series(full_id).readings

    def series(self, full_id: str) -> Series:
        """Return the goal's readings with their days."""
        found = self._series.get(full_id)
        if found is None:
            goal = self.handbook.goals[full_id]
            found = Series.of(self._summed(full_id) if is_rollup(goal) else own_readings(goal))
            self._series[full_id] = found
        return found

    def flows(self, full_id: str) -> tuple[Flow, ...]:
        """Return what flows into a rollup, by the goals at the bottom of it."""
        return self._flows.into(full_id)

    def deciding(self, full_id: str, due: datetime.date, since: datetime.date, last: datetime.date) -> Reading | None:
        """Return the reading that decides whether a landmark was met on its due date, None where there is none.

        That is the one of the due date or, as it may be reported late, the first one from then to `last`; without
        either, the last one before it that is not older than `since`. Of a rollup it is the sum of these; a late one
        of a feeder that counts otherwise by then says nothing of the due date.
        """
        series = self.series(full_id)
        if not is_rollup(self.handbook.goals[full_id]):
            return series.deciding(due, since, last)
        if series.last_by(last) is None:
            return None
        return Reading(due, self._in_its_unit(full_id, self._worth_on(full_id, due, last)))

    def reported_on(self, full_id: str, due: datetime.date) -> datetime.date | None:
        """Return the first day by which there is a reading from `due` or later, of a rollup by each feeder; or None.

        Not waited for are feeders that add nothing at `due`, and those that were closed or whose owner has left.
        """
        series, flows = self.series(full_id), self._summed_from(full_id)
        if not flows:
            reported = series.first_from(due)
            return reported.on if reported else None
        first = max(series.days[0] if series.days else _NEVER, *(self._answered_on(flow, due) for flow in flows))
        return first if first < _NEVER else None

    def waiting_for(self, full_id: str, due: datetime.date) -> tuple[str, ...]:
        """Return the goals at the bottom of a rollup that it waits for: they have no reading from `due` or later."""
        late = (flow for flow in self._summed_from(full_id) if self._answered_on(flow, due) == _NEVER)
        return tuple(sorted(flow.full_id for flow in late))

    def complete(self, full_id: str) -> Reading | None:
        """Return the latest reading that leaves nobody out, None without one; of a rollup that may be an earlier sum.

        Otherwise a sum would look slow whenever somebody reports late.
        """
        series = self.series(full_id)
        if not is_rollup(self.handbook.goals[full_id]):
            return series.readings[-1] if series.readings else None
        return series.last_by(min((self._complete_until(flow) for flow in self.flows(full_id)), default=_NEVER))

    def _summed_from(self, full_id: str) -> tuple[Flow, ...]:
        """What flows into a goal if it is a rollup; a number of its own may have supporters, but is not their sum."""
        return self.flows(full_id) if is_rollup(self.handbook.goals[full_id]) else ()

    def _summed(self, full_id: str) -> Iterator[Reading]:
        return (Reading(r.on, self._in_its_unit(full_id, r.value)) for r in self._worth(full_id).readings)

    def _worth(self, full_id: str) -> Series:
        """What the sum is worth on each day on which one of its feeders has a reading."""
        if full_id not in self._worths:
            self._worths[full_id] = self._added_up(full_id)
        return self._worths[full_id]

    @exactly()
    def _added_up(self, full_id: str) -> Series:
        """Each day's sum of what the feeders have added by then; one without a reading adds what it starts from."""
        total, by_day = self._from_the_start(full_id), dict[datetime.date, Decimal]()
        for on, change in sorted(step for flow in self.flows(full_id) for step in self._steps(flow)):
            total += change
            by_day[on] = total
        return Series.of(map(Reading, by_day.keys(), by_day.values()))

    @exactly()
    def _worth_on(self, full_id: str, due: datetime.date, last: datetime.date) -> Decimal:
        """What the sum is worth on a day, with what is reported for it by the `last` one."""
        before = self._worth(full_id).last_by(due)
        total = before.value if before else self._from_the_start(full_id)
        return total + sum((self._reported_late(flow, due, last) for flow in self.flows(full_id)), _NOTHING)

    def _reported_late(self, flow: Flow, due: datetime.date, last: datetime.date) -> Decimal:
        """What a feeder without a reading of the due date has added to it by the first one after it."""
        own = self.series(flow.full_id)
        reported = own.first_from(due)
        if reported is None or reported.on == due or reported.on > last:
            return _NOTHING
        factor, known = flow.factor_on(due), own.last_by(due)
        if flow.factor_on(reported.on) != factor:
            return _NOTHING
        return factor * (reported.value - (known.value if known else flow.start_value))

    def _from_the_start(self, full_id: str) -> Decimal:
        return sum((flow.base for flow in self.flows(full_id)), _NOTHING)

    def _in_its_unit(self, full_id: str, total: Decimal) -> Decimal:
        """What is worth a total; where that does not end, cut so that it reaches nothing it has not reached."""
        goal = self.handbook.goals[full_id]
        down = not (goal.measure and goal.measure.goes_down)
        return divided(total, price_of(self.handbook, goal), down=down)

    def _steps(self, flow: Flow) -> Iterator[tuple[datetime.date, Decimal]]:
        """What each reading of a feeder adds to the sum: only what was made while it counted, and its share of that."""
        before = flow.start_value
        for reading in self.of(flow.full_id):
            if factor := flow.factor_on(reading.on):
                yield reading.on, (reading.value - before) * factor
            before = reading.value

    def _answered_on(self, flow: Flow, due: datetime.date) -> datetime.date:
        """The first day on which the sum of `due` does not wait for a feeder; the end of time while it does."""
        if flow.known_until(datetime.date.min) >= due:
            return datetime.date.min
        days = self.series(flow.full_id).days
        at = bisect_left(days, due, key=flow.known_until) if flow.pauses else bisect_left(days, due)
        reported = days[at] if at < len(days) else _NEVER
        return min(reported, flow.ended_on) if flow.ended_on <= self.as_of else reported

    def _complete_until(self, flow: Flow) -> datetime.date:
        """The day up to which a feeder is known to have added all it can."""
        if flow.ended_on <= self.as_of:
            return _NEVER
        days = self.series(flow.full_id).days
        return flow.known_until(days[-1] if days else datetime.date.min)


def own_readings(goal: Goal) -> tuple[Reading, ...]:
    """Return a goal's check-ins as readings, oldest first; of two on one day (an error, GH117) the last in the file."""
    latest = {c.on: c.value for c in goal.checkins if c.value is not None}
    return tuple(Reading(on, latest[on]) for on in sorted(latest))


def last_by(series: Sequence[Reading], day: datetime.date) -> Reading | None:
    """Return the last reading by a day."""
    at = bisect_right(series, day, key=lambda reading: reading.on)
    return series[at - 1] if at else None
