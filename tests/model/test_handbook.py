"""A handbook of its owners, and how its teams hang together."""

from __future__ import annotations

import pytest

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.people import AnyOwner

from ..status.make import case, handbook

TEAMS = {
    "north": {"part_of": "all"},
    "city": {"part_of": "north", "name": "A"},
    "coast": {"part_of": "north"},
    "all": {},
}


def test_a_handbook_is_made_of_owners_in_any_order() -> None:
    book = handbook({"ana": {}}, TEAMS)
    assert Handbook.from_owners(book.settings, reversed(book.owners.values())) == book


def test_every_owner_can_be_changed() -> None:
    def shout(owner: AnyOwner) -> AnyOwner:
        return owner.model_copy(update={"name": owner.name.upper()})

    changed = handbook({"ana": {}}).map_owners(shout)
    assert [owner.name for owner in changed.owners.values()] == ["NORTH", "LEA", "ANA"]


def test_subteams_are_sorted_by_name_and_parent_teams_from_the_nearest() -> None:
    book = handbook({}, TEAMS)
    assert [team.id for team in book.subteams["north"]] == ["city", "coast"]
    assert [team.id for team in book.parent_teams(book.teams["city"])] == ["north", "all"]
    assert [team.id for team in book.top_teams] == ["all"]


@pytest.mark.parametrize(
    ("locale", "order"),
    [
        case("an accent is no letter of its own in English", "en_GB", ["ane", "åsa", "émile", "Zoe"]),
        case("Å comes after Z in Swedish", "sv_SE", ["ane", "émile", "Zoe", "åsa"]),
    ],
)
def test_names_are_sorted_as_the_language_does_it(locale: str, order: list[str]) -> None:
    names = {f"s{n}": {"name": name} for n, name in enumerate(["Zoe", "émile", "åsa", "ane"])}
    teams = {i: data | {"part_of": "north"} for i, data in names.items()}
    book = handbook(names, {"north": {}} | {f"t{i}": data for i, data in teams.items()}, locale=locale)
    assert [seller.name for seller in book.members["north"]] == order
    assert [team.name for team in book.subteams["north"]] == order


def test_which_team_a_leader_s_goal_refers_to_is_the_same_in_every_language() -> None:
    teams = {"a": {"name": "Émile's", "leader": "lea"}, "b": {"name": "Zoe's", "leader": "lea"}}
    book = handbook({}, teams, {"lea": {}})
    assert [team.id for team in book.led["lea"]] == ["a", "b"]
    assert book.full_id("lea", "revenue") == "b/revenue"


def test_a_branch_is_a_team_with_all_its_subteams_from_the_top_down() -> None:
    book = handbook({"ana": {"team": "coast"}, "ben": {"team": "north"}}, TEAMS)
    assert [team.id for team in book.branch(book.teams["all"])] == ["all", "north", "city", "coast"]
    assert [seller.id for seller in book.sellers_in(book.teams["all"])] == ["ben", "ana"]


def test_a_branch_that_is_a_circle_has_each_team_once() -> None:
    book = handbook({}, {"a": {"part_of": "b"}, "b": {"part_of": "a"}})
    assert [team.id for team in book.branch(book.teams["a"])] == ["a", "b"]


def test_a_leader_reports_to_the_next_leader_up() -> None:
    """Lea leads all of it, Max the city and the coast below it; nobody leads the north in between."""
    teams = {"all": {"leader": "lea"}, "north": {"part_of": "all"}}
    teams |= {t: {"part_of": "north", "leader": "max"} for t in ("city", "coast")}
    book = handbook({}, teams, {"lea": {}, "max": {}, "zoe": {}})
    assert {boss: [leader.id for leader in leaders] for boss, leaders in book.leaders_led.items()} == {"lea": ["max"]}


def test_nobody_reports_to_themselves() -> None:
    book = handbook({}, {"all": {"leader": "lea"}, "city": {"part_of": "all", "leader": "lea"}}, {"lea": {}})
    assert book.leaders_led == {}


def test_parent_teams_in_a_circle_come_once() -> None:
    book = handbook({}, {"a": {"part_of": "b"}, "b": {"part_of": "c"}, "c": {"part_of": "b"}})
    assert [team.id for team in book.parent_teams(book.teams["a"])] == ["b", "c"]


@pytest.mark.parametrize(
    ("owner", "ids"),
    [
        ("ana", "ana"),
        ("city", "ana city"),
        ("north", "ana ben city coast north"),
        ("lea", "ana city lea"),
        ("max", "ana ben city coast lea max north"),
    ],
    ids=["a seller", "a team", "a team of teams", "a leader", "a leader of leaders"],
)
def test_an_owner_stands_for_their_team_and_everybody_below(owner: str, ids: str) -> None:
    teams = {"north": {"leader": "max"}, "city": {"part_of": "north", "leader": "lea"}, "coast": {"part_of": "north"}}
    book = handbook({"ana": {"team": "city"}, "ben": {"team": "coast"}}, teams, {"lea": {}, "max": {}})
    assert sorted(book.scope_of(owner)) == ids.split()


def test_teams_in_a_circle_stand_for_each_other() -> None:
    book = handbook({}, {"a": {"part_of": "b"}, "b": {"part_of": "a"}})
    assert sorted(book.scope_of("a")) == ["a", "b"]
