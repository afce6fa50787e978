"""Values for landmarks: a target spread over time, or values moved in proportion, rounded the way people write them."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, count, takewhile

from ..frozen import frozen
from ..model.settings import Period
from .calendar import add_months, quarters

_DAY = datetime.timedelta(days=1)
#: A target is rounded to at most a hundredth of it, or of its smallest part; values that move to at most a twentieth.
_FINE, _COARSE = 100, 20
#: What a month weighs that counts in full.
_FULL = Fraction(100)


@frozen
class Part:
    """A part of a goal's time: its last day, and its weight beside the other parts."""

    end: datetime.date
    weight: Fraction


def quarter_parts(period: Period, start: datetime.date) -> dict[int, Part]:
    """Return the quarters of a goal by their number: each weighs as much of it as lies on or after the goal's start."""
    found = {}
    for number, quarter in enumerate(quarters(period), start=1):
        if quarter.end >= start:
            first = max(quarter.start, start)
            found[number] = Part(quarter.end, _share(first, quarter.end, quarter.start, quarter.end + _DAY))
    return found


def ramp_parts(start: datetime.date, due: datetime.date, ramp: Sequence[Fraction]) -> list[Part]:
    """Return the months of a goal, counted from its start, weighted by a ramp in percent: later months are full ones.

    The last month ends with the goal, and weighs by its days. A ramp that is longer than the goal ends with it.
    """
    found = []
    firsts = takewhile(lambda day: day <= due, (add_months(start, n) for n in count()))
    for n, first in enumerate(firsts):
        after = add_months(start, n + 1)
        end = min(after - _DAY, due)
        found.append(Part(end, (ramp[n] if n < len(ramp) else _FULL) * _share(first, end, first, after)))
    return found


def _share(first: datetime.date, last: datetime.date, begin: datetime.date, after: datetime.date) -> Fraction:
    return Fraction((last - first).days + 1, (after - begin).days)


def spread(start: Decimal, target: Decimal, weights: Sequence[Fraction]) -> list[Decimal]:
    """Return the total to reach after each part of the way from `start` to `target`; after the last it is the target.

    Not all weights may be zero.
    """
    way, whole = Fraction(target) - Fraction(start), sum(weights)
    smallest = min(abs(way * weight / whole) for weight in weights if weight)
    exponent = max(_largest_exponent(smallest / _FINE), min(0, _exponent((start, target))))
    exact = [Fraction(start) + way * done / whole for done in accumulate(weights)]
    rounded = (_rounded(value, exponent) for value in exact[:-1])
    return [*_in_order(rounded, start, target, up=target >= start), target]


def moved(
    values: Sequence[Decimal],
    factors: Sequence[Fraction],
    start: Decimal,
    least: Decimal,
    target: Decimal,
    written: Sequence[Decimal] = (),
) -> list[Decimal]:
    """Return the values, in the order they are due, each moved by its factor: so much further from `start`, or nearer.

    They are rounded as they and the other numbers of the goal were `written`: to thousands if all were. None is less
    than `least`, what the landmark before them asks for, or than the one before it, and none is beyond the target.
    """
    exact = [
        Fraction(start) + (Fraction(v) - Fraction(start)) * factor for v, factor in zip(values, factors, strict=True)
    ]
    usual = _exponent((*values, *written, target))
    smallest = min((abs(value) for value in exact if value), default=Fraction(1))
    exponent = max(min(usual, _largest_exponent(smallest / _COARSE)), min(0, usual))
    return _in_order((_rounded(value, exponent) for value in exact), least, target, up=target >= start)


def rounded_as(value: Fraction, written: Decimal) -> Decimal:
    """Return a new value for one that was `written`, rounded like it, or finer where that would change it visibly."""
    if not value:
        return Decimal(0)
    exponent = _exponent((written,))
    return _rounded(value, max(min(exponent, _largest_exponent(abs(value) / _FINE)), min(0, exponent)))


def _in_order(values: Iterable[Decimal], least: Decimal, most: Decimal, *, up: bool) -> list[Decimal]:
    """Return the values, each as far as the one before it or `least`, and none further than `most`, up or down."""
    further, nearer = (max, min) if up else (min, max)
    found: list[Decimal] = []
    for value in values:
        least = nearer(further(value, least), most)
        found.append(least)
    return found


def _exponent(values: Iterable[Decimal]) -> int:
    """Return the power of ten to which all values are rounded: 3 for 90_000 and 175_000, -1 for 2.5."""
    exponents = [int(value.normalize().as_tuple().exponent) for value in values if value]
    return min(exponents, default=0)


def _largest_exponent(limit: Fraction) -> int:
    """Return the exponent of the largest power of ten that is not above a limit, which is more than 0."""
    return (Decimal(limit.numerator) / Decimal(limit.denominator)).adjusted()


def _rounded(value: Fraction, exponent: int) -> Decimal:
    """Return the value rounded half up to a power of ten."""
    unit = Fraction(10) ** exponent
    return Decimal(math.floor(value / unit + Fraction(1, 2))).scaleb(exponent) + 0
