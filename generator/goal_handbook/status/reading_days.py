"""The days on which a goal's total decides something, so that a reading is needed on the very day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from .flow import sums_above


def decisive_days(goal: Goal) -> Iterator[datetime.date]:
    """Yield the days that decide about a goal by itself: its due date, and that of each landmark with a value.

    So do the last day before it begins to count for another goal, and the last one on which it counts.
    """
    yield goal.due
    yield from (move.day for move in moves_of(goal))
    yield from (landmark.due for landmark in goal.landmarks if landmark.value is not None)


@frozen
class Move:
    """The last `day` before a support begins (its key is `from`) or on which it counts (`until`).

    `index` is the support's place in the goal.
    """

    index: int
    key: Literal["from", "until"]
    day: datetime.date


def moves_of(goal: Goal) -> Iterator[Move]:
    """Yield the days that separate what a goal makes for one goal from what it makes before or after.

    Nothing is made before the goal begins.
    """
    for index, support in enumerate(goal.supports):
        if support.from_ and support.from_ > goal.start:
            yield Move(index, "from", support.from_ - datetime.timedelta(days=1))
        if support.until:
            yield Move(index, "until", support.until)


def days_that_need_a_reading(handbook: Handbook, full_id: str) -> frozenset[datetime.date]:
    """Return the decisive days of a goal, and of every rollup it contributes to: a sum is as exact as its parts.

    So is the last day before it is handed over.
    """
    goals = (handbook.goals[found] for found in (full_id, *sums_above(handbook, full_id)))
    return frozenset(day for goal in goals for day in decisive_days(goal)) | {handbook.last_day(full_id)}
