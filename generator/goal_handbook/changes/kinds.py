"""What can differ between two versions of a handbook: one class per kind of change."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from ..model.goal import Goal, Landmark
from ..model.records import Adjustment, Record, RecordKind, correction_name, identity
from ..model.terms import TermRef, Value
from .steps import Step

#: What changed, so that two changes of the same thing are found: the goal's (or owner's) full id, the field, and what
#: tells a record apart.
Subject = tuple[str, ...]
#: A landmark's due date, value and deliverable.
LandmarkTerms = tuple[datetime.date, Decimal | None, str]


@dataclass(frozen=True)
class Change:
    """A difference between two versions.

    `full_id` is the owner's or the goal's id in the newer version, or in the older one where it is gone.
    """

    full_id: str

    @property
    def owner_id(self) -> str:
        """Whose file it is in."""
        return self.full_id.partition("/")[0]

    @property
    def subject(self) -> Subject:
        """What changed."""
        return (self.full_id, "")

    @property
    def named(self) -> str:
        """What the field of an adjustment calls it, "" for what no adjustment can name."""
        return ""


@dataclass(frozen=True)
class _FieldChanged(Change):
    field: str
    was: Value
    now: Value

    @property
    def subject(self) -> Subject:
        return (self.full_id, self.field)


@dataclass(frozen=True)
class SettingChanged(_FieldChanged):
    """A setting of handbook.yaml (`period.start`); it has no `full_id`."""


@dataclass(frozen=True)
class OwnerEdited(_FieldChanged):
    """What a file says about the owner: name, team, leader, context."""


@dataclass(frozen=True)
class DetailEdited(_FieldChanged):
    """What a goal says beside its terms: title, why, actions."""

    @property
    def named(self) -> str:
        return self.field


@dataclass(frozen=True)
class OwnerAdded(Change):
    """A new file."""

    name: str


@dataclass(frozen=True)
class OwnerRemoved(Change):
    """A file that is gone."""

    name: str


@dataclass(frozen=True)
class OwnerRenamed(Change):
    """A file with another name; `formerly` says so."""

    former_id: str


@dataclass(frozen=True)
class GoalAdded(Change):
    """A new goal."""

    goal: Goal


@dataclass(frozen=True)
class GoalRenamed(Change):
    """A goal with another id; `formerly` says so."""

    former_id: str


@dataclass(frozen=True)
class RecordAdded(Change):
    """Something newly written down; `before` is the record it continues (an accounting with more steps done)."""

    kind: RecordKind
    record: Record
    before: Record | None = None

    @property
    def subject(self) -> Subject:
        return record_subject(self.full_id, self.kind, self.record)

    @property
    def named(self) -> str:
        return correction_name(self.kind, self.record)

    @property
    def ends(self) -> tuple[Record | None, Record]:
        """The record before, if it continues one, and now."""
        return self.before, self.record


@dataclass(frozen=True, kw_only=True)
class Accountable(Change):
    """A change of what was agreed or written down: an adjustment has to explain it.

    `explained_by` is the adjustment that does, in the same version. `settled`: a later version has explained it or put
    it back; `settled_by` is the day of the adjustment that explained it then. `draft`: nobody had agreed to it yet.
    """

    explained_by: Adjustment | None = None
    settled: bool = False
    settled_by: datetime.date | None = None
    draft: bool = False

    @property
    def silent(self) -> bool:
        """Whether nothing explains it."""
        return not (self.explained_by or self.settled or self.draft)

    def explained_later_by(self, goal: Goal) -> Adjustment | None:
        """Return the adjustment that a later version explained it with, None where the goal has no such one."""
        return next((adjustment for adjustment in goal.adjustments if adjustment.on == self.settled_by), None)


@dataclass(frozen=True)
class TermChanged(Accountable):
    """An agreed term; None for a term that was or is not there."""

    ref: TermRef
    was: Value
    now: Value

    @property
    def subject(self) -> Subject:
        return (self.full_id, self.ref.name)

    @property
    def named(self) -> str:
        return self.ref.name

    @property
    def ends(self) -> tuple[Value, Value]:
        """What it was and what it is."""
        return self.was, self.now


@dataclass(frozen=True)
class _LandmarkChange(Accountable):
    ref: TermRef
    landmark: Landmark

    @property
    def subject(self) -> Subject:
        return (self.full_id, self.ref.name)

    @property
    def named(self) -> str:
        return self.ref.name

    @property
    def _terms(self) -> LandmarkTerms:
        return self.landmark.due, self.landmark.value, self.landmark.deliver


@dataclass(frozen=True)
class LandmarkAdded(_LandmarkChange):
    """A landmark that was not there."""

    @property
    def ends(self) -> tuple[None, LandmarkTerms]:
        """Nothing before, and the landmark's terms now."""
        return None, self._terms


@dataclass(frozen=True)
class LandmarkRemoved(_LandmarkChange):
    """A landmark that is gone from the file."""

    @property
    def ends(self) -> tuple[LandmarkTerms, None]:
        """The landmark's terms before, and nothing now."""
        return self._terms, None


@dataclass(frozen=True)
class GoalRemoved(Accountable):
    """A goal that is gone from the file; `written` names the dates the file gave it."""

    goal: Goal
    written: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RecordEdited(Accountable):
    """A record that says something else than before."""

    kind: RecordKind
    old: Record
    new: Record

    @property
    def subject(self) -> Subject:
        return record_subject(self.full_id, self.kind, self.new)

    @property
    def named(self) -> str:
        return correction_name(self.kind, self.old)

    @property
    def ends(self) -> tuple[Record, Record]:
        """The record before and now."""
        return self.old, self.new


@dataclass(frozen=True)
class RecordRemoved(Accountable):
    """A record that is gone."""

    kind: RecordKind
    old: Record

    @property
    def subject(self) -> Subject:
        return record_subject(self.full_id, self.kind, self.old)

    @property
    def named(self) -> str:
        return correction_name(self.kind, self.old)


@dataclass(frozen=True)
class FalseClaim(Change):
    """An adjustment that says a field changed from `was` to `now`, where that is not so: it was `actual` before.

    `steps` are all that the new adjustments say of the field.
    """

    field: str
    was: Value
    now: Value
    actual: Value
    adjustment: Adjustment
    steps: tuple[Step, ...] = ()
    settled: bool = False

    @property
    def subject(self) -> Subject:
        return (self.full_id, self.field)

    @property
    def named(self) -> str:
        return self.field


LandmarkChange = LandmarkAdded | LandmarkRemoved
#: A change of what was agreed.
TermChange = TermChanged | LandmarkAdded | LandmarkRemoved
#: A change of what was written down; a new record is not one.
RecordChange = RecordEdited | RecordRemoved


def record_subject(full_id: str, kind: RecordKind, record: Record) -> Subject:
    """Return what a change of a goal's record is a change of."""
    return (full_id, kind.name, *identity(kind, record))
