"""Weeks, months and quarters as spans of days."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.measure import Per

_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A week (Monday to Sunday), a month or a quarter, with its first and its last day."""

    start: datetime.date
    end: datetime.date


def span_of(day: datetime.date, per: Per) -> Span:
    """Return the week, month or quarter that contains a day."""
    if per == "week":
        start = day - datetime.timedelta(days=day.weekday())
        return Span(start, start + datetime.timedelta(days=6))
    size = _MONTHS[per]
    first = day.replace(day=1, month=(day.month - 1) // size * size + 1)
    return Span(first, add_months(first, size) - datetime.timedelta(days=1))


def whole_spans(start: datetime.date, end: datetime.date, per: Per) -> Iterator[Span]:
    """Yield the weeks, months or quarters that lie entirely between two days, in order."""
    span = span_of(start, per)
    while span.end <= end:
        if span.start >= start:
            yield span
        span = span_of(span.end + datetime.timedelta(days=1), per)


def one_period_later(day: datetime.date, per: Per) -> datetime.date:
    """Return the same day one week, month or quarter later, or the last day of a shorter month."""
    return day + datetime.timedelta(days=7) if per == "week" else add_months(day, _MONTHS[per])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
