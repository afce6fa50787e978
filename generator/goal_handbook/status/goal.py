"""A goal's status on a date: the first that applies (status.md#a-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from typing import Literal, cast, get_args

from ..model.goal import Goal
from ..model.handbook import PaceBands
from .landmark import LandmarkState
from .pace import band
from .readings import Reading

GoalStatus = Literal[
    "needs-accounting", "unreported", "off-track", "at-risk", "on-track", "not-started", "achieved", "closed"
]

#: Worst first.
GOAL_STATUSES: tuple[GoalStatus, ...] = get_args(GoalStatus)


def goal_status(
    goal: Goal,
    landmarks: Sequence[LandmarkState],
    readings: Sequence[Reading],
    pace: Fraction | None,
    bands: PaceBands,
    as_of: datetime.date,
) -> GoalStatus:
    """Return the goal's status. `pace` is that of its number, its level or its cadence, None if it has none."""
    if goal.closed:
        return "closed"
    if is_achieved(goal, landmarks, readings, pace, as_of):
        return "achieved"
    statuses = {state.status for state in landmarks}
    if "missed" in statuses:
        return "needs-accounting"
    if "unreported" in statuses:
        return "unreported"
    session_due = goal.shape == "cadence" and pace is not None
    if not (session_due or _has_started(goal, landmarks, readings, as_of)):
        return "not-started"
    by_pace = cast(GoalStatus, band(pace, bands)) if pace is not None else "on-track"
    return "at-risk" if by_pace == "on-track" and is_recovering(landmarks) else by_pace


def is_achieved(
    goal: Goal,
    landmarks: Sequence[LandmarkState],
    readings: Sequence[Reading],
    pace: Fraction | None,
    as_of: datetime.date,
) -> bool:
    """Return whether the target is met; without a number, whether every landmark is, late or not.

    A level to hold and a cadence are judged at the end, not on the first good day: not before the goal is due.
    """
    measure = goal.measure
    if measure and measure.cadence:
        return as_of >= goal.due and pace is not None and pace >= 1
    if measure and measure.target is not None:
        if measure.hold:
            return as_of >= goal.due and bool(readings) and measure.satisfied(readings[-1].value, measure.target)
        return any(measure.satisfied(r.value, measure.target) for r in readings)
    counting = [s for s in landmarks if s.status != "dropped"]
    return bool(counting) and all(s.status in {"met", "met-late"} for s in counting)


def is_recovering(landmarks: Sequence[LandmarkState]) -> bool:
    """Return whether the latest missed landmark is accounted for with `recover` and not yet met."""
    missed = [s for s in landmarks if s.status in {"accounted", "missed"}]
    latest = max(missed, key=lambda s: (s.landmark.due, s.landmark.id), default=None)
    return bool(latest and latest.accounting and latest.accounting.action == "recover")


def _has_started(
    goal: Goal, landmarks: Sequence[LandmarkState], readings: Sequence[Reading], as_of: datetime.date
) -> bool:
    """Return whether its start has come, and a check-in, a session, a due landmark or one met early with it."""
    if as_of < goal.start:
        return False
    due_or_met = any(s.landmark.due <= as_of or s.met_on for s in landmarks if s.status != "dropped")
    return bool(readings or goal.checkins or goal.sessions) or due_or_met
