"""What comes next: landmarks, steps of plans and reviews that are due in the next days; and steps that are overdue.

Nothing comes to those who are away or have left.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeVar

from .assessment import GoalState
from .landmark import LandmarkState
from .plan import StepState

#: More days than any landmark is away.
_ALWAYS = datetime.timedelta.max.days


@dataclass(frozen=True, slots=True)
class Coming:
    """Something of a goal that is due, `days_left` days from the status date (negative: that many days ago)."""

    kind: ClassVar[Literal["landmark", "step", "review"]]
    goal: GoalState
    due: datetime.date
    days_left: int

    @property
    def name(self) -> str:
        """Return what tells it apart from others of its kind, of one goal and one day."""
        return ""


@dataclass(frozen=True, slots=True)
class LandmarkDue(Coming):
    """A landmark that is due."""

    kind = "landmark"
    landmark: LandmarkState

    @property
    def name(self) -> str:
        """Return the landmark's id."""
        return self.landmark.landmark.id


@dataclass(frozen=True, slots=True)
class StepDue(Coming):
    """A step of a plan that is due; `key` tells it apart from all others of its goal, however it is worded."""

    kind = "step"
    step: StepState
    key: str

    @property
    def name(self) -> str:
        """Return the step's text."""
        return self.step.step.do


@dataclass(frozen=True, slots=True)
class ReviewDue(Coming):
    """A review that is due."""

    kind = "review"


ComingT = TypeVar("ComingT", bound=Coming)


def coming(goals: Iterable[GoalState], days: int) -> list[Coming]:
    """Return what is due within so many days, today included: landmarks, steps and reviews of open goals, in order."""
    goals = tuple(goals)
    steps = (item for item in _open_steps(goals) if 0 <= item.days_left <= days)
    reviews = (item for item in _reviews(goals) if 0 <= item.days_left <= days)
    return _in_order([*landmarks_ahead(goals, days), *steps, *reviews])


def scheduled(goals: Iterable[GoalState]) -> list[Coming]:
    """Return all that has its day in a calendar, in order: landmarks ahead, open steps and reviews, also overdue ones.

    What was missed has had its day: it is not ahead, and what is owed for it is due now.
    """
    goals = tuple(goals)
    return _in_order([*landmarks_ahead(goals, _ALWAYS), *_open_steps(goals), *_reviews(goals)])


def landmarks_ahead(goals: Iterable[GoalState], days: int) -> list[LandmarkDue]:
    """Return the pending landmarks of open goals that are due within so many days, in order.

    Those in their days of grace are included: they are not met yet, and nothing is owed for them yet.
    """
    return _in_order(
        LandmarkDue(goal, state.landmark.due, state.days_left, state)
        for goal in goals
        if goal.at_work and goal.goal.closed is None
        for state in goal.landmarks
        if state.is_pending and state.days_left <= days
    )


def overdue_steps(goals: Iterable[GoalState]) -> list[StepDue]:
    """Return the open steps of plans that are overdue, the oldest first."""
    return _in_order(item for item in _open_steps(goals) if item.step.days_overdue)


def _open_steps(goals: Iterable[GoalState]) -> Iterator[StepDue]:
    for goal in goals:
        numbers = Counter[str]()
        for plan in goal.plans if goal.at_work else ():
            for state in plan.steps:
                of = f"{plan.accounting.landmark}/{plan.accounting.on}"
                numbers[of] += 1
                if state.is_open and state.step.due and state.days_left is not None:
                    key = f"{of}/{numbers[of]}"
                    yield StepDue(goal, state.step.due, state.days_left, state, key)


def _reviews(goals: Iterable[GoalState]) -> Iterator[ReviewDue]:
    for goal in goals:
        if goal.at_work and goal.review_due and goal.review_days_left is not None:
            yield ReviewDue(goal, goal.review_due, goal.review_days_left)


def _in_order(items: Iterable[ComingT]) -> list[ComingT]:
    return sorted(items, key=lambda item: (item.due, item.goal.full_id, item.kind, item.name))
