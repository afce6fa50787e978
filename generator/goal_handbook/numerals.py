"""How a locale writes numbers. Babel says it once for each kind of number, and from then on digits are put in place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import (
    NumberPattern,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
    get_decimal_symbol,
    get_group_symbol,
)

#: Babel takes two apostrophes for quotes, also those between the groups of a Swiss number.
_QUOTED = re.compile("'([^']+)'")
#: Babel would read the name of the locale again for every value.
parsed = lru_cache(maxsize=64)(Locale.parse)


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """How one kind of number is written: what is around its digits (first of a positive one, then of one below zero),
    how many digits are in the last group and in those before it, and how many decimals there are, if any, at least.

    There is one for each kind, so that each is only equal to itself.
    """

    before: tuple[str, str]
    after: tuple[str, str]
    separator: str
    groups: tuple[int, int]
    mark: str
    decimals: int

    def spell(self, value: Decimal) -> str:
        """Return a number with every digit that it has."""
        text = str(value)
        return _spelled(f"{value:f}" if "E" in text else text, self)


@lru_cache(maxsize=8_192)  # most numbers of a handbook are on its pages several times
def _spelled(digits: str, how: Numerals) -> str:
    below_zero = digits.startswith("-")
    whole, _, part = digits.lstrip("-").partition(".")
    if part := part.rstrip("0"):
        part = how.mark + part.ljust(how.decimals, "0")
    size, next_size = how.groups
    while len(whole) > size:
        part = f"{how.separator}{whole[-size:]}{part}"
        whole, size = whole[:-size], next_size
    text = f"{how.before[below_zero]}{whole}{part}{how.after[below_zero]}"
    return _QUOTED.sub(r"\1", text) if how.separator == "'" else text


@lru_cache(maxsize=256)
def numerals(locale: str, *, currency: str = "", percent: bool = False) -> Numerals:
    """Return how a locale writes amounts of a currency, percentages, or plain numbers."""
    found = parsed(locale)
    if currency:
        usual = found.currency_formats["standard"]
        whole = str(usual.pattern).replace("0.00", "0")  # the same without cents
        least = get_currency_precision(currency)
        return _numerals(
            usual, found, lambda n: str(format_currency(n, currency, whole, found, currency_digits=False)), least
        )
    if percent:
        return _numerals(found.percent_formats[None], found, lambda n: str(format_percent(n / 100, locale=found)))
    return _numerals(found.decimal_formats[None], found, lambda n: str(format_decimal(n, locale=found)))


def _numerals(pattern: NumberPattern, locale: Locale, spell: Callable[[Decimal], str], decimals: int = 0) -> Numerals:
    (before, after), (before_minus, after_minus) = (spell(Decimal(one)).split("1") for one in (1, -1))
    separator, mark = get_group_symbol(locale), get_decimal_symbol(locale)
    return Numerals((before, before_minus), (after, after_minus), separator, pattern.grouping, mark, decimals)
