"""What somebody who checks in wants to know: where the number is and should be, and what the new reading has done."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import printable
from ..status.assessment import Assessment, GoalState
from ..views import badge
from ..views.context import ViewContext
from ..views.progress import progress_view


def before_reading(assessment: Assessment, full_id: str) -> str:
    """Return the last reading of a goal, what is expected on the status date, and the target; "" without a target."""
    state, fmt = assessment.goals[full_id], ViewContext(assessment).fmt
    measure, goal = state.goal.measure, state.goal
    if measure is None or goal.target is None:
        return ""
    last = state.reading
    parts = [f"{fmt.reading(last.value, measure.unit, goal.numbers)} on {last.on}" if last else "no reading yet"]
    if state.curve:
        parts.append(f"expected now {fmt.amount(state.curve.on(assessment.as_of), measure.unit)}")
    return "; ".join([*parts, f"target {fmt.amount(goal.target, measure.unit)} by {goal.due}"])


def after_reading(before: Assessment, after: Assessment, full_id: str) -> str:
    """Return what a reading has done to a goal: `86% of the agreed curve, was 80%; at risk, was on track`."""
    return "; ".join(printable(part) for part in _changes(before, after, full_id) if part)


def _changes(before: Assessment, after: Assessment, full_id: str) -> Iterator[str]:
    was, now = before.goals[full_id], after.goals[full_id]
    view = progress_view(ViewContext(after), now)
    earlier = ViewContext(before).fmt.percent(was.pace) if was.pace is not None and not _is_level(was) else ""
    pace = view.pace.partition(";")[0] if view else ""
    yield f"{pace}, was {earlier}" if pace and earlier else pace
    label, old = (badge.GOAL[state.status].label.lower() for state in (now, was))
    yield label if label == old else f"{label}, was {old}"


def _is_level(state: GoalState) -> bool:
    return bool(state.goal.measure and state.goal.measure.hold)
