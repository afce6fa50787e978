"""What one assessment takes over from another is what it would have found itself."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.changes.history import History as Versions
from goal_handbook.model.audience import for_audience
from goal_handbook.model.handbook import Handbook
from goal_handbook.site import show
from goal_handbook.source.load import load
from goal_handbook.status.assessment import assess
from goal_handbook.status.unaffected import unaffected_goals

from .make import case, day, handbook, number
from .test_properties import LAW, History, book, busy_days, days, histories

ROOT = Path(__file__).parent.parent.parent
LOOKUPS = ["renamed_owners", "renamed_goals", "feeds", "fed_by", "supports", "supporters", "continues"]
GOALS = ["ana/g", "ben/g", "cleo/g", "north/revenue", "lea/talks"]
#: What only leaders see of a team: its abilities, and a capacity for a goal that may be hidden.
CONTEXT = handbook(
    teams={
        "north": {
            "context": {
                "abilities": {"ana": {"estimate": "50"}},
                "capacity": [{"what": "Calls", "limit": "9", "goal": "revenue"}],
            }
        }
    }
).teams["north"].context  # fmt: skip


def private(of: Handbook, hidden: Collection[str], people: Collection[str]) -> Handbook:
    """The handbook with these goals for leaders only, and with something about these people that only leaders see."""

    def change(owner: Any) -> Any:
        goals = (
            goal.model_copy(update={"visibility": "leaders"}) if f"{owner.id}/{goal.id}" in hidden else goal
            for goal in owner.goals
        )
        more: dict[str, Any] = {"context": CONTEXT} if owner.kind == "team" else {"motivation": "Her boat"}
        return owner.model_copy(update={"goals": tuple(goals)} | (more if owner.id in people else {}))

    return of.map_owners(change)


@LAW
@given(
    st.lists(histories(), min_size=1, max_size=3),
    st.sets(st.sampled_from(GOALS)),
    st.sets(st.sampled_from(["ana", "ben", "north"])),
    days | busy_days,
)
def test_the_teams_assessment_is_the_same_whatever_is_taken_over_from_the_whole_one(
    of: list[History], hidden: set[str], people: set[str], as_of: datetime.date
) -> None:
    whole = private(book(history.file for history in of), hidden, people)
    shown = for_audience(whole, "team")
    assert assess(shown, as_of, known=assess(whole, as_of)) == assess(shown, as_of)


@LAW
@given(
    st.lists(histories(), min_size=1, max_size=3),
    st.lists(histories(), min_size=1, max_size=3),
    st.integers(0, 3),
    days | busy_days,
)
def test_an_assessment_after_an_edit_is_the_same_whatever_is_taken_over_from_the_one_before(
    before: list[History], after: list[History], kept: int, as_of: datetime.date
) -> None:
    """Some of the goals are as they were, others are not, are gone or are new."""
    now = book(history.file for history in [*before[:kept], *after[kept:]])
    known = assess(book(history.file for history in before), as_of)
    found, plain = assess(now, as_of, known=known), assess(now, as_of)
    assert found == plain
    assert [getattr(found.handbook, name) for name in LOOKUPS] == [getattr(plain.handbook, name) for name in LOOKUPS]


@LAW
@given(
    st.lists(histories(), min_size=1, max_size=3),
    st.lists(histories(), min_size=1, max_size=3),
    st.integers(0, 3),
    st.sets(st.sampled_from(GOALS)),
    st.sampled_from(GOALS),
    days | busy_days,
)
def test_what_the_team_is_shown_after_an_edit_is_the_same_whatever_is_taken_over_from_before(
    before: list[History], after: list[History], kept: int, hidden: set[str], other: str, as_of: datetime.date
) -> None:
    """Some of the goals are edited, and one may be hidden, or not any more."""
    whole = private(book(history.file for history in before), hidden, ["ana"])
    edited = private(book(h.file for h in [*before[:kept], *after[kept:]]), hidden ^ ({other} if kept else set()), [])
    now = edited.map_owners(lambda owner: same if (same := whole.owners.get(owner.id)) == owner else owner)
    known = show(whole, assess(whole, as_of), Versions(), "team")
    assessment = assess(now, as_of)
    assert show(now, assessment, Versions(), "team", known) == show(now, assessment, Versions(), "team")


@pytest.mark.parametrize("as_of", ["2017-03-31", "2017-10-15"])
def test_the_teams_assessment_of_the_example_is_the_same_too(as_of: str) -> None:
    whole = load(ROOT / "goals", "goals").handbook
    assert whole
    shown = for_audience(whole, "team")
    assert assess(shown, day(as_of), known=assess(whole, day(as_of))) == assess(shown, day(as_of))


FEEDS = {"supports": "revenue"}
REVENUE: dict[str, Any] = {"id": "revenue", "measure": {"unit": "deals", "target": "200", "rollup": "sum"}}
SELLERS: dict[str, Any] = {
    "ana": {"goals": [number(("2017-03-31", "20"), **FEEDS), {"id": "alone"}]},
    "ben": {"goals": [number(("2017-03-31", "30"), **FEEDS)]},
}
NORTH: dict[str, Any] = {"leader": "lea", "goals": [REVENUE, {"id": "other"}]}
ALL = {"ana/g", "ana/alone", "ben/g", "north/revenue", "north/other"}


@pytest.mark.parametrize(
    ("sellers", "north", "affected"),
    [
        case("nothing differs", {}, {}, set()),
        case("a motivation says nothing of goals", {"ana": SELLERS["ana"] | {"motivation": "Her boat"}}, {}, set()),
        case("a goal that feeds a sum concerns the sum", {"ben": {"goals": [number(("2017-03-31", "40"), **FEEDS)]}}, {}, {"ben/g", "north/revenue"}),
        case("so does one that is gone", {"ben": {}}, {}, {"north/revenue"}),
        case("one that feeds nothing concerns itself", {"ana": {"goals": [SELLERS["ana"]["goals"][0], {"id": "alone", "why": "So"}]}}, {}, {"ana/alone"}),
        case("a supported goal concerns the agreements to those that support it", {}, {"goals": [REVENUE | {"why": "So"}, {"id": "other"}]}, {"ana/g", "ben/g", "north/revenue"}),
        case("what a team can handle concerns its own goals", {}, {"context": {"abilities": {"ana": {"estimate": "50"}}}}, {"north/revenue", "north/other"}),
        case("a person who is away can concern any", {"ben": SELLERS["ben"] | {"away": [{"from": "2017-03-01", "to": "2017-03-31"}]}}, {}, ALL),
        case("a team with another leader too", {}, {"leader": "max"}, ALL),
    ],
)  # fmt: skip
def test_which_goals_a_difference_can_concern(sellers: Any, north: Any, affected: set[str]) -> None:
    before, now = handbook(SELLERS, {"north": NORTH}), handbook(SELLERS | sellers, {"north": NORTH | north})
    assert now.goals.keys() - unaffected_goals(before, now) == affected


def test_other_settings_can_concern_any_goal() -> None:
    assert not unaffected_goals(handbook(SELLERS), handbook(SELLERS, grace_days="9"))
