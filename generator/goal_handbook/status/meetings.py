"""1:1s: how those that a leader promised have been held, the last one with somebody, and what has happened since."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from ..frozen import frozen
from ..model.handbook import Handbook
from .assessment import Assessment, GoalState
from .landmark import LandmarkState
from .plan import StepState


@frozen
class OneToOnes:
    """How many sessions with a seller were held of those due by now, and the full id of the leader's goal."""

    full_id: str
    held: int
    due: int


@frozen
class Happened:
    """What happened to a goal on a day: a landmark was met or missed, or a step of a plan was taken."""

    day: datetime.date
    goal: GoalState
    what: LandmarkState | StepState


def one_to_ones(assessment: Assessment) -> dict[str, OneToOnes]:
    """Return the 1:1s of each seller by id: those of their nearest leader's first open cadence of support with them."""
    found: dict[str, OneToOnes] = {}
    for leader, sellers in assessment.handbook.sellers_led.items():
        theirs = {seller.id for seller in sellers}
        for state in assessment.by_owner[leader]:
            if state.cadence is None or state.goal.kind != "support" or state.goal.closed:
                continue
            for row in state.cadence.rows:
                if row.person and row.person.id in theirs:
                    found.setdefault(row.person.id, OneToOnes(state.full_id, row.held, row.due))
    return found


def last_meetings(handbook: Handbook) -> dict[str, datetime.date]:
    """Return the day of the last session with each person, by id, from the cadences of their leaders and teams."""
    last: dict[str, datetime.date] = {}
    for goal in handbook.goals.values():
        for session in goal.sessions:
            for person in session.with_:
                last[person] = max(session.on, last.get(person, session.on))
    return last


def happened_since(goals: Iterable[GoalState], day: datetime.date | None) -> list[Happened]:
    """Return what has happened to goals after a day, the latest first; everything without a day."""
    found = (item for goal in goals for item in _happened(goal) if day is None or item.day > day)
    return sorted(found, key=lambda item: (item.day, item.goal.full_id), reverse=True)


def _happened(goal: GoalState) -> Iterator[Happened]:
    for landmark in goal.landmarks:
        if found := landmark.met_on or landmark.missed_since:
            yield Happened(found, goal, landmark)
    for plan in goal.plans:
        for step in plan.steps:
            if step.step.done:
                yield Happened(step.step.done, goal, step)
