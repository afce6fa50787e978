"""Versions of a handbook, changed at random, are compared, replayed and judged by the gate without a crash."""

from __future__ import annotations

import copy
import datetime
import json
import random
from typing import Any

import yaml
from hypothesis import strategies as st
from tests.gate.test_histories import Repository

from goal_handbook.changes.baseline import Baseline
from goal_handbook.changes.compare import compare
from goal_handbook.changes.renames import Renames
from goal_handbook.changes.replay import replay
from goal_handbook.changes.snapshot import handbook_snapshot
from goal_handbook.reports.diff.data import change_data
from goal_handbook.source.load import Loaded, load_files
from goal_handbook.workspace import evaluate

from .fuzz_files import EVERY_KEY, check

DAY = datetime.date(2017, 2, 1)
Tree = dict[str, Any]
#: The files of a handbook with every key, as data.
TREES: Tree = {
    path.relative_to(EVERY_KEY).as_posix(): yaml.load(path.read_bytes(), yaml.CBaseLoader)  # noqa: S506
    for path in sorted(EVERY_KEY.rglob("*.yaml"))
}
VALUES = (
    "1",
    "260_000",
    "2017-06-30",
    "2017-12-31",
    "money",
    "deals",
    "leaders",
    "team",
    "none",
    "revenue",
    "Other words",
)


def histories() -> st.SearchStrategy[list[tuple[int, int]]]:
    """Return a seed and a number of changes for each version after the first."""
    return st.lists(st.tuples(st.integers(0, 2**32), st.integers(1, 4)), min_size=1, max_size=3)


def is_replayed(steps: list[tuple[int, int]]) -> None:
    """Each version that can be read is compared with the one before, and committed; then all are replayed."""
    repository, trees = Repository(), TREES
    before = committed(repository, DAY, trees)
    for number, (seed, changes) in enumerate(steps, start=1):
        dice, changed = random.Random(seed), copy.deepcopy(trees)
        for _ in range(changes):
            change(changed, dice)
        day = DAY + datetime.timedelta(days=30 * number)
        loaded = load_files(_spelled(changed), "goals")
        base = Baseline(before, day, lambda _: replay(repository.commits, repository.blobs))
        for finding in evaluate(loaded, day, day, baseline=base).findings:
            check(finding)
        if loaded.handbook is None:
            continue
        are_compared(before, loaded)
        before, trees = committed(repository, day, changed), changed
    history = replay(repository.commits, repository.blobs)
    for finding in evaluate(before, DAY, DAY, history).findings:
        check(finding)


def are_compared(old: Loaded, new: Loaded) -> None:
    """A version differs in nothing from itself, and each change to another can be written as JSON."""
    assert old.handbook
    assert new.handbook
    then, now = (handbook_snapshot(loaded.handbook, loaded.documents) for loaded in (old, new) if loaded.handbook)
    assert compare(now, now, Renames()) == []
    for changes in (compare(then, now, Renames()), compare(now, then, Renames())):
        for one in changes:
            assert json.dumps(change_data(one))


def committed(repository: Repository, day: datetime.date, trees: Tree) -> Loaded:
    """Commit a version, and return it as it is read."""
    files = _spelled(trees)
    repository.commit(day, files)
    return load_files(files, "goals")


def _spelled(trees: Tree) -> dict[str, bytes]:
    return {name: json.dumps(tree, ensure_ascii=False).encode() for name, tree in trees.items()}


def change(trees: Tree, dice: random.Random) -> None:
    """Change one thing somewhere below goals: remove a key or an item, repeat or move it, or write another value."""
    owner = trees[dice.choice([name for name in trees if name != "handbook.yaml"])]
    holder: Any = owner
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = dice.choice(keys)
        if isinstance(holder[key], str) or dice.random() < 0.25:
            break
        holder = holder[key]
    how = dice.randrange(4)
    if how == 0:
        del holder[key]
    elif how == 1 and isinstance(holder, list):
        holder.insert(dice.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    elif how == 2 and isinstance(holder, list):
        dice.shuffle(holder)
    else:
        holder[key] = dice.choice(VALUES)
