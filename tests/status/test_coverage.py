"""Coverage of a team goal, its capacity and the team's abilities: the reality check (status.md#above-the-goal)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.values import plain_number
from goal_handbook.status.coverage import CapacityUse, Coverage

from .make import adjustment, case, handbook, level, number, paper, state_of

REVENUE: dict[str, Any] = {"id": "revenue", "measure": {"unit": "deals", "target": "100", "rollup": "sum"}}


def team(
    *targets: str, goal: dict[str, Any] = REVENUE, context: dict[str, Any] | None = None, **settings: Any
) -> Handbook:
    """A team with a goal of 100, and sellers with these targets who support it."""
    sellers = {f"s{i}": {"goals": [number(target=t, supports="revenue")]} for i, t in enumerate(targets)}
    north = {"leader": "lea", "goals": [goal]} | ({"context": context} if context else {})
    return handbook(sellers, teams={"north": north}, **settings)


def coverage(book: Handbook, full_id: str = "north/revenue", as_of: str = "2017-02-01") -> Coverage:
    """The coverage of a team goal."""
    found = state_of(book, full_id, as_of).coverage
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("targets", "ratio", "verdict"),
    [
        case("a thousandth below all of it is low", ("60", "39.9"), "0.999", "low"),
        case("all of it is sane", ("60", "40"), "1", "sane"),
        case("a fifth more is sane", ("60", "60"), "1.2", "sane"),
        case("a thousandth above a fifth more is high", ("60", "60.1"), "1.201", "high"),
        case("nobody is low", (), "0", "low"),
    ],
)
def test_coverage_has_its_band(targets: tuple[str, ...], ratio: str, verdict: str) -> None:
    found = coverage(team(*targets))
    assert (found.total, found.ratio, found.verdict) == (sum(map(Decimal, targets)), Fraction(ratio), verdict)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        case("a cent below low is low", "109.99", "low"),
        case("low itself is sane", "110", "sane"),
        case("high itself is sane", "150", "sane"),
        case("a cent above high is high", "150.01", "high"),
    ],
)
def test_the_handbook_sets_the_band(target: str, verdict: str) -> None:
    assert coverage(team(target, coverage={"low": "1.1", "high": "1.5"})).verdict == verdict


@pytest.mark.parametrize(
    ("goal", "counts"),
    [
        case("a number in its unit counts", {}, True),
        case("another unit does not", {"measure": {"unit": "money", "target": "60"}}, False),
        case("a level to hold does not", {"measure": {"unit": "deals", "target": "60", "hold": "at_least"}}, False),
        case("a goal without a number does not", {"measure": None, "landmarks": [paper("p", "2017-06-30")]}, False),
        case("a goal that supports another does not", {"supports": "other"}, False),
    ],
)
def test_which_sellers_goals_count(goal: dict[str, Any], counts: bool) -> None:
    seller_goal = number(target="60", supports="revenue") | goal
    book = handbook({"ana": {"goals": [seller_goal]}}, teams={"north": {"goals": [REVENUE]}})
    assert shares(book) == ({"ana/g": "60"} if counts else {})


def shares(book: Handbook, full_id: str = "north/revenue", as_of: str = "2017-02-01") -> dict[str, str]:
    """What each goal adds to a team goal."""
    return {share.full_id: plain_number(share.amount) for share in coverage(book, full_id, as_of).shares}


@pytest.mark.parametrize(
    ("goal", "seller", "amount"),
    [
        case("an open goal counts with its target", {}, {}, "60"),
        case("one closed tomorrow does too", {"closed": {"on": "2017-02-02", "result": "dropped"}}, {}, "60"),
        case("one that is closed, with what it reached", {"closed": {"on": "2017-02-01", "result": "partly"}}, {}, "25"),
        case("one that was dropped as well", {"closed": {"on": "2017-02-01", "result": "dropped"}}, {}, "25"),
        case("one of somebody who left, too", {}, {"left": "2017-01-31"}, "25"),
        case("on the last day its target still counts", {}, {"left": "2017-02-01"}, "60"),
        case("a share of it", {"supports": {"goal": "revenue", "share": "0.5"}}, {}, "30"),
        case("one that supported it until a day, with what it made", {"supports": {"goal": "revenue", "until": "2017-01-31"}}, {}, "25"),
        case("one that supports it from a day, with the rest", {"supports": {"goal": "revenue", "from": "2017-02-01"}}, {}, "35"),
    ],
)  # fmt: skip
def test_coverage_counts_what_is_still_to_come(goal: dict[str, Any], seller: dict[str, str], amount: str) -> None:
    sold = number(("2017-01-31", "25"), target="60", supports="revenue") | goal
    book = handbook({"ana": {"goals": [sold], **seller}}, teams={"north": {"goals": [REVENUE]}})
    assert shares(book) == ({"ana/g": amount})


def test_a_managing_producers_goal_counts_as_it_does_in_the_sum() -> None:
    sold = number(target="40", supports="revenue")
    north = {"leader": "lea", "goals": [REVENUE]}
    book = handbook({}, teams={"north": north}, leaders={"lea": {"managing_producer": "yes", "goals": [sold]}})
    assert shares(book) == {"lea/g": "40"}


def test_a_number_that_goes_down_is_covered_by_movement_and_not_by_height() -> None:
    """From 90 to 60 in all; Ana from 50 to 30 and Ben from 40 to 30 make 30 of 30."""
    goal = {"id": "churn", "measure": {"unit": "deals", "from": "90", "target": "60", "rollup": "sum"}}
    down = [number(target="30", measure={"from": start}, supports="churn") for start in ("50", "40")]
    book = handbook({"ana": {"goals": down[:1]}, "ben": {"goals": down[1:]}}, teams={"north": {"goals": [goal]}})
    assert (coverage(book, "north/churn").ratio, shares(book, "north/churn")) == (
        Fraction(1),
        {"ana/g": "-20", "ben/g": "-10"},
    )


def test_money_is_converted_by_the_rates_of_the_plan() -> None:
    sold = number(target="100", measure={"unit": "CAD"}, supports="revenue")
    goal = {"id": "revenue", "measure": {"unit": "money", "target": "98", "rollup": "sum"}}
    book = handbook(
        {"ana": {"goals": [sold]}}, teams={"north": {"goals": [goal]}}, currency="USD", rates={"CAD": "0.98"}
    )
    assert coverage(book).ratio == 1


def test_goals_of_subteams_count_through_the_targets_of_their_sellers() -> None:
    book = handbook(
        {"ana": {"goals": [number(target="30", supports="revenue")]}, "eve": {"team": "east", "goals": [number(target="80", supports="revenue")]}},
        teams={"east": {"goals": [REVENUE]}, "north": {"part_of": "east", "goals": [REVENUE | {"supports": "revenue"}]}},
    )  # fmt: skip
    assert shares(book, "east/revenue") == {"ana/g": "30", "eve/g": "80"}


@pytest.mark.parametrize(
    ("goal", "has_coverage"),
    [
        case("a rollup has one", REVENUE, True),
        case("a number its sellers support has one", {"id": "revenue", "measure": {"unit": "deals", "target": "100"}}, True),
        case("a number that nobody supports has none", {"id": "alone", "measure": {"unit": "deals", "target": "100"}}, False),
        case("a level has none", level() | {"id": "revenue"}, False),
        case("a goal without a number has none", {"id": "revenue", "landmarks": []}, False),
        case("a number that does not move has none", {"id": "revenue", "measure": {"unit": "deals", "from": "9", "target": "9"}}, False),
    ],
)  # fmt: skip
def test_which_team_goals_have_coverage(goal: dict[str, Any], has_coverage: bool) -> None:
    found = state_of(team("60", goal=goal), f"north/{goal['id']}", "2017-02-01").coverage
    assert (found is not None) == has_coverage


def test_a_sellers_goal_has_no_coverage() -> None:
    assert state_of(team("60"), "s0/g", "2017-02-01").coverage is None


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        case("the day before on the old target", "2017-05-09", "low"),
        case("from its day on the new one", "2017-05-10", "sane"),
    ],
)
def test_an_adjusted_target_changes_coverage_from_its_day(as_of: str, verdict: str) -> None:
    goal = REVENUE | {"adjustments": [adjustment("2017-05-10", ("target", "120", "100"))]}
    assert coverage(team("110", goal=goal), as_of=as_of).verdict == verdict


# Capacity


@pytest.mark.parametrize(
    ("limit", "used", "over"),
    [
        case("a limit above the target holds", "125", "0.8", False),
        case("a limit equal to the target holds", "100", "1", False),
        case("a limit below the target does not", "80", "1.25", True),
        case("a limit of nothing never does", "0", None, True),
    ],
)
def test_a_capacity_is_exceeded_by_a_target_above_its_limit(limit: str, used: str | None, over: bool) -> None:
    context = {"capacity": [{"what": "Fitters", "limit": limit, "unit": "deals", "goal": "revenue"}]}
    [use] = capacities(team("100", context=context))
    assert (use.used, use.over) == (Fraction(used) if used else None, over)


@pytest.mark.parametrize(
    ("capacity", "found"),
    [
        case("one that names the goal limits it", {"goal": "revenue"}, [(True, True)]),
        case("one that names it in full does too", {"goal": "north/revenue"}, [(True, True)]),
        case("one that names another does not", {"goal": "margin"}, []),
        case("one that names none does not", {}, []),
        case("one in another unit is not compared", {"goal": "revenue", "unit": "hours"}, [(False, False)]),
        case("one in its unit is", {"goal": "revenue", "unit": "deals"}, [(True, True)]),
        case("one in another unit with what each is worth is, too", {"goal": "revenue", "unit": "hours", "per": "1.2"}, [(True, False)]),
    ],
)  # fmt: skip
def test_which_capacity_limits_a_goal(capacity: dict[str, str], found: list[tuple[bool, bool]]) -> None:
    context = {"capacity": [{"what": "Fitters", "limit": "90"} | capacity]}
    uses = capacities(team("100", context=context))
    assert [(use.compared, use.over) for use in uses] == found


def test_a_capacity_limits_a_number_of_the_teams_own() -> None:
    """Nobody supports it, so it has no coverage."""
    goal = {"id": "revenue", "measure": {"unit": "deals", "target": "100"}}
    book = team(goal=goal, context={"capacity": [{"what": "Fitters", "limit": "80", "goal": "revenue"}]})
    assert state_of(book, "north/revenue", "2017-02-01").coverage is None
    [use] = capacities(book)
    assert (use.used, use.over) == (Fraction("1.25"), True)


def test_a_level_has_no_capacity() -> None:
    context = {"capacity": [{"what": "Fitters", "limit": "80", "goal": "revenue"}]}
    assert capacities(team(goal=level() | {"id": "revenue"}, context=context)) == ()


def capacities(book: Handbook) -> tuple[CapacityUse, ...]:
    """The capacities that name the team goal."""
    return state_of(book, "north/revenue", "2017-02-01").capacities


# Abilities


@pytest.mark.parametrize(
    ("abilities", "total"),
    [
        case("they are summed", {"s0": {"estimate": "50"}, "s1": {"estimate": "35.5"}}, "85.5"),
        case("one that names the goal is for it", {"s0": {"estimate": "50", "goal": "revenue"}}, "50"),
        case("one for another goal does not count", {"s0": {"estimate": "50"}, "s1": {"estimate": "9", "goal": "margin"}}, "50"),
        case("without any there is no estimate, rather than 0", {}, None),
    ],
)  # fmt: skip
def test_the_abilities_of_the_members_are_summed(abilities: dict[str, Any], total: str | None) -> None:
    found = coverage(team("60", "40", context={"abilities": abilities})).abilities
    assert found == (Decimal(total) if total else None)


def test_the_estimates_of_those_who_have_left_are_left_out() -> None:
    goal = number(target="60", supports="revenue")
    abilities = {"ana": {"estimate": "50"}, "ben": {"estimate": "35"}}
    north = {"leader": "lea", "goals": [REVENUE], "context": {"abilities": abilities}}
    book = handbook({"ana": {"goals": [goal]}, "ben": {"goals": [goal], "left": "2017-01-31"}}, {"north": north})
    found = [coverage(book, as_of=as_of).abilities for as_of in ("2017-01-31", "2017-02-01")]
    assert found == [Decimal(85), Decimal(50)]


def test_an_estimate_without_a_goal_is_for_the_first_with_a_target() -> None:
    goals = [{"id": "steps", "landmarks": []}, REVENUE, REVENUE | {"id": "margin"}]
    north = {"goals": goals, "context": {"abilities": {"ana": {"estimate": "50"}}}}
    book = handbook({}, teams={"north": north})
    assert [coverage(book, f"north/{name}").abilities for name in ("revenue", "margin")] == [Decimal(50), None]
