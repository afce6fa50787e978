"""Numbers, money, percentages and dates as the handbook's locale writes them, and how they are rounded.

What is shown never reads as reached before it is (status.md#rounding).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

from babel.numbers import format_compact_currency, format_compact_decimal, get_currency_precision

from .model.settings import Settings
from .model.values import CURRENCIES, is_money
from .numerals import Numerals, numerals, parsed
from .words import ENGLISH, Words

#: Values for a drawing have fewer digits than these.
_MOST_DIGITS = 6
_ZERO = Decimal(0)
#: Multiplies without rounding.
_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
#: How many decimals readings and sums have that are not money.
_PLACES = 3


class Formatter:
    """Spells values for one handbook, with words in one language."""

    def __init__(self, settings: Settings, words: Words = ENGLISH) -> None:
        self.locale, self.currency, self.words = settings.locale, settings.currency or "", words
        self._percents = numerals(self.locale, percent=True)

    def amount(self, value: Decimal | Fraction, unit: str) -> str:
        """Return a value with its unit: `$260,000`, `45%`, `12 deals`.

        A decimal is what somebody wrote and keeps its digits; a fraction is an average and gets about three.
        """
        return _unit(unit, self.locale, self.currency).spell(
            value if isinstance(value, Decimal) else _average(value, unit)
        )

    def money(self, value: Decimal) -> str:
        """Return an amount of money in the handbook's currency: `$1,950`."""
        return self.amount(value, "money")

    def reading(self, value: Decimal | Fraction, unit: str, compared_with: Iterable[Decimal]) -> str:
        """Return a reading or a sum with its unit, rounded half up to what is usual for it.

        It gets more digits where rounding would move it onto one of the numbers it is compared with, or across it.
        """
        found = _unit(unit, self.locale, self.currency)
        return found.spell(rounded(value, found.places, compared_with))

    def gap(self, gap: Decimal | Fraction, unit: str) -> str:
        """Return how far two values are apart: `$2,000`, `3 deals`; from 20% to 50% it is `30 points`."""
        found = _unit(unit, self.locale, self.currency)
        shown = rounded(gap, found.places, (_ZERO,)) if isinstance(gap, Decimal) else _average(gap, unit)
        if unit == "percent":
            return self.words.plural("{n} point", "{n} points", shown, n=self.amount(shown, ""))
        return found.spell(shown)

    def compact(
        self, value: Decimal | Fraction, unit: str, compared_with: Iterable[Decimal] = (), *, digits: int = 3
    ) -> str:
        """Return a value in about three digits, for a drawing: `$141K`, `1,25 Mio. €`, `45%`; a noun is left out.

        Where that would read as one of the numbers it is compared with, it has more digits.
        """
        found, bounds = _unit(unit, self.locale, self.currency), [bound for bound in compared_with if bound != value]
        for more in range(digits, _MOST_DIGITS):
            text = found.short(value, more)
            if text not in [found.short(bound, more) for bound in bounds]:
                return text
        return found.numerals.spell(rounded(value, found.places, bounds))

    def noun_left_out(self, unit: str) -> str:
        """Return what `compact` leaves out of a unit: `deals`, but nothing of money and percent."""
        return _unit(unit, self.locale, self.currency).noun

    def unit(self, unit: str) -> str:
        """Return what a number is counted in, for the label of a field: `USD`, `%`, `deals`; "" for a bare number."""
        return _unit(unit, self.locale, self.currency).currency or {"percent": "%", "money": ""}.get(unit, unit)

    @property
    def decimal_mark(self) -> str:
        """What people put between the whole part of a number and its decimals."""
        return numerals(self.locale).mark

    def difference(self, gap: Decimal | Fraction, unit: str, *, compact: bool = False) -> str:
        """Return how far a value is above another (+) or below it (−): `−$34,000`, `+3 deals`, `−$34K`; or `±0`."""
        distance, _ = gap.as_integer_ratio()
        if not distance:
            return "±0"
        is_above = distance > 0
        size = gap if is_above else -gap
        text = self.compact(size, unit, digits=2) if compact and unit != "percent" else self.gap(size, unit)
        return f"{'+' if is_above else '−'}{text}"

    def hours(self, value: Decimal) -> str:
        """Return a number of hours: `1 hour`, `12.5 hours`."""
        return self.words.plural("{n} hour", "{n} hours", value, n=self.amount(value, ""))

    def percent(self, ratio: Fraction) -> str:
        """Return a ratio in whole percents, rounded half up: 0.845 is `85%`. It is `100%` only from 1 on.

        Just below it gets one decimal, and is cut: 0.9996 is `99.9%`.
        """
        part, all_of_it = ratio.as_integer_ratio()
        whole = (200 * part + all_of_it) // (2 * all_of_it)
        just_below = whole == 100 and part < all_of_it
        shown = Decimal(1000 * part // all_of_it) / 10 if just_below else Decimal(whole)
        return self._percents.spell(shown)

    def factor(self, ratio: Fraction) -> str:
        """Return a factor with two decimals, rounded up, so that more than 1 is never shown as 1: `1.21`."""
        return self.amount(Decimal(math.ceil(ratio * 100)) / 100, "")

    def day(self, day: datetime.date) -> str:
        """Return a day: `Sep 30, 2017`, `30. Sept. 2017`; its month in words wherever `short_day` has words."""
        return _skeleton(day, "yMMMd", self.locale)

    def short_day(self, day: datetime.date) -> str:
        """Return a day without its year: `Sep 30`."""
        return _skeleton(day, "MMMd", self.locale)

    def short_month(self, day: datetime.date) -> str:
        """Return a month for the head of a table: `Sep`."""
        return _day(day, "LLL", self.locale)

    def quarter(self, day: datetime.date) -> str:
        """Return a quarter for the head of a table: `Q3`."""
        return _day(day, "QQQ", self.locale)

    def month(self, day: datetime.date) -> str:
        """Return a month: `September 2017`."""
        return _skeleton(day, "yMMMM", self.locale)

    def months(self, days: Iterable[datetime.date]) -> list[str]:
        """Return months side by side: `Sep` if all are of one year, else `September 2017`."""
        days = list(days)
        spell = self.short_month if len({day.year for day in days}) == 1 else self.month
        return [spell(day) for day in days]


@dataclass(frozen=True, slots=True, eq=False)
class _Unit:
    """What numbers are counted in: how they are written, what comes after them, and how many decimals are usual.

    There is one for each unit, so that each is only equal to itself.
    """

    locale: str
    currency: str
    numerals: Numerals
    noun: str
    places: int
    is_percent: bool = False

    def spell(self, value: Decimal) -> str:
        number = self.numerals.spell(value)
        return f"{number} {self.noun}" if self.noun else number

    def short(self, value: Decimal | Fraction, digits: int) -> str:
        """The locale's short form where it saves digits: in German, thousands have none."""
        return _short_decimal(value, digits, self) if isinstance(value, Decimal) else _short(value, digits, self)


@lru_cache(maxsize=1_024)
def _unit(unit: str, locale: str, currency: str) -> _Unit:
    """A unit of a handbook with this locale and currency: `money` is in the currency, if there is one."""
    if code := currency if unit == "money" else unit if unit in CURRENCIES else "":
        return _Unit(locale, code, numerals(locale, currency=code), "", get_currency_precision(code))
    if unit == "percent":
        return _Unit(locale, "", numerals(locale, percent=True), "", _PLACES, is_percent=True)
    return _Unit(locale, "", numerals(locale), "" if unit == "money" else unit, _PLACES)


def rounded(value: Decimal | Fraction, places: int, limits: Iterable[Decimal]) -> Decimal:
    """Return a value rounded half up to so many decimals, or to as many as keep it on its side of every limit."""
    if isinstance(value, Decimal):
        shown = _nearest(value, -places)
        if shown == value:
            return shown
        sides = [(limit, _side(value, limit)) for limit in limits]
    else:
        above, below = value.as_integer_ratio()
        shown = _nearest_ratio(above, below, -places)
        sides = [(limit, _side(above, _EXACT.multiply(limit, below))) for limit in limits]
    while not _keeps(shown, sides):
        places += 1
        shown = _nearest(value, -places)
    return shown


def _keeps(value: Decimal, sides: Iterable[tuple[Decimal, int]]) -> bool:
    """Whether a value is on these sides of these limits."""
    for limit, side in sides:  # noqa: SIM110 - a generator costs more than what it looks at
        if _side(value, limit) != side:
            return False
    return True


def _side(value: Decimal | int, limit: Decimal) -> int:
    """On which side of a limit a value is: -1, 0 or 1."""
    return (value > limit) - (value < limit)


def _nearest(value: Decimal | Fraction, exponent: int) -> Decimal:
    """A value rounded half up to a multiple of this power of ten."""
    if not isinstance(value, Decimal):  # asked of Fraction, an abstract class, it would take five times as long
        return _nearest_ratio(*value.as_integer_ratio(), exponent)
    up = ROUND_HALF_UP if value > 0 else ROUND_HALF_DOWN  # both names mean away from zero
    return value.quantize(_power_of_ten(exponent), up, _EXACT) or _ZERO  # never -0


def _nearest_ratio(above: int, below: int, exponent: int) -> Decimal:
    """The same of a ratio."""
    if exponent < 0:
        above *= 10**-exponent
    else:
        below *= 10**exponent
    return _EXACT.scaleb((2 * above + below) // (2 * below), exponent)


@lru_cache(maxsize=64)
def _power_of_ten(exponent: int) -> Decimal:
    return Decimal(f"1e{exponent}")


def _average(value: Fraction, unit: str) -> Decimal:
    """A computed value in about three digits: whole from 100 on, cents of money, and two digits of what is below 1."""
    above, below = value.as_integer_ratio()
    size = abs(above)
    if size >= 100 * below:
        return _nearest_ratio(above, below, 0)
    if is_money(unit):
        return _nearest_ratio(above, below, -2)
    if size >= below or not size:
        return _nearest_ratio(above, below, -1)
    return _nearest_ratio(above, below, _leading_digit(above, below) - 1)


def _significant(value: Decimal | Fraction, digits: int) -> Decimal:
    """A value rounded half up to so many significant digits; zero is zero."""
    if not value:
        return _ZERO
    first = value.adjusted() if isinstance(value, Decimal) else _leading_digit(*value.as_integer_ratio())
    return _nearest(value, first - digits + 1)


def _leading_digit(above: int, below: int) -> int:
    """Which power of ten the first digit of a ratio counts."""
    return (Decimal(above) / below).adjusted()


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _short(value: Decimal | Fraction, digits: int, unit: _Unit) -> str:
    shown = _significant(value, digits)
    return unit.spell(shown) if unit.is_percent else _shorter(shown, unit.locale, unit.currency)


#: The same, kept: targets and landmarks of many goals are the same round numbers.
_short_decimal = lru_cache(maxsize=4_096)(_short)


@lru_cache(maxsize=4_096)
def _shorter(value: Decimal, locale: str, currency: str) -> str:
    """A value in whichever has fewer digits, the locale's short form or the usual one."""
    full, short = numerals(locale, currency=currency).spell(value), _compact(value, locale, currency)
    return short if _digits(short) < _digits(full) else full


def _compact(value: Decimal, locale: str, currency: str) -> str:
    if currency:
        return str(format_compact_currency(value, currency, locale=parsed(locale), fraction_digits=2))
    return str(format_compact_decimal(value, locale=parsed(locale), fraction_digits=2))


@lru_cache(maxsize=4_096)
def _day(day: datetime.date, form: str, locale: str) -> str:
    """A day by a pattern. Imported here: most commands show no such days."""
    from babel.dates import format_date

    return str(format_date(day, form, locale=parsed(locale)))


@lru_cache(maxsize=4_096)
def _skeleton(day: datetime.date, skeleton: str, locale: str) -> str:
    """A day in the locale's own order of these parts. Imported here, as above."""
    from babel.dates import format_skeleton

    return str(format_skeleton(skeleton, day, locale=parsed(locale)))
