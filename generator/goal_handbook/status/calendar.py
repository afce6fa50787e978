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
    """A week (Monday to Sunday), a month or a quarter; both days belong to it."""

    start: datetime.date
    end: datetime.date


def span_of(day: datetime.date, per: Per) -> Span:
    """The week, month or quarter a day lies in."""
    if per == "week":
        start = day - datetime.timedelta(days=day.weekday())
        return Span(start, start + datetime.timedelta(days=6))
    size = _MONTHS[per]
    first = day.replace(day=1, month=(day.month - 1) // size * size + 1)
    return Span(first, add_months(first, size) - datetime.timedelta(days=1))


def whole_spans(start: datetime.date, end: datetime.date, per: Per) -> Iterator[Span]:
    """The weeks, months or quarters that lie wholly between two days, in order."""
    span = span_of(start, per)
    while span.end <= end:
        if span.start >= start:
            yield span
        span = span_of(span.end + datetime.timedelta(days=1), per)


def after(day: datetime.date, per: Per) -> datetime.date:
    """The same day one week, month or quarter on; the month's last day where that month is shorter."""
    return day + datetime.timedelta(days=7) if per == "week" else add_months(day, _MONTHS[per])


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
