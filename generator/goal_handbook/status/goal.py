"""A goal's status on a date: the first that applies (status.md#a-goal)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from typing import Literal, get_args

from ..model.goal import Goal
from ..model.records import CheckIn, Session
from .landmark import Judgement, LandmarkState
from .pace import Band
from .readings import Reading

GoalStatus = Literal[
    "needs-accounting", "unreported", "off-track", "at-risk", "on-track", "not-started", "achieved", "closed"
]

#: Worst first.
GOAL_STATUSES: tuple[GoalStatus, ...] = get_args(GoalStatus)
#: Those that ask somebody to do something.
NEED_SOMETHING: tuple[GoalStatus, ...] = ("needs-accounting", "unreported", "off-track", "at-risk")

#: All of a landmark's state that a goal's status asks for.
Judged = Judgement | LandmarkState


def goal_status(
    goal: Goal,
    landmarks: Sequence[Judged],
    readings: Sequence[Reading],
    kept: Fraction | None,
    by_pace: Band | None,
    as_of: datetime.date,
) -> GoalStatus:
    """Return the goal's status. `kept` is the share of a cadence's sessions that were held, None while none were due.

    `by_pace` is what its number, its level or its cadence says, None if it has none or no reading.
    """
    if goal.closed:
        return "closed"
    if is_achieved(goal, landmarks, readings, kept, as_of):
        return "achieved"
    statuses = {state.status for state in landmarks}
    if "missed" in statuses:
        return "needs-accounting"
    if "unreported" in statuses:
        return "unreported"
    if kept is None and not _has_started(goal, landmarks, readings, as_of):
        return "not-started"
    if by_pace in {None, "on-track"}:
        return "at-risk" if is_recovering(landmarks) else "on-track"
    return by_pace or "on-track"


def is_achieved(
    goal: Goal, landmarks: Sequence[Judged], readings: Sequence[Reading], kept: Fraction | None, as_of: datetime.date
) -> bool:
    """Return whether the target is met; without a number, whether every landmark is, late or not.

    A level to hold and a cadence are judged at the end, not on the first good day. A number is achieved as soon as its
    latest total reaches the target; what it had reached on the goal's last day, it keeps.
    """
    measure = goal.measure
    if measure and measure.cadence:
        return as_of >= goal.due and kept is not None and kept >= 1
    if measure and measure.target is not None:
        if readings and measure.shape == "number" and measure.satisfied(readings[-1].value, measure.target):
            return True
        at_the_end = (s.deciding for s in landmarks if s.landmark.due == goal.due) if goal.due <= as_of else ()
        return any(r and measure.satisfied(r.value, measure.target) for r in at_the_end)
    counting = [s for s in landmarks if s.status != "dropped"]
    return bool(counting) and all(s.status in {"met", "met-late"} for s in counting)


def is_recovering(landmarks: Sequence[Judged]) -> bool:
    """Return whether the latest missed landmark is accounted for with `recover` and not yet met."""
    missed = [s for s in landmarks if s.status in {"accounted", "missed"}]
    latest = max(missed, key=lambda s: (s.landmark.due, s.landmark.id), default=None)
    return bool(latest and latest.accounting and latest.accounting.action == "recover")


def _has_started(goal: Goal, landmarks: Sequence[Judged], readings: Sequence[Reading], as_of: datetime.date) -> bool:
    """Return whether its start has come, and with it a check-in, a session, its end, or a landmark due or met early."""
    if as_of < goal.start:
        return False
    if readings or (landmarks and as_of >= goal.due):
        return True
    return any(s.landmark.due <= as_of or s.met_on for s in landmarks if s.status != "dropped") or any(
        entry.on <= as_of for entry in chain[CheckIn | Session](goal.checkins, goal.sessions)
    )
