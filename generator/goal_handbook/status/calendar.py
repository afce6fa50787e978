"""Weeks, months and quarters as spans of days."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.handbook import Period
from ..model.measure import Per

_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A week (Monday to Sunday), a month or a quarter, with its first and its last day."""

    start: datetime.date
    end: datetime.date


def quarters(period: Period) -> tuple[Span, ...]:
    """Return the quarters of a period: those it names, else every three months from its first day."""
    ends = list(period.quarters)
    while not period.quarters and (not ends or ends[-1] < period.end):
        ends.append(min(add_months(period.start, 3 * (len(ends) + 1)) - datetime.timedelta(days=1), period.end))
    starts = [period.start, *(end + datetime.timedelta(days=1) for end in ends[:-1])]
    return tuple(map(Span, starts, ends))


def span_of(day: datetime.date, per: Per, fiscal: Sequence[Span] = ()) -> Span:
    """Return the week, month or quarter that contains a day; a quarter of the calendar outside the `fiscal` ones."""
    if per == "week":
        start = day - datetime.timedelta(days=day.weekday())
        return Span(start, start + datetime.timedelta(days=6))
    if per == "quarter" and (found := next((span for span in fiscal if span.start <= day <= span.end), None)):
        return found
    size = _MONTHS[per]
    first = day.replace(day=1, month=(day.month - 1) // size * size + 1)
    return Span(first, add_months(first, size) - datetime.timedelta(days=1))


def whole_spans(start: datetime.date, end: datetime.date, per: Per, fiscal: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield the weeks, months or quarters that lie entirely between two days, in order."""
    span = span_of(start, per, fiscal)
    while span.end <= end:
        if span.start >= start:
            yield span
        span = span_of(span.end + datetime.timedelta(days=1), per, fiscal)


def one_period_later(day: datetime.date, per: Per) -> datetime.date:
    """Return the same day one week, month or quarter later, or the last day of a shorter month."""
    return day + datetime.timedelta(days=7) if per == "week" else add_months(day, _MONTHS[per])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
