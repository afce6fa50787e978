"""How goals stood at the end of each of the last months, and which have changed since (status.md#the-last-months)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ..frozen import frozen
from .calendar import add_months
from .goal import GOAL_STATUSES, GoalStatus
from .position import LookBack

#: Half a year shows where a goal comes from.
_MONTHS = 6

_DAY = datetime.timedelta(days=1)
#: The higher the better. A goal that has not begun is as good as on track, and a closed one has nothing to compare.
_RANK: dict[GoalStatus, int] = {status: rank for rank, status in enumerate(GOAL_STATUSES) if status != "closed"}
_RANK["not-started"] = _RANK["on-track"]


@frozen
class MonthEnd:
    """The last day of a month, and the status that every goal had on it, by full id."""

    on: datetime.date
    statuses: Mapping[str, GoalStatus]


@frozen
class Change:
    """How many goals have got better and how many worse."""

    better: int
    worse: int


def month_ends(first: datetime.date, as_of: datetime.date) -> tuple[datetime.date, ...]:
    """Return the last days of up to six months, oldest first: those from the `first` day on that are before `as_of`."""
    this_month = as_of.replace(day=1)
    ends = (add_months(this_month, -back) - _DAY for back in reversed(range(_MONTHS)))
    return tuple(end for end in ends if end >= first)


def last_months(today: LookBack, first: datetime.date) -> tuple[MonthEnd, ...]:
    """Return the statuses at the end of each of the last months from the `first` day on, oldest first."""
    found, look = [], today
    for end in reversed(month_ends(first, today.readings.as_of)):
        look = look.back_to(end)
        found.append(MonthEnd(end, look.statuses))
    return tuple(reversed(found))


def change_between(before: Mapping[str, GoalStatus], now: Mapping[str, GoalStatus]) -> Change:
    """Return how many of the goals in `now` are better than `before`, and how many worse; closed ones are neither."""
    ranks = [
        (_RANK[before[full_id]], _RANK[status])
        for full_id, status in now.items()
        if status in _RANK and before.get(full_id) in _RANK
    ]
    return Change(sum(old < new for old, new in ranks), sum(old > new for old, new in ranks))
