"""The 1:1s of a seller: those of the nearest leader's first open cadence of support."""

from __future__ import annotations

from typing import Any

import pytest

from goal_handbook.status.assessment import assess
from goal_handbook.status.meetings import OneToOnes, one_to_ones

from .make import case, day, handbook

MONTHLY = {"measure": {"cadence": {"times": "1", "per": "month", "with": "each-seller"}}}
HELD = [{"on": "2017-01-10", "with": "ana"}, {"on": "2017-02-10", "with": "ana"}]
TALKS = {"id": "talks", "kind": "support", **MONTHLY, "sessions": HELD}
COURSE = {"id": "course", "kind": "support"}
OWN = {"id": "own", "kind": "improvement", **MONTHLY}
RIDES = {"id": "rides", "kind": "support", **MONTHLY, "sessions": HELD[:1]}
CLOSED = {"closed": {"on": "2017-02-20", "result": "dropped", "note": "Too much"}}


@pytest.mark.parametrize(
    ("goals", "found"),
    [
        case("held of due", [TALKS], OneToOnes("lea/talks", 2, 3)),
        case("the first of several", [RIDES, TALKS], OneToOnes("lea/rides", 1, 3)),
        case("not a closed one", [RIDES | CLOSED, TALKS], OneToOnes("lea/talks", 2, 3)),
        case("not what is no cadence, nor the leader's own growth", [COURSE, OWN], None),
        case("none", [], None),
    ],
)
def test_which_cadence_counts_as_the_1_1s(goals: list[dict[str, Any]], found: OneToOnes | None) -> None:
    book = handbook({"ana": {}}, leaders={"lea": {"goals": goals}})
    assert one_to_ones(assess(book, day("2017-04-05"))).get("ana") == found


def test_a_leader_further_up_is_not_the_one_who_meets_them() -> None:
    """Lea names Ana, but Max is her nearest leader, and has promised nothing."""
    named = {"measure": {"cadence": {"times": "1", "per": "month", "with": ["ana"]}}, "id": "talks", "kind": "support"}
    teams = {"region": {"leader": "lea"}, "north": {"part_of": "region", "leader": "max"}}
    book = handbook({"ana": {}}, teams, {"lea": {"goals": [named]}, "max": {}})
    assert one_to_ones(assess(book, day("2017-04-05"))) == {}
