"""Pace: actual ÷ expected progress on the day of the latest reading (status.md#a-goal). Exact fractions throughout."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from ..model.goal import Goal
from ..model.handbook import PaceBands
from ..model.measure import Measure
from .calendar import Span
from .landmark import LandmarkState
from .readings import Reading

#: While less than this share of the way is expected, there is no pace.
_TOO_EARLY = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Pace:
    """`expected` is the agreed curve's value on the latest reading's day; `ratio` is None while it is too early."""

    ratio: Fraction | None
    expected: Fraction


def curve(goal: Goal, landmarks: Sequence[LandmarkState]) -> list[tuple[datetime.date, Decimal]]:
    """Return the agreed curve's corners: (start, from), each landmark's (due, value) and (due, target).

    They are in order, one per day; of two values for one day, the one further along counts. Dropped landmarks are left
    out. The curve of a level to hold starts at its first landmark, as it has no `from`. Without a target: empty.
    """
    measure = goal.measure
    if measure is None or measure.target is None:
        return []
    points = [
        (s.landmark.due, s.landmark.value) for s in landmarks if s.landmark.value is not None and s.status != "dropped"
    ]
    corners: dict[datetime.date, Decimal] = {} if measure.hold else {goal.start: measure.start_value}
    further = min if measure.goes_down else max
    for day, value in [*points, (goal.due, measure.target)]:
        if value is not None:
            corners[day] = further(corners.get(day, value), value)
    return sorted(corners.items())


def expected_on(corners: Sequence[tuple[datetime.date, Decimal]], day: datetime.date) -> Fraction:
    """Return the curve's value on a day: straight lines between corners, flat before the first and after the last."""
    if day <= corners[0][0]:
        return Fraction(corners[0][1])
    for (left, low), (right, high) in pairwise(corners):
        if day <= right:
            return Fraction(low) + (Fraction(high) - Fraction(low)) * (day - left).days / (right - left).days
    return Fraction(corners[-1][1])


def pace_of(goal: Goal, landmarks: Sequence[LandmarkState], readings: Sequence[Reading]) -> Pace | None:
    """Return the goal's pace at its latest reading, or None without a number or without a reading."""
    corners = curve(goal, landmarks)
    if not corners or not readings or goal.measure is None or goal.measure.target is None:
        return None
    last = readings[-1]
    expected = expected_on(corners, last.on)
    if goal.measure.hold:
        return Pace(_hold_ratio(Fraction(last.value), expected, goal.measure.goes_down), expected)
    start, target = Fraction(goal.measure.start_value), Fraction(goal.measure.target)
    if start == target or (expected - start) / (target - start) < _TOO_EARLY:
        return Pace(None, expected)
    return Pace((Fraction(last.value) - start) / (expected - start), expected)


def share_of_way(measure: Measure, value: Decimal | Fraction) -> Fraction | None:
    """Return the share of the way from the measure's start to its target that a value has covered.

    It may be negative or more than 1. None without a number to reach; 1 if the way has no length.
    """
    if measure.shape != "number" or measure.target is None:
        return None
    start, target = Fraction(measure.start_value), Fraction(measure.target)
    return (Fraction(value) - start) / (target - start) if target != start else Fraction(1)


def span_of_curve(goal: Goal, landmarks: Sequence[LandmarkState], readings: Sequence[Reading]) -> Span:
    """Return the first and last day a chart of the goal has to show: its dates, landmarks and readings."""
    dates = [goal.start, goal.due, *(on for on, _ in curve(goal, landmarks)), *(r.on for r in readings)]
    return Span(min(dates), max(dates))


def _hold_ratio(value: Fraction, level: Fraction, goes_down: bool) -> Fraction | None:
    """Return how close a level is to the one to hold: 1 or more if it is held."""
    part, whole = (level, value) if goes_down else (value, level)
    held = part >= whole
    if whole <= 0 or part <= 0:
        return Fraction(1) if held else Fraction(0)
    return part / whole


def band(ratio: Fraction, bands: PaceBands) -> str:
    """Return `on-track`, `at-risk` or `off-track`."""
    if ratio >= Fraction(bands.on_track):
        return "on-track"
    return "at-risk" if ratio >= Fraction(bands.at_risk) else "off-track"
