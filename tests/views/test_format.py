"""Values in type, as the handbook's locale writes them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from goal_handbook.model.handbook import Settings
from goal_handbook.views.format import Formatter


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


@pytest.mark.parametrize(("ratio", "text"), [("0.999", "99%"), ("1", "100%"), ("0.004", "0%"), ("1.239", "123%")])
def test_a_percentage_is_never_rounded_up_to_done(ratio: str, text: str) -> None:
    assert formatter("en_US").percent(Fraction(ratio)) == text


@pytest.mark.parametrize(
    ("locale", "text"), [("en_US", "Sep 30, 2017"), ("de_DE", "30.09.2017"), ("sv_SE", "30 sep. 2017")]
)
def test_a_day_reads_as_the_locale_writes_it(locale: str, text: str) -> None:
    assert formatter(locale).day(datetime.date(2017, 9, 30)) == text


def test_a_fraction_of_no_end_is_cut_short() -> None:
    assert formatter("en_US").amount(Fraction(1000, 3), "deals") == "333 deals"
    assert formatter("en_US").amount(Fraction(10, 3), "deals") == "3.3 deals"
