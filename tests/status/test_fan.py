"""Where a number would get at the paces it has had: arithmetic that changes no status (status.md#attainment)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goal_handbook.status.attainment import Fan, fan_of
from goal_handbook.status.readings import Reading
from tests.status.make import case, day, handbook, level, number, state_of

#: A hundred in 100 days: slow for 50 days, fast for 50 days.
DAYS = {"start": "2017-01-01", "due": "2017-04-11"}
SLOW_THEN_FAST = (("2017-01-31", "6"), ("2017-02-20", "10"), ("2017-03-22", "55"))


def fan(goal: dict[str, Any], as_of: str = "2017-03-25") -> Fan | None:
    state = state_of(handbook({"ana": {"goals": [goal]}}), "ana/g", as_of)
    return fan_of(state.goal, state.readings, day(as_of))


def test_a_fan_goes_on_from_the_latest_reading_at_the_slowest_the_fastest_and_the_average_pace() -> None:
    found = fan(number(*SLOW_THEN_FAST, **DAYS))
    assert found
    assert found.since == Reading(day("2017-03-22"), Decimal(55))
    assert found.slowest == 55 + 20 * Decimal("0.2")  # 6 in the first 30 days, 10 in 50
    assert found.fastest == 55 + 20 * Decimal("1.5")  # 45 in the last 30 days
    assert found.lately * 80 == 55 * 80 + 20 * 55  # 55 in all 80 days
    assert found.from_start


def test_lately_is_the_last_three_months_of_a_longer_time() -> None:
    found = fan(
        number(("2017-01-31", "30"), ("2017-03-31", "31"), ("2017-06-30", "40"), ("2017-09-29", "58.2")), "2017-10-01"
    )
    assert found
    assert not found.from_start
    assert float(found.lately) == pytest.approx(58.2 + 93 * 0.2)


def test_a_number_that_shrinks_goes_on_downwards() -> None:
    readings = (("2017-02-28", "86"), ("2017-04-30", "81"), ("2017-06-30", "74"))
    found = fan(number(*readings, target="50", measure={"from": "90"}), "2017-07-01")
    assert found
    assert found.fastest < found.lately < found.slowest < 74


@pytest.mark.parametrize(
    ("goal", "as_of"),
    [
        case("two readings are too few", number(*SLOW_THEN_FAST[:2], **DAYS), "2017-03-01"),
        case("a level has no pace", level(*SLOW_THEN_FAST, **DAYS), "2017-03-25"),
        case("it is over", number(*SLOW_THEN_FAST, **DAYS), "2017-04-11"),
        case("the target is reached", number(*SLOW_THEN_FAST, target="55", **DAYS), "2017-03-25"),
        case(
            "it is closed",
            number(*SLOW_THEN_FAST, closed={"on": "2017-03-23", "result": "dropped"}, **DAYS),
            "2017-03-25",
        ),
        case(
            "three readings in three weeks say little",
            number(("2017-01-08", "2"), ("2017-01-15", "4"), ("2017-01-22", "6"), **DAYS),
            "2017-01-23",
        ),
    ],
)
def test_there_is_no_fan_where(goal: dict[str, Any], as_of: str) -> None:
    assert fan(goal, as_of) is None
