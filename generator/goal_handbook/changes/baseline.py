"""What moved between a version of a handbook and the files as they are."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from ..source.load import Loaded
from .compare import compare
from .history import History
from .kinds import Move
from .renames import Names
from .replay import after, overlap
from .snapshot import HandbookSnapshot, handbook_snapshot


@dataclass(frozen=True)
class Baseline:
    """What a change is compared with: the handbook then, the day it was committed, and the history up to it."""

    loaded: Loaded
    day: datetime.date
    history: History = field(default_factory=History)


def moves_since(before: Baseline, loaded: Loaded) -> tuple[Move, ...]:
    """Everything that moved. Files that cannot be read on one side are left out; so is all, where a new period begins.

    What was put back, or an adjustment for what moved in silence before, is `settled` by the history.
    """
    if before.loaded.handbook is None or loaded.handbook is None or not same_period(before, loaded):
        return ()
    old = handbook_snapshot(before.loaded.handbook, before.loaded.documents)
    new = handbook_snapshot(loaded.handbook, loaded.documents)
    names = Names()
    for owner_id, snapshot in new.owners.items():
        names.learn(owner_id, snapshot)
    now_broken = {i for i, document in loaded.documents.items() if i not in new.owners or document.left_out}
    then_broken = {i for i, document in before.loaded.documents.items() if i not in old.owners or document.left_out}
    # What could not be read then is compared with what it said when it last could.
    known = {i: before.history.last.owners[i] for i in then_broken if i in before.history.last.owners}
    old_owners = {i: o for i, o in old.owners.items() if i not in then_broken} | known
    unknown = {names.owner(i) for i in then_broken if i not in known}
    old = HandbookSnapshot(old.settings, {i: o for i, o in old_owners.items() if names.owner(i) not in now_broken})
    new = HandbookSnapshot(new.settings, {i: o for i, o in new.owners.items() if i not in now_broken | unknown})
    ever_agreed = {full_id for full_id, name, _ in before.history.brought if name == "agreed"}
    moves = (
        replace(move, draft=False) if move.draft and move.full_id in ever_agreed else move
        for move in compare(old, new, names)
    )
    return after(before.history, moves, names)


def same_period(before: Baseline, loaded: Loaded) -> bool:
    """Whether both are about the same time; else a new handbook has begun."""
    if before.loaded.handbook is None or loaded.handbook is None:
        return False
    old, new = before.loaded.handbook.settings.period, loaded.handbook.settings.period
    return overlap((str(old.start), str(old.end)), (str(new.start), str(new.end)))
