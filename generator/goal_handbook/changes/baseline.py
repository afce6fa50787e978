"""What changed between a version of a handbook and the files as they are."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ..model.records import RECORDS, Agreement
from ..source.examples import example_goals
from ..source.load import Loaded
from .compare import compare
from .history import History
from .kinds import Accountable, Change, FalseClaim, GoalAdded, GoalRenamed, OwnerAdded, OwnerRenamed, RecordAdded
from .period import open_goals, overlap, without_closed
from .renames import Renames
from .replay import after
from .snapshot import HandbookSnapshot, handbook_snapshot


@dataclass(frozen=True)
class Baseline:
    """What a change is compared with: the handbook as it could last be read then, and the day it was committed.

    `history_of` returns the history of some owners up to `commit`, read from git itself and not from a cache. A change
    is judged for no earlier day than its own, nor than `status_date`: it cannot choose a day before a miss.
    """

    loaded: Loaded
    day: datetime.date
    history_of: Callable[[frozenset[str]], History] = field(default=lambda owners: History(), compare=False)
    commit: str = ""
    status_date: datetime.date = datetime.date.min


def changes_since(baseline: Baseline, loaded: Loaded) -> tuple[Change, ...]:
    """Return everything that changed; where a new period begins, only the settings.

    In another period, a goal that was closed is compared no more: what has its id is a new goal.
    Files that cannot be read now are left out. What was put back, or an adjustment for what changed silently before,
    is `settled` by the history.
    """
    old_handbook, new_handbook = baseline.loaded.handbook, loaded.handbook
    if old_handbook is None or new_handbook is None:
        return ()
    old = handbook_snapshot(old_handbook, baseline.loaded.documents)
    new = handbook_snapshot(new_handbook, loaded.documents)
    if new_period(baseline, loaded):
        return tuple(compare(replace(old, owners={}), replace(new, owners={}), Renames()))
    if not overlap(old_handbook.settings.period, new_handbook.settings.period):
        old = without_closed(old)
    renames = Renames()
    for owner_id, snapshot in new.owners.items():
        renames.learn(owner_id, snapshot, old.owners.get)
    broken = _broken(loaded, new)
    old = replace(old, owners={i: o for i, o in old.owners.items() if renames.owner(i) not in broken})
    new = replace(new, owners={i: o for i, o in new.owners.items() if i not in broken})
    changes = compare(old, new, renames)
    history = baseline.history_of(_judged(changes, renames, baseline.day))
    if history.versions:  # only now is it known which renames were refused, and what is back
        renames = history.renames.copy()
        for owner_id, snapshot in new.owners.items():
            renames.learn(owner_id, snapshot, old.owners.get)
        changes = compare(old, new, renames, history.gone)
    ever_agreed = {subject[0] for subject in history.written if subject[1] == "agreed"}
    examples = {f"{renames.owner(i)}/{goal}" for i, _, goal in (e.partition("/") for e in example_goals(old_handbook))}
    changes = [change for change in changes if not (isinstance(change, Accountable) and change.full_id in examples)]
    return after(history, (_no_draft(c) if c.full_id in ever_agreed else c for c in changes), renames)


def new_agreements(baseline: Baseline, loaded: Loaded, changes: Iterable[Change]) -> tuple[RecordAdded, ...]:
    """Return the agreements that a change brings, also where a new period begins and goals are not compared."""
    old, new = baseline.loaded.handbook, loaded.handbook
    if old is None or new is None or not new_period(baseline, loaded):
        return tuple(c for c in changes if isinstance(c, RecordAdded) and isinstance(c.record, Agreement))
    return tuple(
        RecordAdded(full_id, RECORDS["agreed"], agreement)
        for full_id, goal in new.goals.items()
        for agreement in goal.agreed
        if full_id not in old.goals or agreement not in old.goals[full_id].agreed
    )


def _judged(changes: Iterable[Change], renames: Renames, day: datetime.date) -> frozenset[str]:
    """The owners, by all their names, whose history decides about a change.

    It has to be explained, is not true, or brings what may have been there before: it is dated no later than `day`.
    """
    owners = {
        change.owner_id
        for change in changes
        if isinstance(change, (Accountable, FalseClaim, GoalAdded, GoalRenamed, OwnerAdded, OwnerRenamed))
        or (isinstance(change, RecordAdded) and change.record.on <= day)
    }
    return frozenset(owners | {former for former, owner in renames.owners.items() if owner in owners})


def _broken(loaded: Loaded, snapshot: HandbookSnapshot) -> set[str]:
    """The owners whose files could not be read, or not whole."""
    return {i for i, document in loaded.documents.items() if i not in snapshot.owners or document.left_out}


def _no_draft(change: Change) -> Change:
    return replace(change, draft=False) if isinstance(change, Accountable) else change


def new_period(baseline: Baseline, loaded: Loaded) -> bool:
    """Return whether a new handbook has begun: for another time, once nothing of the old one is open."""
    old, new = baseline.loaded.handbook, loaded.handbook
    if not old or not new or overlap(old.settings.period, new.settings.period):
        return False
    return not open_goals(old.owners, old.settings.period)
