"""New numbers for an adjustment to propose: landmarks that move with a target, and a goal relieved of a leave."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from ..frozen import frozen
from ..model.goal import Goal, Landmark
from ..model.people import Away
from .spread import moved, rounded_as


@frozen
class Numbers:
    """A goal's target and the values of its landmarks, by their ids; those that stay as they are are not listed."""

    target: Decimal
    landmarks: dict[str, Decimal]


def landmarks_ahead(goal: Goal, dropped: Collection[str], on: datetime.date) -> list[Landmark]:
    """Return the landmarks with a value that are due after a day, in order, without those `dropped`."""
    ahead = [lm for lm in goal.landmarks if lm.value is not None and lm.due > on and lm.id not in dropped]
    return sorted(ahead, key=lambda landmark: landmark.due)


def in_proportion(goal: Goal, dropped: Collection[str], target: Decimal, on: datetime.date) -> Numbers:
    """Return a new target, with the landmarks still ahead moved in proportion to it; those already due stay."""
    start, old = _start_and_target(goal)
    if old == start:
        return Numbers(target, {})
    factor = Fraction(target - start) / Fraction(old - start)
    return _with_landmarks(goal, dropped, target, on, lambda day: factor)


def relieved(
    goal: Goal, dropped: Collection[str], leaves: Sequence[Away], before: Sequence[Away], on: datetime.date
) -> Numbers:
    """Return the target and the landmarks still ahead, each reduced by the share of its days that a leave takes.

    `before` are leaves that the goal has been relieved of already.
    """
    start, old = _start_and_target(goal)

    def factor(day: datetime.date) -> Fraction:
        until = min(day, goal.due)
        left = working_days(goal.start, until, before)
        return Fraction(working_days(goal.start, until, (*before, *leaves)), left) if left else Fraction(1)

    exact = Fraction(start) + (Fraction(old) - Fraction(start)) * factor(goal.due)
    return _with_landmarks(goal, dropped, rounded_as(exact, old), on, factor)


def working_days(first: datetime.date, last: datetime.date, leaves: Sequence[Away]) -> int:
    """Return how many days from one day to another, both included, are in none of the leaves."""
    span = (first + datetime.timedelta(days=n) for n in range((last - first).days + 1))
    return sum(not any(away.from_ <= day <= away.to for away in leaves) for day in span)


def _start_and_target(goal: Goal) -> tuple[Decimal, Decimal]:
    if goal.measure is None or goal.measure.target is None:
        raise ValueError(f"{goal.id} has no number to reach")
    return goal.measure.start_value, goal.measure.target


def _with_landmarks(
    goal: Goal,
    dropped: Collection[str],
    target: Decimal,
    on: datetime.date,
    factor: Callable[[datetime.date], Fraction],
) -> Numbers:
    start, old = _start_and_target(goal)
    ahead = landmarks_ahead(goal, dropped, on)
    past = [lm for lm in goal.landmarks if lm.value is not None and lm.due <= on and lm.id not in dropped]
    least = max(past, key=lambda landmark: landmark.due).value if past else start
    values = moved(
        [landmark.value or Decimal(0) for landmark in ahead],
        [factor(landmark.due) for landmark in ahead],
        start,
        start if least is None else least,
        target,
        written=[landmark.value for landmark in goal.landmarks if landmark.value],
    )
    new = {
        landmark.id: target if landmark.value == old and factor(landmark.due) == factor(goal.due) else value
        for landmark, value in zip(ahead, values, strict=True)
    }
    return Numbers(target, {lm.id: new[lm.id] for lm in ahead if new[lm.id] != lm.value})
