"""On which days an import writes a total: at the ends of periods, and on every day that decides something."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goal_handbook.crm.days import Covered, Every, covered_by
from goal_handbook.status.reading_days import days_that_need_a_reading

from .house import TEAM, bring_in, day, handbook, seller, table, totals

EVERY: list[Every] = ["day", "week", "month", "quarter"]
#: Quarters that end with no week, month or quarter of the calendar.
FISCAL = {"q1": "2017-03-01", "q2": "2017-05-29", "q3": "2017-08-31", "q4": "2017-11-28"}
ANNA = {"sellers/anna.yaml": seller("Anna Schäfer", landmarks=FISCAL)}


def days_of(owner: str, found: Mapping[tuple[str, str], object]) -> list[str]:
    return [on for who, on in found if who == owner]


@pytest.mark.parametrize("per", EVERY)
def test_a_landmark_s_due_date_has_a_total_of_its_own(per: Every) -> None:
    export = table(
        ("anna", "2017-02-28", 10), ("anna", "2017-03-02", 5), ("anna", "2017-05-29", 1), ("anna", "2017-08-30", 2)
    )
    done, _ = bring_in(export, ANNA, per=per, as_of="2017-09-01")
    found = totals(done)
    assert [int(found["anna", due]) for due in ("2017-03-01", "2017-05-29", "2017-08-31")] == [10, 16, 18]
    assert ("anna", "2017-11-28") not in found


def test_by_day_there_is_a_total_wherever_a_deal_closed() -> None:
    done, _ = bring_in(table(("anna", "2017-02-28", 10), ("anna", "2017-03-02", 5)), ANNA, per="day")
    assert days_of("anna", totals(done)) == ["2017-02-28", "2017-03-01", "2017-03-02"]


def test_the_landmarks_of_the_sums_a_goal_feeds_need_a_total_too() -> None:
    files = {
        "teams/central.yaml": TEAM.replace("landmarks: []", "supports: west/revenue, landmarks: [{id: a, due: 2017-05-10, value: 1}]"),
        "teams/west.yaml": TEAM.replace("landmarks: []", "due: 2017-06-07, landmarks: [{id: a, due: 2017-05-11, value: 1}, {id: b, due: 2017-05-12, deliver: x}]"),
    }  # fmt: skip
    done, _ = bring_in(table(("anna", "2017-05-02", 1), ("bjorn", "2017-06-30", 1)), files)
    assert days_of("anna", totals(done)) == ["2017-05-10", "2017-05-11", "2017-05-31", "2017-06-07", "2017-06-30"]


def test_sums_that_feed_each_other_are_followed_once() -> None:
    circle = {"teams/central.yaml": TEAM.replace("landmarks: []", "supports: central/revenue")}
    assert days_that_need_a_reading(handbook(circle), "anna/sales") == {day("2017-12-31")}


@pytest.mark.parametrize(
    ("last_row", "as_of", "last"),
    [
        pytest.param("2017-05-03", "2017-12-31", "2017-05-31", id="the rest of the month"),
        pytest.param("2017-05-29", "2017-12-31", "2017-06-04", id="a week, into the next month"),
        pytest.param("2017-05-31", "2017-12-31", "2017-06-06", id="a week after the last day of a month"),
        pytest.param("2017-05-03", "2017-05-05", "2017-05-05", id="not beyond the day it was taken"),
        pytest.param("2018-03-31", "2017-05-05", "2017-05-05", id="open deals that are to close later"),
        pytest.param("2017-12-28", "2018-12-31", "2018-01-03", id="into the next year"),
    ],
)
def test_an_export_covers_some_days_beyond_its_last_row(last_row: str, as_of: str, last: str) -> None:
    assert covered_by(day("2017-01-05"), day(last_row), day(as_of)) == Covered(
        day("2017-01-05"), day(last), day(last_row)
    )


def test_an_export_without_rows_covers_nothing() -> None:
    assert covered_by(None, None, day("2017-12-31")) is None
    assert totals(bring_in("Owner,Closed,Amount\n", ANNA, complete=True)[0]) == {}


@pytest.mark.parametrize(
    ("rows", "complete", "first"),
    [
        pytest.param([("anna", "2017-03-02", 5)], False, [], id="before the export begins: nothing is known"),
        pytest.param([("bjorn", "2017-01-02", 5), ("anna", "2017-03-02", 5)], False, [("2017-03-01", 0)], id="before the first deal, within the export: nothing was sold"),
        pytest.param([("anna", "2017-03-02", 5)], True, [("2017-01-31", 0), ("2017-02-28", 0), ("2017-03-01", 0)], id="an export that covers everything"),
    ],
)  # fmt: skip
def test_a_landmark_before_the_first_deal(
    rows: list[tuple[str, str, int]], complete: bool, first: list[tuple[str, int]]
) -> None:
    done, _ = bring_in(table(*rows), ANNA, complete=complete)
    found = [(on, int(value)) for (who, on), value in totals(done).items() if who == "anna" and on < "2017-03-31"]
    assert found == first


@pytest.mark.parametrize(
    ("as_of", "days"),
    [
        pytest.param("2017-12-31", ["2017-01-31", "2017-02-13", "2017-02-28"], id="the last row's day"),
        pytest.param("2017-02-10", ["2017-01-31", "2017-02-10"], id="not beyond the day it was taken"),
        pytest.param("2017-01-31", ["2017-01-31"], id="the end of a month is one already"),
    ],
)
def test_to_date_adds_a_total_for_the_export_s_last_day(as_of: str, days: list[str]) -> None:
    export = table(("anna", "2017-01-10", 5), ("bjorn", "2017-02-13", 1))
    done, _ = bring_in(export, to_date=True, as_of=as_of)
    assert days_of("anna", totals(done)) == days


def test_to_date_is_not_after_the_goal_s_due_date() -> None:
    files = {"sellers/anna.yaml": seller("Anna").replace("landmarks: []", "due: 2017-02-10")}
    done, _ = bring_in(table(("anna", "2017-01-10", 5), ("anna", "2017-02-13", 1)), files, to_date=True)
    assert days_of("anna", totals(done)) == ["2017-01-31", "2017-02-10"]


def test_a_quarter_whose_end_the_export_does_not_cover_has_no_total() -> None:
    export = table(("anna", "2017-02-15", 5))
    assert days_of("anna", totals(bring_in(export, per="quarter")[0])) == []
    assert days_of("anna", totals(bring_in(export + '"anna","2017-03-01","1"\n', per="quarter")[0])) == ["2017-03-31"]


def test_totals_start_from_the_goal_s_own_start_value() -> None:
    files = {
        f"sellers/{name}.yaml": seller(name, "{unit: customers, from: 40, target: 60}") for name in ("anna", "bjorn")
    }
    assert totals(bring_in(table(("anna", "2017-01-10", 2)), files)[0]) == {("anna", "2017-01-31"): 42}


DATES = st.dates(min_value=datetime.date(2017, 1, 1), max_value=datetime.date(2018, 1, 31))
DEALS = st.lists(st.tuples(st.sampled_from(["anna", "bjorn"]), DATES, st.integers(-500, 5_000)), max_size=25)


@settings(max_examples=150, deadline=None)
@given(
    deals=DEALS,
    landmarks=st.lists(DATES, min_size=1, max_size=5),
    of_team=DATES,
    as_of=DATES,
    complete=st.booleans(),
    to_date=st.booleans(),
)
def test_however_often_totals_are_written_those_of_decisive_days_are_the_same(
    deals: list[tuple[str, datetime.date, int]],
    landmarks: list[datetime.date],
    of_team: datetime.date,
    as_of: datetime.date,
    complete: bool,
    to_date: bool,
) -> None:
    files = {
        "sellers/anna.yaml": seller("Anna", landmarks={f"l{i}": str(due) for i, due in enumerate(landmarks)}),
        "teams/central.yaml": TEAM.replace("landmarks: []", f"landmarks: [{{id: a, due: {of_team}, value: 1}}]"),
    }
    decisive = {str(day) for day in [*landmarks, of_team, datetime.date(2017, 12, 31)]}
    by_period = []
    for per in EVERY:
        done, findings = bring_in(table(*deals), files, per=per, as_of=str(as_of), complete=complete, to_date=to_date)
        assert findings == []
        found = totals(done)
        by_period.append({key: value for key, value in found.items() if key[0] == "anna" and key[1] in decisive})
        sums = {
            key: sum(v for who, on, v in deals if who == key[0] and str(on) <= min(key[1], "2017-12-31"))
            for key in found
        }
        assert found == sums
    assert all(found == by_period[0] for found in by_period)
