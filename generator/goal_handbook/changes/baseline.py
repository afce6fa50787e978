"""What changed between a version of a handbook and the files as they are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from ..source.load import Loaded
from .compare import compare
from .history import History
from .kinds import Accountable, Change
from .period import open_goals, overlap, without_closed
from .renames import Renames
from .replay import after
from .snapshot import HandbookSnapshot, handbook_snapshot


@dataclass(frozen=True)
class Baseline:
    """What a change is compared with: the handbook then, the day it was committed, and the history up to it."""

    loaded: Loaded
    day: datetime.date
    history: History = field(default_factory=History)


def changes_since(baseline: Baseline, loaded: Loaded) -> tuple[Change, ...]:
    """Return everything that changed; where a new period begins, only the settings.

    In another period, a goal that was closed is compared no more: what has its id is a new goal.
    Files that cannot be read on one side are left out. What was put back, or an adjustment for what changed silently
    before, is `settled` by the history.
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
    renames = baseline.history.renames.copy()
    for owner_id, snapshot in new.owners.items():
        renames.learn(owner_id, snapshot, old.owners.get)
    now_broken = _broken(loaded, new)
    then_broken = _broken(baseline.loaded, old)
    # What could not be read then is compared with what it said when it last could.
    known = {i: baseline.history.last.owners[i] for i in then_broken if i in baseline.history.last.owners}
    old_owners = {i: o for i, o in old.owners.items() if i not in then_broken} | known
    unknown = {renames.owner(i) for i in then_broken if i not in known}
    old = replace(old, owners={i: o for i, o in old_owners.items() if renames.owner(i) not in now_broken})
    new = replace(new, owners={i: o for i, o in new.owners.items() if i not in now_broken | unknown})
    ever_agreed = {subject[0] for subject in baseline.history.written if subject[1] == "agreed"}
    changes = (
        _no_draft(c) if c.full_id in ever_agreed else c for c in compare(old, new, renames, baseline.history.gone)
    )
    return after(baseline.history, changes, renames)


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
