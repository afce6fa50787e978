"""Values in type, as the handbook's locale writes them."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.figures import Formatter, rounded
from goal_handbook.model.settings import Settings

LAW = settings(max_examples=300, deadline=None, derandomize=True)


def formatter(locale: str, currency: str | None = "USD") -> Formatter:
    period = {"name": "2017", "start": "2017-01-01", "end": "2017-12-31"}
    data = {"format": "1", "name": "House", "period": period, "locale": locale}
    return Formatter(Settings.model_validate(data | ({"currency": currency} if currency else {})))


@pytest.mark.parametrize(
    ("locale", "currency", "value", "unit", "text"),
    [
        ("en_US", "USD", "260000", "money", "$260,000"),
        ("en_US", "USD", "-1054.5", "money", "-$1,054.50"),
        ("de_DE", "EUR", "260000", "money", "260.000\xa0€"),
        ("sv_SE", "SEK", "260000", "money", "260\xa0000\xa0kr"),
        ("en_US", None, "260000", "money", "260,000"),
        ("en_US", "USD", "45.5", "percent", "45.5%"),
        ("de_DE", "EUR", "45.5", "percent", "45,5\xa0%"),
        ("en_US", "USD", "12", "deals", "12 deals"),
        ("en_US", "JPY", "1200", "money", "¥1,200"),
    ],
)
def test_an_amount_reads_as_the_locale_writes_it(
    locale: str, currency: str | None, value: str, unit: str, text: str
) -> None:
    assert formatter(locale, currency).amount(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("99999.999", "money", "$99,999.999"),
        ("0.0005", "defects", "0.0005 defects"),
        ("61.9047", "percent", "61.9047%"),
    ],
)
def test_an_amount_has_every_digit_that_was_written(value: str, unit: str, text: str) -> None:
    assert formatter("en_US").amount(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("gap", "unit", "text"),
    [
        (Decimal("2000"), "money", "$2,000"),
        (Decimal("0.001"), "money", "$0.001"),
        (Decimal("3"), "deals", "3 deals"),
        (Decimal("30"), "percent", "30 points"),
        (Decimal("1"), "percent", "1 point"),
        (Decimal("0.00004"), "percent", "0.00004 points"),
        (Fraction(1, 3), "percent", "0.33 points"),
        (Fraction(-7, 1), "percent", "-7 points"),
    ],
)
def test_what_lies_between_two_percentages_is_points(gap: Decimal | Fraction, unit: str, text: str) -> None:
    assert formatter("en_US").gap(gap, unit) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        ("0.004", "0%"),
        ("0.005", "1%"),
        ("-0.004", "0%"),
        ("0.8449", "84%"),
        ("0.845", "85%"),
        ("0.9949", "99%"),
        ("0.995", "99.5%"),
        ("0.996", "99.6%"),
        ("0.9996", "99.9%"),
        ("0.99999999", "99.9%"),
        ("1", "100%"),
        ("1.004", "100%"),
        ("1.239", "124%"),
    ],
)
def test_a_percentage_is_rounded_but_reads_100_only_where_it_is_all(ratio: str, text: str) -> None:
    assert formatter("en_US").percent(Fraction(ratio)) == text


@pytest.mark.parametrize(
    ("value", "unit", "target", "text"),
    [
        ("12098.7566", "money", "100000", "$12,098.76"),
        ("99999.995", "money", "100000", "$99,999.995"),
        ("99999.994", "money", "100000", "$99,999.99"),
        ("100000.004", "money", "100000.004", "$100,000.004"),
        ("100000", "money", "100000", "$100,000"),
        ("99.99996", "deals", "100", "99.99996 deals"),
        ("30.0004", "days", "30", "30.0004 days"),
        ("44.99999", "percent", "45", "44.99999%"),
    ],
)
def test_a_reading_is_rounded_but_reads_as_its_target_only_where_it_is(
    value: str, unit: str, target: str, text: str
) -> None:
    assert formatter("en_US").reading(Decimal(value), unit, [Decimal(target)]) == text


numbers = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=6)
#: So near the target that rounding would reach it.
slivers = st.decimals("-0.01", "0.01", allow_nan=False, allow_infinity=False, places=6)


@LAW
@given(target=st.decimals(1, 10**9, places=3), reading=numbers, sliver=st.none() | slivers, unit=st.sampled_from(["money", "percent", "deals"]))  # fmt: skip
def test_what_is_shown_reads_as_reached_only_where_the_target_is(
    target: Decimal, reading: Decimal, sliver: Decimal | None, unit: str
) -> None:
    """Neither its percentage nor its amount, whatever the reading and the target."""
    reading = reading if sliver is None else target + sliver
    fmt = formatter("en_US")
    assert (figure(fmt.percent(Fraction(reading) / Fraction(target))) >= 100) == (reading >= target)
    shown = figure(fmt.reading(reading, unit, [target]))
    assert (shown >= figure(fmt.amount(target, unit))) == (reading >= target)
    assert (shown == figure(fmt.amount(target, unit))) == (reading == target)


@LAW
@given(st.fractions(0, 2), st.lists(st.decimals(0, 2, places=6), max_size=3), st.integers(0, 6))
def test_rounding_moves_nothing_onto_a_limit_or_across_it(value: Fraction, limits: list[Decimal], places: int) -> None:
    shown = Fraction(rounded(value, places, limits))
    for limit in map(Fraction, limits):
        assert (shown < limit, shown == limit) == (value < limit, value == limit)
    assert abs(shown - value) <= Fraction(1, 2 * 10**places)


def figure(text: str) -> Decimal:
    """The number in `$99,999.99` or `99.9%`."""
    return Decimal(re.sub("[^0-9.-]", "", text))


@pytest.mark.parametrize(
    ("locale", "text"), [("en_US", "Sep 30, 2017"), ("de_DE", "30. Sept. 2017"), ("sv_SE", "30 sep. 2017")]
)
def test_a_day_reads_as_the_locale_writes_it(locale: str, text: str) -> None:
    assert formatter(locale).day(datetime.date(2017, 9, 30)) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Fraction(1000, 3), "deals", "333 deals"),
        (Fraction(10, 3), "deals", "3.3 deals"),
        (Fraction(4, 46), "deals", "0.087 deals"),
        (Fraction(203_500, 3), "money", "$67,833"),
        (Fraction(203, 3), "money", "$67.67"),
    ],
)
def test_an_average_is_as_long_as_people_say_it(value: Fraction, unit: str, text: str) -> None:
    assert formatter("en_US").amount(value, unit) == text


@pytest.mark.parametrize(
    ("locale", "currency", "value", "unit", "text"),
    [
        ("en_US", "USD", "140958", "money", "$141K"),
        ("en_US", "USD", "1234567", "money", "$1.23M"),
        ("en_US", "USD", "-4000", "money", "-$4K"),
        ("en_US", "USD", "1500", "money", "$1.5K"),
        ("en_US", "USD", "999", "money", "$999"),
        ("en_US", "USD", "4020000", "CAD", "CA$4.02M"),
        ("en_US", None, "140958", "money", "141K"),
        ("de_DE", "EUR", "140958", "money", "141.000\xa0€"),
        ("de_DE", "EUR", "1234567", "money", "1,23\xa0Mio.\xa0€"),
        ("sv_SE", "SEK", "140958", "money", "141\xa0tn\xa0kr"),
        ("en_US", "USD", "45.25", "percent", "45.3%"),
        ("en_US", "USD", "12000", "deals", "12K"),
        ("en_US", "USD", "7.5", "deals", "7.5"),
        ("en_US", "USD", "0", "deals", "0"),
    ],
)
def test_a_value_in_a_drawing_is_short(locale: str, currency: str | None, value: str, unit: str, text: str) -> None:
    assert formatter(locale, currency).compact(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("99960", "money", "$99.96K"),
        ("99999.99", "money", "$99,999.99"),
        ("100000", "money", "$100K"),
        ("99.99996", "deals", "99.99996"),
        ("99.96", "percent", "99.96%"),
    ],
)
def test_a_short_value_reads_as_its_target_only_where_it_is(value: str, unit: str, text: str) -> None:
    target = Decimal(100_000 if unit == "money" else 100)
    assert formatter("en_US").compact(Decimal(value), unit, [target]) == text


@pytest.mark.parametrize(
    ("gap", "unit", "text", "short"),
    [
        ("-33499", "money", "−$33,499", "−$33K"),
        ("2700", "money", "+$2,700", "+$2.7K"),
        ("-3", "deals", "−3 deals", "−3"),
        ("-4", "percent", "−4 points", "−4 points"),
        ("0", "money", "±0", "±0"),
    ],
)
def test_a_difference_has_its_sign(gap: str, unit: str, text: str, short: str) -> None:
    fmt = formatter("en_US")
    assert (fmt.difference(Decimal(gap), unit), fmt.difference(Decimal(gap), unit, compact=True)) == (text, short)
