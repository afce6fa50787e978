"""GH603: a landmark that was already missed when it was changed or dropped, and that nobody has accounted for."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..changes import kinds
from ..changes.kinds import Change
from ..findings import Finding
from ..model.goal import Goal, Landmark
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from ..model.records import RECORDS, Accounting, Adjustment
from ..status.assessment import Assessment, assess
from ..status.landmark import target_landmark
from .silent_changes import SilentChanges

#: The day, and the goal and adjustment for which the terms of the older version are not those before it.
_Key = tuple[datetime.date, str, Adjustment | None]


@dataclass
class MissedThenChanged:
    """Asks for the status of landmarks as if a change had brought its readings and accountings, and no other terms."""

    silent: SilentChanges
    changes: tuple[Change, ...]
    assessments: dict[_Key, Assessment] = field(default_factory=dict)

    def findings(self, full_id: str, adjustment: Adjustment) -> Iterator[Finding]:
        """Yield GH603 for each landmark that a new adjustment changes after it was missed."""
        base, head = self.silent.baseline.loaded.handbook, self.silent.loaded.handbook
        former = self.former(full_id)
        if base is None or head is None or former not in base.goals or full_id not in head.goals:
            return
        # What is not in the older version cannot have been decided before it.
        day = max(adjustment.on, min(self.silent.baseline.day, self.silent.as_of))
        was = _before(base.goals[former], adjustment)
        touched = dict(_touched(was, adjustment))
        rejudged = any(c.is_of_agreement and not c.landmark for c in adjustment.changes)
        if not touched and not rejudged:
            return
        states = self.assessed(base, head, day, former, adjustment).goals[former].landmarks
        for state in states:
            landmark = state.landmark.id
            if state.status != "missed" or not (landmark in touched or self.is_cleared(head, full_id, landmark, day)):
                continue
            done, action = ("dropped", "drop") if touched.get(landmark) else ("changed", "adjust")
            message = f'landmark "{landmark}" was missed before it was {done}, and nobody said why'
            help = f"add to accountings: landmark, on, by, why, and action: {action}"
            yield self.silent.at_record(full_id, RECORDS["adjustments"], adjustment, "GH603", message, help)

    def former(self, full_id: str) -> str:
        """What a goal was called in the older version."""
        owner_id, _, goal_id = full_id.partition("/")
        return f"{self.renamed.get(owner_id, owner_id)}/{self.renamed.get(full_id, goal_id)}"

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The former ids of the owners and goals that have been renamed."""
        renames = (c for c in self.changes if isinstance(c, (kinds.OwnerRenamed, kinds.GoalRenamed)))
        return {change.full_id: change.former_id for change in renames}

    def assessed(
        self, base: Handbook, head: Handbook, day: datetime.date, former: str, adjustment: Adjustment
    ) -> Assessment:
        """The older version on a day, with what the change reports and accounts for."""
        goal = base.goals[former]
        as_it_was = _before(goal, adjustment)
        key = (day, "", None) if as_it_was == goal else (day, former, adjustment)
        if key not in self.assessments:
            present = {self.former(full_id): goal for full_id, goal in head.goals.items()}

            def with_reports(owner: AnyOwner) -> AnyOwner:
                goals = []
                for one in owner.goals:
                    full_id = f"{owner.id}/{one.id}"
                    terms = as_it_was if full_id == former else one
                    goals.append(_with_reports(terms, present[full_id], day) if full_id in present else terms)
                return owner.model_copy(update={"goals": tuple(goals)})

            self.assessments[key] = assess(base.map_owners(with_reports), day)
        return self.assessments[key]

    def is_cleared(self, head: Handbook, full_id: str, landmark: str, day: datetime.date) -> bool:
        """Whether a landmark no longer counts as missed on the new terms."""
        key = (day, "head", None)
        if key not in self.assessments:
            self.assessments[key] = assess(head, day)
        states = self.assessments[key].goals[full_id].landmarks
        return all(state.status != "missed" for state in states if state.landmark.id == landmark)


def _before(goal: Goal, adjustment: Adjustment) -> Goal:
    """The goal on the terms an adjustment says it had: an adjustment may come after what it explains."""
    for change in adjustment.changes:
        if change.term and change.is_of_agreement and change.term.fits(goal) and change.was is not None:
            goal = change.term.put(goal, change.was)
    return goal


def _touched(goal: Goal, adjustment: Adjustment) -> Iterator[tuple[str, bool]]:
    """The landmarks an adjustment changes, and whether it drops them: the target too may be one."""
    for change in adjustment.changes:
        if change.landmark and change.is_of_agreement:
            yield change.landmark, bool(change.term and change.term.is_whole_landmark)
        elif change.field in {"target", "due"} and (target := target_landmark(goal)):
            yield target.id, False


def _with_reports(goal: Goal, present: Goal, day: datetime.date) -> Goal:
    """A goal with what has been reported and accounted for since; an accounting in the same change is in time."""
    known = set(map(repr, goal.accountings))
    accountings = tuple(a if repr(a) in known else _by(a, day) for a in present.accountings)
    done = {landmark.id: landmark.done for landmark in present.landmarks}
    landmarks = tuple(_done(landmark, done.get(landmark.id)) for landmark in goal.landmarks)
    reports = {"checkins": present.checkins, "sessions": present.sessions}
    return goal.model_copy(update={**reports, "accountings": accountings, "landmarks": landmarks})


def _by(accounting: Accounting, day: datetime.date) -> Accounting:
    return accounting.model_copy(update={"on": min(accounting.on, day)})


def _done(landmark: Landmark, day: datetime.date | None) -> Landmark:
    return landmark.model_copy(update={"done": day}) if landmark.deliver else landmark
