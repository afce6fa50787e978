"""Who works when: a seller's first and last day both count."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.model.people import Seller

from ..status.make import case, day


@pytest.mark.parametrize(
    ("dates", "on", "active"),
    [
        case("without dates, always", {}, "2017-07-01", True),
        case("the day before joining", {"joined": "2017-05-04"}, "2017-05-03", False),
        case("the day of joining", {"joined": "2017-05-04"}, "2017-05-04", True),
        case("long after joining", {"joined": "2017-05-04"}, "2019-01-01", True),
        case("the last day", {"left": "2017-09-30"}, "2017-09-30", True),
        case("the day after the last", {"left": "2017-09-30"}, "2017-10-01", False),
        case("a single day", {"joined": "2017-05-04", "left": "2017-05-04"}, "2017-05-04", True),
    ],
)
def test_a_seller_works_from_joined_to_left(dates: dict[str, Any], on: str, active: bool) -> None:
    seller = Seller.model_validate({"id": "ana", "name": "Ana", "team": "north"} | dates)
    assert seller.is_active_on(day(on)) is active


MOVED = Seller.model_validate(
    {
        "id": "ana",
        "name": "Ana",
        "team": [{"id": "north"}, {"id": "south", "from": "2017-03-01"}, "east from 2017-09-01"],
        "away": [{"from": "2017-05-01", "to": "2017-05-31", "note": "Ill"}],
    }
)


@pytest.mark.parametrize(
    ("on", "team", "moved_on"),
    [
        ("2017-02-28", "north", None),
        ("2017-03-01", "south", "2017-03-01"),
        ("2017-08-31", "south", "2017-03-01"),
        ("2017-09-01", "east", "2017-09-01"),
    ],
)
def test_a_seller_is_in_one_team_a_day(on: str, team: str, moved_on: str | None) -> None:
    assert (MOVED.team_on(day(on)), MOVED.moved_on(day(on))) == (team, day(moved_on) if moved_on else None)


def test_without_a_day_the_last_team_counts() -> None:
    assert MOVED.team_on(None) == "east"


@pytest.mark.parametrize(
    ("on", "is_away"), [("2017-04-30", False), ("2017-05-01", True), ("2017-05-31", True), ("2017-06-01", False)]
)
def test_both_ends_of_a_leave_belong_to_it(on: str, is_away: bool) -> None:
    assert MOVED.is_away_on(day(on)) == is_away
