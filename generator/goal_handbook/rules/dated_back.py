"""GH612: a decision that is dated before the version it is compared with, which did not have it yet."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property

from ..changes import kinds
from ..changes.history import History
from ..changes.kinds import Change
from ..changes.wording import same
from ..findings import Finding
from ..model.records import CheckIn, Delivery, Record
from ..status.assessment import Assessment, assess
from ..status.landmark import LandmarkState
from ..words import plural
from .silent_changes import SilentChanges

#: What is decided where it is written down. A reading, a session or a delivery happens elsewhere, and is often noted
#: later: an import of last month is no news.
_DECISIONS = frozenset({"agreed", "reviews", "accountings", "adjustments", "closed"})


def check_dated_back(silent: SilentChanges, changes: tuple[Change, ...]) -> Iterator[Finding]:
    """Yield GH612 for what is new and dated more than `grace_days` before the older version was committed.

    Of readings and deliveries only for those by which a landmark that had been missed is now met.
    """
    base = silent.baseline.loaded.handbook
    if base is None:
        return
    committed = min(silent.baseline.day, silent.as_of)
    first_day = committed - datetime.timedelta(days=base.settings.grace_days)
    outcomes = _Outcomes(silent, committed)
    old = [
        change
        for change in changes
        if isinstance(change, kinds.RecordAdded) and change.record.on < first_day and not change.before
    ]
    suspects = [c for c in old if c.kind.name in _DECISIONS or outcomes.turned_by(c.full_id, c.record)]
    history = silent.baseline.history_of(frozenset(change.owner_id for change in suspects))
    yield from (_finding(silent, c, committed) for c in suspects if not _is_known(history, changes, c))


def _finding(silent: SilentChanges, change: kinds.RecordAdded, committed: datetime.date) -> Finding:
    record, kind = change.record, change.kind
    days = plural((committed - record.on).days, "day")
    message = f"this {kind.noun} is dated {record.on}, {days} before the last version, which did not have it"
    help = "correct the date; if it is right, tell your reviewer why it is written down only now"
    if isinstance(record, CheckIn) and (row := silent.csv_location(change.full_id, record, record)):
        return Finding("GH612", row[0], message, help, row[1])
    return silent.at_record(change.full_id, kind, record, "GH612", message, help)


def _is_known(history: History, changes: tuple[Change, ...], change: kinds.RecordAdded) -> bool:
    """Whether a record has been there before: it is put back, rewritten, or corrected to another day."""
    if history.brought_by(change.full_id, change.kind, change.record):
        return True
    removed = (c for c in changes if isinstance(c, kinds.RecordRemoved) and c.full_id == change.full_id)
    return any(
        gone.old.on == change.record.on or (gone.explained_by and same(_undated(gone.old), _undated(change.record)))
        for gone in removed
        if gone.kind == change.kind
    )


def _undated(record: Record) -> Record:
    return record.model_copy(update={"on": datetime.date.min})


class _Outcomes:
    """The landmarks that had been missed when the older version was committed, and are met by now."""

    def __init__(self, silent: SilentChanges, committed: datetime.date) -> None:
        self.silent, self.committed = silent, committed

    def turned_by(self, full_id: str, record: Record) -> bool:
        """Return whether it is this reading or delivery by which one is met."""
        if not isinstance(record, (CheckIn, Delivery)) or self.before is None or self.now is None:
            return False
        if full_id not in self.before.goals or full_id not in self.now.goals:
            return False
        missed = {s.landmark.id for s in self.before.goals[full_id].landmarks if s.status in {"missed", "accounted"}}
        met = (s for s in self.now.goals[full_id].landmarks if s.status == "met" and s.landmark.id in missed)
        return any(_decided_by(state, record) for state in met)

    @cached_property
    def before(self) -> Assessment | None:
        """The older version on the day it was committed."""
        handbook = self.silent.baseline.loaded.handbook
        return assess(handbook, self.committed) if handbook else None

    @cached_property
    def now(self) -> Assessment | None:
        """The files as they are."""
        handbook = self.silent.loaded.handbook
        return assess(handbook, self.silent.as_of) if handbook else None


def _decided_by(state: LandmarkState, record: CheckIn | Delivery) -> bool:
    if isinstance(record, Delivery):
        return state.landmark.id == record.landmark
    return state.deciding is not None and state.deciding.on == record.on
