"""What two versions of a handbook differ in: laws, and each kind of change in the goal's own terms."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goal_handbook.changes.blob import read_blob
from goal_handbook.changes.compare import compare
from goal_handbook.changes.kinds import Change, FalseClaim, RecordAdded, RecordRemoved, TermChanged
from goal_handbook.changes.renames import Renames
from goal_handbook.changes.snapshot import HandbookSnapshot, OwnerSnapshot, SnapshotReader, as_json, handbook_snapshot
from goal_handbook.model.goal import Goal, all_records
from goal_handbook.model.records import Adjustment, CheckIn
from goal_handbook.model.terms import GOAL_TERMS, Value
from goal_handbook.model.values import parse_number
from goal_handbook.reports.diff.data import change_data
from goal_handbook.source.load import load

ROOT = Path(__file__).parent.parent.parent
LOADED = load(ROOT / "goals", "goals")
assert LOADED.handbook
EXAMPLE = handbook_snapshot(LOADED.handbook, LOADED.documents)
FULL_IDS = sorted(f"{owner}/{goal}" for owner, snapshot in EXAMPLE.owners.items() for goal in snapshot.goals)

DAY = datetime.date(2017, 6, 30)

full_ids = st.sampled_from(FULL_IDS)


def with_goal(full_id: str, edit: Callable[[Goal], Goal]) -> HandbookSnapshot:
    """The example with one goal edited; only its owner, which is all that may differ."""
    owner_id, _, goal_id = full_id.partition("/")
    snapshot = EXAMPLE.owners[owner_id]
    goals = tuple(edit(goal) if goal.id == goal_id else goal for goal in snapshot.owner.goals)
    owner = snapshot.owner.model_copy(update={"goals": goals})
    return HandbookSnapshot(EXAMPLE.settings, {owner_id: OwnerSnapshot(owner, snapshot.written)})


def goal_of(full_id: str) -> Goal:
    owner_id, _, goal_id = full_id.partition("/")
    return EXAMPLE.owners[owner_id].goals[goal_id].goal


def changes(new: HandbookSnapshot, old: HandbookSnapshot = EXAMPLE) -> list[Change]:
    before = {owner_id: snapshot for owner_id, snapshot in old.owners.items() if owner_id in new.owners}
    return compare(HandbookSnapshot(old.settings, before), new, Renames())


def adjustment(*steps: tuple[Value, Value], on: str = "2017-10-10", field: str = "target") -> Adjustment:
    listed = [{"field": field, "was": was, "now": now} for was, now in steps]
    return Adjustment.model_validate({"on": on, "changes": listed})


@pytest.mark.parametrize("folder", [ROOT / "goals", ROOT / "tests" / "data" / "every-key"], ids=lambda p: p.name)
def test_a_handbook_does_not_differ_from_itself(folder: Path) -> None:
    loaded = load(folder, "goals")
    assert loaded.handbook
    snapshot = handbook_snapshot(loaded.handbook, loaded.documents)
    assert changes(snapshot, snapshot) == []


def test_a_date_without_a_value_is_not_one_that_the_file_gives(goals: Callable[..., Path]) -> None:
    moses = "name: Moses\nteam: central\ngoals:\n  - id: a\n    title: A\n    start:\n    due: 2017-05-01\n"
    text = read_blob("sellers", "sellers/moses.yaml", moses.encode())
    loaded = load(goals({"teams/central.yaml": "name: Central", "sellers/moses.yaml": moses}))
    assert text
    assert loaded.handbook
    in_history = SnapshotReader().read("sellers", text)
    in_files = handbook_snapshot(loaded.handbook, loaded.documents).owners["moses"]
    assert in_history.written == in_files.written == {"a": {"due"}}


LATER = LOADED.handbook.settings.model_copy(
    update={"period": LOADED.handbook.settings.period.model_copy(update={"start": datetime.date(2017, 2, 1)})}
)


@pytest.mark.parametrize(
    ("new", "renames"),
    [
        (EXAMPLE, Renames()),
        (replace(EXAMPLE, settings=LATER), Renames()),
        (replace(EXAMPLE, led={"dustin-brinkmann": "east"}), Renames()),
        (EXAMPLE, Renames(owners={"central": "west"})),
        (EXAMPLE, Renames(goals={"moses-frase/new-business": "old-business"})),
    ],
    ids=["nothing else", "another period", "another team led", "a team renamed", "a goal renamed"],
)
def test_the_very_snapshot_of_before_differs_in_what_its_copy_does(new: HandbookSnapshot, renames: Renames) -> None:
    copied = {owner_id: replace(snapshot) for owner_id, snapshot in EXAMPLE.owners.items()}
    assert compare(EXAMPLE, new, renames) == compare(EXAMPLE, replace(new, owners=copied), renames)


EVERY_KEY = load(ROOT / "tests" / "data" / "every-key", "goals")
assert EVERY_KEY.handbook
SNAPSHOTS = {
    f"{name} {owner_id}": snapshot
    for name, handbook in (
        ("example", EXAMPLE),
        ("every key", handbook_snapshot(EVERY_KEY.handbook, EVERY_KEY.documents)),
    )
    for owner_id, snapshot in handbook.owners.items()
}


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_a_snapshot_survives_the_cache(name: str) -> None:
    assert SnapshotReader().read(f"{SNAPSHOTS[name].owner.kind}s", as_json(SNAPSHOTS[name])) == SNAPSHOTS[name]


@pytest.mark.parametrize("number", ["0.0000000", "0.00000012", "100000000000000", "-0.5"])
def test_a_number_survives_the_cache_however_small_or_large(number: str) -> None:
    goal = goal_of("moses-frase/new-business").model_copy(
        update={"checkins": (CheckIn(on=DAY, value=parse_number(number)),)}
    )
    owner = EXAMPLE.owners["moses-frase"].owner.model_copy(update={"goals": (goal,)})
    snapshot = OwnerSnapshot(owner, {goal.id: frozenset()})
    assert SnapshotReader().read("sellers", as_json(snapshot)) == snapshot


@given(full_ids, st.integers())
def test_the_order_of_records_does_not_matter(full_id: str, seed: int) -> None:
    dice = random.Random(seed)

    def shuffle(goal: Goal) -> Goal:
        lists = ("checkins", "sessions", "reviews", "agreed", "accountings", "adjustments")
        return goal.model_copy(
            update={name: tuple(sorted(getattr(goal, name), key=lambda _: dice.random())) for name in lists}
        )

    assert changes(with_goal(full_id, shuffle)) == []


NUMBERS = [i for i in FULL_IDS if goal_of(i).target is not None]


def with_target(goal: Goal, target: Decimal) -> Goal:
    return GOAL_TERMS["target"].put(goal, target)


@given(st.sampled_from(NUMBERS), st.integers(1, 10**9))
def test_a_target_is_silent_without_an_adjustment_and_explained_with_it(full_id: str, number: int) -> None:
    was, target = goal_of(full_id).target, Decimal(number)
    if target == was:
        return
    added = adjustment((was, target))

    def honestly(goal: Goal) -> Goal:
        return with_target(goal, target).model_copy(update={"adjustments": (*goal.adjustments, added)})

    (silent,) = changes(with_goal(full_id, lambda goal: with_target(goal, target)))
    assert isinstance(silent, TermChanged)
    assert (silent.ref.name, silent.was, silent.now) == ("target", was, target)
    assert silent.silent or silent.draft
    term, record = changes(with_goal(full_id, honestly))
    assert isinstance(term, TermChanged)
    assert isinstance(record, RecordAdded)
    assert (term.explained_by, term.silent, record.record) == (added, False, added)


@given(full_ids)
def test_no_record_can_be_removed_unseen(full_id: str) -> None:
    goal = goal_of(full_id)
    for kind, record in all_records(goal):
        if kind.name == "closed":
            update: dict[str, object] = {"closed": None}
        elif kind.name == "done":
            update = {
                "landmarks": tuple(
                    lm.model_copy(update={"done": None}) if lm.id == getattr(record, "landmark", "") else lm
                    for lm in goal.landmarks
                )
            }
        else:
            update = {kind.name: tuple(other for other in getattr(goal, kind.name) if other is not record)}
        (removed,) = changes(with_goal(full_id, lambda goal, update=update: goal.model_copy(update=update)))  # type: ignore[misc]
        assert isinstance(removed, RecordRemoved)
        assert (removed.kind, removed.old, removed.silent) == (kind, record, True)


STEPS = [("260000", "240000"), ("240000", "250000"), ("250000", "220000")]


@pytest.mark.parametrize(
    ("steps", "explained"),
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
def test_adjustments_may_lead_there_in_steps(steps: list[tuple[str, str]], explained: bool) -> None:
    adjustments = tuple(adjustment(step) for step in steps)

    def adjust(goal: Goal) -> Goal:
        return with_target(goal, Decimal(220_000)).model_copy(update={"adjustments": adjustments})

    found = changes(with_goal("moses-frase/new-business", adjust))
    assert [bool(c.explained_by) for c in found if isinstance(c, TermChanged)] == [explained]
    assert any(isinstance(c, FalseClaim) for c in found) is not explained


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
    ("path", "old", "new", "expected"),
    [
        ("moses", "target: 10}", "target: 8}", "term-changed target: 10 → 8"),
        ("moses", "unit: deals", "unit: visits", "term-changed unit: deals → visits"),
        ("moses", "target: 10}", "target: 10, from: 2}", "term-changed from:  → 2"),
        ("moses", "due: 2017-06-30", "due: 2017-07-31", "term-changed landmarks.b.due: 2017-06-30 → 2017-07-31"),
        ("moses", "value: 5", "value: 4", "term-changed landmarks.b.value: 5 → 4"),
        ("moses", "{id: b, due: 2017-06-30, value: 5}", "{id: d, due: 2017-06-30, value: 5}", "landmark-removed landmarks.b"),
        ("moses", "title: A", "title: B", "detail-edited title: A → B"),
        ("moses", "title: A", "title: A\n    due: 2017-11-30", "term-changed due: 2017-12-31 → 2017-11-30"),
        ("moses", "title: A", "title: A\n    due: 2017-12-31", ""),
        ("moses", "supports: revenue", "supports: [central/revenue]", ""),
        ("moses", "target: 10}", 'target: "10.0"}', ""),
        ("moses", "    supports: revenue\n", "", "term-changed supports: revenue → "),
        ("moses", "team: central", "team: west", "owner-edited team: central → west"),
        ("moses", "target: 10}", "target: 10, last: 9}", "detail-edited measure.last:  → 9"),
        ("moses", "measure: {unit: deals, target: 10}", "measure: {unit: deals, target: 10, hold: at_least}", "term-changed hold:  → at_least"),
    ],
)  # fmt: skip
def test_a_change_is_in_the_goal_s_own_terms(
    goals: Callable[..., Path], path: str, old: str, new: str, expected: str
) -> None:
    before = load(goals(FILES))
    after = load(goals({**FILES, f"sellers/{path}.yaml": SELLER.replace(old, new, 1)}))
    assert before.handbook
    assert after.handbook
    found = compare(
        handbook_snapshot(before.handbook, before.documents),
        handbook_snapshot(after.handbook, after.documents),
        Renames(),
    )
    said = [in_short(change) for change in found]
    assert said[:1] == ([expected] if expected else [])


def test_how_exports_are_imported_is_no_change_of_a_handbook(goals: Callable[..., Path]) -> None:
    book = "format: 1\nname: M\nperiod: {name: 2017, start: 2017-01-01, end: 2017-12-31}\n"
    one = (
        "imports:\n  - {name: crm, goal_pattern: '{owner}/a', owner_column: O, date_column: D, value_column: V, "
        "into: readings/crm.csv}\n"
    )
    versions = []
    for text in (book, book + one, book + one.replace("O,", "P,") + "grace_days: 9\n"):
        loaded = load(goals({**FILES, "handbook.yaml": text}))
        assert loaded.handbook
        versions.append(handbook_snapshot(loaded.handbook, loaded.documents))
    assert compare(versions[0], versions[1], Renames()) == []
    assert [in_short(change) for change in compare(versions[1], versions[2], Renames())] == [
        "setting-changed grace_days: 3 → 9"
    ]


def in_short(change: Change) -> str:
    data = change_data(change)
    ends = f": {data['was']} → {data['now']}" if "was" in data else ""
    return f"{data['kind']} {data['field']}{ends}"


def test_the_example_is_not_agreed_in_the_future() -> None:
    """The laws above treat every day of the example as past."""
    assert LOADED.handbook
    assert LOADED.handbook.settings.as_of == datetime.date(2017, 10, 15)
