"""Adds up what deals are credited to a goal: its total to date on every day that gets one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..status.calendar import quarters
from ..status.flow import start_value
from ..status.reading_days import days_that_need_a_reading
from .credits import Credit, Credits
from .currency import currency_of
from .days import Covered, Every, days_with_a_total


@dataclass(frozen=True, slots=True, order=True)
class Total:
    """A goal's total to date on a day."""

    goal: str
    on: datetime.date
    value: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """What the deals of an export add up to in each unit, in so many rows; `later` rows are after it was taken."""

    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    rows: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of an export, by goal and day, what they are made of, and what did not count, in rows.

    `outside_goal_dates`: rows before a goal's start or after its due date, by goal; `without_zeros`: rows that were
    left out, by the goal that therefore has no totals although the export is said to be complete. `handed_over`: the
    last day of goals with rows outside that somebody else goes on with.
    """

    totals: tuple[Total, ...] = ()
    counted: Counted = Counted()
    outside_goal_dates: Mapping[str, int] = field(default_factory=dict)
    without_zeros: Mapping[str, int] = field(default_factory=dict)
    handed_over: Mapping[str, datetime.date] = field(default_factory=dict)

    @property
    def last_day(self) -> datetime.date | None:
        """The day of the latest total."""
        return max((total.on for total in self.totals), default=None)


def totals_of(
    credits: Credits,
    covered: Covered | None,
    handbook: Handbook,
    per: Every,
    held: Mapping[str, Iterable[datetime.date]],
    complete: Sequence[str] | None = None,
    to_date: bool = False,
) -> Totals:
    """Return each goal's total to date, from its start value on, on the days that `days_with_a_total` says.

    On a day that the readings file has already (`held`, by goal) there is a total too, so that the two can be compared.
    `complete` are all goals the export covers: those without a deal have totals of zero, unless rows were left out
    that name their owner. By default only goals with a deal have totals.
    """
    if covered is None:  # there is no row
        return Totals()
    fiscal = quarters(handbook.settings.period)
    counting = {full_id: _until_handed_over(handbook, full_id) for full_id in handbook.goals}
    within = {full_id: _within(counting[full_id], some) for full_id, some in sorted(credits.of_goal.items())}
    outside = {full_id: len(credits.of_goal[full_id]) - len(some) for full_id, some in within.items()}
    silent = [full_id for full_id in complete or () if not within.get(full_id)]
    without_zeros = {full_id: credits.left_out[full_id] for full_id in silent if full_id in credits.left_out}
    spoken_of = {full_id for full_id, some in within.items() if some}.union(silent) - without_zeros.keys()
    totals: list[Total] = []
    for full_id in sorted(spoken_of):
        goal, some = counting[full_id], within.get(full_id, [])
        decisive = days_that_need_a_reading(handbook, full_id)
        sold_on = [credit.on for credit in some]
        days = days_with_a_total(goal, covered, per, sold_on, decisive, complete is not None, to_date, fiscal)
        days.update(day for day in held.get(full_id, ()) if goal.start <= day <= min(goal.due, covered.last))
        totals += (Total(full_id, on, value) for on, value in _cumulated(start_value(goal), some, sorted(days)))
    rows_outside = {full_id: rows for full_id, rows in outside.items() if rows}
    counted = _counted(within, handbook, covered.last)
    handed_over = {i: counting[i].due for i in rows_outside if counting[i].due < handbook.goals[i].due}
    return Totals(tuple(totals), counted, rows_outside, without_zeros, handed_over)


def _until_handed_over(handbook: Handbook, full_id: str) -> Goal:
    """Return a goal as deals count for it: to its due date, or to the day before somebody else goes on with it."""
    goal, last = handbook.goals[full_id], handbook.last_day(full_id)
    return goal if last == goal.due else goal.model_copy(update={"due": last})


def _within(goal: Goal, credits: Iterable[Credit]) -> list[Credit]:
    """Return the credits within a goal's dates, oldest first."""
    return sorted((credit for credit in credits if goal.start <= credit.on <= goal.due), key=lambda credit: credit.on)


def _counted(within: Mapping[str, Iterable[Credit]], handbook: Handbook, last_day: datetime.date) -> Counted:
    amounts: dict[str, Decimal] = defaultdict(Decimal)
    rows: set[int] = set()
    later: set[int] = set()
    for full_id, credits in within.items():
        goal = handbook.goals[full_id]
        unit = currency_of(goal, handbook.settings.currency) or (goal.measure.unit if goal.measure else "")
        for credit in credits:
            if credit.on <= last_day:
                rows.add(credit.line)
                amounts[unit] += credit.value
            else:
                later.add(credit.line)
    return Counted(amounts, len(rows), len(later))


def _cumulated(
    total: Decimal, credits: Sequence[Credit], days: Iterable[datetime.date]
) -> Iterator[tuple[datetime.date, Decimal]]:
    """Yield the total on each of these days; it begins with what there was at the start."""
    rest = list(reversed(credits))
    for day in days:
        while rest and rest[-1].on <= day:
            total += rest.pop().value
        yield day, total
