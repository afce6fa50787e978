"""The changes nothing explains, as findings at their place: GH601, GH604 to GH606, GH608 and GH610."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..changes import kinds
from ..changes.baseline import Baseline
from ..changes.explanations import unexplained
from ..changes.kinds import Change
from ..findings import Finding, Location
from ..model.goal import records_of
from ..model.records import RECORDS, CheckIn, Record, RecordKind, correction_name, edited_fields, record_ref
from ..model.terms import Value, term_ref
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..source.nodes import NodePath


@dataclass(frozen=True)
class SilentChanges:
    """Finds the silent changes between a baseline and the files as they are."""

    loaded: Loaded
    baseline: Baseline
    as_of: datetime.date

    def findings(self, changes: Iterable[Change]) -> Iterator[Finding]:
        """Yield one finding for each change that nothing explains."""
        for change in unexplained(changes):
            match change:
                case kinds.FalseClaim():
                    yield self.false_claim(change)
                case kinds.TermChanged() | kinds.LandmarkAdded() | kinds.LandmarkRemoved():
                    yield self.term(change)
                case kinds.GoalRemoved():
                    yield self.goal_removed(change)
                case kinds.RecordEdited() | kinds.RecordRemoved():
                    yield self.record(change)

    def term(self, change: kinds.TermChange) -> Finding:
        """Return the finding for an agreed term, or a landmark, that changed."""
        goal = f'"{goal_id(change.full_id)}"'
        if isinstance(change, kinds.TermChanged):
            what = f"{goal}: {change.ref.name} changed from {_shown(change.was)} to {_shown(change.now)}"
            was, now = as_yaml(change.was), as_yaml(change.now)
        else:
            landmark = change.landmark
            done = "added" if isinstance(change, kinds.LandmarkAdded) else "removed"
            terms = f"{as_yaml(landmark.value) if landmark.value is not None else landmark.deliver} by {landmark.due}"
            what = f'{goal}: landmark "{landmark.id}" ({terms}) was {done}'
            was, now = ("none", "added") if done == "added" else ("agreed", "dropped")
        field = f"{{field: {change.ref.name}, was: {was}, now: {now}}}"
        adjust = f"add to adjustments: {{on: {self.as_of}, by: […], why: …, changes: [{field}]}}"
        path = change.ref.path(self.loaded.written(change.full_id))
        if change.draft:
            help = f"agree on it, or keep a record of what it was: {adjust}"
            return self.at(change.full_id, path, "GH610", f"{what}; nobody had agreed to it yet", help)
        return self.at(change.full_id, path, "GH601", f"{what} without an adjustment", adjust)

    def false_claim(self, claim: kinds.FalseClaim) -> Finding:
        """Return the finding for an adjustment that does not say what really changed."""
        message = f"this adjustment changes {claim.field} from {_shown(claim.was)} to {_shown(claim.now)}"
        ref = term_ref(claim.field)
        if (record_ref(claim.field) and not claim.field.startswith("checkins.")) or (ref and ref.is_whole_landmark):
            message = f"{message}, but that is not what it said, or says now"
            help = "quote in was: what it said, and in now: what it says, or dropped if it is gone"
        elif claim.actual == claim.was and ref is None:
            message, help = (
                f"{message}, but more of it changed",
                "correct the rest with the same number as was: and now:",
            )
        elif claim.actual != claim.was:
            message, help = f"{message}, but it was {_shown(claim.actual)}", f"write was: {as_yaml(claim.actual)}"
        else:
            message, help = f"{message}, but the goal has another value", "give the goal and now: the same value"
        fields = [change.field for change in claim.adjustment.changes]
        index = fields.index(claim.field) if claim.field in fields else 0
        path = (*self.record_path(claim.full_id, RECORDS["adjustments"], claim.adjustment), "changes", index)
        return self.at(claim.full_id, path, "GH608", message, help)

    def goal_removed(self, change: kinds.GoalRemoved) -> Finding:
        """Return the finding for a goal that is gone."""
        code = "GH610" if change.draft else "GH606"
        message = f'the goal "{goal_id(change.full_id)}" ({change.goal.title}) was removed'
        help = "restore it and close it with closed: {on, result: dropped, note}; if it was renamed, add formerly:"
        if change.owner_id in self.loaded.documents:
            return self.loaded.finding(change.owner_id, ("goals",), code, message, help, key=True)
        location = self.file_now(self.baseline.loaded.documents[change.owner_id].path)
        return Finding(code, location, f"{message} with its file", help)

    def record(self, change: kinds.RecordChange) -> Finding:
        """Return the finding for a record that was edited or removed."""
        kind, old, new = change.kind, change.old, change.new if isinstance(change, kinds.RecordEdited) else None
        was, now = _value(kind, old), _value(kind, new) if new else None
        day = f" of {old.on}" if kind.is_list else ""
        what = f'"{goal_id(change.full_id)}": the {kind.noun}{day}'
        if new is None:
            message, right = f"{what}{f' ({as_yaml(was)})' if was is not None else ''} was removed", "dropped"
        elif was != now:
            message, right = f"{what} changed from {_shown(was)} to {_shown(now)}", as_yaml(now)
        else:
            message, right = f"{what} was rewritten ({', '.join(edited_fields(old, new))})", "…"
        field = correction_name(kind, old)
        correction = f"{{field: {field}, was: {as_yaml(was) if was is not None else '…'}, now: {right}}}"
        help = f"restore it, or correct it in adjustments: with changes: [{correction}]"
        code = "GH605" if kind.name == "checkins" else "GH604"
        if isinstance(old, CheckIn) and (in_csv := self.csv_location(change.full_id, old, new)):
            return Finding(code, in_csv[0], message, help, in_csv[1])
        return self.at_record(change.full_id, kind, new or old, code, message, help)

    def at(self, full_id: str, path: NodePath, code: str, message: str, help: str) -> Finding:
        """Return a finding within a goal."""
        return self.loaded.finding(full_id.partition("/")[0], (*self.paths[full_id], *path), code, message, help)

    def at_record(self, full_id: str, kind: RecordKind, record: Record, code: str, message: str, help: str) -> Finding:
        """Return a finding at a goal's record, or at the goal where the record is gone."""
        return self.at(full_id, self.record_path(full_id, kind, record), code, message, help)

    @cached_property
    def paths(self) -> Mapping[str, NodePath]:
        """Where each goal is in its owner's file."""
        owners = self.loaded.handbook.owners.values() if self.loaded.handbook else ()
        return {f"{o.id}/{g.id}": ("goals", i) for o in owners for i, g in enumerate(o.goals)}

    def record_path(self, full_id: str, kind: RecordKind, record: Record) -> NodePath:
        """Return where a record is in its goal, or the nearest thing around it."""
        goal = self.loaded.written(full_id)
        if kind.name == "closed":
            return ("closed",)
        if kind.name == "done":
            ids = [landmark.id for landmark in goal.landmarks]
            landmark = getattr(record, "landmark", "")
            return ("landmarks", ids.index(landmark)) if landmark in ids else ("landmarks",)
        records = records_of(goal, kind)
        return (kind.name, records.index(record)) if record in records else (kind.name,)

    def csv_location(self, full_id: str, old: CheckIn, new: Record | None) -> tuple[Location, str] | None:
        """Return the row of a reading that is in a CSV file; where it is gone, the file it was in."""
        rows = (self.loaded if new else self.baseline.loaded).rows
        row = next((row for row in rows if row.goal == full_id and row.checkin.on == old.on), None)
        if row is None:
            return None
        return (row.location, row.excerpt) if new else (self.file_now(row.location.path), "")

    def file_now(self, path: str) -> Location:
        """Return the location, in the files as they are, of a file that was at `path` in the baseline."""
        root = self.baseline.loaded.settings_document.path.rpartition("/")[0]
        return Location(self.loaded.settings_document.path.rpartition("/")[0] + path.removeprefix(root), 1, 1)

    def left_to_the_period(self, full_id: str, term: str) -> bool:
        """Return whether a goal that was there before leaves a date to the period, then and now."""
        owner = full_id.partition("/")[0]
        before = self.baseline.loaded.handbook
        if before is None or full_id not in before.goals:
            return False
        index = [g.id for g in before.owners[owner].goals].index(goal_id(full_id))
        written = self.baseline.loaded.documents[owner].at(("goals", index, term))
        return written is None and self.loaded.documents[owner].at((*self.paths[full_id], term)) is None


def goal_id(full_id: str) -> str:
    """Return the goal's own part of its full id."""
    return full_id.partition("/")[2]


def _value(kind: RecordKind, record: Record) -> Value:
    """The one value that says it all, or None."""
    found: Value = getattr(record, kind.value, None) if kind.value else None
    return found


def _shown(value: Value) -> str:
    return "nothing" if value is None else as_yaml(value)
