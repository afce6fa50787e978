"""A handbook of its owners, and how its teams hang together."""

from __future__ import annotations

from goal_handbook.model.handbook import Handbook
from goal_handbook.model.people import AnyOwner

from ..status.make import handbook

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


def test_parent_teams_in_a_circle_come_once() -> None:
    book = handbook({}, {"a": {"part_of": "b"}, "b": {"part_of": "c"}, "c": {"part_of": "b"}})
    assert [team.id for team in book.parent_teams(book.teams["a"])] == ["b", "c"]
