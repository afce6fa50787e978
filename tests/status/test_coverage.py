"""Coverage of a team goal, its capacity and the team's abilities: the reality check (status.md#above-the-goal)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.status.coverage import Coverage

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
        case("a dropped goal does not", {"closed": {"on": "2017-02-01", "result": "dropped"}}, False),
        case("a goal dropped tomorrow does", {"closed": {"on": "2017-02-02", "result": "dropped"}}, True),
        case("a goal closed otherwise does", {"closed": {"on": "2017-02-01", "result": "partly"}}, True),
    ],
)
def test_which_sellers_goals_count(goal: dict[str, Any], counts: bool) -> None:
    seller_goal = number(target="60", supports="revenue") | goal
    book = handbook({"ana": {"goals": [seller_goal]}}, teams={"north": {"goals": [REVENUE]}})
    assert coverage(book).shares == ((("ana/g", Decimal(60)),) if counts else ())


def test_goals_of_subteams_count_through_the_targets_of_their_sellers() -> None:
    book = handbook(
        {"ana": {"goals": [number(target="30", supports="revenue")]}, "eve": {"team": "east", "goals": [number(target="80", supports="revenue")]}},
        teams={"east": {"goals": [REVENUE]}, "north": {"part_of": "east", "goals": [REVENUE | {"supports": "revenue"}]}},
    )  # fmt: skip
    assert coverage(book, "east/revenue").shares == (("ana/g", Decimal(30)), ("eve/g", Decimal(80)))


@pytest.mark.parametrize(
    ("goal", "has_coverage"),
    [
        case("a rollup has one", REVENUE, True),
        case("a number its sellers support has one", {"id": "revenue", "measure": {"unit": "deals", "target": "100"}}, True),
        case("a number that nobody supports has none", {"id": "alone", "measure": {"unit": "deals", "target": "100"}}, False),
        case("a level has none", level() | {"id": "revenue"}, False),
        case("a goal without a number has none", {"id": "revenue", "landmarks": []}, False),
        case("a number that goes down to nothing has none", {"id": "revenue", "measure": {"unit": "deals", "from": "9", "target": "0"}}, False),
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
    [use] = coverage(team("100", context=context)).capacities
    assert (use.used, use.over) == (Fraction(used) if used else None, over)


@pytest.mark.parametrize(
    ("capacity", "limits"),
    [
        case("one that names the goal limits it", {"goal": "revenue"}, True),
        case("one that names it in full does too", {"goal": "north/revenue"}, True),
        case("one that names another does not", {"goal": "margin"}, False),
        case("one that names none does not", {}, False),
        case("one in another unit does not", {"goal": "revenue", "unit": "hours"}, False),
        case("one in its unit does", {"goal": "revenue", "unit": "deals"}, True),
    ],
)
def test_which_capacity_limits_a_goal(capacity: dict[str, str], limits: bool) -> None:
    context = {"capacity": [{"what": "Fitters", "limit": "90"} | capacity]}
    assert [use.over for use in coverage(team("100", context=context)).capacities] == ([True] if limits else [])


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


def test_an_estimate_without_a_goal_is_for_the_first_with_a_target() -> None:
    goals = [{"id": "steps", "landmarks": []}, REVENUE, REVENUE | {"id": "margin"}]
    north = {"goals": goals, "context": {"abilities": {"ana": {"estimate": "50"}}}}
    book = handbook({}, teams={"north": north})
    assert [coverage(book, f"north/{name}").abilities for name in ("revenue", "margin")] == [Decimal(50), None]
