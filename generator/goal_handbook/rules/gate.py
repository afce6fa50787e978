"""GH6: a goal cannot change silently. What a change does to a handbook is compared with what its adjustments say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ..changes.baseline import Baseline, new_period
from ..changes.kinds import Change, RecordAdded, RecordEdited
from ..changes.period import open_goals, overlap
from ..findings import Finding
from ..model.handbook import Handbook
from ..model.records import RECORDS, Accounting, Adjustment
from ..model.values import quoted
from ..source.load import Loaded
from ..status.agreement import Verdicts, agreed_by, agreement_status
from ..words import plural, sentence_list
from .dated_back import check_dated_back
from .house_rules import check_house_rules, check_settings
from .missed_then_changed import MissedThenChanged
from .reasons import gives_a_reason
from .rewritten import check_rewritten
from .silent_changes import SilentChanges, goal_id


def check_changes(
    loaded: Loaded,
    baseline: Baseline,
    changes: tuple[Change, ...],
    as_of: datetime.date,
    verdicts: Mapping[str, Verdicts],
) -> Iterator[Finding]:
    """Yield findings GH601 to GH612, GH617 and GH618 for the `changes` since the baseline."""
    if loaded.handbook is None:
        return
    if baseline.loaded.handbook is None:
        yield _no_baseline(loaded, baseline)
        return
    if not overlap(baseline.loaded.handbook.settings.period, loaded.handbook.settings.period):
        yield _another_period(loaded, baseline.loaded.handbook, loaded.handbook)
    if new_period(baseline, loaded):
        yield from check_settings(loaded, changes)
        return
    silent = SilentChanges(loaded, baseline, as_of)
    yield from silent.findings(changes)
    yield from _period(loaded, baseline, silent)
    yield from check_house_rules(loaded, baseline.loaded.handbook, changes)
    yield from check_dated_back(silent, changes)
    yield from check_rewritten(loaded, baseline, as_of)
    yield from _Adjustments(loaded, silent, changes, verdicts).findings()


def _no_baseline(loaded: Loaded, baseline: Baseline) -> Finding:
    document, then = loaded.settings_document, baseline.loaded.settings_document
    message = f"{then.path} did not exist in the version to compare with, so nothing was compared"
    return document.finding("GH609", document.location(()), message, "ignore this if the handbook begins here")


def _another_period(loaded: Loaded, old: Handbook, new: Handbook) -> Finding:
    """GH609 where another period begins, and what of the old one is still open."""
    then, now = old.settings.period, new.settings.period
    if still_open := open_goals(old.owners, then):
        message = f"the period is {now.name} now, and {plural(len(still_open), 'goal')} of {then.name} not closed yet"
        message += f" ({', '.join(still_open[:3])}{', …' if len(still_open) > 3 else ''}); what is open is compared"
        help = "close these goals first, or carry them over: goals next-period does both"
    else:
        message = f"a new period begins, {now.name}; its goals are not compared with those of {then.name}"
        help = "ignore this if a new period should begin"
    document = loaded.settings_document
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
        elif was != now and overlap(old, new):
            message = f"the period's {name} changed from {was} to {now}"
            yield document.finding("GH609", document.location(("period", name)), message, "tell the team why")


def adjusted_goals(changes: tuple[Change, ...]) -> Iterator[tuple[str, Adjustment]]:
    """Yield the goals that were adjusted, with each new adjustment."""
    for change in changes:
        if isinstance(change, RecordAdded) and isinstance(change.record, Adjustment):
            yield change.full_id, change.record


def not_renewed(
    handbook: Handbook, changes: tuple[Change, ...], verdicts: Mapping[str, Verdicts] = MappingProxyType({})
) -> Mapping[str, Adjustment]:
    """Return the sellers' goals whose terms were adjusted and not agreed again by both, with their new adjustment."""
    return {
        full_id: adjustment
        for full_id, adjustment in adjusted_goals(changes)
        if adjustment.changes_terms
        and full_id in handbook.goals
        and not handbook.goals[full_id].closed
        and full_id.partition("/")[0] in handbook.sellers
        and agreement_status(handbook, full_id, agreed_by(handbook, full_id, verdicts.get(full_id, {}))) == "stale"
    }


@dataclass
class _Adjustments:
    """Checks the adjustments a change brings."""

    loaded: Loaded
    silent: SilentChanges
    changes: tuple[Change, ...]
    verdicts: Mapping[str, Verdicts]

    def findings(self) -> Iterator[Finding]:
        yield from self.reasons()
        yield from self.dropped_by_one()
        missed = MissedThenChanged(self.silent, self.changes)
        for full_id, adjustment in adjusted_goals(self.changes):
            yield from missed.findings(full_id, adjustment)
        if self.loaded.handbook:
            for full_id, adjustment in not_renewed(self.loaded.handbook, self.changes, self.verdicts).items():
                message = f'"{goal_id(full_id)}" was adjusted on {adjustment.on} and has not been agreed again by both'
                help = "talk it through, then record who agreed and when under agreed:"
                yield self.at(full_id, adjustment, "GH607", message, help)

    def reasons(self) -> Iterator[Finding]:
        """GH602 for each new adjustment, and each new accounting, whose why gives no reason."""
        help = "say in a few words what happened"
        for change in self.changes:
            if not isinstance(change, (RecordAdded, RecordEdited)):
                continue
            record = change.record if isinstance(change, RecordAdded) else change.new
            is_new = change.ends[0] is None or getattr(change.ends[0], "why", "") != getattr(record, "why", "")
            if isinstance(record, (Adjustment, Accounting)) and is_new and not gives_a_reason(record):
                written = f": {quoted(record.why)}" if record.why.strip() else ""
                message = f"the {change.kind.noun} of {record.on} does not say why{written}"
                path = (*self.silent.record_path(change.full_id, change.kind, record), "why")
                yield self.silent.at(change.full_id, path, "GH602", message, f"{help}, in why:")

    def dropped_by_one(self) -> Iterator[Finding]:
        """GH617 for each seller's landmark that a new accounting drops without the signatures of seller and leader.

        Accountings of one day count together: each of the two may have written one.
        """
        handbook = self.loaded.handbook
        for change in self.changes:
            if handbook is None or not isinstance(change, (RecordAdded, RecordEdited)):
                continue
            before, record = change.ends
            seller = handbook.sellers.get(change.owner_id)
            if not seller or not isinstance(record, Accounting) or record.action != "drop":
                continue
            if isinstance(before, Accounting) and before.action == "drop":
                continue
            accountings = handbook.goals[change.full_id].accountings
            same = [a for a in accountings if (a.landmark, a.on, a.action) == (record.landmark, record.on, "drop")]
            signed = {who for accounting in same for who in accounting.by}
            missing = [] if seller.id in signed else [seller.name]
            missing += [] if signed & handbook.leaders.keys() else ["a leader"]
            if missing:
                message = f'the accounting of {record.on} drops "{record.landmark}" without {sentence_list(missing)}'
                help = "talk it through together, and write both into by:"
                path = (*self.silent.record_path(change.full_id, change.kind, record), "action")
                yield self.silent.at(change.full_id, path, "GH617", message, help)

    def at(self, full_id: str, adjustment: Adjustment, code: str, message: str, help: str) -> Finding:
        return self.silent.at_record(full_id, RECORDS["adjustments"], adjustment, code, message, help)
