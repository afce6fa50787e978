"""The last months: which month ends are looked back on, how goals stood then, and what has changed since."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.model.handbook import Handbook
from goal_handbook.source.load import load
from goal_handbook.status.as_of import handbook_on
from goal_handbook.status.assessment import assess
from goal_handbook.status.months import Change, change_between, month_ends
from goal_handbook.status.position import position_of
from goal_handbook.status.readings import Readings

from .make import accounting, adjustment, case, day, handbook, number, value
from .test_properties import LAW, RARE, History, book, busy_days, days, histories


def statuses_on(book: Handbook, on: datetime.date) -> dict[str, str]:
    """The status of every goal of a handbook as of a day, each found by itself: what a look back must agree with."""
    readings = Readings(book, on)
    return {
        f"{owner.id}/{goal.id}": position_of(book, owner, goal, readings).status
        for owner in book.owners.values()
        for goal in owner.goals
    }


ROOT = Path(__file__).parent.parent.parent
YEAR = "2017-01-01"
HALF_A_YEAR = ["2017-04-30", "2017-05-31", "2017-06-30", "2017-07-31", "2017-08-31", "2017-09-30"]


@pytest.mark.parametrize(
    ("first", "as_of", "ends"),
    [
        case("six of them, oldest first", YEAR, "2017-10-15", HALF_A_YEAR),
        case("on the first of a month the day before has ended", YEAR, "2017-10-01", HALF_A_YEAR),
        case("on the last day of a month that month has not", YEAR, "2017-09-30", ["2017-03-31", *HALF_A_YEAR[:5]]),
        case("none before the period", YEAR, "2017-02-28", ["2017-01-31"]),
        case("the last day of January is one of the period's", "2017-01-31", "2017-02-01", ["2017-01-31"]),
        case("and not of one that begins the day after", "2017-02-01", "2017-02-01", []),
        case("none in the first month", YEAR, "2017-01-31", []),
        case("none before the period begins", YEAR, "2016-11-15", []),
        case("over the turn of a year, with a leap day", "2023-10-01", "2024-03-31", ["2023-10-31", "2023-11-30", "2023-12-31", "2024-01-31", "2024-02-29"]),
    ],
)  # fmt: skip
def test_which_month_ends_are_looked_back_on(first: str, as_of: str, ends: list[str]) -> None:
    assert month_ends(day(first), day(as_of)) == tuple(map(day, ends))


def months(goal: dict[str, Any], as_of: str) -> dict[str, str]:
    """The statuses of Ana's one goal at the ends of the last months, by day."""
    found = assess(handbook({"ana": {"goals": [goal]}}), day(as_of)).months
    return {str(month.on): month.statuses["ana/g"] for month in found}


FIFTY = value("q2", "2017-06-30", "50")


def test_a_month_shows_what_could_be_known_at_its_end() -> None:
    """Missed on its day is not yet missed within grace; the accounting and the closing come later."""
    goal = number(
        ("2017-03-31", "25"), ("2017-06-30", "49"), ("2017-08-31", "66"),
        landmarks=[FIFTY], accountings=[accounting("q2", "2017-08-10")],
    )  # fmt: skip
    closed = goal | {"closed": {"on": "2017-09-30", "result": "partly", "note": "Enough"}}
    shown = {
        "2017-04-30": "on-track",
        "2017-05-31": "on-track",
        "2017-06-30": "at-risk",
        "2017-07-31": "needs-accounting",
        "2017-08-31": "at-risk",
        "2017-09-30": "at-risk",
    }
    assert months(goal, "2017-10-15") == shown
    assert months(closed, "2017-10-15") == shown | {"2017-09-30": "closed"}


def test_an_adjustment_does_not_redraw_the_months_before_it() -> None:
    goal = number(("2017-06-30", "40"), target="80", adjustments=[adjustment("2017-08-05", ("target", "200", "80"))])
    assert list(months(goal, "2017-09-15").values())[-3:] == ["off-track", "off-track", "on-track"]


def test_a_goal_that_begins_later_had_not_started() -> None:
    goal = number(("2017-07-31", "20"), start="2017-07-01")
    assert list(months(goal, "2017-08-15").values()) == ["not-started"] * 5 + ["on-track"]


def test_a_reading_that_was_corrected_later_decided_as_it_was() -> None:
    goal = number(
        ("2017-06-30", "60"), landmarks=[FIFTY], adjustments=[adjustment("2017-08-05", ("checkins.2017-06-30", "40", "60"))]
    )  # fmt: skip
    assert list(months(goal, "2017-09-15").values())[-3:] == ["at-risk", "needs-accounting", "on-track"]


def test_a_sum_was_made_of_the_goals_that_supported_it_then() -> None:
    """Ana's deals count for the north until August."""
    revenue = number(target="100", measure={"rollup": "sum"}, landmarks=[FIFTY])
    sold = number(("2017-06-30", "60"), adjustments=[adjustment("2017-08-05", ("supports", "revenue", ""))])
    book = handbook({"ana": {"goals": [sold]}}, {"north": {"leader": "lea", "goals": [revenue | {"id": "revenue"}]}})
    found = [month.statuses["north/revenue"] for month in assess(book, day("2017-09-15")).months]
    assert found[-3:] == ["on-track", "on-track", "unreported"]


def test_a_cadence_was_planned_with_those_who_were_there_then() -> None:
    """By the end of June two of Ana's weeks had passed without a session, and Ben was in another team."""
    talks = {"start": "2017-06-12", "measure": {"cadence": {"times": "1", "per": "week", "with": "each-seller"}}}
    sellers = {"ana": {}, "ben": {"team": ["south", {"id": "north", "from": "2017-07-03"}]}}
    book = handbook(sellers, {"north": {"leader": "lea"}, "south": {}}, {"lea": {"goals": [talks]}})
    assert [month.statuses["lea/g"] for month in assess(book, day("2017-07-15")).months][-1] == "off-track"


@RARE
@given(st.lists(histories(), min_size=1, max_size=3), days | busy_days)
def test_looking_back_is_the_same_as_assessing_the_handbook_of_that_day(
    of: list[History], as_of: datetime.date
) -> None:
    """Whatever happened in between: terms adjusted more than once, landmarks dropped, readings late, goals closed."""
    whole = book(history.file for history in of)
    for month in assess(whole, as_of).months:
        assert month.statuses == statuses_on(handbook_on(whole, month.on), month.on)


MONTHS = st.integers(0, 12).map(lambda number: f"{2017 + number // 12}-{number % 12 + 1:02}-05")


@LAW
@given(
    st.fixed_dictionaries(
        {
            "times": st.sampled_from(["1", "2"]),
            "per": st.sampled_from(["week", "month", "quarter"]),
            "with": st.sampled_from(["each-seller", "anyone", ["ana", "ben"]]),
        }
    ),
    st.lists(st.tuples(days | busy_days, st.sampled_from(["ana", "ben", "cleo"])), max_size=40),
    st.lists(MONTHS, max_size=2, unique=True).map(sorted),
    st.sampled_from(["", "per"]),
    MONTHS,
)
def test_looking_back_on_a_cadence_is_the_same_too(
    cadence: dict[str, Any], sessions: list[tuple[datetime.date, str]], moves: list[str], adjusted: str, as_of: str
) -> None:
    """Ana moves to another team and back, Ben comes and goes, and perhaps another rhythm is agreed on in June."""
    changes = [adjustment("2017-06-10", ("cadence.per", "month", cadence["per"]))] if adjusted else []
    talks = {
        "measure": {"cadence": cadence},
        "adjustments": changes,
        "sessions": [{"on": str(on), "with": who} for on, who in sessions],
    }
    teams = ["north", *({"id": team, "from": on} for team, on in zip(("south", "north"), moves, strict=False))]
    whole = handbook(
        {"ana": {"team": teams}, "ben": {"joined": "2017-02-10", "left": "2017-08-20"}, "cleo": {"away": [{"from": "2017-04-01", "to": "2017-05-25"}]}},
        {"north": {"leader": "lea"}, "south": {}},
        {"lea": {"goals": [talks]}},
    )  # fmt: skip
    for month in assess(whole, day(as_of)).months:
        assert month.statuses == statuses_on(handbook_on(whole, month.on), month.on)


@pytest.mark.parametrize("as_of", ["2017-03-01", "2017-07-20", "2017-10-15", "2018-01-31"])
def test_looking_back_from_an_assessment_is_the_same_as_assessing_that_day(as_of: str) -> None:
    """In the whole example: what the later day has left out or undone is nothing the earlier one needs."""
    book = load(ROOT / "goals", "goals").handbook
    assert book
    for month in assess(book, day(as_of)).months:
        assert month.statuses == {i: state.status for i, state in assess(book, month.on).goals.items()}


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        case("the same", "at-risk", "at-risk", Change(0, 0)),
        case("better", "off-track", "at-risk", Change(1, 0)),
        case("worse", "on-track", "unreported", Change(0, 1)),
        case("reached", "on-track", "achieved", Change(1, 0)),
        case("no longer reached", "achieved", "on-track", Change(0, 1)),
        case("begun as agreed", "not-started", "on-track", Change(0, 0)),
        case("begun too slowly", "not-started", "at-risk", Change(0, 1)),
        case("closed, well or not", "needs-accounting", "closed", Change(0, 0)),
        case("opened again", "closed", "off-track", Change(0, 0)),
    ],
)
def test_what_is_better_and_what_is_worse(before: Any, now: Any, change: Change) -> None:
    assert change_between({"ana/g": before}, {"ana/g": now}) == change


def test_goals_are_counted_each_way_and_only_those_asked_about() -> None:
    before: Any = {"a/g": "off-track", "b/g": "on-track", "c/g": "on-track", "d/g": "at-risk"}
    now: Any = {"a/g": "on-track", "b/g": "at-risk", "c/g": "needs-accounting"}
    assert change_between(before, now) == Change(better=1, worse=2)


def test_in_the_first_month_nothing_has_changed() -> None:
    book = handbook({"ana": {"goals": [number(("2017-01-10", "1"))]}})
    found = assess(book, day("2017-01-20"))
    assert found.changed(found.goals.values()) == Change(0, 0)
