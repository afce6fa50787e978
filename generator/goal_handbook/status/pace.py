"""Pace and catch-up: actual beside agreed progress on the day of the latest reading (status.md#a-goal). Exact."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from ..model.goal import Goal, Landmark
from ..model.people import Away
from ..model.settings import CatchUpBands
from .absence import days_since
from .calendar import Span
from .readings import Reading

Band = Literal["on-track", "at-risk", "off-track"]

_DAY = datetime.timedelta(days=1)
#: While less than this share of the way is expected, a goal is on track.
_TOO_EARLY = Fraction(5, 100)
#: Shares of the sessions due from which a cadence is on track, and at risk: one period cannot make up for another.
_KEPT, _HARDLY_KEPT = Fraction(95, 100), Fraction(75, 100)


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Curve:
    """What was agreed to be reached on each day: straight lines between corners; flat over `absences`."""

    corners: tuple[tuple[datetime.date, Decimal], ...]
    absences: tuple[Away, ...] = ()

    def on(self, day: datetime.date) -> Fraction:
        """Return the value on a day: flat before the first corner and after the last."""
        if day <= self.corners[0][0]:
            return Fraction(self.corners[0][1])
        for (left, low), (right, high) in pairwise(self.corners):
            if day <= right:
                whole = days_since(self.absences, left, right)
                if not whole:
                    return Fraction(high if day == right else low)
                return Fraction(low * whole + (high - low) * days_since(self.absences, left, day)) / whole
        return Fraction(self.corners[-1][1])

    def between(self, first: datetime.date, last: datetime.date) -> tuple[tuple[datetime.date, Fraction], ...]:
        """Return the first and the last day and those between them on which it bends, each with its value."""
        return tuple((day, self.on(day)) for day in self.bends(first, last))

    def bends(self, first: datetime.date, last: datetime.date) -> list[datetime.date]:
        """Return the first and the last day and those between them on which it bends."""
        found = {on for on, _ in self.corners}
        found |= {edge for away in self.absences for edge in (away.from_ - _DAY, away.to)}
        return sorted({first, last, *(day for day in found if first < day < last)})


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
    expected, value = agreed.on(reading.on), Fraction(reading.value)
    if measure.hold:
        off = expected - value if measure.hold == "at_least" else value - expected
        level: Band = "on-track" if off <= 0 else "at-risk" if off <= (measure.tolerance or 0) else "off-track"
        return Pace(reading, expected, _hold_ratio(value, expected, measure.goes_down), None, level)
    start, target = Fraction(measure.start_value), Fraction(measure.target)
    way, due, left = target - start, expected - start, target - expected
    if not way or due / way < _TOO_EARLY:
        return Pace(reading, expected, None, None, "on-track")
    ratio = (value - start) / due
    if not left or (left < 0) != (way < 0):  # nothing more is expected
        return Pace(
            reading,
            expected,
            ratio,
            None,
            "on-track" if measure.satisfied(reading.value, measure.target) else "off-track",
        )
    catch_up = (target - value) / left
    return Pace(reading, expected, ratio, catch_up, band(catch_up, bands))


def at_risk_between(
    goal: Goal, agreed: Curve, day: datetime.date, bands: CatchUpBands
) -> tuple[Fraction, Fraction] | None:
    """Return between which values a reading of a day is at risk, the better one first; None while it is too early."""
    measure = goal.measure
    if measure is None or measure.target is None:
        return None
    expected = agreed.on(day)
    if measure.hold:
        tolerance = Fraction(measure.tolerance or 0)
        return expected, expected + (tolerance if measure.goes_down else -tolerance)
    start, target = Fraction(measure.start_value), Fraction(measure.target)
    way, left = target - start, target - expected
    if early_by(goal, expected) > 0:
        return None
    if (left < 0) != (way < 0):  # nothing more is expected
        return target, target
    return target - Fraction(bands.on_track) * left, target - Fraction(bands.at_risk) * left


def early_by(goal: Goal, expected: Fraction) -> Fraction:
    """Return how much more of the way has to be expected before a goal is judged; 0 or less once it is."""
    measure = goal.measure
    if measure is None or measure.target is None or measure.hold:
        return Fraction(0)
    start = Fraction(measure.start_value)
    way = Fraction(measure.target) - start
    return _TOO_EARLY - (expected - start) / way if way else _TOO_EARLY


def band(catch_up: Fraction, bands: CatchUpBands) -> Band:
    """Return the band of a catch-up factor: 1 is what was agreed, more is faster."""
    if catch_up <= Fraction(bands.on_track):
        return "on-track"
    return "at-risk" if catch_up <= Fraction(bands.at_risk) else "off-track"


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
