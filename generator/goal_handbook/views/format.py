"""Numbers, money and dates as the handbook's locale writes them."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, list_currencies

from ..model.handbook import Settings


class Formatter:
    """Spells values for one handbook."""

    def __init__(self, settings: Settings) -> None:
        self.locale, self.currency = settings.locale, settings.currency

    def amount(self, value: Decimal | Fraction, unit: str) -> str:
        """Return a value with its unit: `$260,000`, `45%`, `12 deals`."""
        return _amount(_decimal(value), unit, self.locale, self.currency)

    def number(self, value: Decimal | Fraction) -> str:
        """Return a number without a unit."""
        return _amount(_decimal(value), "", self.locale, None)

    def percent(self, ratio: Fraction) -> str:
        """Return a ratio as whole percents, cut towards zero, so that 99.9 % is never shown as done."""
        return _percent(int(ratio * 100), self.locale)

    def factor(self, ratio: Fraction) -> str:
        """Return a factor with two digits, rounded up, so that more than 1 is never shown as 1: `1.21`."""
        return str(format_decimal(Decimal(-(-ratio * 100 // 1)) / 100, locale=self.locale))

    def day(self, day: datetime.date) -> str:
        """Return a day: `Sep 30, 2017`."""
        return _day(day, "medium", self.locale)

    def short_day(self, day: datetime.date) -> str:
        """Return a day without its year: `Sep 30`."""
        return _skeleton(day, "d MMM" if not self.locale.startswith("en_US") else "MMM d", self.locale)

    def short_month(self, day: datetime.date) -> str:
        """Return a month for the head of a table: `Sep`."""
        return _skeleton(day, "LLL", self.locale)

    def quarter(self, day: datetime.date) -> str:
        """Return a quarter for the head of a table: `Q3`."""
        return _skeleton(day, "QQQ", self.locale)

    def month(self, day: datetime.date) -> str:
        """Return a month: `September 2017`."""
        return _skeleton(day, "LLLL y", self.locale)


@lru_cache(maxsize=65_536)
def _amount(value: Decimal, unit: str, locale: str, currency: str | None) -> str:
    whole = value == value.to_integral_value()
    code = currency if unit == "money" else unit
    if code in list_currencies():
        return str(
            format_currency(
                value,
                code,
                locale=locale,
                format=None if not whole else _whole_pattern(code, locale),
                currency_digits=not whole,
            )
        )
    if unit == "percent":
        return str(format_percent(value / 100, locale=locale, decimal_quantization=False))
    number = str(format_decimal(value, locale=locale))
    return f"{number} {unit}" if unit and unit != "money" else number


@lru_cache(maxsize=64)
def _whole_pattern(currency: str, locale: str) -> str:
    """The locale's currency pattern without cents."""
    from babel import Locale

    pattern = Locale.parse(locale).currency_formats["standard"].pattern
    return str(pattern).replace("0.00", "0")


@lru_cache(maxsize=4_096)
def _percent(percent: int, locale: str) -> str:
    return str(format_percent(Decimal(percent) / 100, locale=locale))


@lru_cache(maxsize=16_384)
def _day(day: datetime.date, form: str, locale: str) -> str:
    return str(format_date(day, form, locale=locale))


@lru_cache(maxsize=16_384)
def _skeleton(day: datetime.date, pattern: str, locale: str) -> str:
    return str(format_date(day, pattern, locale=locale))


def _decimal(value: Decimal | Fraction) -> Decimal:
    """Return an exact decimal; of a fraction without one, whole numbers from 100 on and one digit below."""
    if isinstance(value, Decimal):
        return value
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    if value.denominator == 1:
        return exact
    return exact.quantize(Decimal(1) if abs(exact) >= 100 else Decimal("0.1"), ROUND_HALF_UP)
