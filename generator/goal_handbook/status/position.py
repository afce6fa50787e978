"""Where a goal is on a day: its readings, landmarks, cadence and pace, and the status they make together."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import NamedTuple

from ..frozen import frozen
from ..model.goal import Goal
from ..model.handbook import Handbook
from ..model.people import AnyOwner
from ..model.settings import Settings
from .as_of import decided_on
from .cadence import CadenceState, Kept, cadence_state, kept_by
from .flow import is_rollup
from .goal import GoalStatus, goal_status
from .landmark import Course, Judge, LandmarkState, course_of
from .pace import Band, Curve, Pace, band_of, cadence_band, curve, pace_of
from .readings import Reading, Readings


@frozen
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
    judged = judge.judgements(course.landmarks)
    cadence = cadence_state(handbook, owner, goal, as_of)
    path = curve(goal, course.in_force, absences)
    pace = pace_of(goal, path, series.complete(), settings.catch_up)
    kept = cadence.ratio if cadence else None
    by_pace = cadence_band(cadence.held, cadence.due, cadence.planned) if cadence else pace.band if pace else None
    status = goal_status(goal, judged, series.readings, kept, by_pace, as_of)
    return Position(series.readings, judge.states(judged), cadence, path, pace, status)


class _Known(NamedTuple):
    """What is known of a goal whatever the day, and the days on which its status may change while its terms do not."""

    course: Course
    path: Curve | None
    turns: Sequence[datetime.date]


@frozen
class LookBack:
    """Where goals were on a day, one after another back in time; they share what has not changed in between.

    `handbook` has only what was decided by the day of `readings`; `cadences` are the states of a later one, by full id.
    `statuses` are those of that day.
    """

    handbook: Handbook
    readings: Readings
    cadences: Mapping[str, tuple[Goal, CadenceState]]
    statuses: Mapping[str, GoalStatus]
    _known: dict[str, _Known] = field(default_factory=dict)

    def back_to(self, day: datetime.date) -> LookBack:
        """Return where they were on an earlier day."""
        handbook = decided_on(self.handbook, day)
        readings = Readings(handbook, day, self.readings.on_its_own())
        look = LookBack(handbook, readings, self.cadences, {}, self._known)
        statuses = {full_id: look._status(full_id, goal, self) for full_id, goal in handbook.goals.items()}
        return replace(look, statuses=statuses)

    def _status(self, full_id: str, goal: Goal, later: LookBack) -> GoalStatus:
        if goal.closed:
            return "closed"
        as_of = self.readings.as_of
        owner = self.handbook.owners[full_id.partition("/")[0]]
        course, path, turns = self._known_of(full_id, goal, owner)
        has_same_terms = later.handbook.goals[full_id] is goal
        if turns and has_same_terms and bisect_right(turns, as_of) == bisect_right(turns, later.readings.as_of):
            return later.statuses[full_id]
        settings, series = self.handbook.settings, self.readings.series(full_id)
        judged = Judge(course, series, as_of, settings, owner.absences).judgements(course.counting_on(as_of))
        cadence = self._kept(full_id, goal, owner)
        if cadence:
            kept = Fraction(cadence.held, cadence.due) if cadence.due else None
            by_pace: Band | None = cadence_band(cadence.held, cadence.due, cadence.planned)
        else:
            kept, by_pace = None, band_of(goal, path, series.complete(), settings.catch_up)
        return goal_status(goal, judged, series.readings, kept, by_pace, as_of)

    def _known_of(self, full_id: str, goal: Goal, owner: AnyOwner) -> _Known:
        known = self._known.get(full_id)
        if known is None or known.course.goal is not goal:
            course = course_of(goal)
            path = curve(goal, course.in_force, owner.absences)
            known = self._known[full_id] = _Known(course, path, _turns(course, self.handbook.settings))
        return known

    def _kept(self, full_id: str, goal: Goal, owner: AnyOwner) -> Kept | CadenceState | None:
        later, day = self.cadences.get(full_id), self.readings.as_of
        if later and later[0] is goal:
            return kept_by(self.handbook, owner, goal, later[1], day)
        return cadence_state(self.handbook, owner, goal, day)


def _turns(course: Course, settings: Settings) -> Sequence[datetime.date]:
    """The days on which a goal's status may change while its terms do not, in order.

    Empty for a sum or a cadence, whose status also depends on others.
    """
    goal = course.goal
    if is_rollup(goal) or goal.shape == "cadence":
        return ()
    late = datetime.timedelta(days=settings.grace_days + 1)
    landmarks = [day for landmark in course.landmarks for day in (landmark.due, landmark.due + late)]
    entries = [*(checkin.on for checkin in goal.checkins), *(session.on for session in goal.sessions)]
    return sorted([goal.start, goal.due, *landmarks, *entries])
