"""What git says about an agreement: the terms when it was signed against today's (status.md#above-the-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.records import RECORDS
from ..status.agreement import AgreementEvidence
from . import kinds
from .history import History


def agreement_evidence(history: History, handbook: Handbook, as_of: datetime.date) -> Mapping[str, AgreementEvidence]:
    """Return the evidence against agreements, by the goal's full id.

    Only what was committed by `as_of` counts. An agreement whose commit is not known (none yet, or cut off in a
    shallow clone) is left to the dates in the file.
    """
    if not history.versions:
        return {}
    search = _Search(history, handbook, as_of)
    found = {}
    for owner in handbook.sellers.values():
        for goal in owner.goals:
            full_id = f"{owner.id}/{goal.id}"
            signed = search.signed(full_id, goal)
            if signed is None:
                continue
            changed = search.changed(full_id, goal, signed)
            supported = [
                day for ref in handbook.supports[full_id] if (day := search.changed(ref, handbook.goals[ref], signed))
            ]
            if changed or supported:
                found[full_id] = AgreementEvidence(changed, min(supported, default=None))
    return found


@dataclass(frozen=True)
class _Search:
    history: History
    handbook: Handbook
    as_of: datetime.date

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The versions' places in the history, by commit."""
        return {version.id: number for number, version in enumerate(self.history.versions)}

    def signed(self, full_id: str, goal: Goal) -> int | None:
        """The version by which the first of the two last signed; one of them never saw what changed later."""
        seller = full_id.partition("/")[0]
        in_time = [a for a in goal.agreed if a.on <= self.as_of]
        latest = [
            max((a for a in in_time if any(map(party, a.by))), key=lambda a: a.on, default=None)
            for party in (lambda who: who == seller, lambda who: who in self.handbook.leaders)
        ]
        commits = [self.history.brought_by(full_id, RECORDS["agreed"], agreement) for agreement in latest if agreement]
        known = [self.numbers[commit] for commit in commits if commit]
        return min(known) if len(known) == 2 else None

    def changed(self, full_id: str, goal: Goal, signed: int) -> datetime.date | None:
        """The day of the first term that changed after a version and is not what it was then."""
        later = {c.field for a in goal.adjustments if a.on > self.as_of for c in a.changes}
        first: dict[str, tuple[datetime.date, object]] = {}
        last: dict[str, object] = {}
        for version, change in self.history.by_goal.get(full_id, ()):
            if not isinstance(change, kinds.TermChange) or change.ref.name in later:
                continue
            if self.numbers[version.id] > signed and version.day <= self.as_of:
                was, now = change.ends
                first.setdefault(change.ref.name, (version.day, was))
                last[change.ref.name] = now
        return min((day for name, (day, was) in first.items() if last[name] != was), default=None)
