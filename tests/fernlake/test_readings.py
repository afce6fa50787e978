"""Fernlake's readings are its deals, added up once more."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from decimal import Decimal

import pytest

from .books import DEALS, all_readings, imported_on, latest, sold, sold_by_all, total
from .plan import GOALS, OWNERS, PLAN, YEAR_END, YEAR_START, day, number

SELLING = [full_id for full_id, goal in PLAN.items() if goal.shape == "number" and not goal.is_sum]
IMPORTED = [full_id for full_id in SELLING if "checkins" not in PLAN[full_id].raw]
DAYS = [YEAR_START + datetime.timedelta(n) for n in range((YEAR_END - YEAR_START).days + 1)]


def test_the_deals_are_what_real_books_have() -> None:
    assert len(DEALS) == 133
    assert Counter(deal.currency for deal in DEALS) == {"USD": 112, "CAD": 21}
    assert [len(deal.credited) for deal in DEALS].count(2) == 3
    assert sum(deal.amount < 0 for deal in DEALS) == 5
    assert sum(not deal.won for deal in DEALS) == 27
    assert all(deal.closed <= OWNERS[seller].left for deal in DEALS for seller in deal.credited if deal.amount > 0)
    assert all(deal.closed >= OWNERS[seller].joined for deal in DEALS for seller in deal.credited)


def test_the_year_has_quarters_of_13_weeks_that_do_not_end_with_a_month() -> None:
    ends = [lm.due for lm in PLAN["americas/revenue"].landmarks.values()]
    starts = [YEAR_START, *(end + datetime.timedelta(1) for end in ends)]
    assert [(end - start).days + 1 for start, end in zip(starts, ends, strict=False)] == [91] * 4
    assert all((end + datetime.timedelta(1)).day != 1 for end in ends)


def test_the_file_has_the_totals_that_follow_from_the_deals_and_no_others() -> None:
    with (GOALS / "readings" / "crm.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["goal"], day(row["on"]), Decimal(row["value"])) for row in csv.DictReader(file)]
    assert found == [
        (full_id, on, value) for full_id in sorted(IMPORTED) for on, value in all_readings(full_id).items()
    ]


@pytest.mark.parametrize("full_id", ["ingrid-solberg/key-accounts", "priya-nair/win-rate"])
def test_what_people_wrote_down_themselves_is_what_the_deals_say(full_id: str) -> None:
    written = {day(c["on"]): number(c["value"]) for c in PLAN[full_id].raw["checkins"]}
    assert written == all_readings(full_id)


def test_everything_sold_is_somebody_s_and_nothing_twice() -> None:
    for on in DAYS:
        credited = (sold(PLAN[i].owner.id, "USD", on) for i in SELLING)
        assert sum(credited) == sold_by_all(on)


def test_there_is_a_reading_on_every_due_date_and_on_the_last_day_before_the_transfer() -> None:
    for full_id in IMPORTED:
        goal = PLAN[full_id]
        assert {lm.due for lm in goal.landmarks.values()} <= set(imported_on(goal))
    assert day("2018-03-11") in imported_on(PLAN["hannah-weiss/new-business"])


@pytest.mark.parametrize("on", [YEAR_END, *(on for on in imported_on(PLAN["owen-brandt/new-business"]))])
def test_the_americas_are_what_everyone_reported(on: datetime.date) -> None:
    """East and west are more: each counts all that Sofia sells."""
    region, east, west = (total(PLAN[f"{team}/revenue"], on) for team in ("americas", "east", "west"))
    assert region == sum(latest(PLAN[i], on) * (Decimal("0.78") if PLAN[i].unit == "CAD" else 1) for i in SELLING)
    assert east + west == region + latest(PLAN["sofia-marchetti/service"], on)
