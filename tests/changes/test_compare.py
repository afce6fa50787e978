"""What two versions of a handbook differ in: laws, and the words for each kind of move."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.changes.compare import compare
from goal_handbook.changes.kinds import Move
from goal_handbook.changes.renames import Names
from goal_handbook.changes.snapshot import GoalSnapshot, HandbookSnapshot, Item, as_json, from_json, handbook_snapshot
from goal_handbook.source.load import load

ROOT = Path(__file__).parent.parent.parent
LOADED = load(ROOT / "goals", "goals")
assert LOADED.handbook
EXAMPLE = handbook_snapshot(LOADED.handbook, LOADED.documents)
FULL_IDS = sorted(f"{owner}/{goal}" for owner, snapshot in EXAMPLE.owners.items() for goal in snapshot.goals)

full_ids = st.sampled_from(FULL_IDS)


def with_goal(full_id: str, change: Callable[[GoalSnapshot], GoalSnapshot]) -> HandbookSnapshot:
    """The example with one goal changed."""
    owner_id, _, goal_id = full_id.partition("/")
    owner = EXAMPLE.owners[owner_id]
    goals = {**owner.goals, goal_id: change(owner.goals[goal_id])}
    return HandbookSnapshot(EXAMPLE.settings, {**EXAMPLE.owners, owner_id: replace(owner, goals=goals)})


def goal_of(full_id: str) -> GoalSnapshot:
    owner_id, _, goal_id = full_id.partition("/")
    return EXAMPLE.owners[owner_id].goals[goal_id]


def moves(new: HandbookSnapshot, old: HandbookSnapshot = EXAMPLE) -> list[Move]:
    return compare(old, new, Names())


@pytest.mark.parametrize("folder", [ROOT / "goals", ROOT / "tests" / "data" / "every-key"], ids=lambda p: p.name)
def test_a_handbook_does_not_differ_from_itself(folder: Path) -> None:
    loaded = load(folder, "goals")
    assert loaded.handbook
    snapshot = handbook_snapshot(loaded.handbook, loaded.documents)
    assert moves(snapshot, snapshot) == []


@pytest.mark.parametrize("owner_id", EXAMPLE.owners)
def test_an_outline_survives_the_cache(owner_id: str) -> None:
    snapshot = EXAMPLE.owners[owner_id]
    assert from_json(json.loads(json.dumps(as_json(snapshot)))) == snapshot


@given(full_ids, st.randoms())
def test_the_order_of_items_and_goals_says_nothing(full_id: str, dice: object) -> None:
    def shuffle(goal: GoalSnapshot) -> GoalSnapshot:
        shuffled = {name: sorted(items, key=lambda _: dice.random()) for name, items in goal.decisions.items()}  # type: ignore[attr-defined]
        return replace(goal, decisions=shuffled, terms=dict(sorted(goal.terms.items(), reverse=True)))

    assert moves(with_goal(full_id, shuffle)) == []


NUMBERS = [i for i in FULL_IDS if "target" in goal_of(i).terms]


@given(st.sampled_from(NUMBERS), st.integers(1, 10**9))
def test_a_target_is_silent_without_an_adjustment_and_explained_with_it(full_id: str, target: int) -> None:
    was = goal_of(full_id).terms["target"]
    if str(target) == was:
        return
    adjustment = {"on": "2017-10-10", "changes": [{"field": "target", "was": was, "now": f"{target:_}"}]}

    def silently(goal: GoalSnapshot) -> GoalSnapshot:
        return replace(goal, terms={**goal.terms, "target": str(target)})

    def honestly(goal: GoalSnapshot) -> GoalSnapshot:
        told = [*goal.decisions.get("adjustments", []), adjustment]
        return replace(silently(goal), decisions={**goal.decisions, "adjustments": told})

    (silent,) = moves(with_goal(full_id, silently))
    assert (silent.field, silent.was, silent.now) == ("target", was, str(target))
    assert silent.silent or silent.draft
    term, added = moves(with_goal(full_id, honestly))
    assert (term.because, term.silent, added.new) == (adjustment, False, adjustment)


@given(full_ids)
def test_nothing_can_be_taken_out_unseen(full_id: str) -> None:
    for name, items in goal_of(full_id).decisions.items():
        for i in range(len(items)):

            def without(goal: GoalSnapshot, name: str = name, i: int = i) -> GoalSnapshot:
                left = [item for j, item in enumerate(goal.decisions[name]) if j != i]
                return replace(goal, decisions={**goal.decisions, name: left})

            (move,) = moves(with_goal(full_id, without))
            assert (move.how, move.what, move.field, move.silent) == ("removed", "decision", name, True)


STEPS = [("260000", "240000"), ("240000", "250000"), ("250000", "220000")]


@pytest.mark.parametrize(
    ("told", "explained"),
    [
        (STEPS, True),
        (STEPS[::-1], True),
        (STEPS[:2], False),
        (STEPS[1:], False),
        ([*STEPS, ("220000", "260000"), ("260000", "220000")], True),
        ([("260_000", "220_000")], True),
        ([("220000", "260000")], False),
    ],
    ids=[
        "in order",
        "in any order of a day",
        "stops short",
        "begins late",
        "to and fro",
        "other spelling",
        "the wrong way",
    ],
)
def test_adjustments_may_lead_there_in_steps(told: list[tuple[str, str]], explained: bool) -> None:
    full_id = "moses-frase/new-business"
    adjustments: list[Item] = [
        {"on": "2017-10-10", "changes": [{"field": "target", "was": was, "now": now}]} for was, now in told
    ]

    def adjust(goal: GoalSnapshot) -> GoalSnapshot:
        decisions = {**goal.decisions, "adjustments": adjustments}
        return replace(goal, terms={**goal.terms, "target": "220000"}, decisions=decisions)

    found = moves(with_goal(full_id, adjust))
    assert [bool(m.because) for m in found if m.what == "term"] == [explained]
    assert [m.what for m in found if m.what == "claim"] == ([] if explained else ["claim"])


SELLER = """
name: Moses
team: central
goals:
  - id: a
    title: A
    supports: revenue
    measure: {unit: deals, target: 10}
    landmarks:
      - {id: b, due: 2017-06-30, value: 5}
      - {id: c, due: 2017-12-31, value: 10}
    agreed: [{on: 2017-01-01, by: [moses, dustin]}]
"""
TEAM = "name: Central\nleader: dustin\ngoals: [{id: revenue, title: R, landmarks: [{id: x, due: 2017-12-31, deliver: Y}]}]\n"
FILES = {"sellers/moses.yaml": SELLER, "teams/central.yaml": TEAM, "leaders/dustin.yaml": "name: Dustin\n"}


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("moses", "target: 10}", "target: 8}", "changed term target: 10 → 8"),
        ("moses", "unit: deals", "unit: visits", "changed term unit: deals → visits"),
        ("moses", "target: 10}", "target: 10, from: 2}", "added term from:  → 2"),
        ("moses", "due: 2017-06-30", "due: 2017-07-31", "changed term landmarks.b.due: 2017-06-30 → 2017-07-31"),
        ("moses", "value: 5", "value: 4", "changed term landmarks.b.value: 5 → 4"),
        ("moses", "{id: b, due: 2017-06-30, value: 5}", "{id: d, due: 2017-06-30, value: 5}", "removed landmark landmarks.b: 5 by 2017-06-30 → "),
        ("moses", "title: A", "title: B", "changed detail title: A → B"),
        ("moses", "title: A", "title: A\n    due: 2017-11-30", "changed term due: 2017-12-31 → 2017-11-30"),
        ("moses", "title: A", "title: A\n    due: 2017-12-31", ""),
        ("moses", "supports: revenue", "supports: [central/revenue]", ""),
        ("moses", "target: 10}", 'target: "10.0"}', ""),
        ("moses", "    supports: revenue\n", "", "removed term supports: revenue → "),
        ("moses", "team: central", "team: west", "changed person team: central → west"),
        ("moses", "measure: {unit: deals, target: 10}", "measure: {unit: deals, target: 10, hold: at_least}", "added term hold:  → at_least"),
    ],
)  # fmt: skip
def test_a_move_is_told_in_the_goal_s_own_terms(
    goals: Callable[..., Path], path: str, old: str, new: str, told: str
) -> None:
    before = load(goals(FILES))
    after = load(goals({**FILES, f"sellers/{path}.yaml": SELLER.replace(old, new, 1)}))
    assert before.handbook
    assert after.handbook
    found = compare(
        handbook_snapshot(before.handbook, before.documents),
        handbook_snapshot(after.handbook, after.documents),
        Names(),
    )
    said = [f"{m.how} {m.what} {m.field}: {m.was} → {m.now}" for m in found]
    assert said[:1] == ([told] if told else [])


def test_the_example_is_not_agreed_in_the_future() -> None:
    """The laws above take every day of the example for past."""
    assert LOADED.handbook
    assert LOADED.handbook.settings.as_of == datetime.date(2017, 10, 15)
