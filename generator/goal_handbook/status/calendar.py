"""Weeks, months and quarters as spans of days."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, takewhile

from ..model.measure import Per
from ..model.settings import Period

_DAY = datetime.timedelta(days=1)
#: The days of February.
_SHORTEST = 28
_MONTHS = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A week (Monday to Sunday), a month or a quarter, with its first and its last day."""

    start: datetime.date
    end: datetime.date

    def __contains__(self, day: datetime.date) -> bool:
        """Return whether a day lies in it, the first and the last included."""
        return self.start <= day <= self.end


def quarters(period: Period) -> tuple[Span, ...]:
    """Return the quarters of a period: those it names, or every three months from its start (format.md#handbookyaml).

    A rest of less than a month at the end belongs to the last quarter.
    """
    ends = period.quarters or tuple(_every_three_months(period))
    return tuple(map(Span, (period.start, *(end + _DAY for end in ends)), ends))


def _every_three_months(period: Period) -> Iterator[datetime.date]:
    """Yield the last day of each quarter of a period that names none."""
    after = period.end + _DAY
    firsts = (add_months(period.start, _MONTHS["quarter"] * n) for n in count(1))
    for first in takewhile(lambda day: add_months(day, 1) <= after, firsts):
        yield first - _DAY
    yield period.end


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
    in_every_month = day.day <= _SHORTEST
    return datetime.date(year, month + 1, day.day if in_every_month else min(day.day, monthrange(year, month + 1)[1]))
