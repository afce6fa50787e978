"""The two scales of a chart: values with round ticks, and days."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import count
from typing import NamedTuple

#: Ticks are multiples of these, times a power of ten.
_ROUND = (1, 2, 5)
_MOST_TICKS = 6
#: The axis is broken where all values lie further from zero than this part of the largest.
_FAR_FROM_ZERO = 0.5
#: Of fewer days than these the axis names the first and the last, not the months.
_FEW_DAYS = 62
_MOST_MONTHS = 7


class Scale(NamedTuple):
    """Gives values their positions, to a tenth: `first` that of `begin`, and further on by `size` for each `whole`."""

    first: float
    whole: float
    begin: float
    size: float

    def __call__(self, value: float) -> float:
        """Return the position of a value."""
        return self.each((value,))[0]

    def each(self, values: Iterable[float]) -> list[float]:
        """Return the positions of values: a call for each would take longer than the sum."""
        first, whole, begin, size = self
        return [round(begin + size * (value - first) / whole, 1) for value in values]


def scale(first: float, last: float, begin: float, end: float) -> Scale:
    """Return what gives values their positions: `first` that of `begin`, and `last` that of `end`."""
    return Scale(first, (last - first) or 1.0, begin, end - begin)


def round_ticks(values: Iterable[float]) -> tuple[Decimal, ...]:
    """Return three to six round values that enclose all values, and zero unless all are far from it."""
    low, high = _with_zero(min(found := list(values)), max(found))
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    for step in _steps(high - low):
        size = float(step)
        first, last = math.floor(low / size + 1e-9), math.ceil(high / size - 1e-9)
        if last - first < _MOST_TICKS:
            return tuple(step * n for n in range(first, max(last, first + 2) + 1))
    raise AssertionError  # the steps never end


def _with_zero(low: float, high: float) -> tuple[float, float]:
    if low > 0:
        return (low if low > high * _FAR_FROM_ZERO else 0.0), high
    return low, (high if high < low * _FAR_FROM_ZERO else max(high, 0.0))


def _steps(span: float) -> Iterator[Decimal]:
    """Round steps, from those that are certainly too small on."""
    smallest = math.floor(math.log10(span)) - 1
    yield from (Decimal(size).scaleb(exponent) for exponent in count(smallest) for size in _ROUND)


def day_ticks(
    start: datetime.date, end: datetime.date, month: Callable[[datetime.date], str], day: Callable[[datetime.date], str]
) -> Sequence[tuple[datetime.date, str]]:
    """Return the days to name on the axis: first days of months, seven at most, or the first and the last of a few."""
    if (end - start).days < _FEW_DAYS:
        return [(on, day(on)) for on in dict.fromkeys((start, end))]
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    step = math.ceil(months / _MOST_MONTHS)
    indexes = (start.year * 12 + start.month - 1 + n for n in range(0, months, step))
    firsts = (datetime.date(index // 12, index % 12 + 1, 1) for index in indexes)
    return [(first, month(first)) for first in firsts if first >= start]
