"""Readings of goals, and the one that decides on a day (status.md#a-landmark)."""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import NamedTuple

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.records import CheckIn
from .flow import Flow, Flows, divided, exactly, is_rollup, price_of

_DECIDING_ON_SUMS = attrgetter("start", "supports", "closed", "checkins")
_OF_THE_MEASURE = attrgetter("unit", "start_value", "shape", "rollup", "goes_down")
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


@frozen
class Series:
    """The readings of one goal, oldest first and one per day, and their days."""

    readings: tuple[Reading, ...]
    days: tuple[datetime.date, ...]

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> Series:
        """Return a series of readings that are in order."""
        readings = tuple(readings)
        return cls(readings, tuple(reading.on for reading in readings))

    def until(self, day: datetime.date) -> Series:
        """Return the series without the readings after a day."""
        at = bisect_right(self.days, day)
        return Series(self.readings[:at], self.days[:at]) if at < len(self.days) else self

    def last_by(self, day: datetime.date) -> Reading | None:
        """Return the last reading by a day."""
        at = bisect_right(self.days, day)
        return self.readings[at - 1] if at else None

    def first_from(self, day: datetime.date) -> Reading | None:
        """Return the first reading of a day or later."""
        at = bisect_left(self.days, day)
        return self.readings[at] if at < len(self.days) else None

    def deciding(self, due: datetime.date, since: datetime.date, last: datetime.date) -> Reading | None:
        """Return the reading that decides whether a landmark was met on its due date, None where there is none.

        That is the one of the due date or, as it may be reported late, the first one from then to `last`; without
        either, the last one before it that is not older than `since`. Of a rollup it is the sum of these; a late one
        of a feeder that counts otherwise by then says nothing of the due date.
        """
        reported = self.first_from(due)
        if reported and reported.on <= last:
            return reported
        known = self.last_by(due)
        return known if known and known.on >= since else None

    def reported_on(self, due: datetime.date) -> datetime.date | None:
        """Return the first day by which there is a reading from `due` or later, of a rollup by each feeder; or None.

        Not waited for are feeders that add nothing at `due`, and those that were closed or whose owner has left.
        """
        reported = self.first_from(due)
        return reported.on if reported else None

    def waiting_for(self, due: datetime.date) -> tuple[str, ...]:
        """Return the goals at the bottom of a rollup that it waits for: they have no reading from `due` or later."""
        return ()

    def complete(self) -> Reading | None:
        """Return the latest reading that leaves nobody out, None without one; of a rollup that may be an earlier sum.

        Otherwise a sum would look slow whenever somebody reports late.
        """
        return self.readings[-1] if self.readings else None


_NO_SERIES: tuple[None, Series] = None, Series((), ())


@frozen
class _Sum(Series):
    """A rollup's readings: what its feeders have added by each day on which one of them has a reading.

    `fed_by` is what flows into it, with the readings of each feeder by `as_of`; `worth` is the sum in money, where its
    unit has a price.
    """

    as_of: datetime.date
    fed_by: tuple[tuple[Flow, Series], ...]
    worth: Series
    unit: _Unit

    def deciding(self, due: datetime.date, since: datetime.date, last: datetime.date) -> Reading | None:
        if self.last_by(last) is None:
            return None
        return Reading(due, self.unit.of_worth(self._worth_on(due, last)))

    def reported_on(self, due: datetime.date) -> datetime.date | None:
        if not self.fed_by:
            return Series.reported_on(self, due)
        first = max(
            self.days[0] if self.days else _NEVER, *(self._answered_on(flow, own, due) for flow, own in self.fed_by)
        )
        return first if first < _NEVER else None

    def waiting_for(self, due: datetime.date) -> tuple[str, ...]:
        return tuple(sorted(flow.full_id for flow, own in self.fed_by if self._answered_on(flow, own, due) == _NEVER))

    def complete(self) -> Reading | None:
        return self.last_by(min((self._complete_until(flow, own) for flow, own in self.fed_by), default=_NEVER))

    @exactly()
    def _worth_on(self, due: datetime.date, last: datetime.date) -> Decimal:
        """What the sum is worth on a day, with what is reported for it by the `last` one."""
        before = self.worth.last_by(due)
        total = before.value if before else _from_the_start(flow for flow, _ in self.fed_by)
        return total + sum((_reported_late(flow, own, due, last) for flow, own in self.fed_by), _NOTHING)

    def _answered_on(self, flow: Flow, own: Series, due: datetime.date) -> datetime.date:
        """The first day on which the sum of `due` does not wait for a feeder; the end of time while it does."""
        if flow.known_until(datetime.date.min) >= due:
            return datetime.date.min
        at = bisect_left(own.days, due, key=flow.known_until) if flow.pauses else bisect_left(own.days, due)
        reported = own.days[at] if at < len(own.days) else _NEVER
        return min(reported, flow.ended_on) if flow.ended_on <= self.as_of else reported

    def _complete_until(self, flow: Flow, own: Series) -> datetime.date:
        """The day up to which a feeder is known to have added all it can."""
        return (
            _NEVER if flow.ended_on <= self.as_of else flow.known_until(own.days[-1] if own.days else datetime.date.min)
        )


class _Unit(NamedTuple):
    """The unit of a sum, by its price. Smaller is better if it `goes_down`."""

    price: Decimal
    goes_down: bool

    def of_worth(self, total: Decimal) -> Decimal:
        """What is worth a total; where that does not end, cut so that it reaches nothing it has not reached."""
        return divided(total, self.price, down=not self.goes_down)


@dataclass
class Readings:
    """Every goal's readings by a day, each computed once. Whatever was decided later is not in the handbook.

    With those of a `later` day, what has not changed since then is cut instead of computed again.
    """

    handbook: Handbook
    as_of: datetime.date
    later: Readings | None = None
    _series: dict[str, Series] = field(default_factory=dict)
    _whole: dict[str, tuple[tuple[CheckIn, ...], Series]] = field(init=False)
    _flows: Flows = field(init=False)
    _same_sums: bool = field(init=False)

    def __post_init__(self) -> None:
        self._whole = self.later._whole if self.later else {}
        self._same_sums = self.later is not None and _add_up_the_same(self.later.handbook, self.handbook)
        self._flows = self.later._flows if self.later and self._same_sums else Flows(self.handbook)

    def on_its_own(self) -> Readings:
        """Let go of the later readings to free memory; what is asked for from now on is computed. Returns these."""
        self.later = None
        return self

    def of(self, full_id: str) -> tuple[Reading, ...]:
        """Return the goal's readings, oldest first, one per day."""
        return self.series(full_id).readings

    def flows(self, full_id: str) -> tuple[Flow, ...]:
        """Return what flows into a rollup, by the goals at the bottom of it."""
        return self._flows.into(full_id)

    def series(self, full_id: str) -> Series:
        """Return the goal's readings with their days."""
        found = self._series.get(full_id)
        if found is None:
            goal = self.handbook.goals[full_id]
            found = self._series[full_id] = self._sum(full_id, goal) if is_rollup(goal) else self._own(full_id, goal)
        return found

    def _own(self, full_id: str, goal: Goal) -> Series:
        checkins, whole = self._whole.get(full_id, _NO_SERIES)
        if checkins is not goal.checkins:
            whole = Series.of(own_readings(goal))
            self._whole[full_id] = goal.checkins, whole
        return whole.until(self.as_of)

    def _sum(self, full_id: str, goal: Goal) -> Series:
        later = self.later.series(full_id) if self.later and self._same_sums else None
        fed_by = tuple((flow, self.series(flow.full_id)) for flow in self.flows(full_id))
        if isinstance(later, _Sum):
            counted, worth, unit = later.until(self.as_of), later.worth.until(self.as_of), later.unit
        else:
            unit = _Unit(price_of(self.handbook, goal), bool(goal.measure and goal.measure.goes_down))
            worth = _added_up(fed_by)
            counted = Series(tuple(Reading(r.on, unit.of_worth(r.value)) for r in worth.readings), worth.days)
        return _Sum(counted.readings, counted.days, self.as_of, fed_by, worth, unit)


@exactly()
def _added_up(fed_by: Sequence[tuple[Flow, Series]]) -> Series:
    """Each day's sum of what the feeders have added by then; one without a reading adds what it starts from."""
    total, by_day = _from_the_start(flow for flow, _ in fed_by), dict[datetime.date, Decimal]()
    for on, change in sorted(step for flow, own in fed_by for step in _steps(flow, own.readings)):
        total += change
        by_day[on] = total
    return Series.of(map(Reading, by_day.keys(), by_day.values()))


def _steps(flow: Flow, readings: Iterable[Reading]) -> Iterator[tuple[datetime.date, Decimal]]:
    """What each reading of a feeder adds to the sum: only what was made while it counted, and its share of that."""
    before = flow.start_value
    for reading in readings:
        if factor := flow.factor_on(reading.on):
            yield reading.on, (reading.value - before) * factor
        before = reading.value


def _reported_late(flow: Flow, own: Series, due: datetime.date, last: datetime.date) -> Decimal:
    """What a feeder without a reading of the due date has added to it by the first one after it."""
    reported = own.first_from(due)
    if reported is None or reported.on == due or reported.on > last:
        return _NOTHING
    factor, known = flow.factor_on(due), own.last_by(due)
    if flow.factor_on(reported.on) != factor:
        return _NOTHING
    return factor * (reported.value - (known.value if known else flow.start_value))


def _from_the_start(flows: Iterable[Flow]) -> Decimal:
    return sum((flow.base for flow in flows), _NOTHING)


def _add_up_the_same(one: Handbook, other: Handbook) -> bool:
    """Whether goals differ in nothing that decides on sums: what flows where, and what was reported."""
    pairs = zip(one.goals.values(), other.goals.values(), strict=True)
    return all(a is b or _adds_the_same(a, b) for a, b in pairs)


def _adds_the_same(one: Goal, other: Goal) -> bool:
    if _DECIDING_ON_SUMS(one) != _DECIDING_ON_SUMS(other):
        return False
    if one.measure is None or other.measure is None:
        return one.measure is other.measure
    return bool(_OF_THE_MEASURE(one.measure) == _OF_THE_MEASURE(other.measure))


def own_readings(goal: Goal) -> tuple[Reading, ...]:
    """Return a goal's check-ins as readings, oldest first; of two on one day (an error, GH117) the last in the file."""
    latest = {c.on: c.value for c in goal.checkins if c.value is not None}
    return tuple(Reading(on, latest[on]) for on in sorted(latest))


def last_by(series: Sequence[Reading], day: datetime.date) -> Reading | None:
    """Return the last reading by a day."""
    at = bisect_right(series, day, key=lambda reading: reading.on)
    return series[at - 1] if at else None
