"""Days are understood as people type them; what can be two days is never guessed."""

from __future__ import annotations

import datetime

import pytest
from babel import Locale
from babel.dates import format_date
from babel.localedata import locale_identifiers
from hypothesis import example, given
from hypothesis import strategies as st

from goal_handbook.cli.typed_dates import Calendar
from goal_handbook.model.settings import Period

TODAY = datetime.date(2027, 7, 14)
YEAR = Period.model_validate({"name": "2027", "start": "2027-01-01", "end": "2027-12-31"})
FISCAL = Period.model_validate({"name": "FY28", "start": "2027-04-01", "end": "2028-03-31"})
LOCALES = sorted({str(Locale.parse(name)) for name in locale_identifiers()})


@given(st.dates(datetime.date(2001, 1, 1), datetime.date(2099, 12, 31)), st.sampled_from(LOCALES))
@example(datetime.date(2027, 12, 31), "zh")
@example(datetime.date(2027, 12, 31), "ar")
@example(datetime.date(2027, 3, 4), "eu")
def test_each_locale_s_way_to_write_a_day_is_read_as_that_day_first(day: datetime.date, locale: str) -> None:
    calendar = Calendar(TODAY, YEAR, locale)
    for width in ("short", "medium", "long"):
        assert calendar.days(format_date(day, width, locale))[:1] == (day,)
    assert calendar.days(day.isoformat()) == (day,)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31.12.2027", "2027-12-31"),
        ("12/31/2027", "2027-12-31"),
        ("3.4.2027", "2027-04-03"),
        ("3.4.", "2027-04-03"),
        ("31 December", "2027-12-31"),
        ("Dec 31, 2028", "2028-12-31"),
        ("the 1st of May", ""),
        ("1st of May", "2027-05-01"),
        ("Q3", "2027-09-30"),
        ("end of Q3", "2027-09-30"),
        ("end of June", "2027-06-30"),
        ("End of February 2028", "2028-02-29"),
        ("end of the year", "2027-12-31"),
        ("yesterday", "2027-07-13"),
        ("in two weeks", "2027-07-28"),
        ("3 days ago", "2027-07-11"),
        ("in 2 months", "2027-09-14"),
        ("30 apples", ""),
        ("31.2.2027", ""),
        ("June", ""),
        ("soon", ""),
    ],
)
def test_a_day_in_english(typed: str, day: str) -> None:
    assert [str(found) for found in Calendar(TODAY, YEAR, "en_US").days(typed)] == [day] * bool(day)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("gestern", "2027-07-13"),
        ("übermorgen", "2027-07-16"),
        ("Ende Juni", "2027-06-30"),
        ("ende märz", "2027-03-31"),
        ("Jahresende", "2027-12-31"),
        ("Ende des Jahres", "2027-12-31"),
        ("3. Mai", "2027-05-03"),
        ("3. März 2028", "2028-03-03"),
        ("in zwei Wochen", "2027-07-28"),
        ("vor 3 Tagen", "2027-07-11"),
        ("yesterday", "2027-07-13"),
    ],
)
def test_a_day_in_german(typed: str, day: str) -> None:
    assert [str(found) for found in Calendar(TODAY, YEAR, "de_DE").days(typed)] == [day]


@pytest.mark.parametrize(
    ("typed", "locale", "period", "days"),
    [
        ("03/04/2027", "en_US", YEAR, ["2027-03-04", "2027-04-03"]),
        ("03/04/2027", "en_GB", YEAR, ["2027-04-03", "2027-03-04"]),
        ("3/4", "en_US", YEAR, ["2027-03-04", "2027-04-03"]),
        ("end of the year", "en_US", FISCAL, ["2028-03-31", "2027-12-31"]),
    ],
    ids=["month first in the US", "day first in Britain", "without a year", "a fiscal year or the calendar's"],
)
def test_what_can_be_two_days_is_both(typed: str, locale: str, period: Period, days: list[str]) -> None:
    assert [str(found) for found in Calendar(TODAY, period, locale).days(typed)] == days


def test_a_day_without_a_year_is_the_one_in_the_period() -> None:
    assert Calendar(TODAY, FISCAL, "en_US").days("15 Feb") == (datetime.date(2028, 2, 15),)
    assert Calendar(TODAY, FISCAL, "en_US").days("15 May") == (datetime.date(2027, 5, 15),)


@given(st.text(max_size=30), st.sampled_from(["en_US", "de_DE", "zh", "ar"]))
def test_no_text_is_too_odd_to_be_refused(typed: str, locale: str) -> None:
    for day in Calendar(TODAY, YEAR, locale).days(typed):
        assert isinstance(day, datetime.date)
