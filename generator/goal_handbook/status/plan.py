"""The plans of accountings on a date: which steps are still expected, and which are overdue (status.md#a-landmark)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ..frozen import frozen
from ..model.goal import Goal
from ..model.records import Accounting, PlanStep
from .landmark import LandmarkState


@frozen
class StepState:
    """A step of a plan, `days_left` days before it is due (negative: that many days after).

    A step without a day of its own is due with its goal, and never overdue.
    `is_open`: somebody still has to take it, because it is not done and its plan is live.
    """

    step: PlanStep
    is_open: bool
    days_left: int

    @property
    def days_overdue(self) -> int:
        """Return for how many days it has been overdue: 0 on the day it is due, and for a step that is not open."""
        return max(0, -self.days_left) if self.is_open and self.step.due else 0


@frozen
class PlanState:
    """The plan of an accounting, step by step. `is_live`: it is what its owner still works to."""

    accounting: Accounting
    is_live: bool
    steps: tuple[StepState, ...]


def plan_states(goal: Goal, landmarks: Sequence[LandmarkState], as_of: datetime.date) -> tuple[PlanState, ...]:
    """Return the plan of each accounting of a goal, in the order of the file. `goal` holds nothing dated later.

    A plan is live while its goal is open, its landmark neither met nor dropped, and no later accounting of the landmark
    has replaced it; two accountings of one day count together.
    """
    unsettled = {state.landmark.id for state in landmarks if not state.is_settled}
    latest = {a.landmark: a.on for a in sorted(goal.accountings, key=lambda a: a.on)}
    plans = []
    for accounting in goal.accountings:
        is_latest = accounting.on == latest[accounting.landmark]
        is_live = goal.closed is None and accounting.landmark in unsettled and is_latest
        steps = tuple(
            StepState(step, is_live and step.done is None, ((step.due or goal.due) - as_of).days)
            for step in accounting.plan
        )
        plans.append(PlanState(accounting, is_live, steps))
    return tuple(plans)
