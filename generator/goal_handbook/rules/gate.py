"""GH6: a goal cannot change silently. What a change does to a handbook is compared with what its adjustments say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..changes.baseline import Baseline, same_period
from ..changes.kinds import Change, RecordAdded, SettingChanged
from ..findings import Finding
from ..model.handbook import Handbook
from ..model.records import RECORDS, Adjustment
from ..model.terms import Value
from ..source.emit import as_yaml
from ..source.load import Loaded
from ..status.agreement import agreement_status
from ..status.assessment import Assessment, assess
from ..status.landmark import target_landmark
from ..words import plural
from .rewritten import check_rewritten
from .silent_changes import SilentChanges, goal_id

#: The settings of handbook.yaml that decide how goals are judged.
_HOUSE_RULES = ("grace_days", "due_soon_days", "accounting_days", "review_every", "catch_up.", "coverage.", "rules.")


def check_changes(
    loaded: Loaded, baseline: Baseline, changes: tuple[Change, ...], as_of: datetime.date
) -> Iterator[Finding]:
    """Yield findings GH601 to GH611 for the `changes` since the baseline."""
    if loaded.handbook is None:
        return
    if baseline.loaded.handbook is None:
        yield _no_baseline(loaded, baseline)
        return
    if not same_period(baseline, loaded):
        yield _new_period(loaded, baseline)
        return
    silent = SilentChanges(loaded, baseline, as_of)
    yield from silent.findings(changes)
    yield from _period(loaded, baseline, silent)
    yield from _house_rules(loaded, changes)
    yield from check_rewritten(loaded, baseline, as_of)
    yield from _Adjustments(loaded, baseline, as_of, silent, changes).findings()


def _no_baseline(loaded: Loaded, baseline: Baseline) -> Finding:
    document, then = loaded.settings_document, baseline.loaded.settings_document
    message = f"{then.path} did not exist in the version to compare with, so nothing was compared"
    return document.finding("GH609", document.location(()), message, "ignore this if the handbook begins here")


def _new_period(loaded: Loaded, baseline: Baseline) -> Finding:
    new, old = loaded.handbook, baseline.loaded.handbook
    names = (new.settings.period.name, old.settings.period.name) if new and old else ("", "")
    message = f"a new period begins, {names[0]}; its goals are not compared with those of {names[1]}"
    document = loaded.settings_document
    help = "ignore this if a new period should begin"
    return document.finding("GH609", document.location(("period",)), message, help)


def _period(loaded: Loaded, baseline: Baseline, silent: SilentChanges) -> Iterator[Finding]:
    """GH601 where a change of the period changes the dates that goals leave to it."""
    if loaded.handbook is None or baseline.loaded.handbook is None:
        return
    old, new = baseline.loaded.handbook.settings.period, loaded.handbook.settings.period
    document = loaded.settings_document
    for name, term, was, now in (("start", "start", old.start, new.start), ("end", "due", old.end, new.end)):
        affected = [full_id for full_id in loaded.handbook.goals if silent.left_to_the_period(full_id, term)]
        if was != now and affected:
            goals = plural(len(affected), "goal")
            message = f"the period's {name} changed from {was} to {now}, which also changes {goals} without {term}:"
            help = f"write {term}: {was} into those goals, and adjust the ones that should change"
            yield document.finding("GH601", document.location(("period", name)), message, help)


def _house_rules(loaded: Loaded, changes: tuple[Change, ...]) -> Iterator[Finding]:
    """GH609 for each setting that gives the same readings another meaning."""
    document = loaded.settings_document
    for change in changes:
        if isinstance(change, SettingChanged) and change.field.startswith(_HOUSE_RULES):
            message = f"{change.field} changed from {_shown(change.was)} to {_shown(change.now)}; it affects every goal"
            location = document.location(tuple(change.field.split(".")))
            yield document.finding("GH609", location, message, "tell the team why")


def _shown(value: Value) -> str:
    return "the default" if value is None else as_yaml(value)


def adjusted_goals(changes: tuple[Change, ...]) -> Iterator[tuple[str, Adjustment]]:
    """Yield the goals that were adjusted, with each new adjustment."""
    for change in changes:
        if isinstance(change, RecordAdded) and isinstance(change.record, Adjustment):
            yield change.full_id, change.record


def not_renewed(handbook: Handbook, changes: tuple[Change, ...]) -> Mapping[str, Adjustment]:
    """Return the sellers' goals whose terms were adjusted and not agreed again by both, with their new adjustment."""
    return {
        full_id: adjustment
        for full_id, adjustment in adjusted_goals(changes)
        if adjustment.changes_terms
        and full_id in handbook.goals
        and not handbook.goals[full_id].closed
        and agreement_status(handbook, full_id) == "stale"
    }


@dataclass
class _Adjustments:
    """Checks the adjustments a change brings."""

    loaded: Loaded
    baseline: Baseline
    as_of: datetime.date
    silent: SilentChanges
    changes: tuple[Change, ...]
    assessments: dict[datetime.date, Assessment] = field(default_factory=dict)

    def findings(self) -> Iterator[Finding]:
        for full_id, adjustment in adjusted_goals(self.changes):
            if not adjustment.why:
                message = f"the adjustment of {adjustment.on} does not say why"
                yield self.at(full_id, adjustment, "GH602", message, "add why: what has changed since it was agreed")
            yield from self.missed_then_changed(full_id, adjustment)
        if self.loaded.handbook:
            for full_id, adjustment in not_renewed(self.loaded.handbook, self.changes).items():
                message = f'"{goal_id(full_id)}" was adjusted on {adjustment.on} and has not been agreed again by both'
                help = "talk it through, then record who agreed and when under agreed:"
                yield self.at(full_id, adjustment, "GH607", message, help)

    def at(self, full_id: str, adjustment: Adjustment, code: str, message: str, help: str) -> Finding:
        return self.silent.at_record(full_id, RECORDS["adjustments"], adjustment, code, message, help)

    def missed_then_changed(self, full_id: str, adjustment: Adjustment) -> Iterator[Finding]:
        """GH603 for each landmark that was already missed when it was changed or dropped, without an accounting."""
        handbook = self.loaded.handbook
        day = max(adjustment.on, min(self.baseline.day, self.as_of))
        reported = set()
        for change in adjustment.changes:
            term = change.term
            whole = term is not None and term.is_whole_landmark
            part = term.term.name if term and term.term else ""
            landmark = change.landmark
            if change.field in {"target", "due"} and handbook and (target := target_landmark(handbook.goals[full_id])):
                landmark, part = target.id, "value"
            if not landmark or not (whole or part in {"due", "value"}) or landmark in reported or handbook is None:
                continue
            accounted = any(a.landmark == landmark for a in handbook.goals[full_id].accountings)
            if not accounted and self.was_missed(full_id, landmark, day):
                reported.add(landmark)
                done, action = ("dropped", "drop") if whole else ("changed", "adjust")
                message = f'landmark "{landmark}" was missed before it was {done}, and nobody said why'
                help = f"add to accountings: landmark, on, by, why, and action: {action}"
                yield self.at(full_id, adjustment, "GH603", message, help)

    def was_missed(self, full_id: str, landmark: str, day: datetime.date) -> bool:
        """Whether a landmark counted as missed on a day, by the baseline."""
        base = self.baseline.loaded.handbook
        if base is None or full_id not in base.goals:
            return False
        if day not in self.assessments:
            self.assessments[day] = assess(base, day)
        landmarks = self.assessments[day].goals[full_id].landmarks
        return any(s.landmark.id == landmark and s.status == "missed" for s in landmarks)
