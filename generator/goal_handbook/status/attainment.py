"""How far a number has come, how much is missing, and how fast it would have to go (status.md#attainment). Exact."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ..frozen import frozen
from ..model.goal import Goal
from ..model.measure import Measure
from .flow import quotient
from .readings import Reading

#: Readings closer together than four weeks say little about a rate.
_ENOUGH_DAYS = 28
#: The latest three months.
_LATELY = 91
#: With fewer readings there is no pace to speak of.
_ENOUGH_READINGS = 3

#: How much has been done by a day, which is a number (`toordinal`).
_Done = tuple[int, Decimal]
#: How much was gained a day, as a numerator and a denominator above 0: many are compared, few are shown.
_Rate = tuple[int, int]


@frozen
class Attainment:
    """A reading beside the `value` that a goal is to reach by a day."""

    measure: Measure
    reading: Reading
    due: datetime.date
    value: Decimal

    @property
    def ratio(self) -> Fraction | None:
        """Return the share of the way from where the goal started, None for a level and where there is no way to go."""
        has_way = self.value != self.measure.start_value
        return _share(self.measure, self.reading.value, self.value) if has_way else None

    @property
    def gap(self) -> Decimal:
        """Return what is missing, in the goal's unit: 0 or less once it is reached."""
        gap = self.value - self.reading.value
        return -gap if self.measure.goes_down else gap

    def needed_on(self, day: datetime.date) -> Fraction | None:
        """Return what each day from the reading to the due date has to add, None once it is reached or due on `day`."""
        left = (self.due - self.reading.on).days
        is_open = self.gap > 0 and left > 0 and day < self.due
        return quotient(self.gap, left) if is_open and not self.measure.hold else None


@frozen
class Rates:
    """What a number has gained a day: the best it has done over four weeks or more, and over the latest such time."""

    best: Fraction
    recent: Fraction


@frozen
class Fan:
    """Where a number would be on the day `due` if it went on, from the reading `since`, at a pace it has had.

    `slowest` and `fastest` are those of its slowest and fastest four weeks or more so far, `lately` that of the last
    three months, or all of its time where that is shorter (`from_start`). It is arithmetic, and changes no status.
    """

    since: Reading
    due: datetime.date
    slowest: Fraction
    fastest: Fraction
    lately: Fraction
    from_start: bool


def fan_of(goal: Goal, readings: Sequence[Reading], as_of: datetime.date) -> Fan | None:
    """Return where a number would get at the paces so far.

    None with fewer than three readings, or none over four weeks; and once it is reached, due or closed.
    """
    if len(readings) < _ENOUGH_READINGS or goal.closed or as_of >= goal.due:
        return None
    since, measure = readings[-1], goal.measure
    if measure is None or measure.target is None or measure.satisfied(since.value, measure.target):
        return None
    points = _progress(goal, readings)
    rates = _rates_over(points, _ENOUGH_DAYS)
    if not rates:
        return None
    age = since.on.toordinal() - points[0][0]
    lately = _rates_over(points, min(_LATELY, age))[-1]
    slowest, fastest = _range([*rates, lately])
    days, value = (goal.due - since.on).days * (-1 if measure.goes_down else 1), Fraction(since.value)
    least, most, likely = (value + Fraction(gained * days, over) for gained, over in (slowest, fastest, lately))
    return Fan(since, goal.due, least, most, likely, age <= _LATELY)


def attainment_of(goal: Goal, reading: Reading | None, due: datetime.date, value: Decimal | None) -> Attainment | None:
    """Return how far a reading is on the way to a value; None without a reading, a number or a level."""
    measure = goal.measure
    if reading is None or value is None or measure is None or measure.cadence:
        return None
    return Attainment(measure, reading, due, value)


def rates_of(goal: Goal, readings: Sequence[Reading]) -> Rates | None:
    """Return the best and the recent rate of a number, in its unit a day; None while it has too few readings."""
    rates = _rates_over(_progress(goal, readings), _ENOUGH_DAYS)
    return Rates(Fraction(*_range(rates)[1]), Fraction(*rates[-1])) if rates else None


def best_rate(goal: Goal, readings: Sequence[Reading], days: int) -> Fraction | None:
    """Return the best rate a number has kept up for so many days or longer; if it is not that old, its rate so far.

    It is in the goal's unit a day; None while there are too few readings.
    """
    points = _progress(goal, readings)
    if not points or (age := points[-1][0] - points[0][0]) < _ENOUGH_DAYS:
        return None
    return Fraction(*_range(_rates_over(points, min(days, age)))[1])


def _progress(goal: Goal, readings: Sequence[Reading]) -> Sequence[_Done]:
    """What has been done by each day, from the goal's start on; nothing without a number or without a reading."""
    measure = goal.measure
    if measure is None or measure.shape != "number" or not readings:
        return ()
    start, sign = measure.start_value, -1 if measure.goes_down else 1
    done = [(r.on.toordinal(), (r.value - start) * sign) for r in readings if r.on > goal.start]
    return [(goal.start.toordinal(), Decimal(0)), *done]


def _rates_over(points: Sequence[_Done], days: int) -> list[_Rate]:
    """For each point, the rate since the nearest one that is at least so many days older."""
    found, at = [], 0
    for day, done in points:
        while at + 1 < len(points) and day - points[at + 1][0] >= days:
            at += 1
        since, before = points[at]
        if day - since >= days:
            gained, parts = (done - before).as_integer_ratio()
            found.append((gained, parts * (day - since)))
    return found


def _range(rates: Sequence[_Rate]) -> tuple[_Rate, _Rate]:
    """The slowest and the fastest of some rates."""
    slowest = fastest = rates[0]
    for rate in rates:
        if rate[0] * slowest[1] < slowest[0] * rate[1]:
            slowest = rate
        elif rate[0] * fastest[1] > fastest[0] * rate[1]:
            fastest = rate
    return slowest, fastest


def share_of_way(measure: Measure, value: Decimal | Fraction) -> Fraction | None:
    """Return the share of the way from the measure's start to its target that a value has covered.

    It may be negative or more than 1. None without a number to reach; 1 if the way has no length.
    """
    return _share(measure, value, measure.target) if measure.target is not None else None


def _share(measure: Measure, value: Decimal | Fraction, target: Decimal) -> Fraction | None:
    if measure.shape != "number":
        return None
    if target == measure.start_value:
        return Fraction(1)
    (start, of_start), (end, of_end) = measure.start_value.as_integer_ratio(), target.as_integer_ratio()
    done, of_done = value.as_integer_ratio()
    return Fraction((done * of_start - start * of_done) * of_end, of_done * (end * of_start - start * of_end))
