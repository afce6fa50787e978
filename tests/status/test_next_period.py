"""What the next period takes over: dates moved by the length of the period, and how goals ended."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.model.settings import Period
from goal_handbook.status.next_period import Shift, closing_result, last_result, next_end

from .make import accounting, adjustment, case, day, handbook, level, number, paper, state_of, value


def period(start: str, end: str) -> Period:
    """A period of this length."""
    return Period(name="P", start=day(start), end=day(end))


@pytest.mark.parametrize(
    ("old", "start", "end"),
    [
        case("a calendar year", ("2017-01-01", "2017-12-31"), "2018-01-01", "2018-12-31"),
        case("a year before a leap year", ("2019-01-01", "2019-12-31"), "2020-01-01", "2020-12-31"),
        case("a quarter", ("2017-01-01", "2017-03-31"), "2017-04-01", "2017-06-30"),
        case("a half", ("2017-01-01", "2017-06-30"), "2017-07-01", "2017-12-31"),
        case("a fiscal year from July", ("2016-07-01", "2017-06-30"), "2017-07-01", "2018-06-30"),
        case("a fiscal year from the 30th", ("2011-05-30", "2012-05-29"), "2012-05-30", "2013-05-29"),
        case("52 weeks", ("2016-01-31", "2017-01-28"), "2017-01-29", "2018-01-27"),
        case("53 weeks are followed by 52", ("2017-01-29", "2018-02-03"), "2018-02-04", "2019-02-02"),
        case("100 days", ("2017-01-05", "2017-04-14"), "2017-04-15", "2017-07-23"),
        case("a year later than the next", ("2017-01-01", "2017-12-31"), "2019-01-01", "2019-12-31"),
    ],
)
def test_a_period_is_as_long_as_the_one_before(old: tuple[str, str], start: str, end: str) -> None:
    assert next_end(period(*old), day(start)) == day(end)


@pytest.mark.parametrize(
    ("old", "new", "moved"),
    [
        case("a calendar year", ("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31"),
             {"2017-03-31": "2018-03-31", "2017-06-30": "2018-06-30", "2017-08-15": "2018-08-15", "2017-12-31": "2018-12-31"}),
        case("into a leap year and out of it", ("2019-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31"), {"2019-02-28": "2020-02-29", "2019-02-27": "2020-02-27"}),
        case("out of a leap year", ("2020-01-01", "2020-12-31"), ("2021-01-01", "2021-12-31"), {"2020-02-29": "2021-02-28", "2020-02-28": "2021-02-28"}),
        case("a half", ("2017-01-01", "2017-06-30"), ("2017-07-01", "2017-12-31"), {"2017-03-31": "2017-09-30", "2017-04-30": "2017-10-31", "2017-06-30": "2017-12-31"}),
        case("a quarter", ("2017-07-01", "2017-09-30"), ("2017-10-01", "2017-12-31"), {"2017-08-15": "2017-11-15", "2017-08-31": "2017-11-30", "2017-09-30": "2017-12-31"}),
        case("fiscal quarters within a month", ("2011-05-30", "2012-05-29"), ("2012-05-30", "2013-05-29"),
             {"2011-08-30": "2012-08-30", "2011-11-30": "2012-11-30", "2012-02-28": "2013-02-28", "2012-05-29": "2013-05-29"}),
        case("52 weeks after 52", ("2016-01-31", "2017-01-28"), ("2017-01-29", "2018-01-27"), {"2016-04-30": "2017-04-29", "2016-07-30": "2017-07-29", "2017-01-28": "2018-01-27"}),
        case("53 weeks after 52", ("2016-01-31", "2017-01-28"), ("2017-01-29", "2018-02-03"), {"2016-10-29": "2017-10-28", "2017-01-28": "2018-02-03"}),
        case("52 weeks after 53", ("2017-01-29", "2018-02-03"), ("2018-02-04", "2019-02-02"), {"2017-10-28": "2018-11-03", "2018-01-31": "2019-02-02", "2018-02-03": "2019-02-02"}),
        case("after the period's last day", ("2017-01-01", "2017-12-31"), ("2018-01-01", "2018-12-31"), {"2018-01-31": "2019-01-31"}),
    ],
)  # fmt: skip
def test_a_day_moves_by_the_length_of_the_period(
    old: tuple[str, str], new: tuple[str, str], moved: dict[str, str]
) -> None:
    shift = Shift(period(*old), day(new[0]), day(new[1]))
    assert {before: str(shift(day(before))) for before in moved} == moved


@pytest.mark.parametrize("weekday", range(7))
def test_in_years_of_whole_weeks_every_day_stays_the_same_day_of_the_week(weekday: int) -> None:
    begin = datetime.date(2017, 1, 1) + datetime.timedelta(days=weekday)
    old = Period(name="P", start=begin, end=begin + datetime.timedelta(days=363))
    shift = Shift(old, old.end + datetime.timedelta(days=1), next_end(old, old.end + datetime.timedelta(days=1)))
    days = [begin + datetime.timedelta(days=n) for n in range(364)]
    assert [(shift(one) - one).days for one in days] == [364] * 364


YEAR_END = "2017-12-31"
SUM = {
    "id": "revenue", "measure": {"unit": "deals", "target": "100", "rollup": "sum"},
}  # fmt: skip
WEEKLY: dict[str, Any] = {"measure": {"cadence": {"times": "1", "per": "week"}}, "start": "2017-12-18"}


@pytest.mark.parametrize(
    ("goal", "on", "result", "last"),
    [
        case("a number reached", number(("2017-11-30", "104")), YEAR_END, "achieved", "104"),
        case("a number in part", number(("2017-12-31", "99.6")), YEAR_END, "partly", "99.6"),
        case("a number between two cents", number(("2017-12-31", "50.125")), YEAR_END, "partly", "50.13"),
        case("a number with nothing of it", number(("2017-12-31", "0")), YEAR_END, "missed", "0"),
        case("a number nobody reported", number(), YEAR_END, "missed", None),
        case("a number closed before it is due", number(), "2017-06-30", "partly", None),
        case("a number that goes down", number(("2017-12-31", "70"), target="60", measure={"from": "80"}), YEAR_END, "partly", "70"),
        case("a number that went the wrong way", number(("2017-12-31", "90"), target="60", measure={"from": "80"}), YEAR_END, "missed", "90"),
        case("a number reported late, within grace", number(("2017-09-30", "80"), ("2018-01-02", "101")), "2018-01-03", "achieved", "101"),
        case("a level held", level(("2017-12-31", "51")), YEAR_END, "achieved", "51"),
        case("a level lost at the end", level(("2017-06-30", "55"), ("2017-12-31", "40")), YEAR_END, "missed", "40"),
        case("a level held until June", level(("2017-06-30", "55"), ("2017-12-31", "40"), landmarks=[value("q2", "2017-06-30", "50")]), YEAR_END, "partly", "40"),
        case("a level held so far", level(("2017-06-30", "55")), "2017-06-30", "partly", "55"),
        case("a cadence kept", WEEKLY | {"sessions": [{"on": "2017-12-20"}, {"on": "2017-12-28"}]}, YEAR_END, "achieved", None),
        case("a cadence kept in part", WEEKLY | {"sessions": [{"on": "2017-12-20"}]}, YEAR_END, "partly", None),
        case("a cadence never kept", WEEKLY, YEAR_END, "missed", None),
        case("every landmark delivered", {"landmarks": [paper("a", "2017-06-30", "2017-07-31")]}, YEAR_END, "achieved", None),
        case("one of two landmarks delivered", {"landmarks": [paper("a", "2017-06-30", "2017-06-30"), paper("b", "2017-09-30")]}, YEAR_END, "partly", None),
        case("no landmark delivered", {"landmarks": [paper("a", "2017-06-30")]}, YEAR_END, "missed", None),
        case("every landmark dropped", {"landmarks": [paper("a", "2017-06-30")], "accountings": [accounting("a", "2017-07-05", "drop")]}, YEAR_END, "dropped", None),
        case("an adjusted target", number(("2017-12-31", "80"), target="80", adjustments=[adjustment("2017-07-01", ("target", "100", "80"))]), YEAR_END, "achieved", "80"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["sellers", "leaders", "teams"])
def test_a_goal_ends_as_its_status_says(
    goal: dict[str, Any], on: str, result: str, last: str | None, kind: str
) -> None:
    owner = {"goals": [goal]}
    book = handbook(
        {"ana": owner} if kind == "sellers" else {},
        {"ana": owner} if kind == "teams" else {"north": {"leader": "lea"}},
        {"ana": owner} if kind == "leaders" else {"lea": {}},
    )
    state = state_of(book, "ana/g", on)
    assert (closing_result(state, day(on)), last_result(state)) == (result, Decimal(last) if last else None)


@pytest.mark.parametrize(
    ("ana", "ben", "result", "last"), [("60", "45", "achieved", "105"), ("60", "30", "partly", "90")]
)
def test_a_sum_ends_as_those_who_feed_it(ana: str, ben: str, result: str, last: str) -> None:
    sellers = {
        who: {"goals": [number((YEAR_END, made), supports="revenue")]} for who, made in (("ana", ana), ("ben", ben))
    }
    state = state_of(handbook(sellers, {"north": {"leader": "lea", "goals": [SUM]}}), "north/revenue", YEAR_END)
    assert (closing_result(state, day(YEAR_END)), last_result(state)) == (result, Decimal(last))
