"""Where a goal is on a day: its readings, landmarks, cadence and pace, and the status they make together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from .as_of import decided_on
from .cadence import CadenceState, Kept, cadence_state, kept_by
from .goal import GoalStatus, goal_status
from .landmark import Course, Judge, LandmarkState, course_of
from .pace import Band, Curve, Pace, band_of, cadence_band, curve, pace_of
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
    series, absences = readings.series(full_id), owner.absences
    course = course_of(goal)
    judge = Judge(course, series, as_of, settings, absences)
    judged = judge.judgements()
    cadence = cadence_state(handbook, owner, goal, as_of)
    path = curve(goal, course.in_force, absences)
    pace = pace_of(goal, path, series.complete(), settings.catch_up)
    kept = cadence.ratio if cadence else None
    by_pace = cadence_band(cadence.held, cadence.due, cadence.planned) if cadence else pace.band if pace else None
    status = goal_status(goal, judged, series.readings, kept, by_pace, as_of)
    return Position(series.readings, judge.states(judged), cadence, path, pace, status)


@dataclass(frozen=True, slots=True)
class LookBack:
    """Where goals were on a day, one after another back in time; they share what has not changed in between.

    `handbook` has only what was decided by the day of `readings`; `cadences` are the states of a later one, by full id.
    """

    handbook: Handbook
    readings: Readings
    cadences: Mapping[str, tuple[Goal, CadenceState]]
    _courses: dict[str, tuple[Course, Curve | None]] = field(default_factory=dict)

    def back_to(self, day: datetime.date) -> LookBack:
        """Return where they were on an earlier day."""
        handbook = decided_on(self.handbook, day)
        return LookBack(handbook, Readings(handbook, day, self.readings.on_its_own()), self.cadences, self._courses)

    def statuses(self) -> dict[str, GoalStatus]:
        """Return the status of every goal by full id."""
        return {full_id: self._status(full_id, goal) for full_id, goal in self.handbook.goals.items()}

    def _status(self, full_id: str, goal: Goal) -> GoalStatus:
        if goal.closed:
            return "closed"
        settings, as_of = self.handbook.settings, self.readings.as_of
        owner = self.handbook.owners[full_id.partition("/")[0]]
        series, (course, path) = self.readings.series(full_id), self._course(full_id, goal, owner)
        judged = Judge(course, series, as_of, settings, owner.absences).judgements()
        cadence = self._kept(full_id, goal, owner)
        if cadence:
            kept = Fraction(cadence.held, cadence.due) if cadence.due else None
            by_pace: Band | None = cadence_band(cadence.held, cadence.due, cadence.planned)
        else:
            kept, by_pace = None, band_of(goal, path, series.complete(), settings.catch_up)
        return goal_status(goal, judged, series.readings, kept, by_pace, as_of)

    def _course(self, full_id: str, goal: Goal, owner: AnyOwner) -> tuple[Course, Curve | None]:
        known = self._courses.get(full_id)
        if known is None or known[0].goal is not goal:
            course = course_of(goal)
            known = self._courses[full_id] = course, curve(goal, course.in_force, owner.absences)
        return known

    def _kept(self, full_id: str, goal: Goal, owner: AnyOwner) -> Kept | CadenceState | None:
        later, day = self.cadences.get(full_id), self.readings.as_of
        if later and later[0] is goal:
            return kept_by(self.handbook, owner, goal, later[1], day)
        return cadence_state(self.handbook, owner, goal, day)
