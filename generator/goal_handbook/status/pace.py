"""Pace and catch-up: actual beside agreed progress on the day of the latest reading (status.md#a-goal). Exact."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from ..frozen import frozen
from ..model.goal import Goal, Landmark
from ..model.measure import Measure
from ..model.people import Away
from ..model.settings import CatchUpBands
from .absence import days_since
from .calendar import Span
from .flow import quotient
from .readings import Reading

Band = Literal["on-track", "at-risk", "off-track"]

_DAY = datetime.timedelta(days=1)
#: While less than this share of the way is expected, a goal is on track.
_TOO_EARLY = Decimal("0.05")
#: Shares of the sessions due from which a cadence is on track, and at risk: one period cannot make up for another.
_KEPT, _HARDLY_KEPT = Decimal("0.95"), Decimal("0.75")
#: Adds and multiplies without rounding; never divide in it.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)


@frozen
class Pace:
    """Progress on the day of `reading`, which leaves nobody out.

    `expected` is the agreed curve's value then. `ratio` is actual ÷ expected progress, None while it is too early.
    `catch_up` is how much faster than agreed the rest has to go, None while it is too early, for a level, and once
    nothing more is expected.
    """

    reading: Reading
    expected: Fraction
    ratio: Fraction | None
    catch_up: Fraction | None
    band: Band


@frozen
class Curve:
    """What was agreed to be reached on each day: straight lines between corners; flat over `absences`."""

    corners: tuple[tuple[datetime.date, Decimal], ...]
    absences: tuple[Away, ...] = ()

    def on(self, day: datetime.date) -> Fraction:
        """Return the value on a day: flat before the first corner and after the last."""
        return quotient(*self.in_parts(day))

    def in_parts(self, day: datetime.date) -> tuple[Decimal, int]:
        """Return the value on a day as a total and by how much to divide it, which need not end."""
        if day <= self.corners[0][0]:
            return self.corners[0][1], 1
        for (left, low), (right, high) in pairwise(self.corners):
            if day <= right:
                whole = days_since(self.absences, left, right)
                if not whole:
                    return high if day == right else low, 1
                return low * whole + (high - low) * days_since(self.absences, left, day), whole
        return self.corners[-1][1], 1

    def bends(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """Return the first and the last day and those between them on which it bends."""
        found = [on for on, _ in self.corners]
        for away in self.absences:
            found += [away.from_ - _DAY, away.to]
        return sorted({first, last, *[day for day in found if first < day < last]})


def curve(goal: Goal, in_force: Iterable[Landmark], absences: Sequence[Away] = ()) -> Curve | None:
    """Return the agreed curve: (start, from), each landmark's (due, value) and (due, target); None without a target.

    Of two values for one day the more demanding one counts. `in_force` are the landmarks that are not dropped. The
    curve of a level to hold starts at its first landmark, as it has no `from`. With `prorate: yes` nothing is expected
    over `absences`.
    """
    measure = goal.measure
    if measure is None or measure.target is None:
        return None
    points = [(landmark.due, landmark.value) for landmark in in_force]
    corners: dict[datetime.date, Decimal] = {} if measure.hold else {goal.start: measure.start_value}
    further = min if measure.goes_down else max
    for day, value in [*points, (goal.due, measure.target)]:
        if value is not None:
            corners[day] = further(corners.get(day, value), value)
    return Curve(tuple(sorted(corners.items())), tuple(absences) if goal.prorate else ())


def pace_of(goal: Goal, agreed: Curve | None, reading: Reading | None, bands: CatchUpBands) -> Pace | None:
    """Return the goal's pace at a reading, or None without a number or without a reading."""
    measure = goal.measure
    if agreed is None or reading is None or measure is None or measure.target is None:
        return None
    expected = agreed.on(reading.on)
    if measure.hold:
        ratio = _hold_ratio(Fraction(reading.value), expected, measure.goes_down)
        return Pace(reading, expected, ratio, None, _band_of_level(measure, agreed, reading))
    way = _way_at(measure, measure.target, agreed, reading)
    ratio = None if way.is_early else quotient(way.made, way.due)
    catch_up = None if way.is_early or way.left <= 0 else quotient(way.missing, way.left)
    return Pace(reading, expected, ratio, catch_up, _band_of_number(way, bands))


def band_of(goal: Goal, agreed: Curve | None, reading: Reading | None, bands: CatchUpBands) -> Band | None:
    """Return the band of the goal's pace at a reading alone, or None without a number or without a reading."""
    measure = goal.measure
    if agreed is None or reading is None or measure is None or measure.target is None:
        return None
    if measure.hold:
        return _band_of_level(measure, agreed, reading)
    return _band_of_number(_way_at(measure, measure.target, agreed, reading), bands)


class _Way(NamedTuple):
    """The way to a number, up or down, all of it multiplied by the same.

    `due` is how much of it a day asks for and `made` how much there is, `left` what is expected after that day and
    `missing` what there is to do. While it is `is_early`, too little is due to judge by.
    """

    is_early: bool
    due: Decimal
    made: Decimal
    left: Decimal
    missing: Decimal


def _way_at(measure: Measure, target: Decimal, agreed: Curve, reading: Reading) -> _Way:
    expected, parts = agreed.in_parts(reading.on)
    with localcontext(_EXACT):
        sign = -parts if measure.goes_down else parts
        start, end, value = measure.start_value * sign, target * sign, reading.value * sign
        expected = -expected if measure.goes_down else expected
        due, whole = expected - start, end - start
        return _Way(not whole or due < _TOO_EARLY * whole, due, value - start, end - expected, end - value)


def _band_of_number(way: _Way, bands: CatchUpBands) -> Band:
    if way.is_early:
        return "on-track"
    if way.left <= 0:  # nothing more is expected
        return "on-track" if way.missing <= 0 else "off-track"
    with localcontext(_EXACT):
        if way.missing <= bands.on_track * way.left:
            return "on-track"
        return "at-risk" if way.missing <= bands.at_risk * way.left else "off-track"


def _band_of_level(measure: Measure, agreed: Curve, reading: Reading) -> Band:
    expected, parts = agreed.in_parts(reading.on)
    with localcontext(_EXACT):
        below = expected - reading.value * parts
        off = -below if measure.goes_down else below
        return "on-track" if off <= 0 else "at-risk" if off <= (measure.tolerance or 0) * parts else "off-track"


def at_risk_between(
    goal: Goal, agreed: Curve, day: datetime.date, bands: CatchUpBands
) -> tuple[Fraction, Fraction] | None:
    """Return between which values a reading of a day is at risk, the better one first; None while it is too early."""
    measure = goal.measure
    if measure is None or measure.target is None:
        return None
    expected, parts = agreed.in_parts(day)
    if _early_by(goal, expected, parts)[0] > 0:
        return None
    with localcontext(_EXACT):
        if measure.hold:
            tolerance = (measure.tolerance or 0) * parts
            ends = expected, expected + (tolerance if measure.goes_down else -tolerance)
        else:
            target = measure.target * parts
            left = target - expected
            is_over = left > 0 if measure.goes_down else left < 0  # nothing more is expected
            ends = (target, target) if is_over else (target - bands.on_track * left, target - bands.at_risk * left)
    better = quotient(ends[0], parts)
    return better, better if ends[0] == ends[1] else quotient(ends[1], parts)


def is_early(goal: Goal, agreed: Curve, day: datetime.date) -> bool:
    """Return whether too little of the way is expected on a day for a goal to be judged."""
    return _early_by(goal, *agreed.in_parts(day))[0] > 0


def early_by(goal: Goal, agreed: Curve, day: datetime.date) -> Fraction:
    """Return how much more of the way has to be expected on a day before a goal is judged; 0 or less once it is."""
    return quotient(*_early_by(goal, *agreed.in_parts(day)))


def _early_by(goal: Goal, expected: Decimal, parts: int) -> tuple[Decimal, Decimal]:
    """The same for what a curve expects, in parts: as a part and a whole, which is above 0."""
    measure = goal.measure
    if measure is None or measure.target is None or measure.hold:
        return Decimal(0), Decimal(1)
    with localcontext(_EXACT):
        start = measure.start_value * parts
        way, due = measure.target * parts - start, expected - start
        if not way:
            return _TOO_EARLY, Decimal(1)
        missing = _TOO_EARLY * way - due
        return (missing, way) if way > 0 else (-missing, -way)


def cadence_band(held: int, due: int, planned: int) -> Band:
    """Return how well a cadence is kept, of so many sessions due of those planned; the first few do not count."""
    if due < _TOO_EARLY * planned or held >= _KEPT * due:
        return "on-track"
    return "at-risk" if held >= _HARDLY_KEPT * due else "off-track"


def span_of_curve(goal: Goal, agreed: Curve, readings: Sequence[Reading]) -> Span:
    """Return the first and last day a chart of the goal has to show: its dates, landmarks and readings."""
    dates = [goal.start, goal.due, *(on for on, _ in agreed.corners), *(r.on for r in readings)]
    return Span(min(dates), max(dates))


def _hold_ratio(value: Fraction, level: Fraction, goes_down: bool) -> Fraction | None:
    """Return how close a level is to the one to hold: 1 or more if it is held."""
    part, whole = (level, value) if goes_down else (value, level)
    held = part >= whole
    if whole <= 0 or part <= 0:
        return Fraction(1) if held else Fraction(0)
    return part / whole
