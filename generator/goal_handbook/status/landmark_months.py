"""Every landmark by the month it is due in."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby

from ..frozen import frozen
from .assessment import GoalState
from .calendar import Span, span_of
from .coming import LandmarkDue


@frozen
class LandmarkMonth:
    """The landmarks that are due in a month, in order. `is_over`: the month ended before the status date."""

    span: Span
    due: tuple[LandmarkDue, ...]
    is_over: bool


def landmarks_by_month(goals: Iterable[GoalState], as_of: datetime.date) -> list[LandmarkMonth]:
    """Return all landmarks of goals by month, dropped ones and those of closed goals too, as they are counted."""
    found = [LandmarkDue(goal, s.landmark.due, s.days_left, s) for goal in goals for s in goal.landmarks]
    found.sort(key=lambda item: (item.due, item.goal.full_id, item.name))
    months = (tuple(due) for _, due in groupby(found, key=lambda item: (item.due.year, item.due.month)))
    spans = ((span_of(due[0].due, "month"), due) for due in months)
    return [LandmarkMonth(span, due, span.end < as_of) for span, due in spans]
