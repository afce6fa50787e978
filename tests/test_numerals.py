"""Numbers are written as babel writes them, in every locale it knows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.numerals import numerals, parsed

LAW = settings(max_examples=300, deadline=None, derandomize=True)

locales = st.sampled_from(sorted(locale_identifiers()))
values = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=4) | st.integers().map(
    lambda whole: Decimal(whole % 10**15)
)


@LAW
@given(locale=locales, value=values)
def test_numbers_and_percentages_are_written_as_babel_writes_them(locale: str, value: Decimal) -> None:
    plain = format_decimal(value, locale=locale, decimal_quantization=False)
    assert numerals(locale).spell(value) == plain
    percent = format_percent(value / 100, locale=locale, decimal_quantization=False)
    assert numerals(locale, percent=True).spell(value) == percent


@LAW
@given(locale=locales, value=values, currency=st.sampled_from(["USD", "EUR", "JPY", "KWD", "INR", "CHF"]))
def test_money_is_written_as_babel_writes_it_without_cents_where_it_has_none(
    locale: str, value: Decimal, currency: str
) -> None:
    is_whole = value == value.to_integral_value()
    pattern = str(parsed(locale).currency_formats["standard"].pattern)
    money = format_currency(
        value,
        currency,
        pattern.replace("0.00", "0") if is_whole else pattern,
        locale,
        currency_digits=not is_whole,
        decimal_quantization=False,
    )
    assert numerals(locale, currency=currency).spell(value) == money


@pytest.mark.parametrize(
    ("locale", "value", "text"),
    [
        ("en_US", "-1234567.5", "-1,234,567.5"),
        ("en_IN", "1234567", "12,34,567"),
        ("sv_SE", "-1234.25", "-1\xa0234,25"),
        ("de_DE", "0.001", "0,001"),
        ("de_DE", "1E+3", "1.000"),
        ("en_US", "-0", "-0"),
    ],
)
def test_a_number_has_its_digits_in_the_locales_groups(locale: str, value: str, text: str) -> None:
    assert numerals(locale).spell(Decimal(value)) == text
