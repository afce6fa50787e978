"""Where a goal is on a day: its readings, landmarks, cadence and pace, and the status they make together."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from .cadence import CadenceState, cadence_state
from .goal import GoalStatus, goal_status
from .landmark import Judge, LandmarkState, course_of
from .pace import Curve, Pace, cadence_band, curve, pace_of
from .readings import Reading, Readings


@dataclass(frozen=True, slots=True)
class Position:
    """A goal's status on a day and everything it follows from."""

    readings: tuple[Reading, ...]
    landmarks: tuple[LandmarkState, ...]
    cadence: CadenceState | None
    curve: Curve | None
    pace: Pace | None
    status: GoalStatus


def position_of(handbook: Handbook, owner: AnyOwner, goal: Goal, readings: Readings) -> Position:
    """Return where an owner's goal is on the day of `readings`; the handbook is one as of that day already."""
    full_id, as_of, settings = f"{owner.id}/{goal.id}", readings.as_of, handbook.settings
    series, absences = readings.of(full_id), owner.absences
    course = course_of(goal)
    judge = Judge(full_id, course, readings, settings, absences)
    judged = judge.judgements()
    cadence = cadence_state(handbook, owner, goal, as_of)
    path = curve(goal, course.in_force, absences)
    pace = pace_of(goal, path, readings.complete(full_id), settings.catch_up)
    kept = cadence.ratio if cadence else None
    by_pace = cadence_band(cadence.held, cadence.due, cadence.planned) if cadence else pace.band if pace else None
    status = goal_status(goal, judged, series, kept, by_pace, as_of)
    return Position(series, judge.states(judged), cadence, path, pace, status)


def statuses_on(handbook: Handbook, as_of: datetime.date) -> dict[str, GoalStatus]:
    """Return the status of every goal on a day, by full id. The handbook is one as of that day already."""
    readings = Readings(handbook, as_of)
    return {
        f"{owner.id}/{goal.id}": position_of(handbook, owner, goal, readings).status
        for owner in handbook.owners.values()
        for goal in owner.goals
    }
