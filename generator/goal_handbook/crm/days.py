"""On which days a goal gets a total: at the ends of periods, and wherever one decides something."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model.goal import Goal
from ..model.measure import Per
from ..status.calendar import Span, add_months, span_of

#: How often a total is written; `day` means every day that has a deal.
Every = Per | Literal["day"]

_WEEK = datetime.timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Covered:
    """The days that an export covers. `last_row` is the latest date in it."""

    first: datetime.date
    last: datetime.date
    last_row: datetime.date


def covered_by(first_row: datetime.date | None, last_row: datetime.date | None, as_of: datetime.date) -> Covered | None:
    """Return the days an export with rows of these dates covers, None for one without rows.

    It covers a week beyond its last row, and the rest of that month, as far as `as_of`, the day it was taken: that
    nothing happens for some days is usual, and for longer, a sign that the export is older.
    """
    if first_row is None or last_row is None:
        return None
    month_end = add_months(last_row.replace(day=1), 1) - datetime.timedelta(days=1)
    return Covered(first_row, min(as_of, max(last_row + _WEEK, month_end)), last_row)


def days_with_a_total(
    goal: Goal,
    covered: Covered,
    per: Every,
    deals: Sequence[datetime.date],
    decisive: Collection[datetime.date],
    complete: bool = False,
    to_date: bool = False,
    fiscal: Sequence[Span] = (),
) -> set[datetime.date]:
    """Return the days on which a goal gets a total, of those the export covers between its start and its due date.

    These are the ends of all periods since the first of its `deals` (with `complete`, since its start), the `decisive`
    days, and with `to_date` the last row's day. Which of the decisive days does not depend on `per`.
    """
    if not deals and not complete:
        return set()
    begin, sure = (goal.start, goal.start) if complete else (deals[0], max(goal.start, covered.first))
    end = min(goal.due, covered.last)
    days = {day for day in decisive if sure <= day <= end}
    days |= (
        {day for day in deals if day <= end} if per == "day" else set(_period_ends(begin, end, per, covered, fiscal))
    )
    last = min(covered.last_row, end)
    return days | ({last} if to_date and begin <= last else set())


def _period_ends(
    begin: datetime.date, end: datetime.date, per: Per, covered: Covered, fiscal: Sequence[Span]
) -> Iterator[datetime.date]:
    """Yield the ends of the periods from the one with `begin` on, but for those that begin after the last row."""
    span = span_of(begin, per, fiscal)
    while span.end <= end and span.start <= covered.last_row:
        yield span.end
        span = span_of(span.end + datetime.timedelta(days=1), per, fiscal)
