"""A rollup: the sum of its contributing goals, unreported while one of them has no reading (status.md#a-landmark)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook

from .make import case, day, handbook, number, state_of, value

FIFTY = value("q2", "2017-06-30", "50")
REVENUE: dict[str, Any] = {
    "id": "revenue",
    "measure": {"unit": "deals", "target": "100", "rollup": "sum"},
    "landmarks": [FIFTY],
}


def team(sellers: dict[str, dict[str, Any]], **goal: Any) -> Handbook:
    """A team whose goal sums its sellers' goals."""
    book = {name: {"goals": [{"supports": "revenue"} | data]} for name, data in sellers.items()}
    return handbook(book, teams={"north": {"leader": "lea", "goals": [REVENUE | goal]}})


def series(book: Handbook, as_of: str, full_id: str = "north/revenue") -> dict[str, int]:
    """A goal's readings, day by day."""
    return {str(r.on): int(r.value) for r in state_of(book, full_id, as_of).readings}


def status(book: Handbook, as_of: str, full_id: str = "north/revenue") -> str:
    """The status of the rollup's landmark."""
    return state_of(book, full_id, as_of).landmarks[0].status


def test_on_each_day_anyone_has_a_reading_it_is_the_sum_of_their_latest() -> None:
    book = team(
        {
            "ana": number(("2017-01-20", "7"), ("2017-01-10", "5"), ("2017-02-01", "9")),
            "ben": number(("2017-01-15", "3"), ("2017-02-01", "4")),
        }
    )
    assert series(book, "2017-12-31") == {"2017-01-10": 5, "2017-01-15": 8, "2017-01-20": 10, "2017-02-01": 13}


@pytest.mark.parametrize(
    ("as_of", "last"),
    [case("the day before a reading it is not in the sum", "2017-01-14", 5), case("on its day it is", "2017-01-15", 8)],
)
def test_a_later_reading_is_not_seen(as_of: str, last: int) -> None:
    book = team({"ana": number(("2017-01-10", "5")), "ben": number(("2017-01-15", "3"))})
    reading = state_of(book, "north/revenue", as_of).reading
    assert reading is not None
    assert reading.value == last


def test_without_any_reading_it_has_none() -> None:
    assert series(team({"ana": number()}), "2017-12-31") == {}


@pytest.mark.parametrize(
    ("goal", "expected"),
    [
        case("a goal in another unit adds nothing", {"measure": {"unit": "money", "target": "9"}}, 5),
        case("a level to hold adds nothing", {"measure": {"unit": "deals", "target": "9", "hold": "at_least"}}, 5),
        case("a goal that supports another adds nothing", {"supports": "other"}, 5),
        case("a goal that supports none adds nothing", {"supports": []}, 5),
        case("a goal that supports it among others adds its reading", {"supports": ["other", "north/revenue"]}, 12),
        case("a closed goal adds what it had", {"closed": {"on": "2017-01-15", "result": "partly"}}, 12),
    ],
)
def test_which_goals_contribute_to_a_rollup(goal: dict[str, Any], expected: int) -> None:
    ben = {"measure": {"unit": "deals", "target": "9"}, "checkins": [{"on": "2017-01-10", "value": "7"}]} | goal
    assert series(team({"ana": number(("2017-01-10", "5")), "ben": ben}), "2017-02-01") == {"2017-01-10": expected}


def test_a_goal_without_a_reading_adds_what_it_starts_from() -> None:
    book = team({"ana": number(("2017-01-10", "5")), "ben": number(target="90", measure={"from": "30"})})
    assert series(book, "2017-02-01") == {"2017-01-10": 35}


@pytest.mark.parametrize(
    ("bens", "as_of", "expected"),
    [
        case("before grace is over it is due soon", [], "2017-07-03", "due-soon"),
        case("a goal without a reading leaves it unknown", [], "2017-07-04", "unreported"),
        case("a reading the day before its day does, too", [("2017-06-29", "20")], "2017-07-04", "unreported"),
        case("a reading on its day is one", [("2017-06-30", "20")], "2017-07-04", "missed"),
        case("a later reading is one", [("2017-07-20", "20")], "2017-07-20", "missed"),
        case("the day before that it was unknown", [("2017-07-20", "20")], "2017-07-19", "unreported"),
        case("the sum itself is enough", [("2017-06-30", "30")], "2017-07-04", "met"),
        case("a cent less is not", [("2017-06-30", "29.99")], "2017-07-04", "missed"),
        case("the sum reached on the last day of grace is in time", [("2017-07-03", "30")], "2017-07-04", "met"),
        case("the sum reached a day later is late", [("2017-07-04", "30")], "2017-07-04", "met-late"),
    ],
)
def test_it_is_unreported_while_an_open_contributing_goal_has_no_reading(
    bens: list[tuple[str, str]], as_of: str, expected: str
) -> None:
    book = team({"ana": number(("2017-06-30", "20")), "ben": number(*bens)})
    assert status(book, as_of) == expected


def test_a_sum_reached_in_time_is_met_even_if_a_reading_is_missing() -> None:
    book = team({"ana": number(("2017-05-01", "50")), "ben": number()})
    assert [status(book, d) for d in ("2017-05-01", "2017-07-04")] == ["met", "met"]


def test_it_names_the_goals_it_waits_for() -> None:
    book = team({"ana": number(("2017-06-30", "20")), "zoe": number(), "ben": number(("2017-06-29", "1"))})
    assert state_of(book, "north/revenue", "2017-07-04").landmarks[0].waiting == ("ben/g", "zoe/g")
    assert state_of(book, "north/revenue", "2017-07-03").landmarks[0].waiting == ()


@pytest.mark.parametrize(
    ("start", "expected", "waiting"),
    [
        case("a goal that starts on its day is waited for", "2017-06-30", "unreported", ("ben/g",)),
        case("a goal that starts the day after is not", "2017-07-01", "missed", ()),
    ],
)
def test_it_does_not_wait_for_a_goal_that_starts_later(start: str, expected: str, waiting: tuple[str, ...]) -> None:
    book = team({"ana": number(("2017-06-30", "20")), "ben": number(start=start)})
    found = state_of(book, "north/revenue", "2017-07-04").landmarks[0]
    assert (found.status, found.waiting) == (expected, waiting)


@pytest.mark.parametrize(
    ("as_of", "expected", "waiting"),
    [
        case("the day before it is closed it is waited for", "2017-08-31", "unreported", ("ben/g",)),
        case("from the day it is closed on it is not", "2017-09-01", "missed", ()),
    ],
)
def test_it_does_not_wait_for_a_closed_goal(as_of: str, expected: str, waiting: tuple[str, ...]) -> None:
    book = team({"ana": number(("2017-06-30", "20")), "ben": number(closed={"on": "2017-09-01", "result": "missed"})})
    found = state_of(book, "north/revenue", as_of).landmarks[0]
    assert (found.status, found.waiting) == (expected, waiting)


@pytest.mark.parametrize(
    ("ben", "since"),
    [
        case("everyone in time: from the end of grace", {"checkins": [{"on": "2017-07-01", "value": "1"}]}, "2017-07-04"),
        case("from the day the last one reported", {"checkins": [{"on": "2017-07-20", "value": "1"}]}, "2017-07-20"),
        case("from the day the one without a reading was closed", {"closed": {"on": "2017-09-01", "result": "missed"}}, "2017-09-01"),
        case("not from a closing after the report", {"checkins": [{"on": "2017-07-20", "value": "1"}], "closed": {"on": "2017-09-01", "result": "missed"}}, "2017-07-20"),
    ],
)  # fmt: skip
def test_it_is_missed_from_the_day_everyone_was_known(ben: dict[str, Any], since: str) -> None:
    book = team({"ana": number(("2017-06-30", "20")), "ben": number() | ben})
    found = state_of(book, "north/revenue", "2017-09-10").landmarks[0]
    assert (found.status, found.missed_since) == ("missed", day(since))
    assert status(book, since) == "missed"


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        case("without a contributing goal nobody knows", {}, "unreported"),
        case("with everyone closed and without a reading nobody knows", {"ana": number(closed={"on": "2017-02-01", "result": "missed"})}, "unreported"),
        case("with everyone closed a reading on its day is enough", {"ana": number(("2017-06-30", "1"), closed={"on": "2017-07-01", "result": "missed"})}, "missed"),
    ],
)  # fmt: skip
def test_it_is_unreported_without_any_reading(goals: dict[str, dict[str, Any]], expected: str) -> None:
    assert status(team(goals), "2017-07-04") == expected


# Through smaller teams


def region(ana: dict[str, Any], **part: Any) -> Handbook:
    """East sums North's goal, which sums Ana's; and Eve's directly."""
    part_goal = REVENUE | {"supports": "revenue"} | part
    return handbook(
        {
            "ana": {"team": "north", "goals": [ana | {"supports": "revenue"}]},
            "eve": {"team": "east", "goals": [number(("2017-06-30", "5"), supports="revenue")]},
        },
        teams={"east": {"leader": "lea", "goals": [REVENUE]}, "north": {"part_of": "east", "goals": [part_goal]}},
    )


def test_a_rollup_of_rollups_sums_what_they_sum() -> None:
    book = region(number(("2017-03-01", "20"), ("2017-07-01", "30")))
    assert series(book, "2017-12-31", "east/revenue") == {"2017-03-01": 20, "2017-06-30": 25, "2017-07-01": 35}


def test_a_sum_passes_on_a_share_of_what_it_counts() -> None:
    """Ana's 20 reach the east by two ways, where they count once, and so once in the half that the north gets."""
    sums = {name: REVENUE | {"supports": "east/revenue"} for name in ("south", "west")}
    book = handbook(
        {"ana": {"goals": [number(("2017-01-10", "20"), supports=["south/revenue", "west/revenue"])]}},
        teams={
            "north": {"goals": [REVENUE]},
            "east": {"goals": [REVENUE | {"supports": [{"goal": "north/revenue", "share": "0.5"}]}]},
            **{name: {"goals": [goal]} for name, goal in sums.items()},
        },
    )
    assert [series(book, "2017-02-01", f"{team}/revenue") for team in ("east", "north")] == [
        {"2017-01-10": 20},
        {"2017-01-10": 10},
    ]


@pytest.mark.parametrize(
    ("ana", "part", "expected", "waiting"),
    [
        case("it waits for the seller at the bottom", number(("2017-06-29", "20")), {}, "unreported", ("ana/g",)),
        case("until she reports", number(("2017-06-30", "20")), {}, "missed", ()),
        case("or is closed", number(closed={"on": "2017-07-01", "result": "missed"}), {}, "missed", ()),
        case("or the goal between them is closed", number(), {"closed": {"on": "2017-07-01", "result": "missed"}}, "missed", ()),
    ],
)  # fmt: skip
def test_it_waits_for_the_goals_at_the_bottom(
    ana: dict[str, Any], part: dict[str, Any], expected: str, waiting: tuple[str, ...]
) -> None:
    found = state_of(region(ana, **part), "east/revenue", "2017-07-04").landmarks[0]
    assert (found.status, found.waiting) == (expected, waiting)


def test_rollups_in_a_circle_do_not_hang() -> None:
    """Rule GH203 reports them."""
    one = REVENUE | {"supports": "south/revenue"}
    other = REVENUE | {"supports": "north/revenue"}
    book = handbook({}, teams={"north": {"goals": [one]}, "south": {"goals": [other]}})
    assert [status(book, "2017-07-04", f"{name}/revenue") for name in ("north", "south")] == ["unreported"] * 2


def test_a_rollup_is_judged_like_any_other_number() -> None:
    book = team({"ana": number(("2017-06-30", "45"))}, landmarks=[value("q2", "2017-06-30", "40")])
    found = state_of(book, "north/revenue", "2017-07-04")
    assert (found.status, found.reading and found.reading.value, found.pace) == (
        "on-track",
        Decimal(45),
        Fraction("1.125"),
    )
