"""What the bands of the catch-up factor have meant: how often a goal in each of them was reached (status.md#a-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import sqrt

from ..frozen import frozen
from ..model.goal import Goal
from ..model.people import Away
from ..model.settings import CatchUpBands
from .calendar import Span
from .pace import Band, curve, pace_of
from .readings import Reading, last_by

#: The z-value of a 95 % interval.
_Z = 1.96


@frozen
class Case:
    """A goal on a day: the band it was in, and whether it was reached in the end."""

    full_id: str
    on: datetime.date
    band: Band
    reached: bool


@frozen
class Outcome:
    """How many of the cases in a band were reached."""

    cases: int
    reached: int

    @property
    def share(self) -> float:
        """Return the share that was reached, 0 without a case."""
        return self.reached / self.cases if self.cases else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95 % interval of the share: where it would be with as many cases as one likes."""
        if not self.cases:
            return 0.0, 1.0
        n, p = self.cases, self.share
        middle, spread = p + _Z**2 / (2 * n), _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return max(0.0, (middle - spread) / (1 + _Z**2 / n)), min(1.0, (middle + spread) / (1 + _Z**2 / n))


def cases_of(
    full_id: str,
    goal: Goal,
    totals: Sequence[Reading],
    days: Iterable[datetime.date],
    bands: CatchUpBands,
    absences: Sequence[Away] = (),
) -> Iterator[Case]:
    """Yield a goal's cases on these days: those before its due date on which a band says something.

    `totals` are its readings to the end, and `absences` those of its owner. Until the first total it is where it
    started. Nothing for a goal without a number or a total, and while less than 5 % is expected.
    """
    if goal.shape != "number" or goal.measure is None or goal.target is None or not totals:
        return
    agreed = curve(goal, goal.landmarks, absences)
    series = (Reading(goal.start, goal.measure.start_value), *totals)
    last = last_by(series, goal.due)
    reached = bool(last and goal.measure.satisfied(last.value, goal.target))
    for day in days:
        known = last_by(series, day)
        found = pace_of(goal, agreed, Reading(day, known.value), bands) if known and day < goal.due else None
        if found and found.catch_up is not None:
            yield Case(full_id, day, found.band, reached)


def scaled(goal: Goal, factor: Decimal) -> Goal:
    """Return a goal whose way to its target, and to each landmark, is so many times as long."""
    measure = goal.measure
    if measure is None or measure.target is None:
        return goal
    start = measure.start_value

    def stretched(value: Decimal) -> Decimal:
        return start + (value - start) * factor

    landmarks = (
        lm.model_copy(update={"value": stretched(lm.value)}) if lm.value is not None else lm for lm in goal.landmarks
    )
    new = measure.model_copy(update={"target": stretched(measure.target)})
    return goal.model_copy(update={"measure": new, "landmarks": tuple(landmarks)})


def outcomes(cases: Iterable[Case], seasons: Sequence[Span]) -> dict[tuple[Band, int | None], Outcome]:
    """Count cases by band and season (its number, from 0), and under None over all of them."""
    found: dict[tuple[Band, int | None], Outcome] = {}
    for case in cases:
        number = next((i for i, season in enumerate(seasons) if season.start <= case.on <= season.end), None)
        for key in {(case.band, number), (case.band, None)}:
            before = found.get(key, Outcome(0, 0))
            found[key] = Outcome(before.cases + 1, before.reached + case.reached)
    return found
