"""Values for landmarks: spread over a goal's time, or moved in proportion, and rounded as people write them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.model.settings import Period
from goal_handbook.model.values import plain_number
from goal_handbook.status.spread import moved, quarter_parts, ramp_parts, rounded_as, spread


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def numbers(text: str) -> list[Decimal]:
    return [Decimal(word) for word in text.split()]


SPREAD = {
    "evenly": ("0", "250_000", "1 1 1 1", "62500 125000 187500 250000"),
    "a number that does not divide": ("0", "100_000", "1 1 1", "33300 66700 100000"),
    "things that cannot be halved": ("0", "10", "1 1 1 1", "3 5 8 10"),
    "what is written with decimals": ("0", "2.5", "1 1 1 1", "0.6 1.3 1.9 2.5"),
    "from a number": ("100", "200", "1 3", "125 200"),
    "on the way down": ("60", "30", "1 1", "45 30"),
    "by weight": ("0", "120_000", "1 2 3", "20000 60000 120000"),
    "with nothing at first": ("0", "90", "0 1 2", "0 30 90"),
    "a target that is not round": ("0", "255", "1 254", "1 255"),
}


@pytest.mark.parametrize(("start", "target", "weights", "expected"), SPREAD.values(), ids=SPREAD)
def test_a_target_is_spread(start: str, target: str, weights: str, expected: str) -> None:
    found = spread(Decimal(start), Decimal(target.replace("_", "")), [Fraction(w) for w in weights.split()])
    assert " ".join(map(plain_number, found)) == expected


MOVED = {
    "rounded to thousands, like the others": ("0", "240_000", "175000 260000", "12/13", "162000 240000"),
    "to hundreds of thousands would say too little": ("0", "260_000", "100000 200000 300000", "13/15", "87000 173000 260000"),
    "deals": ("0", "30", "10 20 30 40", "3/4", "8 15 23 30"),
    "more than before": ("0", "360", "90 180 240", "3/2", "135 270 360"),
    "up from a number": ("100", "150", "150 200", "1/2", "125 150"),
    "down from a number": ("60", "40", "50 30", "2/3", "53 40"),
}  # fmt: skip


@pytest.mark.parametrize(("start", "target", "values", "factor", "expected"), MOVED.values(), ids=MOVED)
def test_values_are_moved_in_proportion(start: str, target: str, values: str, factor: str, expected: str) -> None:
    old = numbers(values)
    found = moved(old, [Fraction(factor)] * len(old), Decimal(start), Decimal(start), Decimal(target.replace("_", "")))
    assert " ".join(map(plain_number, found)) == expected


@pytest.mark.parametrize(
    ("least", "target", "expected"),
    [("0", "130", "95 130"), ("110", "130", "110 130"), ("110", "100", "100 100")],
    ids=["free", "not less than what was due before", "not more than the target, even then"],
)
def test_moved_values_stay_in_order(least: str, target: str, expected: str) -> None:
    found = moved(numbers("190 260"), [Fraction(1, 2)] * 2, Decimal(0), Decimal(least), Decimal(target))
    assert " ".join(map(plain_number, found)) == expected


@given(
    st.integers(-1_000, 1_000).filter(bool),
    st.integers(0, 500),
    st.lists(st.fractions(0, 3), min_size=1, max_size=12).filter(any),
)
def test_a_spread_target_is_reached_in_order_and_in_whole_numbers(
    way: int, start: int, weights: list[Fraction]
) -> None:
    low, high = Decimal(start), Decimal(start + way)
    found = spread(low, high, weights)
    assert found[-1] == high
    totals = [low, *found]
    assert all((after - before) * (1 if way > 0 else -1) >= 0 for before, after in pairwise(totals))
    assert all(number == int(number) for number in found)


def test_a_relieved_target_is_rounded_like_the_old_one_but_not_by_more_than_a_hundredth() -> None:
    assert rounded_as(Fraction(260_000 * 304, 365), Decimal(260_000)) == 217_000
    assert rounded_as(Fraction(23), Decimal(30)) == 23
    assert rounded_as(Fraction("2.24"), Decimal("2.5")) == Decimal("2.2")


def test_the_quarters_of_somebody_who_joins_in_between_weigh_by_their_days() -> None:
    period = Period(name="2017", start=day("2017-01-01"), end=day("2017-12-31"))
    assert {n: (str(p.end), p.weight) for n, p in quarter_parts(period, day("2017-08-16")).items()} == {
        3: ("2017-09-30", Fraction(46, 92)),
        4: ("2017-12-31", Fraction(1)),
    }


def test_a_ramp_counts_months_from_the_start_and_goes_on_in_full() -> None:
    parts = ramp_parts(day("2017-07-17"), day("2017-12-31"), [Fraction(w) for w in (25, 50, 75)])
    assert [str(p.end)[5:] for p in parts] == ["08-16", "09-16", "10-16", "11-16", "12-16", "12-31"]
    assert [p.weight for p in parts] == [25, 50, 75, 100, 100, 100 * Fraction(15, 31)]


def test_a_ramp_longer_than_the_goal_ends_with_it() -> None:
    parts = ramp_parts(day("2017-11-01"), day("2017-12-31"), [Fraction(w) for w in (25, 50, 75, 100)])
    assert [(str(p.end), int(p.weight)) for p in parts] == [("2017-11-30", 25), ("2017-12-31", 50)]
